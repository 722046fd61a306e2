//! The name that people know a field by.

use crate::locale::Locale;
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// The name that people know a field by, such as `Quantity`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldLabel(Cow<'static, str>);

impl FieldLabel {
    /// The label in a locale.
    pub fn in_locale(&self, locale: Locale) -> impl fmt::Display + '_ {
        let _ = locale;
        &*self.0
    }

    /// The label in the locale of a page.
    pub(crate) fn text(&self, locale: Locale) -> &str {
        let _ = locale;
        &self.0
    }
}

impl From<&'static str> for FieldLabel {
    fn from(label: &'static str) -> Self {
        Self(Cow::Borrowed(label))
    }
}

impl From<String> for FieldLabel {
    fn from(label: String) -> Self {
        Self(Cow::Owned(label))
    }
}

impl From<Cow<'static, str>> for FieldLabel {
    fn from(label: Cow<'static, str>) -> Self {
        Self(label)
    }
}

/// The label in the default locale of its catalogue.
impl fmt::Display for FieldLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
