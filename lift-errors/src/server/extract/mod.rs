//! The canonical errors of requests that can't be read, as the extractors of all frameworks give them.

pub(crate) mod pairs;
pub(crate) mod violation;
pub(crate) mod wrapper;

use crate::lift;
use crate::message::foreign::text_of;
use crate::problem::field_error::{FieldError, FieldErrors};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::ToString as _;
use core::error::Error;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};
use violation::{Rejected, pointer, rejected};

/// The error behind a rejection, for the log.
type Source = Box<dyn Error + Send + Sync>;

/// A request with a value that has a violation.
pub(crate) fn invalid(
    pointer: impl Into<Cow<'static, str>>,
    rejected: Rejected<'_>,
    source: impl Into<Source>,
) -> lift::Error {
    let Rejected { violation, cause, .. } = rejected;
    let errors = FieldErrors::from_iter([FieldError::new(pointer, violation)]);
    lift::validation_failed::new().with_field_errors(errors).with_cause(cause).caused_by(source).build()
}

/// A value that is not of the type that was asked for, and the path to the value.
pub(crate) fn wrong_value(path: &Path, rejected: Rejected<'_>, source: impl Into<Source>) -> lift::Error {
    let mut names = names(path);
    if let Some(field) = rejected.field {
        if names.last().is_none_or(|last| last != field || rejected.violation.code() == "required") {
            names.push(Cow::Borrowed(field));
        }
    }
    invalid(pointer(names), rejected, source)
}

/// The value that a text is, which is JSON.
pub(crate) fn json_value<T: DeserializeOwned>(text: &RawValue) -> Result<T, lift::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text.get());
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let (path, message) = (error.path().clone(), text_of(error.inner()));
        wrong_value(&path, rejected(&message), error)
    })
}

/// The names on a path.
fn names(path: &Path) -> alloc::vec::Vec<Cow<'_, str>> {
    let name = |segment| match segment {
        &Segment::Seq { index } => Some(Cow::Owned(index.to_string())),
        Segment::Map { key } => Some(Cow::Borrowed(key.as_str())),
        Segment::Enum { variant } => Some(Cow::Borrowed(variant.as_str())),
        Segment::Unknown => None,
    };
    path.iter().map_while(name).collect()
}

/// A body that is not well formed, such as JSON that breaks off. The log has the place.
pub(crate) fn malformed_body(source: impl Into<Source>) -> lift::Error {
    lift::Error::bad_request().with_cause(lift::bad_request::Cause::MalformedBody).caused_by(source)
}

/// A request that can't be read, for an unknown reason.
pub(crate) fn unreadable(source: impl Into<Source>) -> lift::Error {
    lift::Error::bad_request().caused_by(source)
}

/// A body of another format than the expected one.
pub(crate) fn wrong_media_type(expected: &'static str, source: impl Into<Source>) -> lift::Error {
    let cause = lift::unsupported_media_type::Cause::WrongContentType;
    lift::unsupported_media_type::new().with_expected(expected).with_cause(cause).caused_by(source).build()
}

/// A body above the limit, where that is known.
pub(crate) fn too_large(limit_bytes: Option<u64>, source: impl Into<Source>) -> lift::Error {
    let error = lift::payload_too_large::new().caused_by(source);
    match limit_bytes {
        Some(limit) => error.with_limit_bytes(limit).build(),
        None => error.build(),
    }
}

/// The formats that extractors read.
pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
#[cfg(feature = "multipart")]
pub(crate) const MULTIPART: &str = "multipart/form-data";
