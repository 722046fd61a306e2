//! The field errors and terms of a catalogue.

use crate::catalog::Catalog;
use crate::catalog::phrase::Phrase;
use crate::catalog::term::Term;
use crate::problem::field_error::value::{FieldNumber, FieldValue};
use crate::problem::field_error::violation::Violation;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// The violation whose message is the phrase with this number.
pub fn violation(
    catalog: &'static Catalog,
    number: u16,
    parameters: Vec<(Cow<'static, str>, FieldValue)>,
) -> Violation {
    Violation::of_catalog(Phrase::new(catalog, number), parameters)
}

/// The term with this number.
pub const fn term(catalog: &'static Catalog, number: u16) -> Term {
    Term::new(Phrase::new(catalog, number))
}

/// A number as the value of a field error.
pub fn field_number(number: impl Into<FieldNumber>) -> FieldValue {
    number.into().into()
}
