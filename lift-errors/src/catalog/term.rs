//! `Term`: the name of a thing in every language of a catalogue.

use crate::catalog::count::Count;
use crate::catalog::phrase::Phrase;
#[cfg(any(feature = "openapi", feature = "responder"))]
use crate::catalog::phrase::Rewording;
use crate::catalog::segments::Segments;
use crate::catalog::{Catalog, Found, Texts};
use crate::locale::Locale;
use core::fmt;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::layout::phrase;
use lift_errors_core::segment::Operation;

/// The name of a thing, such as an order, in every language of a catalogue.
///
/// The module of a catalogue has an enum `Term` with a variant for each; each variant converts into this type. A text
/// writes a term in its own language, and in the plural where the text's own form is a plural one.
///
/// ```
/// use lift_errors::{Locale, Term, lift};
///
/// let order = Term::from(lift::Term::Order);
/// assert_eq!((order.name(), order.in_locale(Locale::EN).to_string()), ("order", "order".to_owned()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term(Phrase);

impl Term {
    pub(crate) const fn new(phrase: Phrase) -> Self {
        Self(phrase)
    }

    /// Finds a term of a catalogue by its name.
    ///
    /// ```
    /// use lift_errors::{Term, lift};
    ///
    /// assert_eq!(Term::find(&lift::CATALOG, "order"), Some(lift::Term::Order.into()));
    /// assert_eq!(Term::find(&lift::CATALOG, "spaceship"), None);
    /// ```
    pub fn find(catalog: &'static Catalog, name: &str) -> Option<Self> {
        Phrase::all(catalog).find(|other| other.kind() == phrase::TERM && other.name() == name).map(Self)
    }

    /// What the other catalogue has in its place, or this term.
    #[cfg(any(feature = "openapi", feature = "responder"))]
    pub(crate) fn reworded(self, words: Rewording) -> Self {
        Self(self.0.reworded(words).unwrap_or(self.0))
    }

    /// The name for programs, which is the same in every language.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The catalogue that the term belongs to.
    pub const fn catalog(self) -> &'static Catalog {
        self.0.catalog()
    }

    /// The singular in a locale.
    pub fn in_locale(self, locale: Locale) -> impl fmt::Display {
        InLocale(self, locale)
    }

    /// The words in a locale, in the form for a number.
    pub(crate) fn words(self, locale: Locale, count: Count) -> TermWords {
        let catalog = self.catalog();
        // A term that is not translated is in the language of a fallback.
        let Found { texts, mut segments, conventions, .. } = catalog.find(catalog.texts(locale), self.0.text().number);
        let mut marks = segments.clone();
        while let Some([start, _, operation]) = marks.next() {
            if let Operation::Plural(_) = Operation::from_word(operation) {
                segments = texts.at(start + u32::from(count.category(conventions)));
                break;
            }
        }
        TermWords { conventions, texts, segments }
    }
}

/// The literals of a term. There is more than one where a pseudolocale or another language's mark surrounds it.
pub(crate) struct TermWords {
    /// The conventions of the language that they are in.
    pub(crate) conventions: &'static Conventions,
    texts: &'static Texts,
    segments: Segments,
}

impl Iterator for TermWords {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let [start, end, _] = self.segments.next()?;
        Some(self.texts.literal(start, end))
    }
}

struct InLocale(Term, Locale);

impl fmt::Display for InLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.words(self.1, Count::Whole(1)).try_for_each(|words| f.write_str(words))
    }
}

/// The singular in the default locale of the catalogue.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_locale(self.catalog().column(0).locale()).fmt(f)
    }
}

impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
