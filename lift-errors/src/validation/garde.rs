#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>garde</code></span>")]
//! The reports of [garde](https://docs.rs/garde) as field errors.
//!
//! `?` converts a [`Report`] into `lift::Error` or [`ErrorResponse`](crate::ErrorResponse), as `validation_failed`. The
//! messages of garde's own rules become codes of the catalogue, in the reader's language; those of your own rules stay as
//! you wrote them, with the code `invalid`. [`Valid`] validates what an extractor reads.
//!
//! ```
//! use garde::Validate;
//! use lift_errors::{LiftError, lift};
//!
//! #[derive(Validate)]
//! struct Line {
//!     #[garde(range(min = 1, max = 1000))]
//!     quantity: u32,
//! }
//!
//! fn check(line: &Line) -> Result<(), lift::Error> {
//!     Ok(line.validate()?)
//! }
//!
//! let error = check(&Line { quantity: 0 }).unwrap_err();
//! let first = error.field_errors().unwrap().iter().next().unwrap();
//! assert_eq!((first.pointer(), first.code()), ("/quantity", "too_small"));
//! ```
//!
//! # Fields with another name in the body
//!
//! garde names a field as Rust does, and does not know `#[serde(rename)]` and `rename_all`: the pointer of `order_number` is
//! `/order_number`, even if the body has `orderNumber`. garde 0.23 accepts `#[garde(rename = "…")]` and ignores it. Nor
//! does it know `#[serde(flatten)]`: the pointers of a flattened struct begin with the field that it is, `/address/street`. Give the
//! field the name that it has in the body:
//!
//! ```
//! use garde::Validate;
//! use lift_errors::FieldErrors;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize, Validate)]
//! #[expect(non_snake_case, reason = "clients find the field by its name in the body")]
//! struct Order {
//!     #[garde(length(min = 1))]
//!     orderNumber: String,
//! }
//!
//! let order: Order = serde_json::from_str(r#"{"orderNumber":""}"#)?;
//! let errors = FieldErrors::from(order.validate().unwrap_err());
//! assert_eq!(errors.iter().next().unwrap().pointer(), "/orderNumber");
//! # Ok::<(), serde_json::Error>(())
//! ```

use super::{Sorted, conversions, valid};
use crate::lift::field_error as usual;
use crate::problem::field_error::pointer::Pointer;
use crate::problem::field_error::value::FieldNumber;
use crate::problem::field_error::violation::Violation;
use crate::problem::field_error::{FieldError, FieldErrors};
use ::garde::Report;
use ::garde::error::{Kind, Path};
use alloc::string::{String, ToString as _};

