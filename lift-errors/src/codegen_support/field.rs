//! What a field of a service's error may be, by the type of the parameter that it fills.

use crate::catalog::value::Value;
use crate::problem::field_error::FieldErrors;
use crate::problem::secret::Secret;
use core::fmt;
use core::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize};
use core::time::Duration;

/// A parameter's type by its number in the tables; 255 for a parameter that was reported already.
#[derive(Debug)]
pub struct Kind<const NUMBER: u8>;

/// From the number to the type that messages name.
pub trait ParameterKind {
    /// The type.
    type Marker;
}

/// The types of parameters, as types.
pub mod marker {
    #![allow(missing_docs, missing_debug_implementations)]

    pub struct U32;
    pub struct U64;
    pub struct I64;
    pub struct Duration;
    pub struct Text;
    pub struct SecretText;
    pub struct Anything;
}

/// The number of a secret text, which the vocabulary has as a text.
pub(super) const SECRET: u8 = 254;
/// The number of a parameter that was reported already.
pub(super) const ANYTHING: u8 = 255;

macro_rules! kinds {
    ($($number:expr => $marker:ident,)+) => {
        $(impl ParameterKind for Kind<{ $number }> { type Marker = marker::$marker; })+
    };
}

use lift_errors_core::vocabulary::ParameterType;

kinds! {
    ParameterType::U32 as u8 => U32,
    ParameterType::U64 as u8 => U64,
    ParameterType::I64 as u8 => I64,
    ParameterType::Duration as u8 => Duration,
    ParameterType::Text as u8 => Text,
    SECRET => SecretText,
    ANYTHING => Anything,
}

/// A field's type, for a parameter of the type `Marker`.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` can't fill a parameter of the type `{Marker}`",
    label = "not the parameter's type",
    note = "`u32` takes `u8`, `u16`, `u32`; `u64` also `u64` and `usize`; `i64` signed integers and unsigned ones up to `u32`",
    note = "`duration` takes `core::time::Duration`; `text` anything with `Display`; a secret text a `lift_errors::Secret<…>`",
    note = "an optional parameter takes an `Option` of these; a field that is no parameter is marked `#[lift(skip)]`"
)]
pub trait Field<Marker> {
    /// The field's value.
    fn value(&self) -> Value<'_>;
}

/// The list of field errors of a service's error.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` can't hold the field errors",
    label = "not a `lift_errors::FieldErrors`",
    note = "collect them into one: `FieldErrors::from_iter(errors)`"
)]
pub trait FieldList {
    /// The list.
    fn list(&self) -> &FieldErrors;
}

#[diagnostic::do_not_recommend]
impl FieldList for FieldErrors {
    #[inline]
    fn list(&self) -> &FieldErrors {
        self
    }
}

macro_rules! numbers {
    ($marker:ident, $value:ident: $($type:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl Field<marker::$marker> for $type {
            #[inline]
            fn value(&self) -> Value<'_> {
                // Every type of the list fits into 64 bits on every machine that Rust has.
                Value::$value(*self as _)
            }
        })+
    };
}

numbers!(U32, Unsigned: u8, u16, u32);
numbers!(U64, Unsigned: u8, u16, u32, u64, usize);
numbers!(I64, Signed: i8, i16, i32, i64, u8, u16, u32);

macro_rules! non_zero {
    ($marker:ident: $($type:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl Field<marker::$marker> for $type {
            #[inline]
            fn value(&self) -> Value<'_> {
                Value::Unsigned(self.get() as u64)
            }
        })+
    };
}

non_zero!(U32: NonZeroU8, NonZeroU16, NonZeroU32);
non_zero!(U64: NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize);

#[diagnostic::do_not_recommend]
impl Field<marker::Duration> for Duration {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Duration(*self)
    }
}

impl<T: fmt::Display> Field<marker::Text> for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Display(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Field<marker::SecretText> for Secret<T> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text("[redacted]")
    }
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> Field<marker::Anything> for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text("")
    }
}
