//! Locales and texts that a command names and the catalogue does not have.

use crate::diagnostic::suggest::suggest;
use crate::locale::Locale;

/// A locale or a text that can't be marked, because the catalogue does not have its translation. `Display` suggests the
/// nearest name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownTranslation {
    /// The catalogue's default locale: its texts are not translations.
    #[error("`{tag}` is the language that the others are translated from")]
    SourceLocale {
        /// The locale's tag.
        tag: String,
    },
    /// The catalogue has no such locale.
    #[error("no texts are translated into `{tag}`: {hint}")]
    #[non_exhaustive]
    Locale {
        /// The tag.
        tag: String,
        /// The nearest locale, or the list of all.
        hint: String,
    },
    /// No locale has such a translation.
    #[error("no locale has a translation of `{path}`: {hint}")]
    #[non_exhaustive]
    Everywhere {
        /// The path of the text, such as `forbidden.title`.
        path: String,
        /// The nearest text.
        hint: String,
    },
    /// The locale has no such translation.
    #[error("`{tag}` has no translation of `{path}`: {hint}")]
    #[non_exhaustive]
    Text {
        /// The locale's tag.
        tag: String,
        /// The path of the text, such as `forbidden.title`.
        path: String,
        /// The nearest text, or where to write the translation.
        hint: String,
    },
}

impl UnknownTranslation {
    /// That of a tag which none of the listed locales has.
    pub(crate) fn locale<'a>(tag: &str, default: Option<&str>, listed: impl Iterator<Item = &'a str> + Clone) -> Self {
        if default == Some(tag) {
            return Self::SourceLocale { tag: tag.to_owned() };
        }
        // The reader of another country has the same language, and some write the country for its language.
        let language = |tag: &str| Locale::from_tag(tag).map(Locale::language);
        let meant = || Locale::meant_by(tag).or_else(|| Locale::of_country(tag)).map(Locale::language);
        let meant = language(tag).or_else(meant);
        let related = listed.clone().filter(|known| meant.is_some() && language(known) == meant);
        let hint = suggest(related.min_by_key(|known| known.len()).unwrap_or(tag), listed, "locales");
        Self::Locale { tag: tag.to_owned(), hint }
    }
}
