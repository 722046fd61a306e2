//! The values in the message of a field error.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};

/// A value in a field error's message, for clients that write their own messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldValue {
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Cow<'static, str>),
}

macro_rules! from_integers {
    ($($type:ty),+) => {
        $(impl From<$type> for FieldValue {
            fn from(number: $type) -> Self {
                Self::Integer(i64::from(number))
            }
        })+
    };
}

from_integers!(i8, i16, i32, i64, u8, u16, u32);

/// Numbers above `i64::MAX` become a text.
macro_rules! from_wide_integers {
    ($($type:ty),+) => {
        $(impl From<$type> for FieldValue {
            fn from(number: $type) -> Self {
                i64::try_from(number).map_or_else(|_| Self::from(number.to_string()), Self::Integer)
            }
        })+
    };
}

from_wide_integers!(u64, usize, isize);

impl From<&'static str> for FieldValue {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Cow<'static, str>> for FieldValue {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
