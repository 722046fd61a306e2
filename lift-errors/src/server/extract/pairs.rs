//! Query strings and forms.

use crate::lift;
use crate::server::extract::violation::{is_without_type, rejected, rejected_text};
use crate::server::extract::{names, wrong_value};
use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use serde::de::value::{Error, MapDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_path_to_error::Path;
use serde_urlencoded::Deserializer;

/// Reads a query string or the body of a form.
pub(crate) fn read<T: DeserializeOwned>(encoded: &[u8]) -> Result<T, lift::Error> {
    let parsed = form_urlencoded::parse(encoded);
    serde_path_to_error::deserialize(Deserializer::new(parsed)).map_err(|error| {
        let (path, message) = (error.path().clone(), error.inner().to_string());
        let value = value_at(&path, encoded);
        let with_type =
            value.as_ref().filter(|_| is_without_type(&message)).and_then(|value| of_number::<T>(&path, value));
        let rejected = match (&with_type, &value) {
            (Some(message), _) => rejected(message),
            (None, Some(value)) => rejected_text(&message, value),
            (None, None) => rejected(&message),
        };
        wrong_value(&path, rejected, error)
    })
}

/// The error of a number that its type has no room for. Given as a number and not as a text, the error names the type.
fn of_number<T: DeserializeOwned>(path: &Path, value: &str) -> Option<String> {
    let [name] = names(path).try_into().ok()?;
    let only = core::iter::once((name, Number::read(value)?));
    let message = T::deserialize(MapDeserializer::<_, Error>::new(only)).err()?.to_string();
    message.starts_with("invalid value: integer `").then_some(message)
}

/// A whole number, or the one of 64 bits that is nearest to it.
#[derive(Clone, Copy)]
enum Number {
    Positive(u64),
    Negative(i64),
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| match text.starts_with('-') {
            true => Self::Negative(text.parse().unwrap_or(i64::MIN)),
            false => Self::Positive(text.parse().unwrap_or(u64::MAX)),
        })
    }
}

impl IntoDeserializer<'_, Error> for Number {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> serde::Deserializer<'de> for Number {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Positive(number) => visitor.visit_u64(number),
            Self::Negative(number) => visitor.visit_i64(number),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// The value that the request has for a field.
fn value_at<'a>(path: &Path, encoded: &'a [u8]) -> Option<Cow<'a, str>> {
    let [name] = names(path).try_into().ok()?;
    form_urlencoded::parse(encoded).find(|(given, _)| *given == name).map(|(_, value)| value)
}
