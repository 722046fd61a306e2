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

use super::{conversions, sorted, valid};
use crate::lift::field_error as usual;
use crate::problem::field_error::value::FieldNumber;
use crate::problem::field_error::violation::Violation;
use crate::problem::field_error::{FieldError, FieldErrors};
use ::garde::{Report, Validate};
use alloc::string::{String, ToString as _};

valid!(Validate, Default; "garde", r#"
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
    /// In the order of the fields' pointers.
    fn from(report: Report) -> Self {
        let errors =
            report.iter().map(|(path, error)| FieldError::at_path(&path.to_string(), violation(error.message())));
        sorted(errors.collect())
    }
}

/// The violation that a message of garde tells. garde has no codes.
fn violation(message: &str) -> Violation {
    let rest = |beginning| message.strip_prefix(beginning);
    let number = |beginning| -> Option<FieldNumber> {
        let text = rest(beginning)?;
        let whole = text.parse::<i64>().ok().map(FieldNumber::from);
        whole.or_else(|| text.parse::<f64>().ok().map(FieldNumber::from))
    };
    if let Some(min) = rest("length is lower than ") {
        // garde does not tell whether the value is a text or a list.
        return if min == "1" { usual::required() } else { own("too_short", message) };
    }
    if let Some(min) = number("lower than ") {
        return usual::too_small(min);
    }
    if let Some(max) = number("greater than ") {
        return usual::too_large(max);
    }
    if let Some(field) = rest("does not match ").and_then(|field| field.strip_suffix(" field")) {
        return usual::mismatch(String::from(field));
    }
    let own_rule = RULES.iter().find(|(beginning, _)| message.starts_with(beginning));
    match own_rule {
        Some((_, Rule::Usual(violation))) => violation(),
        Some((_, Rule::Named(code))) => own(code, message),
        None => own("invalid", message),
    }
}

/// What becomes of the message of a rule.
enum Rule {
    /// A violation of the catalogue.
    Usual(fn() -> Violation),
    /// A code, with garde's message.
    Named(&'static str),
}

/// The beginnings of garde's other messages.
const RULES: [(&str, Rule); 13] = [
    ("not set", Rule::Usual(usual::required)),
    ("not a valid email", Rule::Usual(usual::invalid_email)),
    ("not a valid url", Rule::Usual(usual::invalid_url)),
    ("not a valid credit card number", Rule::Usual(usual::malformed)),
    ("not a valid phone number", Rule::Usual(usual::malformed)),
    ("not a valid IP", Rule::Usual(usual::malformed)),
    ("does not match pattern /", Rule::Usual(usual::malformed)),
    ("not ascii", Rule::Usual(usual::malformed)),
    ("not alphanumeric", Rule::Usual(usual::malformed)),
    ("length is greater than ", Rule::Named("too_long")),
    ("does not contain \"", Rule::Named("malformed")),
    ("value does not begin with \"", Rule::Named("malformed")),
    ("does not end with \"", Rule::Named("malformed")),
];

/// A violation in the words of the rule.
fn own(code: &'static str, message: &str) -> Violation {
    Violation::new(code, message.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
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
            ("/contains", "malformed"),
            ("/email", "invalid_email"),
            ("/empty", "required"),
            ("/fraction", "too_small"),
            ("/ip", "malformed"),
            ("/large", "too_large"),
            ("/lines/1/quantity", "too_small"),
            ("/long", "too_long"),
            ("/own", "invalid"),
            ("/pattern", "malformed"),
            ("/prefix", "malformed"),
            ("/short", "too_short"),
            ("/small", "too_small"),
            ("/suffix", "malformed"),
            ("/url", "invalid_url"),
        ];
        assert_eq!(found, expected);
        let message = |pointer| errors.iter().find(|error| error.pointer() == pointer).unwrap().message().to_string();
        assert_eq!(message("/own"), "There is no such product.");
        assert_eq!(message("/fraction"), "Must be at least 0.5.");
    }
}