valid!(::garde::Validate, Default; "garde", r#"
use garde::Validate;
use lift_errors::axum::Json;
use lift_errors::garde::Valid;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Order {
    #[garde(length(min = 1, max = 20))]
    number: String,
}

async fn create(Valid(Json(order)): Valid<Json<Order>>) -> String {
    order.number
}
# let _ = axum::Router::<()>::new().route("/orders", axum::routing::post(create));
"#);

conversions!(Report);

impl From<Report> for FieldErrors {
    /// The first 100 in the order of the fields' pointers, and the number of the others.
    fn from(report: Report) -> Self {
        let mut errors = Sorted::default();
        errors.extend(report.iter().map(|(path, error)| FieldError::new(pointer(path), violation(error.message()))));
        errors.finish()
    }
}

/// The pointer of a path.
///
/// `Display` writes the key `x.y` of a map as it writes the key `y` in `x`. `__iter`, which garde's macro `select` uses, tells
/// them apart, from the last component to the first.
fn pointer(path: &Path) -> String {
    let mut pointer = Pointer::default();
    // The value of an `Option`, or of a type around one value, is a component without a key.
    path.__iter().rev().filter(|(kind, _)| *kind != Kind::None).for_each(|(_, key)| pointer.push(key));
    pointer.into()
}

/// The violation that a message of garde tells. garde has no codes.
fn violation(message: &str) -> Violation {
    RULES
        .iter()
        .find_map(|rule| rule.violation(message))
        .unwrap_or_else(|| Violation::new("invalid", message.to_string()))
}

/// A message of garde, and the violation that it tells.
enum Rule {
    /// A message without values, which a reason may follow.
    Plain(&'static str, fn() -> Violation),
    /// A message that ends with a number.
    Number(&'static str, fn(FieldNumber) -> Violation),
    /// The parts of a message around a text.
    Text(&'static str, &'static str, fn(String) -> Violation),
}

impl Rule {
    fn violation(&self, message: &str) -> Option<Violation> {
        match self {
            Self::Plain(text, violation) => {
                let rest = message.strip_prefix(text)?;
                (rest.is_empty() || rest.starts_with(": ")).then(violation)
            }
            Self::Number(beginning, violation) => number(message.strip_prefix(beginning)?).map(violation),
            Self::Text(beginning, end, violation) => {
                message.strip_prefix(beginning)?.strip_suffix(end).map(|text| violation(String::from(text)))
            }
        }
    }
}

fn number(text: &str) -> Option<FieldNumber> {
    let whole = text.parse::<i64>().ok().map(FieldNumber::from);
    whole.or_else(|| text.parse::<f64>().ok().map(FieldNumber::from))
}

/// The smallest length. garde does not tell whether the value is a text or a list.
fn min_length(min: FieldNumber) -> Violation {
    if min == FieldNumber::from(1) { usual::required() } else { usual::length_too_small(min) }
}

/// The messages of garde's rules.
const RULES: [Rule; 19] = [
    Rule::Plain("not set", usual::required),
    Rule::Number("length is lower than ", min_length),
    Rule::Number("length is greater than ", usual::length_too_large),
    Rule::Number("lower than ", usual::too_small),
    Rule::Number("greater than ", usual::too_large),
    Rule::Text("does not match pattern /", "/", |_| usual::malformed()),
    Rule::Text("does not match ", " field", usual::mismatch),
    Rule::Text("does not contain \"", "\"", usual::does_not_contain),
    Rule::Text("value does not begin with \"", "\"", usual::does_not_begin_with),
    Rule::Text("does not end with \"", "\"", usual::does_not_end_with),
    Rule::Plain("not a valid email", usual::invalid_email),
    Rule::Plain("not a valid url", usual::invalid_url),
    Rule::Plain("not a valid credit card number", usual::malformed),
    Rule::Plain("not a valid phone number", usual::malformed),
    Rule::Plain("not a valid IP address", usual::malformed),
    Rule::Plain("not a valid IPv4 address", usual::malformed),
    Rule::Plain("not a valid IPv6 address", usual::malformed),
    Rule::Plain("not ascii", usual::malformed),
    Rule::Plain("not alphanumeric", usual::malformed),
];

#[cfg(test)]
mod tests {
    use super::*;
    use ::garde::Validate;
    use alloc::vec::Vec;

    /// Each rule of garde, with a value that breaks it.
    #[derive(Validate)]
    #[garde(allow_unvalidated)]
    struct Everything {
        #[garde(required)]
        absent: Option<u8>,
        #[garde(length(min = 1))]
        empty: String,
        #[garde(length(min = 4))]
        short: String,
        #[garde(length(max = 1))]
        long: String,
        #[garde(range(min = 1))]
        small: i32,
        #[garde(range(max = 9))]
        large: u64,
        #[garde(range(min = 0.5))]
        fraction: f64,
        #[garde(email)]
        email: String,
        #[garde(url)]
        url: String,
        #[garde(pattern("^a$"))]
        pattern: String,
        #[garde(ascii)]
        ascii: String,
        #[garde(alphanumeric)]
        alphanumeric: String,
        #[garde(contains("x"))]
        contains: String,
        #[garde(prefix("x"))]
        prefix: String,
        #[garde(suffix("x"))]
        suffix: String,
        #[garde(ip)]
        ip: String,
        #[garde(matches(email))]
        again: String,
        #[garde(custom(no_such_product))]
        own: String,
        #[garde(dive)]
        lines: Vec<Line>,
    }

    #[derive(Validate)]
    struct Groups {
        #[garde(dive)]
        groups: alloc::collections::BTreeMap<String, Vec<Line>>,
        #[garde(inner(range(min = 1)))]
        maybe: Option<u8>,
    }

    #[test]
    fn a_key_of_a_map_is_one_segment() {
        for (key, pointer) in [
            ("x.y", "/groups/x.y/0/quantity"),
            ("x[1]", "/groups/x[1]/0/quantity"),
            ("", "/groups//0/quantity"),
            ("a/b~", "/groups/a~1b~0/0/quantity"),
            ("/a", "/groups/~1a/0/quantity"),
        ] {
            let groups = [(String::from(key), alloc::vec![Line { quantity: 0 }])].into();
            let errors = FieldErrors::from(Groups { groups, maybe: Some(0) }.validate().unwrap_err());
            let found: Vec<&str> = errors.iter().map(FieldError::pointer).collect();
            assert_eq!(found, [pointer, "/maybe"]);
        }
    }

    #[test]
    fn a_long_key_is_not_copied_for_each_error() {
        let lines = (0..10_000).map(|_| Line { quantity: 0 }).collect();
        let groups = Groups { groups: [("a".repeat(1 << 20), lines)].into(), maybe: None };
        let errors = FieldErrors::from(groups.validate().unwrap_err());
        assert!(errors.iter().all(|error| error.pointer().len() < 1_100 && error.pointer().ends_with("aa…")));
        assert_eq!(errors.len(), 100);
        let error = crate::lift::validation_failed::new().with_field_errors(errors).build();
        let body = crate::ErrorResponse::from_ref(&error).problem().display(crate::Format::ProblemDetails).to_string();
        assert!(body.contains("\"code\":\"omitted\",\"params\":{\"count\":9900}"), "{}", body.len());
        assert!(body.len() < 300_000, "{}", body.len());
    }

    fn no_such_product(_: &str, _: &()) -> ::garde::Result {
        Err(::garde::Error::new("There is no such product."))
    }

    #[derive(Validate)]
    struct Line {
        #[garde(range(min = 1))]
        quantity: u32,
    }

    #[test]
    fn every_rule_has_a_code() {
        let text = || String::from("é ");
        let everything = Everything {
            absent: None,
            empty: String::new(),
            short: text(),
            long: text(),
            small: 0,
            large: 10,
            fraction: 0.1,
            email: text(),
            url: text(),
            pattern: text(),
            ascii: text(),
            alphanumeric: text(),
            contains: text(),
            prefix: text(),
            suffix: text(),
            ip: text(),
            again: String::new(),
            own: text(),
            lines: alloc::vec![Line { quantity: 1 }, Line { quantity: 0 }],
        };
        let errors = FieldErrors::from(everything.validate().unwrap_err());
        let found: Vec<(&str, &str)> = errors.iter().map(|error| (error.pointer(), error.code())).collect();
        let expected = [
            ("/absent", "required"),
            ("/again", "mismatch"),
            ("/alphanumeric", "malformed"),
            ("/ascii", "malformed"),
            ("/contains", "does_not_contain"),
            ("/email", "invalid_email"),
            ("/empty", "required"),
            ("/fraction", "too_small"),
            ("/ip", "malformed"),
            ("/large", "too_large"),
            ("/lines/1/quantity", "too_small"),
            ("/long", "length_too_large"),
            ("/own", "invalid"),
            ("/pattern", "malformed"),
            ("/prefix", "does_not_begin_with"),
            ("/short", "length_too_small"),
            ("/small", "too_small"),
            ("/suffix", "does_not_end_with"),
            ("/url", "invalid_url"),
        ];
        assert_eq!(found, expected);
        let message = |pointer| errors.iter().find(|error| error.pointer() == pointer).unwrap().message().to_string();
        assert_eq!(message("/own"), "There is no such product.");
        assert_eq!(message("/short"), "Must have a length of at least 4.");
        assert_eq!(message("/prefix"), "Must begin with this: x");
        assert_eq!(message("/fraction"), "Must be at least 0.5.");
    }
}
