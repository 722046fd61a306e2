//! The name that people know a field by.

use crate::catalog::count::Count;
#[cfg(feature = "responder")]
use crate::catalog::phrase::Rewording;
use crate::catalog::term::Term;
use crate::locale::Locale;
use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};

/// The name that people know a field by: a text in one language, or a [`Term`] of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldLabel(LabelKind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum LabelKind {
    Text(Cow<'static, str>),
    Term(Term),
}

impl FieldLabel {
    /// The label in a locale, if it is a term. A text has one language.
    pub fn in_locale(&self, locale: Locale) -> impl fmt::Display + '_ {
        InLocale(self, locale)
    }

    /// Whether it is a term that another catalogue may have a word for.
    #[cfg(feature = "responder")]
    pub(crate) fn is_of(&self, words: Rewording) -> bool {
        matches!(self.0, LabelKind::Term(term) if term.catalog().ptr_eq(words.from))
    }

    /// The same in the words of another catalogue.
    #[cfg(feature = "responder")]
    pub(crate) fn reworded(self, words: Rewording) -> Self {
        match self.0 {
            LabelKind::Term(term) => term.reworded(words).into(),
            text => Self(text),
        }
    }

    /// Passes each piece of the label to a function, which escapes it.
    pub(crate) fn pieces(&self, locale: Locale, mut out: impl FnMut(&str)) {
        match &self.0 {
            LabelKind::Text(text) => {
                let (text, rest) = limit::split(text, MAX_TEXT_BYTES);
                out(text);
                out(if rest.is_empty() { "" } else { "…" });
            }
            LabelKind::Term(term) => term.words(locale, Count::Whole(1)).for_each(out),
        }
    }
}

struct InLocale<'a>(&'a FieldLabel, Locale);

impl fmt::Display for InLocale<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.0.pieces(self.1, |piece| result = result.and_then(|()| f.write_str(piece)));
        result
    }
}

/// The label in English, if it is a term.
impl fmt::Display for FieldLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_locale(Locale::EN).fmt(f)
    }
}

macro_rules! from_texts {
    ($($text:ty),+) => {
        $(impl From<$text> for FieldLabel {
            fn from(label: $text) -> Self {
                Self(LabelKind::Text(label.into()))
            }
        })+
    };
}

from_texts!(&'static str, String, Cow<'static, str>);

impl From<Term> for FieldLabel {
    fn from(term: Term) -> Self {
        Self(LabelKind::Term(term))
    }
}
