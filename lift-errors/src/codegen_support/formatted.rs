//! Parameters that a service's error formats from its fields.

use crate::catalog::value::{FormatParameter, Value};

/// The parameter with a number as a value.
pub fn formatted(error: &dyn FormatParameter, number: u8) -> Value<'_> {
    Value::__Formatted(error, number)
}
