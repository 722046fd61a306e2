//! Converts names and values from the wire to a typed error.

use super::document::Document;
use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::Cause;
use crate::catalog::parameter::Parameter;
use crate::catalog::term::Term;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::secret::Secret;
use crate::problem::text_value::TextValue;
use crate::server::clock;
use crate::server::retry_after::retry_after;
use http::{HeaderMap, header};
use lift_errors_core::display::{MAX_EXACT, whole_seconds};
use lift_errors_core::vocabulary::Sensitivity;
use serde_json::Value;
use std::borrow::Cow;
use std::boxed::Box;
use std::str::FromStr;
use std::string::{String, ToString as _};
use std::time::Duration;

/// An error that can be read from the response of another service: the generated `Error` of every catalogue.
///
/// The compiler implements it.
pub trait CatalogError: LiftError + Sized {
    /// A cause of one of the catalogue's entries, as a value that can be matched.
    type Cause: Copy;

    /// The catalogue that the errors belong to.
    fn catalog() -> &'static Catalog;

    /// A cause as a value that can be matched; `None` if it belongs to another catalogue.
    fn from_cause(cause: Cause) -> Option<Self::Cause>;

    /// The entry with a code.
    fn find_code(code: &str) -> Option<Entry>;

    /// The entry with an id.
    fn find_id(id: &str) -> Option<Entry>;

    /// The error of an entry; `None` if a required public parameter is absent. The others are `None`, because they are never
    /// sent.
    #[doc(hidden)]
    fn from_parts(entry: Entry, parts: &WireFields<'_>) -> Option<Self>;

    /// The error with the cause that its service knew.
    #[doc(hidden)]
    fn __with_cause(self, cause: Cause) -> Self;
}

/// The typed error of an entry, with the cause that its service knew.
pub(super) fn typed<E: CatalogError>(entry: Entry, document: &Document, headers: &HeaderMap) -> Option<E> {
    let error = E::from_parts(entry, &WireFields::new(entry, document, headers))?;
    Some(match document.named_cause(entry.canonical()) {
        Some(cause) => error.__with_cause(cause),
        None => error,
    })
}

/// The source of an error's fields.
#[doc(hidden)]
#[derive(Debug)]
pub struct WireFields<'a> {
    entry: Entry,
    document: &'a Document,
    headers: &'a HeaderMap,
}

impl<'a> WireFields<'a> {
    pub(super) fn new(entry: Entry, document: &'a Document, headers: &'a HeaderMap) -> Self {
        Self { entry, document, headers }
    }

    /// The value of a field by the parameter's name.
    pub fn take<T: FromWire>(&self, name: &'static str) -> Option<T> {
        T::take(self, name)
    }

    fn find<T>(&self, name: &str, json: impl Fn(&Value) -> Option<T>, text: impl Fn(&str) -> Option<T>) -> Option<T> {
        let parameter = self.entry.parameters().find(|parameter| parameter.name() == name)?;
        if parameter.sensitivity() != Sensitivity::Public {
            // Services never send it, so a value with its name is something else.
            return None;
        }
        let member = self.document.parameters.get(name).and_then(|value| match value {
            Value::String(value) if self.document.texts_only => text(value),
            value => json(value),
        });
        member.or_else(|| self.header(parameter).and_then(|value| text(&value)))
    }

    /// The value of the parameter's header: a response to HEAD has no body.
    fn header(&self, parameter: Parameter) -> Option<Cow<'a, str>> {
        let header = parameter.header()?;
        if header == header::RETRY_AFTER.as_str() {
            let wait = retry_after(self.headers, clock::now())?;
            // A date is rarely whole seconds away.
            return Some(whole_seconds(wait).to_string().into());
        }
        let mut values = self.headers.get_all(header).iter().filter_map(|value| value.to_str().ok());
        let first = values.next()?;
        Some(values.fold(Cow::Borrowed(first), |list, value| (list.into_owned() + ", " + value).into()))
    }
}

/// A type that a parameter can have.
#[doc(hidden)]
pub trait FromWire: Sized {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self>;
}

/// A number that not every reader of JSON knows exactly, and that is therefore written as a string (RFC 7493 §2.2).
fn inexact<T: FromStr + TryInto<i128> + Copy>(json: &Value) -> Option<T> {
    let number: T = json.as_str()?.parse().ok()?;
    let magnitude = number.try_into().ok()?.unsigned_abs();
    (magnitude > u128::from(MAX_EXACT)).then_some(number)
}

impl FromWire for u64 {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        parts.find(name, |json| json.as_u64().or_else(|| inexact(json)), |text| text.parse().ok())
    }
}

impl FromWire for u32 {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        u64::take(parts, name)?.try_into().ok()
    }
}

impl FromWire for i64 {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        parts.find(name, |json| json.as_i64().or_else(|| inexact(json)), |text| text.parse().ok())
    }
}

impl FromWire for Duration {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        u64::take(parts, name).map(Self::from_secs)
    }
}

/// A term of the entry's catalogue. Another catalogue's is not known here.
impl FromWire for Term {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        let name: TextValue = parts.take(name)?;
        Term::find(parts.entry.catalog(), &name)
    }
}

impl FromWire for TextValue {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        parts.find(name, |json| json.as_str().map(String::from), |text| Some(String::from(text))).map(Self::from)
    }
}

impl FromWire for Secret<TextValue> {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        parts.take(name).map(Self::new)
    }
}

impl FromWire for FieldErrors {
    fn take(parts: &WireFields<'_>, _: &'static str) -> Option<Self> {
        Some(parts.document.field_errors.clone())
    }
}

impl<T: FromWire> FromWire for Box<T> {
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        parts.take(name).map(Self::new)
    }
}

impl<T: FromWire> FromWire for Option<T> {
    /// An optional parameter may be absent.
    fn take(parts: &WireFields<'_>, name: &'static str) -> Option<Self> {
        Some(T::take(parts, name))
    }
}
