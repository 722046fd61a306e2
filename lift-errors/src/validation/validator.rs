#![cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>validator</code></span>")]
//! The reports of [validator](https://docs.rs/validator) as field errors.
//!
//! `?` converts [`ValidationErrors`] into `lift::Error` or [`ErrorResponse`](crate::ErrorResponse), as `validation_failed`.
//! validator's own rules become codes of the catalogue, in the reader's language. A rule with a `message` keeps it, and
//! one with a code of your own keeps the code, with a general text: a field error of your catalogue is pushed into
//! [`FieldErrors`](crate::FieldErrors) instead. [`Valid`] validates what an extractor reads.
//!
//! ```
//! use lift_errors::{LiftError, lift};
//! use validator::Validate;
//!
//! #[derive(Validate)]
//! struct Line {
//!     #[validate(range(min = 1, max = 1000))]
//!     quantity: u32,
//! }
//!
//! fn check(line: &Line) -> Result<(), lift::Error> {
//!     Ok(line.validate()?)
//! }
//!
//! let error = check(&Line { quantity: 0 }).unwrap_err();
//! let first = error.field_errors().unwrap().iter().next().unwrap();
//! assert_eq!((first.pointer(), first.code()), ("/quantity", "out_of_range"));
//! ```
//!
//! # Fields with another name in the body
//!
//! validator names a field as Rust does, and does not know `#[serde(rename)]` and `rename_all`: the pointer of `order_number`
//! is `/order_number`, even if the body has `orderNumber`. Nor does it know `#[serde(flatten)]`: the pointers of a flattened struct
//! begin with the field that it is, `/address/street`. Give the field the name that it has in the body:
//!
//! ```
//! use lift_errors::FieldErrors;
//! use serde::Deserialize;
//! use validator::Validate;
//!
//! #[derive(Deserialize, Validate)]
//! #[expect(non_snake_case, reason = "clients find the field by its name in the body")]
//! struct Order {
//!     #[validate(length(min = 1))]
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
use ::validator::{ValidationError, ValidationErrors, ValidationErrorsKind};
use alloc::string::{String, ToString as _};
use serde_json::Value;

