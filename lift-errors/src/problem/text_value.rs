//! The value of a text parameter.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::mem::{self, ManuallyDrop};
use core::ops::Deref;

/// The value of a text parameter: a `&'static str`, which costs no allocation, or a text of its own.
///
/// The fields of a generated `Error` have this type, which dereferences to `str`. The functions that make errors take anything
/// that converts into one: `&'static str`, `String`, `Box<str>` and `Cow<'static, str>`.
///
/// ```
/// use lift_errors::TextValue;
///
/// let value = TextValue::from(format!("order {}", 1024));
/// assert_eq!(value, "order 1024");
/// assert!(value.starts_with("order"));
/// assert_eq!(String::from(value), "order 1024");
/// ```
#[derive(Clone, Default)]
pub struct TextValue(ManuallyDrop<Cow<'static, str>>);

impl Drop for TextValue {
    #[inline]
    fn drop(&mut self) {
        release(self);
    }
}

/// Frees a text. Every variant of a generated `Error` with a text calls this when it is dropped: in line, its branches took LLVM
/// a time that grows with the square of the number of variants, and so did the cleanup after a call that can unwind. A call
/// by the ABI of C can't, and freeing a text does not panic.
#[inline(never)]
extern "C" fn release(text: &mut TextValue) {
    drop(ManuallyDrop::into_inner(mem::take(&mut text.0)));
}

impl TextValue {
    /// A value that is known at build time.
    pub const fn from_static(text: &'static str) -> Self {
        Self(ManuallyDrop::new(Cow::Borrowed(text)))
    }

    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn into_cow(mut self) -> Cow<'static, str> {
        ManuallyDrop::into_inner(mem::take(&mut self.0))
    }
}

impl Deref for TextValue {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for TextValue {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for TextValue {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&'static str> for TextValue {
    #[inline]
    fn from(text: &'static str) -> Self {
        Self::from_static(text)
    }
}

impl From<Cow<'static, str>> for TextValue {
    #[inline]
    fn from(text: Cow<'static, str>) -> Self {
        Self(ManuallyDrop::new(text))
    }
}

impl From<String> for TextValue {
    #[inline]
    fn from(text: String) -> Self {
        Self::from(Cow::Owned(text))
    }
}

impl From<Box<str>> for TextValue {
    fn from(text: Box<str>) -> Self {
        String::from(text).into()
    }
}

impl From<TextValue> for Cow<'static, str> {
    fn from(value: TextValue) -> Self {
        value.into_cow()
    }
}

impl From<TextValue> for String {
    fn from(value: TextValue) -> Self {
        value.into_cow().into_owned()
    }
}

impl fmt::Debug for TextValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for TextValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl PartialEq for TextValue {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for TextValue {}

impl PartialEq<str> for TextValue {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for TextValue {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for TextValue {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialOrd for TextValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TextValue {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

/// As `str`, whose keys [`Borrow`] finds.
impl Hash for TextValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::TextValue;
    use alloc::borrow::Cow;
    use alloc::boxed::Box;
    use alloc::format;
    use alloc::string::{String, ToString};
    use std::collections::{BTreeSet, HashSet};

    #[test]
    fn each_kind_of_text_becomes_a_value_and_a_text_again() {
        let owned = String::from("order");
        for value in [
            TextValue::from("order"),
            TextValue::from(owned.clone()),
            TextValue::from(owned.clone().into_boxed_str()),
            TextValue::from(Cow::Borrowed("order")),
            TextValue::from_static("order"),
        ] {
            assert_eq!(value, "order");
            assert_eq!(value, *"order");
            assert_eq!(value, owned);
            assert_eq!(value.clone(), value);
            assert_eq!(format!("{value:>7}|{value:?}"), "  order|\"order\"");
            assert_eq!(Cow::from(value.clone()), "order");
            assert_eq!(value.to_string(), String::from(value));
        }
        assert_eq!(TextValue::default(), "");
    }

    #[test]
    fn a_text_without_an_allocation_stays_without_one() {
        assert!(matches!(Cow::from(TextValue::from("order")), Cow::Borrowed(_)));
        assert!(matches!(Cow::from(TextValue::from(Box::<str>::from("order"))), Cow::Owned(_)));
    }

    #[test]
    fn a_set_finds_a_value_by_its_text() {
        let values = ["b", "a"].map(TextValue::from);
        assert!(HashSet::from(values.clone()).contains("a"));
        assert_eq!(BTreeSet::from(values).first().map(TextValue::as_str), Some("a"));
    }
}
