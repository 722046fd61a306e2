//! The violation that an error of serde reports.
//!
//! An error of serde is a text, and deserializers agree on its beginning: the methods of `serde::de::Error` have default
//! texts, which most leave as they are. A text with another beginning, such as that of a type's own `Deserialize`, is a
//! malformed value; it is only logged, since it may repeat what was sent.

use crate::lift::{self, field_error};
use crate::problem::field_error::violation::Violation;
use alloc::string::String;
use alloc::vec::Vec;

/// A violation, the field within the value that has it, such as one that is missing, and what caused it.
pub(crate) struct Rejected<'a> {
    pub(crate) field: Option<&'a str>,
    pub(crate) violation: Violation,
    pub(crate) cause: lift::Cause,
}

impl<'a> Rejected<'a> {
    fn new(field: Option<&'a str>, violation: Violation) -> Self {
        let cause = cause(violation.code());
        Self { field, violation, cause }
    }

    /// A number that its type has no room for. Not every such violation tells the limits.
    fn outside_limits(violation: Violation) -> Self {
        Self { field: None, violation, cause: lift::validation_failed::Cause::OutsideLimits }
    }

    /// The same at a place that is known otherwise.
    #[cfg(feature = "axum")]
    pub(crate) fn without_field(self) -> Rejected<'static> {
        Rejected { field: None, violation: self.violation, cause: self.cause }
    }
}

impl From<Violation> for Rejected<'_> {
    fn from(violation: Violation) -> Self {
        Self::new(None, violation)
    }
}

/// The cause of `validation_failed` that a violation is an example of.
fn cause(code: &str) -> lift::Cause {
    match code {
        "required" => lift::validation_failed::Cause::EmptyField,
        "too_small" | "too_large" | "out_of_range" => lift::validation_failed::Cause::OutsideLimits,
        _ => lift::validation_failed::Cause::UnreadableValue,
    }
}

/// Reads the text of an error.
pub(crate) fn rejected(message: &str) -> Rejected<'_> {
    let message = without_place(message);
    for (beginning, violation) in FIELDS {
        if let Some(rest) = message.strip_prefix(beginning) {
            return Rejected::new(rest.split('`').next(), violation());
        }
    }
    if let Some((kind, is_negative)) = outside_of(message) {
        return Rejected::outside_limits(outside(kind, is_negative));
    }
    if is_without_type(message) {
        return Rejected::outside_limits(field_error::malformed());
    }
    let violation = if let Some(rest) = message.strip_prefix("unknown variant `") {
        let allowed = rest.split_once("expected ").map(|(_, allowed)| allowed).unwrap_or_default();
        let names: Vec<&str> = allowed.split('`').skip(1).step_by(2).collect();
        field_error::not_one_of(names.join(", "))
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (unexpected, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
        if matches!(unexpected, "null" | "unit value" | "Option value") {
            field_error::required()
        } else {
            of_type(expected)
        }
    } else if let Some((_, expected)) =
        message.strip_prefix("invalid length ").and_then(|rest| rest.split_once(", expected "))
    {
        // A list where a struct belongs, or one with another number of items.
        if expected.starts_with("struct ") { field_error::not_an_object() } else { field_error::malformed() }
    } else if message.starts_with("invalid value: integer `0`, expected a nonzero ") {
        field_error::too_small(1)
    } else {
        TEXTS.iter().find(|(text, _)| message.starts_with(text)).map_or_else(field_error::malformed, |(_, it)| it())
    };
    violation.into()
}

/// Reads the text of an error about a value that the request has as a text, such as that of a query string.
pub(crate) fn rejected_text<'a>(message: &'a str, value: &str) -> Rejected<'a> {
    let digits = value.strip_prefix('-').unwrap_or_default();
    let is_negative = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Only types without negative numbers say this of an integer.
    if is_negative && message == "invalid digit found in string" {
        return field_error::too_small(0).into();
    }
    rejected(message)
}

/// Whether a text of the standard library says that a number does not fit into its type, and not which type that is.
pub(crate) fn is_without_type(message: &str) -> bool {
    matches!(message, "number too large to fit in target type" | "number too small to fit in target type")
}

/// serde_json adds the place in the document: ` at line 1 column 7`.
fn without_place(message: &str) -> &str {
    match message.rsplit_once(" at line ") {
        Some((text, place)) if place.split(" column ").all(|number| number.parse::<usize>().is_ok()) => text,
        _ => message,
    }
}

/// Makes a violation without parameters.
type Make = fn() -> Violation;

/// The violations of a field that the text names.
const FIELDS: [(&str, Make); 3] = [
    ("missing field `", field_error::required),
    ("unknown field `", field_error::unknown_field),
    ("duplicate field `", field_error::duplicate_field),
];

