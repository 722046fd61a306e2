//! Locales and texts that a command names and the catalogue does not have.

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
