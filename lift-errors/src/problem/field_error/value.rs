//! The values in the message of a field error.

use crate::catalog::term::Term;
use crate::catalog::value::Value;
use crate::problem::text_value::TextValue;
use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use core::hash::{Hash, Hasher};
use core::time::Duration;

/// A value in a field error's message, for clients that write their own messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldValue {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(Decimal),
    /// A text.
    Text(Cow<'static, str>),
    /// A duration; JSON has whole seconds, rounded up.
    Duration(Duration),
    /// The name of a thing; JSON has its name for programs.
    Term(Term),
}

impl FieldValue {
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Integer(number) => u64::try_from(*number).map_or(Value::Signed(*number), Value::Unsigned),
            Self::Decimal(number) => Value::Decimal(number.0),
            Self::Text(text) => Value::Text(text),
            Self::Duration(duration) => Value::Duration(*duration),
            Self::Term(term) => Value::Term(*term),
        }
    }
}

/// A number with a fraction: finite, so that two are equal or not and JSON can write each.
///
/// ```
/// use lift_errors::{Decimal, FieldValue};
///
/// let half = Decimal::new(0.5).ok_or("not finite")?;
/// assert_eq!(FieldValue::from(half), FieldValue::Decimal(half));
/// assert_eq!((half.get(), Decimal::new(f64::NAN)), (0.5, None));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal(f64);

impl Decimal {
    /// The number, if it is finite. Minus zero becomes zero.
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(if number == 0.0 { 0.0 } else { number }))
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl From<Decimal> for FieldValue {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

/// A number in the message of a field error: any integer, or a floating-point number.
///
/// ```
/// use lift_errors::lift;
///
/// assert_eq!(lift::field_error::too_small(0.5).message().to_string(), "Must be at least 0.5.");
/// assert_eq!(lift::field_error::too_small(2_000).message().to_string(), "Must be at least 2,000.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldNumber(FieldValue);

impl From<FieldNumber> for FieldValue {
    fn from(number: FieldNumber) -> Self {
        number.0
    }
}

macro_rules! from_integers {
    ($($type:ty),+) => {
        $(impl From<$type> for FieldValue {
            fn from(number: $type) -> Self {
                Self::Integer(i64::from(number))
            }
        }

        impl From<$type> for FieldNumber {
            fn from(number: $type) -> Self {
                Self(FieldValue::from(number))
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
        }

        impl From<$type> for FieldNumber {
            fn from(number: $type) -> Self {
                Self(FieldValue::from(number))
            }
        })+
    };
}

from_wide_integers!(u64, usize, isize);

impl From<f64> for FieldNumber {
    /// A whole number becomes an integer, and what is not finite a text.
    fn from(number: f64) -> Self {
        let text = number.to_string();
        let other = || Decimal::new(number).map_or_else(|| FieldValue::from(text.clone()), FieldValue::Decimal);
        Self(text.parse().map_or_else(|_| other(), FieldValue::Integer))
    }
}

impl From<f32> for FieldNumber {
    /// The number with the fewest digits that is this one: 0.1 stays 0.1.
    fn from(number: f32) -> Self {
        number.to_string().parse::<f64>().unwrap_or_else(|_| number.into()).into()
    }
}

impl From<Duration> for FieldValue {
    fn from(duration: Duration) -> Self {
        Self::Duration(duration)
    }
}

impl From<Term> for FieldValue {
    fn from(term: Term) -> Self {
        Self::Term(term)
    }
}

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

impl From<TextValue> for FieldValue {
    fn from(text: TextValue) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