/// The texts of the standard library's `FromStr`, by which query strings, forms and paths are read.
const TEXTS: [(&str, Make); 5] = [
    ("cannot parse integer from empty string", field_error::required),
    ("cannot parse float from empty string", field_error::required),
    ("invalid digit found in string", field_error::not_an_integer),
    ("invalid float literal", field_error::not_a_number),
    ("provided string was not `true` or `false`", field_error::not_a_boolean),
];

/// The violation of a value of another type than the expected one, in serde's words.
pub(crate) fn of_type(expected: &str) -> Violation {
    let expected = expected.trim_start_matches("a nonzero ");
    let begins = |words: &[&str]| words.iter().any(|word| expected.starts_with(word));
    if limits(expected).is_some() || begins(&["integer", "an integer"]) {
        field_error::not_an_integer()
    } else if matches!(expected, "f32" | "f64") {
        field_error::not_a_number()
    } else if begins(&["a boolean", "bool"]) {
        field_error::not_a_boolean()
    } else if begins(&["a string", "a borrowed string", "a character", "string", "path string"]) {
        field_error::not_a_string()
    } else if begins(&["a sequence", "a tuple", "an array", "tuple "]) {
        field_error::not_a_list()
    } else if begins(&["a map", "struct ", "internally tagged", "adjacently tagged", "map"]) {
        field_error::not_an_object()
    } else {
        field_error::wrong_type()
    }
}

/// The type of integers that has no room for a number, and whether that is negative: ``invalid value: integer `-1`, expected u32``.
/// JSON has a number of twenty digits as a float: ``invalid type: floating point `1e20`, expected u64``.
fn outside_of(message: &str) -> Option<(&str, bool)> {
    let (unexpected, expected) = message.rsplit_once("`, expected ")?;
    let kind = expected.trim_start_matches("a nonzero ");
    let limits = limits(kind)?;
    let number = match unexpected.strip_prefix("invalid value: integer `") {
        Some(zero) if zero == "0" && kind != expected => return None,
        Some(integer) => integer,
        None => unexpected.strip_prefix("invalid type: floating point `").filter(|float| is_beyond(float, limits))?,
    };
    Some((kind, number.starts_with('-')))
}

/// Whether a float is a whole number beyond the limits of a type of integers. Where clients can't write a limit, it is that of 64 bits.
fn is_beyond(float: &str, (min, max): Limits) -> bool {
    let all = if min.is_some() { u64::MAX as f64 } else { i64::MAX as f64 };
    let is_above = |number: f64| max.map_or(number >= all, |max| number > max as f64);
    let is_below = |number: f64| min.map_or(number <= i64::MIN as f64, |min| number < min as f64);
    float.parse().is_ok_and(|number: f64| number % 1.0 == 0.0 && (is_above(number) || is_below(number)))
}

/// The violation of a number that does not fit into its type.
fn outside(kind: &str, is_negative: bool) -> Violation {
    match limits(kind) {
        Some((Some(min), Some(max))) => field_error::out_of_range(min, max),
        Some((Some(min), None)) if is_negative => field_error::too_small(min),
        _ => field_error::malformed(),
    }
}

/// The smallest and the largest value of an integer type, as far as clients can write them.
type Limits = (Option<i64>, Option<i64>);

/// The limits of an integer type; `None` for other types.
fn limits(kind: &str) -> Option<Limits> {
    Some(match kind {
        "u8" => (Some(0), Some(u8::MAX.into())),
        "u16" => (Some(0), Some(u16::MAX.into())),
        "u32" => (Some(0), Some(u32::MAX.into())),
        "u64" | "u128" | "usize" => (Some(0), None),
        "i8" => (Some(i8::MIN.into()), Some(i8::MAX.into())),
        "i16" => (Some(i16::MIN.into()), Some(i16::MAX.into())),
        "i32" => (Some(i32::MIN.into()), Some(i32::MAX.into())),
        "i64" | "i128" | "isize" => (None, None),
        _ => return None,
    })
}

/// What a text has that is not of the type with this name, in a path.
pub(crate) fn of_text(value: &str, kind: &str) -> Rejected<'static> {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match limits(kind) {
        Some(_) if is_integer => Rejected::outside_limits(outside(kind, value.starts_with('-'))),
        _ => of_type(kind).into(),
    }
}

