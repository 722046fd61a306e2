//! Parameters that the attribute of the derive fills, as constants or formatted from fields, and errors in one line.

use crate::catalogs::built::onboarding;
use lift_errors::{Format, LiftError, OptionExt, ResultExt, Value, bail, ensure, lift};
use std::error::Error as _;
use std::fmt;
use std::time::Duration;

const ROLE: &str = "Auditor";

/// Every kind of value, with lints at their strictest and without a prelude.
#[deny(warnings, missing_docs, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]
mod accepted {
    #![no_implicit_prelude]

    use ::std::fmt;
    use ::std::string::String;
    use ::std::time::Duration;

    #[derive(Debug, ::lift_errors::LiftError)]
    pub(super) enum Filled<'a, T> {
        #[lift(code = forbidden, required_role = "Manager")]
        Constant,
        #[lift(code = forbidden, required_role = super::ROLE)]
        Named,
        #[lift(code = too_many_requests, limit = 60, window = Duration::from_secs(60))]
        Numbers { retry_after: Duration },
        #[lift(code = not_found, resource = "{{{kind}}} {number:>4}, again {number}")]
        Formatted { kind: &'a str, number: T },
        #[lift(code = conflict, resource = "order {resource}")]
        SameName { resource: String },
        #[lift(code = conflict, resource = "order {0}, line {1}")]
        Tuple(T, #[lift(skip)] u32),
        #[lift(code = not_found, resource = "the set {{}}")]
        Braces,
        #[lift(code = bad_gateway, upstream = "carrier {number}")]
        WithSource { number: u8, source: fmt::Error },
        #[lift(code = gateway_timeout, upstream = "carrier after {limit:?}")]
        AlsoAParameter { limit: Duration },
    }

    #[derive(Debug, ::lift_errors::LiftError)]
    #[lift(code = not_found, resource = "order {r#type}")]
    pub(super) struct Keyword {
        pub(super) r#type: u8,
    }

    /// The literals come from a macro.
    macro_rules! named {
        ($name:ident, $text:literal) => {
            #[derive(Debug, ::lift_errors::LiftError)]
            #[lift(code = not_found, resource = $text)]
            pub(super) struct $name(pub(super) u32);
        };
    }
    named!(FromMacro, "shipment {0}");

    /// So do numbers.
    macro_rules! numbers {
        ($name:ident, $limit:expr, $window:expr, $retry_after:literal) => {
            #[derive(Debug, ::lift_errors::LiftError)]
            #[lift(code = too_many_requests, limit = $limit, window = $window)]
            #[lift(retry_after = Duration::from_secs($retry_after))]
            pub(super) struct $name;
        };
    }
    numbers!(NumberFromMacro, 7, Duration::from_secs(60), 5);
}

use accepted::Filled;

type Number = Filled<'static, u8>;

/// The error's text and its problem details.
fn shown(error: &dyn LiftError) -> (String, serde_json::Value) {
    let problem = lift_errors::Problem::new(error);
    (error.to_string(), serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).unwrap())
}

