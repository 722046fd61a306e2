//! Field errors as `serde` reads and writes them: the items of the member `errors` of problem details.

use super::value::{Decimal, FieldValue};
use super::violation::Violation;
use super::{FieldError, FieldErrors, pointer};
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::message::markup::Unescaped;
use crate::message::output::{Formatted, Output as _};
use crate::message::value::{Bounded, bounded};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

/// The messages and labels of catalogues are in English; a problem writes them in its own locale. After all errors of the list
/// comes an item with the number of those that were only counted.
impl Serialize for FieldErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static ENGLISH: Conventions = Conventions::english(Locale::EN.number());
        let (errors, more) = self.counted();
        let omitted = (more > 0).then_some(Omitted(Value::Unsigned(more), &ENGLISH));
        list(errors, omitted, Locale::EN, serializer)
    }
}

/// The message and the label of a catalogue are in English; a problem writes them in its own locale.
impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        InLocale(self, Locale::EN).serialize(serializer)
    }
}

/// A field error in the language of a response.
struct InLocale<'a>(&'a FieldError, Locale);

/// The field errors that a response contains, in its language, and the number of the others.
pub(crate) struct Shown<'a>(pub(crate) &'a FieldErrors, pub(crate) Locale, pub(crate) &'a Conventions);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let &Self(errors, locale, conventions) = self;
        let omitted = errors.omitted().map(|count| Omitted(count, conventions));
        list(errors.shown().as_slice(), omitted, locale, serializer)
    }
}

/// Writes errors, and the item for those that are not among them.
fn list<S: Serializer>(
    errors: &[FieldError],
    omitted: Option<Omitted<'_>>,
    locale: Locale,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(errors.len() + usize::from(omitted.is_some())))?;
    for error in errors {
        sequence.serialize_element(&InLocale(error, locale))?;
    }
    if let Some(omitted) = &omitted {
        sequence.serialize_element(omitted)?;
    }
    sequence.end()
}

/// The item for the errors that a response does not contain.
struct Omitted<'a>(Value<'static>, &'a Conventions);

impl Serialize for Omitted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(count, conventions) = self;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("field", "")?;
        map.serialize_entry("pointer", "")?;
        map.serialize_entry("code", "omitted")?;
        map.serialize_entry("params", &BTreeMap::from([("count", count)]))?;
        map.serialize_entry("message", &format_args!("{}", OmittedWords(*count, conventions)))?;
        map.end()
    }
}

struct OmittedWords<'a>(Value<'static>, &'a Conventions);

impl fmt::Display for OmittedWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        super::write_omitted(self.0, self.1, &mut out);
        out.finish()
    }
}

impl Serialize for InLocale<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let &Self(error, locale) = self;
        let has_parameters = error.parameters().len() > 0;
        let length = 4 + usize::from(has_parameters) + usize::from(error.label().is_some());
        let mut map = serializer.serialize_map(Some(length))?;
        map.serialize_entry("field", &format_args!("{}", FieldOf(error)))?;
        map.serialize_entry("pointer", &format_args!("{}", Bounded(error.pointer())))?;
        map.serialize_entry("code", &format_args!("{}", Bounded(error.code())))?;
        if has_parameters {
            map.serialize_entry("params", &FieldParameters(error))?;
        }
        if let Some(label) = error.label() {
            map.serialize_entry("label", &format_args!("{}", label.in_locale(locale)))?;
        }
        map.serialize_entry("message", &format_args!("{}", MessageOf(error, locale)))?;
        map.end()
    }
}

/// The field's path up to the maximum length.
struct FieldOf<'a>(&'a FieldError);

impl fmt::Display for FieldOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        self.0.field_pieces(|piece| out.push(piece));
        out.finish()
    }
}

/// The message as a response contains it.
struct MessageOf<'a>(&'a FieldError, Locale);

impl fmt::Display for MessageOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Formatted::new(f);
        match self.0.violation().plain_message() {
            Some(message) => {
                bounded(message, &mut out, |text, out| escape::unturned(text, &mut |piece| out.push(piece)));
            }
            None => self.0.violation().write(&mut out, &mut Unescaped, self.1),
        }
        out.finish()
    }
}

struct FieldParameters<'a>(&'a FieldError);

impl Serialize for FieldParameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.parameters())
    }
}

impl Serialize for FieldValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FieldErrors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = FieldErrors;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of field errors")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FieldErrors, A::Error> {
                let mut errors = FieldErrors::new();
                while let Some(error) = list.next_element()? {
                    errors.push(error);
                }
                Ok(errors)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