/// A JSON pointer of these names (RFC 6901 §3).
pub(crate) fn pointer<'a>(names: impl IntoIterator<Item = alloc::borrow::Cow<'a, str>>) -> String {
    names.into_iter().fold(String::new(), |pointer, name| pointer + "/" + &name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;
    use serde::de::Error as _;
    use serde::de::value::Error;
    use serde::de::{Expected, Unexpected};

    #[test]
    fn the_texts_of_serde_are_understood() {
        let expected = |text: &'static str| -> alloc::boxed::Box<dyn Expected> { alloc::boxed::Box::new(text) };
        let of_type = |unexpected, text| Error::invalid_type(unexpected, &*expected(text));
        let of_value = |unexpected, text| Error::invalid_value(unexpected, &*expected(text));
        for (error, field, code) in [
            (Error::missing_field("name"), Some("name"), "required"),
            (Error::unknown_field("nmae", &["name"]), Some("nmae"), "unknown_field"),
            (Error::duplicate_field("name"), Some("name"), "duplicate_field"),
            (Error::unknown_variant("barrel", &["piece", "box"]), None, "not_one_of"),
            (of_type(Unexpected::Unit, "u32"), None, "required"),
            (of_type(Unexpected::Str("x, expected y"), "u32"), None, "not_an_integer"),
            (of_type(Unexpected::Str("x"), "a boolean"), None, "not_a_boolean"),
            (of_type(Unexpected::Bool(true), "a borrowed string"), None, "not_a_string"),
            (of_type(Unexpected::Map, "a sequence"), None, "not_a_list"),
            (of_type(Unexpected::Seq, "struct Order"), None, "not_an_object"),
            (of_type(Unexpected::Seq, "f64"), None, "not_a_number"),
            (of_value(Unexpected::Signed(-1), "u64"), None, "too_small"),
            (of_value(Unexpected::Unsigned(256), "u8"), None, "out_of_range"),
            (of_value(Unexpected::Unsigned(0), "a nonzero u32"), None, "too_small"),
            (of_value(Unexpected::Str("x"), "a date"), None, "malformed"),
            (Error::invalid_length(0, &*expected("struct Order with 2 elements")), None, "not_an_object"),
            (Error::invalid_length(1, &*expected("an array of length 2")), None, "malformed"),
            (Error::custom("the password `x` is known"), None, "malformed"),
            ("".parse::<u8>().map_err(Error::custom).unwrap_err(), None, "required"),
            ("x".parse::<u8>().map_err(Error::custom).unwrap_err(), None, "not_an_integer"),
            ("x".parse::<f64>().map_err(Error::custom).unwrap_err(), None, "not_a_number"),
            ("x".parse::<bool>().map_err(Error::custom).unwrap_err(), None, "not_a_boolean"),
        ] {
            let message = error.to_string();
            let found = rejected(&message);
            assert_eq!((found.field, found.violation.code()), (field, code), "{message}");
        }
        let negative = "-1".parse::<u8>().unwrap_err().to_string();
        assert_eq!(rejected_text(&negative, "-1").violation.code(), "too_small", "{negative}");
        assert_eq!(rejected_text(&negative, "-x").violation.code(), "not_an_integer");
        let json = serde_json::from_str::<u32>("\n null").unwrap_err().to_string();
        assert_eq!(rejected(&json).violation.code(), "required", "{json}");
        let allowed = Error::unknown_variant("barrel", &["piece", "box"]).to_string();
        assert_eq!(rejected(&allowed).violation.message().to_string(), "Must be one of these values: piece, box.");
    }

    #[test]
    fn a_number_of_json_without_room_is_outside_of_the_limits() {
        use lift::validation_failed::Cause;
        fn of<T: serde::de::DeserializeOwned>(json: &str) -> (Violation, lift::Cause) {
            let message = serde_json::from_str::<T>(json).map(drop).unwrap_err().to_string();
            let Rejected { violation, cause, .. } = rejected(&message);
            (violation, cause)
        }
        let malformed = || field_error::malformed();
        for (found, violation, cause) in [
            (of::<u64>("99999999999999999999"), malformed(), Cause::OutsideLimits),
            (of::<u64>("18446744073709551616"), malformed(), Cause::OutsideLimits),
            (of::<i64>("99999999999999999999"), malformed(), Cause::OutsideLimits),
            (of::<i64>("9223372036854775808"), malformed(), Cause::OutsideLimits),
            (of::<i64>("-9223372036854775809"), malformed(), Cause::OutsideLimits),
            (of::<u64>("-1"), field_error::too_small(0), Cause::OutsideLimits),
            (of::<u64>("-99999999999999999999"), field_error::too_small(0), Cause::OutsideLimits),
            (of::<core::num::NonZeroU64>("99999999999999999999"), malformed(), Cause::OutsideLimits),
            (of::<core::num::NonZeroU64>("0"), field_error::too_small(1), Cause::OutsideLimits),
            (of::<i8>("1e20"), field_error::out_of_range(-128, 127), Cause::OutsideLimits),
            (of::<u64>("1.0"), field_error::not_an_integer(), Cause::UnreadableValue),
            (of::<u64>("1e3"), field_error::not_an_integer(), Cause::UnreadableValue),
            (of::<i64>("-1000000000000.5"), field_error::not_an_integer(), Cause::UnreadableValue),
            (of::<u8>("1000.5"), field_error::not_an_integer(), Cause::UnreadableValue),
            (of::<bool>("1e20"), field_error::not_a_boolean(), Cause::UnreadableValue),
        ] {
            let message = violation.message().to_string();
            assert_eq!((found.0.code(), found.0.message().to_string(), found.1), (violation.code(), message, cause));
        }
    }
}
