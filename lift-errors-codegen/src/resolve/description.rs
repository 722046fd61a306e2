//! Descriptions with the values of constants and the addresses of links, for the documentation. They are not part of the
//! catalogue that is emitted: no program has them.

use crate::locale::Locale;
use crate::locale::language::{Language, default_locale};
use crate::read::description::Description;
use crate::read::draft::{Draft, Entry, Link};
use crate::read::plural_text::PluralText;
use crate::read::text_key::TextKey;
use std::collections::HashMap;

/// A description in a language.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalDescription {
    /// The locale whose readers get it.
    pub locale: String,
    /// The locale that it is written in: the same, or one that it falls back to.
    pub language: String,
    /// CommonMark. Links to other errors are `#` with the code.
    pub markdown: String,
}

/// The descriptions of a catalogue.
pub(crate) struct Descriptions<'a> {
    draft: &'a Draft,
    default: Locale,
    /// The catalogue's locales, by the manifest's tags; the default comes first.
    languages: Vec<(&'a str, Language<'a>)>,
    /// The manifest's links by their ids.
    links: HashMap<&'a str, &'a Link>,
}

impl<'a> Descriptions<'a> {
    pub(crate) fn of(draft: &'a Draft) -> Self {
        let default = default_locale(draft);
        let language = |tag: &'a str| Some((tag, Language::new(Locale::from_tag(tag)?, default, &draft.manifest)));
        let mut languages: Vec<_> = draft.manifest.locales.iter().filter_map(|tag| language(tag.as_str())).collect();
        let default = Locale::Cldr(default);
        languages.sort_by_key(|(_, language)| language.locale != default);
        // Of two with an id the first one counts.
        let links = draft.manifest.links.iter().rev().map(|link| (link.id.as_str(), link)).collect();
        Self { draft, default, languages, links }
    }

    /// The description of an entry in each locale. An alias without one has that of the entry that it names.
    pub(crate) fn of_entry(&self, entry: &Entry) -> Vec<LocalDescription> {
        let canonical = self.draft.canonical(entry);
        let Some((owner, text)) =
            [entry, canonical].into_iter().find_map(|owner| Some((owner, owner.description.as_ref()?)))
        else {
            return Vec::new();
        };
        let own = |id: &str| canonical.links.iter().find(|link| link.id.value == id);
        let link = |id: &str| own(id).or_else(|| self.links.get(id).copied()).map(|link| link.address.value.clone());
        let of_locale = |(tag, language): &(&str, Language<'_>)| {
            let (locale, found) = self.translation(language.locale, owner, text);
            let written = self.languages.iter().map(|(_, language)| language).find(|other| other.locale == locale);
            let written = written.filter(|written| written.locale.language() != language.locale.language());
            let constants = &written.unwrap_or(language).constants;
            let markdown = found.other().map(|template| template.text.value.as_str())?;
            let constant = |name: &str| constants.get(name).map(|(shown, _)| shown.clone());
            Some(LocalDescription {
                locale: (*tag).to_owned(),
                language: locale.tag().to_owned(),
                markdown: Description::parse(markdown).resolved(markdown, constant, link),
            })
        };
        self.languages.iter().filter_map(of_locale).collect()
    }

    /// The text for a locale, and the locale that it is written in.
    fn translation(&self, locale: Locale, entry: &'a Entry, text: &'a PluralText) -> (Locale, &'a PluralText) {
        let nearer = locale.fallback().take_while(|&locale| locale != self.default);
        let of = |locale: Locale| {
            let overlay = self.draft.overlays.iter().find(|overlay| overlay.locale == locale)?;
            Some((locale, overlay.text(&entry.code.value, TextKey::Description)?))
        };
        nearer.filter_map(of).next().unwrap_or((self.default, text))
    }
}
