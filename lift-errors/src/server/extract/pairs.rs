//! Query strings and forms.

use crate::lift;
use crate::server::extract::violation::{rejected, rejected_text};
use crate::server::extract::{names, wrong_value};
use alloc::borrow::Cow;
use alloc::string::ToString as _;
use serde::de::DeserializeOwned;
use serde_path_to_error::Path;
use serde_urlencoded::Deserializer;

/// Reads a query string or the body of a form.
pub(crate) fn read<T: DeserializeOwned>(encoded: &[u8]) -> Result<T, lift::Error> {
    let parsed = form_urlencoded::parse(encoded);
    serde_path_to_error::deserialize(Deserializer::new(parsed)).map_err(|error| {
        let (path, message) = (error.path().clone(), error.inner().to_string());
        let rejected = match value_at(&path, encoded) {
            Some(value) => rejected_text(&message, &value),
            None => rejected(&message),
        };
        wrong_value(&path, rejected, error)
    })
}

/// The value that the request has for a field.
fn value_at<'a>(path: &Path, encoded: &'a [u8]) -> Option<Cow<'a, str>> {
    let [name] = names(path).try_into().ok()?;
    form_urlencoded::parse(encoded).find(|(given, _)| *given == name).map(|(_, value)| value)
}