/// `pointer` identifies the field; without it `field` does. Other members are ignored.
impl<'de> Deserialize<'de> for FieldError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = FieldError;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field error")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FieldError, A::Error> {
                let [mut field, mut pointer, mut code, mut message, mut label] = [const { None::<String> }; 5];
                let mut parameters = Vec::new();
                while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                    match &*name {
                        "field" => field = Some(map.next_value()?),
                        "pointer" => pointer = Some(map.next_value()?),
                        "code" => code = Some(map.next_value()?),
                        "label" => label = Some(map.next_value()?),
                        "message" => message = Some(map.next_value()?),
                        "params" => MessageParameters(parameters) = map.next_value()?,
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let pointer = pointer
                    .or_else(|| field.map(|field| pointer::from_path(&field)))
                    .ok_or_else(|| de::Error::missing_field("pointer"))?;
                let code = code.ok_or_else(|| de::Error::missing_field("code"))?;
                let message = message.ok_or_else(|| de::Error::missing_field("message"))?;
                let violation =
                    parameters.into_iter().fold(Violation::new(code, message), |violation, (name, value)| {
                        violation.with_parameter(name, value)
                    });
                let error = FieldError::new(pointer, violation);
                Ok(match label {
                    Some(label) => error.with_label(label),
                    None => error,
                })
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// The values of a message, in their order.
struct MessageParameters(Vec<(Cow<'static, str>, FieldValue)>);

impl<'de> Deserialize<'de> for MessageParameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = MessageParameters;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of numbers and texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MessageParameters, A::Error> {
                let mut parameters = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, _>()? {
                    parameters.push((name.into(), value));
                }
                Ok(MessageParameters(parameters))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;

        impl Visitor<'_> for Scalar {
            type Value = FieldValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a text")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<FieldValue, E> {
                Ok(FieldValue::Integer(number))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<FieldValue, E> {
                let number = i64::try_from(number);
                number.map(FieldValue::Integer).map_err(|_| E::custom("a number in `params` is larger than an i64"))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<FieldValue, E> {
                Decimal::new(number)
                    .map(FieldValue::Decimal)
                    .ok_or_else(|| E::custom("a number in `params` is not finite"))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<FieldValue, E> {
                Ok(FieldValue::from(String::from(text)))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<FieldValue, E> {
                Ok(FieldValue::from(text))
            }
        }

        deserializer.deserialize_any(Scalar)
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<FieldErrors, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn written_errors_can_be_read_again() {
        let errors = FieldErrors::from_iter([
            FieldError::new("/lines/0/quantity", ("too_small", "The quantity must be at least 1."))
                .with_parameter("least", 1)
                .with_parameter("step", Decimal::new(0.5).unwrap())
                .with_parameter("unit", "pallet"),
            FieldError::new("", ("empty", "The body is empty.")),
        ]);
        assert_eq!(read(&serde_json::to_string(&errors).unwrap()).unwrap(), errors);
    }

    #[test]
    fn errors_that_are_only_counted_are_an_item() {
        let items = |errors: &FieldErrors| -> Vec<serde_json::Value> {
            serde_json::from_value(serde_json::to_value(errors).unwrap()).unwrap()
        };
        let all = (0..2_000).map(|number| FieldError::new(std::format!("/{number}"), ("c", "m")));
        let mut errors: FieldErrors = all.clone().collect();
        assert_eq!(items(&errors).len(), 2_000, "a list is written whole");
        errors.errors.truncate(100);
        errors.more = 1_900;
        let written = items(&errors);
        let last = serde_json::json!({
            "field": "", "pointer": "", "code": "omitted", "params": {"count": 1_900}, "message": "… +1,900",
        });
        assert_eq!((written.len(), &written[99]["pointer"], &written[100]), (101, &"/99".into(), &last));
        // As a client reads it, and sends it on.
        let read = read(&serde_json::to_string(&errors).unwrap()).unwrap();
        assert_eq!(items(&read), written);
    }

    #[test]
    fn a_field_without_a_pointer_is_read_and_other_members_are_ignored() {
        let errors = read(r#"[{"field":"lines[0].id","code":"c","message":"m","more":[{}]}]"#).unwrap();
        assert_eq!(errors, FieldErrors::from_iter([FieldError::new("/lines/0/id", ("c", "m"))]));
    }

    #[test]
    fn missing_members_and_other_values_are_errors() {
        for (json, expected) in [
            (r#"{}"#, "expected a list of field errors"),
            (r#"[{"code":"c","message":"m"}]"#, "missing field `pointer`"),
            (r#"[{"pointer":"/a","message":"m"}]"#, "missing field `code`"),
            (r#"[{"pointer":"/a","code":"c","message":"m","params":{"a":true}}]"#, "expected a number or a text"),
            (r#"[{"pointer":"/a","code":"c","message":"m","params":{"a":9223372036854775808}}]"#, "larger than an i64"),
        ] {
            let error = read(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }
}