#[test]
fn attributes_fill_parameters() {
    let source = fmt::Error;
    for (error, name, value) in [
        (Filled::Constant, "required_role", "Manager"),
        (Filled::Named, "required_role", "Auditor"),
        (Filled::Formatted { kind: "order", number: 7 }, "resource", "{order}    7, again 7"),
        (Filled::SameName { resource: "PO-7".into() }, "resource", "order PO-7"),
        (Filled::Tuple(9, 3), "resource", "order 9, line 3"),
        (Filled::Braces, "resource", "the set {}"),
    ] {
        let (text, json) = shown(&error);
        assert_eq!(json["params"][name], value);
        assert!(text.contains(value), "{text}");
    }
    let (_, json) = shown(&Number::Numbers { retry_after: Duration::from_secs(5) });
    assert_eq!((&json["params"]["limit"], &json["params"]["window"]), (&60.into(), &60.into()));
    // Operators' parameters are in no response; the log has them.
    let error = Number::WithSource { number: 7, source };
    assert!(matches!(error.problem().parameter("upstream"), Some(value) if format!("{value:?}") == "\"carrier 7\""));
    assert!(error.source().is_some());
    let error = Number::AlsoAParameter { limit: Duration::from_secs(30) };
    assert!(matches!(error.problem().parameter("limit"), Some(Value::Duration(limit)) if limit.as_secs() == 30));
    assert_eq!(format!("{:?}", error.problem().parameter("upstream").unwrap()), "\"carrier after 30s\"");
    assert_eq!(shown(&accepted::Keyword { r#type: 3 }).1["params"]["resource"], "order 3");
    assert_eq!(shown(&accepted::FromMacro(3)).1["params"]["resource"], "shipment 3");
    let numbers = serde_json::json!({ "limit": 7, "window": 60, "retry_after": 5 });
    assert_eq!(shown(&accepted::NumberFromMacro).1["params"], numbers);
}

#[test]
fn formatted_values_are_escaped_as_others_are() {
    let number = "<b>\"7\"</b>";
    for format in [Format::ProblemDetails, Format::Envelope, Format::Html, Format::PlainText, Format::Markdown] {
        let formatted = Filled::Formatted { kind: "order", number };
        let whole = lift::not_found::new().with_resource(format!("{{order}} {number}, again {number}"));
        assert_eq!(
            formatted.problem().display(format).to_string(),
            whole.problem().display(format).to_string(),
            "{format:?}"
        );
    }
}

/// A service's own error, for the conversions of `bail!`.
#[derive(Debug, LiftError)]
enum OrderError {
    #[lift(code = conflict)]
    Shipped,
    #[lift(transparent)]
    Other(#[from] lift::Error),
}

#[test]
fn one_line_returns_each_kind_of_error() {
    fn canonical(allowed: bool) -> Result<(), lift::Error> {
        ensure!(allowed, lift::forbidden::new().with_required_role("Manager"));
        Ok(())
    }
    fn own(case: u8) -> Result<(), OrderError> {
        match case {
            0 => bail!(OrderError::Shipped),
            1 => bail!(lift::not_found::new().with_resource("order PO-7")),
            _ => bail!(lift::Error::conflict()),
        }
    }
    fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        bail!(lift::not_found::new())
    }
    fn any(case: u8) -> anyhow::Result<()> {
        ensure!(case > 0, onboarding::Error::onb_login_needed());
        Ok(())
    }
    assert!(canonical(true).is_ok());
    assert_eq!(canonical(false), Err(lift::forbidden::new().with_required_role("Manager").build()));
    let codes = [0, 1, 2].map(|case| own(case).unwrap_err().entry().code());
    assert_eq!(codes, ["conflict", "not_found", "conflict"]);
    assert!(boxed().unwrap_err().is::<lift::Error>());
    assert!(any(0).unwrap_err().is::<onboarding::Error>() && any(1).is_ok());
}

#[test]
fn results_and_options_become_canonical_errors() {
    let parsed = |text: &str| text.parse::<u32>().or_not_found("order", text);
    assert_eq!(parsed("7"), Ok(7));
    let error = parsed("seven").unwrap_err();
    assert_eq!(error.to_string(), "The server could not find order seven.");
    assert_eq!(error.source().unwrap().to_string(), "invalid digit found in string");

    let any: Result<(), anyhow::Error> = Err(anyhow::anyhow!("refused").context("carrier"));
    let error = any.or_lift(lift::bad_gateway::new().with_upstream("carrier")).unwrap_err();
    assert_eq!(error.problem().sources().to_string(), "carrier: refused");

    let unread = || -> lift::Error { unreachable!("the result is a success") };
    assert_eq!(Ok::<_, fmt::Error>(1).or_lift_with(unread), Ok(1));
    assert_eq!(Some(1).or_lift_with(unread), Ok(1));
    assert_eq!(None::<u8>.or_lift(lift::Error::conflict()), Err(lift::Error::conflict()));
    assert_eq!(None::<u8>.or_not_found("", "PO-7").unwrap_err().to_string(), "The server could not find PO-7.");
    let error = None::<u8>.or_not_found("order", "PO-7").unwrap_err();
    assert_eq!(error.to_string(), "The server could not find order PO-7.");
    let french = error.problem().with_locale("fr".parse().unwrap()).display(Format::PlainText).to_string();
    assert!(french.contains("commande PO-7"), "{french}");
    let own = None::<u8>.or_lift(onboarding::Error::onb_login_needed());
    assert_eq!(own.unwrap_err().entry().catalog().name(), "onboarding");
}

#[test]
fn an_id_whose_display_fails_is_written_as_far_as_it_goes() {
    /// `format!` would panic.
    struct Unwritable;

    impl fmt::Display for Unwritable {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("PO-").and(Err(fmt::Error))
        }
    }

    for (kind, named) in [("order", "order PO-"), ("gadget", "gadget PO-"), ("", "PO-")] {
        let error = None::<u8>.or_not_found(kind, Unwritable).unwrap_err();
        assert_eq!(error.to_string(), format!("The server could not find {named}."));
    }
}