valid!(::validator::Validate; "validator", r#"
use lift_errors::axum::Json;
use lift_errors::validator::Valid;
use serde::Deserialize;
use validator::Validate;

#[derive(Deserialize, Validate)]
struct Order {
    #[validate(length(min = 1, max = 20))]
    number: String,
}

async fn create(Valid(Json(order)): Valid<Json<Order>>) -> String {
    order.number
}
# let _ = axum::Router::<()>::new().route("/orders", axum::routing::post(create));
"#);

conversions!(ValidationErrors);

impl From<ValidationErrors> for FieldErrors {
    /// The first 100 in the order of the fields' pointers, and the number of the others.
    fn from(errors: ValidationErrors) -> Self {
        let mut all = Sorted::default();
        collect(&errors, &Pointer::default(), &mut all);
        all.finish()
    }
}

/// The fields that are not fields: the rules of a whole struct, and the items of a list.
const WHOLE: [&str; 2] = ["__all__", "_tmp_validator"];

/// Appends the errors at and below a pointer.
fn collect(errors: &ValidationErrors, parent: &Pointer, all: &mut Sorted) {
    for (field, kind) in errors.errors() {
        let mut pointer = parent.clone();
        if !WHOLE.contains(&field.as_ref()) {
            pointer.push(field);
        }
        match kind {
            ValidationErrorsKind::Struct(errors) => collect(errors, &pointer, all),
            ValidationErrorsKind::List(items) => {
                for (index, errors) in items {
                    let mut pointer = pointer.clone();
                    pointer.push(&index.to_string());
                    collect(errors, &pointer, all);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                all.extend(errors.iter().map(|error| FieldError::new(String::from(pointer.clone()), violation(error))));
            }
        }
    }
}

fn violation(error: &ValidationError) -> Violation {
    if let Some(message) = &error.message {
        return Violation::new(error.code.clone(), message.clone());
    }
    match error.code.as_ref() {
        "length" => length(error),
        "range" => range(error),
        "required" => usual::required(),
        "email" => usual::invalid_email(),
        "url" => usual::invalid_url(),
        // The parameter `other` is the value of the other field, which may be a password.
        "must_match" | "regex" | "contains" | "does_not_contain" | "credit_card" | "ip" | "non_control_character" => {
            usual::malformed()
        }
        _ => usual::malformed().with_code(error.code.clone()),
    }
}

/// A whole number among an error's parameters.
fn number(error: &ValidationError, name: &str) -> Option<i64> {
    error.params.get(name).and_then(Value::as_i64)
}

/// The violation of a text or a list that is too short or too long.
fn length(error: &ValidationError) -> Violation {
    let (is_text, actual) = match error.params.get("value") {
        Some(Value::Array(items)) => (false, Some(items.len())),
        Some(Value::Object(members)) => (false, Some(members.len())),
        Some(Value::String(text)) => (true, Some(text.chars().count())),
        _ => (true, None),
    };
    let actual = actual.and_then(|actual| i64::try_from(actual).ok());
    let equal = number(error, "equal");
    if let (true, Some(length)) = (is_text, equal) {
        return usual::wrong_length(length);
    }
    let (min, max) = (number(error, "min").or(equal), number(error, "max").or(equal));
    let is_below = match (min, max, actual) {
        (Some(min), Some(_), Some(actual)) => actual < min,
        (min, _, _) => min.is_some(),
    };
    match (is_below, min, max) {
        (true, Some(1), _) if is_text => usual::required(),
        (true, Some(min), _) if is_text => usual::too_short(min),
        (true, Some(min), _) => usual::too_few(min),
        (_, _, Some(max)) if is_text => usual::too_long(max),
        (_, _, Some(max)) => usual::too_many(max),
        _ => usual::malformed(),
    }
}

/// The violation of a number outside of its range. Our texts name the last number that is allowed: for whole numbers the one
/// beside an exclusive bound. Fractions have no such number, so a value at an exclusive bound is only malformed.
fn range(error: &ValidationError) -> Violation {
    let is_whole = error.params.values().all(|value| !value.is_f64());
    if !is_whole && ["exclusive_min", "exclusive_max"].iter().any(|name| error.params.contains_key(*name)) {
        return usual::malformed();
    }
    let bound = |name, excluding, step: i64| -> Option<FieldNumber> {
        if !is_whole {
            return error.params.get(name).and_then(Value::as_f64).map(FieldNumber::from);
        }
        let excluded = || number(error, excluding).and_then(|bound| bound.checked_add(step));
        number(error, name).or_else(excluded).map(FieldNumber::from)
    };
    match (bound("min", "exclusive_min", 1), bound("max", "exclusive_max", -1)) {
        (Some(min), Some(max)) => usual::out_of_range(min, max),
        (Some(min), None) => usual::too_small(min),
        (None, Some(max)) => usual::too_large(max),
        (None, None) => usual::malformed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec::Vec;

    fn error(code: &'static str, params: &[(&'static str, Value)]) -> Violation {
        let mut error = ValidationError::new(code);
        for (name, value) in params {
            error.add_param((*name).into(), value);
        }
        violation(&error)
    }

    #[test]
    fn parameters_decide_the_violation() {
        let text = |text: &str| ("value", Value::from(text));
        let list = |items: usize| ("value", Value::from(alloc::vec![0; items]));
        let bound = |name, value: i64| (name, Value::from(value));
        for (code, params, expected, message) in [
            ("length", &[bound("min", 1), bound("max", 3), text("")][..], "required", "A value is required."),
            ("length", &[bound("min", 2), bound("max", 3), text("é")], "too_short", "at least 2"),
            ("length", &[bound("min", 2), bound("max", 3), text("abcd")], "too_long", "at most 3"),
            ("length", &[bound("equal", 3), text("abcd")], "wrong_length", "exactly 3"),
            ("length", &[bound("min", 1), list(0)], "too_few", "at least 1 item"),
            ("length", &[bound("min", 1), bound("max", 2), list(3)], "too_many", "at most 2"),
            ("length", &[bound("equal", 2), list(3)], "too_many", "at most 2"),
            ("range", &[bound("min", 1), bound("value", 0)], "too_small", "at least 1"),
            ("range", &[bound("exclusive_min", 0), bound("value", 0)], "too_small", "at least 1"),
            ("range", &[bound("max", 9), bound("value", 10)], "too_large", "at most 9"),
            ("range", &[bound("min", 1), bound("max", 9), bound("value", 10)], "out_of_range", "1 and 9"),
            ("range", &[("min", Value::from(0.5)), ("value", Value::from(0.1))], "too_small", "at least 0.5"),
            ("range", &[("exclusive_min", 0.0.into()), ("value", 0.0.into())], "malformed", "form"),
            (
                "range",
                &[("min", 0.0.into()), ("exclusive_max", 1.0.into()), ("value", 1.0.into())],
                "malformed",
                "form",
            ),
            ("email", &[text("x")], "invalid_email", "email"),
            ("must_match", &[("other", "secret".into()), text("x")], "malformed", "form"),
            ("no_such_product", &[text("x")], "no_such_product", "form"),
        ] {
            let violation = error(code, params);
            assert_eq!(violation.code(), expected, "{code} {params:?}");
            assert!(violation.message().to_string().contains(message), "{violation:?}");
            assert!(!format!("{violation:?}").contains("secret"));
        }
        let own = ValidationError::new("length").with_message("Too short for a name.".into());
        let own = violation(&own);
        assert_eq!((own.code(), own.message().to_string().as_str()), ("length", "Too short for a name."));
    }

    #[test]
    fn nested_reports_have_pointers() {
        let mut line = ValidationErrors::new();
        line.add("quantity", ValidationError::new("required"));
        let mut item = ValidationErrors::new();
        let items = ValidationErrorsKind::List([(3, alloc::boxed::Box::new(line))].into());
        item.errors_mut().insert("_tmp_validator".into(), items);
        let mut order = ValidationErrors::new();
        order.merge_self("lines", Err(item));
        order.add("__all__", ValidationError::new("required"));
        let errors = FieldErrors::from(order);
        let pointers: Vec<&str> = errors.iter().map(FieldError::pointer).collect();
        assert_eq!(pointers, ["", "/lines/3/quantity"]);
    }

    #[test]
    fn a_long_report_is_cut_and_counted() {
        let mut report = ValidationErrors::new();
        let name = alloc::borrow::Cow::Owned("a/b".repeat(1 << 18));
        let errors = (0..10_000).map(|_| ValidationError::new("required")).collect();
        report.errors_mut().insert(name, ValidationErrorsKind::Field(errors));
        let errors = FieldErrors::from(report);
        assert_eq!(errors.len(), 100);
        assert!(errors.iter().all(|error| error.pointer().starts_with("/a~1ba~1b") && error.pointer().len() < 1_100));
        let error = crate::lift::validation_failed::new().with_field_errors(errors).build();
        let text = crate::LiftError::problem(&error).display(crate::Format::PlainText).to_string();
        assert!(text.contains("\n- … +9,900\n"), "{text}");
    }
}
