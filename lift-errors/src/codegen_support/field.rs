//! Which types a field of a service's error can have, by the type of the parameter that it fills.

use crate::catalog::term::Term;
use crate::catalog::value::Value;
use crate::problem::field_error::FieldErrors;
use crate::problem::secret::Secret;
use alloc::string::String;
use core::fmt;
use core::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize};
use core::time::Duration;

/// A parameter's type by its number in the tables; 255 for a parameter that was reported already.
#[derive(Debug)]
pub struct Kind<const NUMBER: u8>;

/// From the number to the Rust type that messages name: `u64` for a parameter with `type = "u64"`.
pub trait ParameterKind {
    /// The type.
    type Marker: ?Sized;
}

/// Any type: the parameter was reported already.
#[derive(Debug)]
pub struct Anything;

/// The number of a secret text; in the vocabulary, it is a text.
pub(super) const SECRET: u8 = 254;
/// The number of a parameter that was reported already.
pub(super) const ANYTHING: u8 = 255;

macro_rules! kinds {
    ($($number:expr => $marker:ty,)+) => {
        $(impl ParameterKind for Kind<{ $number }> { type Marker = $marker; })+
    };
}

use lift_errors_core::vocabulary::ParameterType;

kinds! {
    ParameterType::U32 as u8 => u32,
    ParameterType::U64 as u8 => u64,
    ParameterType::I64 as u8 => i64,
    ParameterType::Duration as u8 => Duration,
    ParameterType::Text as u8 => str,
    ParameterType::Term as u8 => Term,
    SECRET => Secret<String>,
    ANYTHING => Anything,
}

/// The type of a field, for a parameter of the type `Marker`.
#[diagnostic::on_unimplemented(
    message = "a value of the type `{Self}` can't fill a parameter of the type `{Marker}`",
    label = "the parameter has the type `{Marker}`",
    note = "a `u32` is filled by `u8`, `u16`, `u32`; a `u64` also by `u64` and `usize`; an `i64` by signed integers, and by unsigned ones up to `u32`",
    note = "a `duration` is filled by `core::time::Duration`; a `text` (`str`) by any type with `Display`; a secret text by `lift_errors::Secret<…>`",
    note = "a `term` is filled by the enum `Term` of a catalogue, or by `lift_errors::Term`",
    note = "an optional parameter takes an `Option` of these; mark a field that is not a parameter with `#[lift(skip)]`"
)]
pub trait Field<Marker: ?Sized> {
    /// The field's value.
    fn value(&self) -> Value<'_>;
}

/// The list of field errors of a service's error.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` can't hold the field errors",
    label = "this is not a `lift_errors::FieldErrors`",
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
    ($marker:ty, $value:ident: $($type:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl Field<$marker> for $type {
            #[inline]
            fn value(&self) -> Value<'_> {
                // Each of these types fits into 64 bits on every target of Rust.
                Value::$value(*self as _)
            }
        })+
    };
}

numbers!(u32, Unsigned: u8, u16, u32);
numbers!(u64, Unsigned: u8, u16, u32, u64, usize);
numbers!(i64, Signed: i8, i16, i32, i64, isize, u8, u16, u32);

macro_rules! non_zero {
    ($marker:ty: $($type:ty),+) => {
        $(#[diagnostic::do_not_recommend]
        impl Field<$marker> for $type {
            #[inline]
            fn value(&self) -> Value<'_> {
                Value::Unsigned(self.get() as u64)
            }
        })+
    };
}

non_zero!(u32: NonZeroU8, NonZeroU16, NonZeroU32);
non_zero!(u64: NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize);

#[diagnostic::do_not_recommend]
impl<T: Copy + Into<Term>> Field<Term> for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Term((*self).into())
    }
}

#[diagnostic::do_not_recommend]
impl Field<Duration> for Duration {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Duration(*self)
    }
}

impl<T: fmt::Display> Field<str> for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Display(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Field<Secret<String>> for Secret<T> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text("[redacted]")
    }
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> Field<Anything> for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text("")
    }
}
