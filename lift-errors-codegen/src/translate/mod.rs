//! The translations beside the texts that they are of: which are there, which are stale, what is to be recorded.

pub(crate) mod coverage;
pub(crate) mod files;
pub(crate) mod glossary;
pub(crate) mod previous;
pub(crate) mod records;
pub(crate) mod source_texts;
pub(crate) mod unit;
pub(crate) mod unknown;

use crate::diagnostic::span::Text;
use crate::locale::Locale;
use crate::locale::constant_value::ConstantValue;
use crate::locale::language::known_default;
use crate::read::draft::{Draft, Entry, Phrase};
use crate::read::overlay::Overlay;
use crate::read::plural_text::PluralText;
use crate::read::state::{Fingerprint, Record, Review};
use crate::read::template::Template;
use crate::read::text_key::TextKey;
use lift_errors_core::vocabulary::ParameterType;
use std::collections::{BTreeSet, HashSet};

/// A text of the default locale that can be translated.
#[derive(Clone, Copy)]
pub(crate) struct SourceText<'a> {
    pub(crate) owner: TextOwner<'a>,
    pub(crate) plural_text: &'a PluralText,
}

/// Where a text belongs.
#[derive(Clone, Copy)]
pub(crate) enum TextOwner<'a> {
    Label(&'a str),
    Entry(&'a Entry, TextKey<'a>),
    Phrase(&'a Phrase),
}

/// The status of a text in a locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TranslationStatus {
    /// It has no translation, here or in a locale that this one inherits from.
    Missing,
    /// A locale that this one inherits from has it, or it can't be in this language.
    Inherited,
    /// It is translated.
    Translated(Review),
    /// It is translated from a text that has changed since, or does not say what the text says.
    Stale,
    /// It is a copy of the text.
    Copied,
}

impl SourceText<'_> {
    /// The address by which people and state files name the text.
    pub(crate) fn address(&self) -> String {
        match self.owner {
            TextOwner::Label(name) => format!("labels.{name}"),
            TextOwner::Entry(entry, key) => format!("{}.{key}", entry.code.value),
            TextOwner::Phrase(phrase) => phrase.address(),
        }
    }

    /// Whether it belongs to a draft or an alias of one: nobody has to translate it before it is complete.
    pub(crate) fn is_of_draft(&self, draft: &Draft) -> bool {
        matches!(self.owner, TextOwner::Entry(entry, _) if draft.canonical(entry).is_draft())
    }

    /// Whether it names a duration, and a language has no words for durations: then its fallback is shown.
    pub(crate) fn cannot_be_in(&self, draft: &Draft, locale: Locale) -> bool {
        let Locale::Cldr(locale) = locale else { return false };
        if lift_errors_cldr::duration::words(locale).is_some() {
            return false;
        }
        let parameters = match self.owner {
            TextOwner::Label(_) => &[],
            TextOwner::Phrase(phrase) => phrase.parameters.as_slice(),
            TextOwner::Entry(entry, _) => draft.canonical(entry).parameters.as_slice(),
        };
        let is_duration = |name: &str| {
            let mut parameters = parameters.iter().filter(|parameter| parameter.name.value == name);
            parameters.any(|parameter| parameter.parameter_type() == Some(ParameterType::Duration))
                || draft.constant(name).is_some_and(|constant| matches!(constant.value, ConstantValue::Duration(_)))
        };
        self.plural_text.placeholders().into_iter().any(is_duration)
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.plural_text.source())
    }
}

/// Every text that can be translated, in the order of the files. Those of a base catalogue are translated there.
pub(crate) fn sources(draft: &Draft) -> impl Iterator<Item = SourceText<'_>> {
    all(draft).filter(|text| !is_of_base(draft, text))
}

/// The texts to translate into a language: also those of a base catalogue that is not in that language, or that have a translation
/// in place of the base's.
pub(crate) fn sources_into(draft: &Draft, locale: Locale) -> impl Iterator<Item = SourceText<'_>> {
    let base_has_it = base_has(draft, locale);
    let overlay = draft.overlays.iter().find(|overlay| overlay.locale == locale);
    let has_own = move |text: &SourceText<'_>| overlay.is_some_and(|overlay| has_own_translation(draft, overlay, text));
    all(draft).filter(move |text| !base_has_it || !is_of_base(draft, text) || has_own(text))
}

/// The texts to translate into any of the catalogue's languages.
pub(crate) fn sources_into_any(draft: &Draft) -> impl Iterator<Item = SourceText<'_>> {
    let base_has_all = draft.overlays.iter().all(|overlay| base_has(draft, overlay.locale));
    let has_own =
        |text: &SourceText<'_>| draft.overlays.iter().any(|overlay| has_own_translation(draft, overlay, text));
    all(draft).filter(move |text| !base_has_all || !is_of_base(draft, text) || has_own(text))
}

/// Whether a text has a translation that is not the base catalogue's.
fn has_own_translation(draft: &Draft, overlay: &Overlay, text: &SourceText<'_>) -> bool {
    overlay.translation(text).is_some_and(|translation| !draft.is_inherited(translation.span))
}

/// Whether the base catalogue, if there is one, is in a language, so that its texts are translated there.
pub(crate) fn base_has(draft: &Draft, locale: Locale) -> bool {
    locale.fallback().any(|locale| draft.base_locales.contains(&locale))
}

/// The files in the folder of a locale that may have translations.
pub(crate) struct TranslatedFiles<'a> {
    /// The manifest's name.
    main: &'a str,
    listed: HashSet<&'a str>,
    first: Option<&'a str>,
}

impl<'a> TranslatedFiles<'a> {
    pub(crate) fn new(draft: &'a Draft, main: &'a str) -> Self {
        let files = &draft.manifest.files;
        Self { main, listed: files.iter().map(Text::as_str).collect(), first: files.first().map(Text::as_str) }
    }

    /// The file of a text's translation. A text of a base catalogue has no file here: it is in any of those that the manifest
    /// lists, and in none if there is none.
    pub(crate) fn of(&self, overlay: Option<&'a Overlay>, owner: TextOwner<'a>) -> Option<&'a str> {
        let (translated, own) = match owner {
            TextOwner::Label(_) => return Some(self.main),
            TextOwner::Entry(entry, _) => {
                (overlay.and_then(|overlay| overlay.file_of_entry(entry.code.as_str())), entry.file.as_str())
            }
            TextOwner::Phrase(phrase) => {
                let translated = overlay.and_then(|overlay| overlay.file_of_phrase(phrase.kind, phrase.name.as_str()));
                (translated, phrase.file.as_str())
            }
        };
        let is_listed = |name: &&str| self.listed.contains(name);
        translated.filter(is_listed).or(Some(own).filter(is_listed)).or(self.first)
    }
}

fn all(draft: &Draft) -> impl Iterator<Item = SourceText<'_>> {
    let labels = draft.manifest.labels.iter();
    let labels = labels.map(|(name, plural_text)| SourceText { owner: TextOwner::Label(name.as_str()), plural_text });
    let of = |entry| move |(key, _, plural_text)| SourceText { owner: TextOwner::Entry(entry, key), plural_text };
    let phrases = draft.phrases.iter();
    let phrases = phrases.map(|phrase| SourceText { owner: TextOwner::Phrase(phrase), plural_text: &phrase.text });
    labels.chain(draft.entries.iter().flat_map(move |entry| entry.plural_texts().map(of(entry)))).chain(phrases)
}

/// The addresses of the texts that are a base catalogue's.
pub(crate) fn texts_of_base(draft: &Draft) -> BTreeSet<String> {
    all(draft).filter(|text| is_of_base(draft, text)).map(|text| text.address()).collect()
}

/// Whether a text is that of a base catalogue.
fn is_of_base(draft: &Draft, text: &SourceText<'_>) -> bool {
    text.plural_text.templates().any(|template| draft.is_inherited(template.text.span))
}

impl Overlay {
    /// The locale's own translation of a text.
    pub(crate) fn translation(&self, source: &SourceText<'_>) -> Option<&PluralText> {
        match source.owner {
            TextOwner::Label(name) => self.label(name),
            TextOwner::Entry(entry, key) => self.text(&entry.code.value, key),
            TextOwner::Phrase(phrase) => self.phrase(phrase.kind, phrase.name.as_str()),
        }
    }

    /// Whether the translation of a text does not say what the text says.
    pub(crate) fn disagrees(&self, source: &SourceText<'_>) -> bool {
        !self.disagreeing.is_empty() && self.disagreeing.contains(&source.address())
    }

    /// The record of a translation whose text has changed since.
    pub(crate) fn stale_record(&self, source: &SourceText<'_>, translation: &PluralText) -> Option<&Record> {
        self.record(source, translation).filter(|record| record.source != source.fingerprint())
    }

    /// Whether a base catalogue has a translation of its text that another one is in the place of.
    pub(crate) fn has_of_base(&self, source: &SourceText<'_>) -> bool {
        self.of_base.as_ref().is_some_and(|of_base| of_base.translation(source).is_some())
    }

    /// The record of a translation, if it is about the present translation.
    pub(crate) fn record(&self, source: &SourceText<'_>, translation: &PluralText) -> Option<&Record> {
        if self.state.is_empty() {
            return None;
        }
        self.state.get(&source.address(), translation, source.plural_text)
    }
}

/// Whether readers get the base's translation where that of an overlay is left out: one for its locale, or for one that it inherits
/// from, where a translation in between gives way, too.
pub(crate) fn gives_way_to_base(draft: &Draft, overlay: &Overlay, source: &SourceText<'_>) -> bool {
    let is_of_base = |text: &PluralText| text.templates().any(|template| draft.is_inherited(template.text.span));
    let shows_base = |parent: &Overlay| {
        let own = parent.translation(source);
        own.is_some_and(|own| {
            is_of_base(own) || (parent.stale_record(source, own).is_some() && gives_way_to_base(draft, parent, source))
        })
    };
    let mut parents = parents(draft, overlay.locale);
    overlay.has_of_base(source) || parents.find(|parent| parent.translation(source).is_some()).is_some_and(shows_base)
}

/// The status of a text in the locale of an overlay.
pub(crate) fn translation_status(draft: &Draft, overlay: &Overlay, source: &SourceText<'_>) -> TranslationStatus {
    let Some(translation) = overlay.translation(source) else {
        // `en-GB` needs no text that English has.
        let default = known_default(draft).map(Locale::Cldr);
        let inherited = parents(draft, overlay.locale).any(|parent| parent.translation(source).is_some())
            || overlay.locale.fallback().any(|parent| Some(parent) == default)
            || source.cannot_be_in(draft, overlay.locale);
        return if inherited { TranslationStatus::Inherited } else { TranslationStatus::Missing };
    };
    match overlay.record(source, translation) {
        Some(record) if record.source != source.fingerprint() => TranslationStatus::Stale,
        _ if overlay.disagrees(source) => TranslationStatus::Stale,
        _ if is_copy(draft, overlay, source, translation) => TranslationStatus::Copied,
        Some(record) => TranslationStatus::Translated(record.review),
        None => TranslationStatus::Translated(Review::Draft),
    }
}

/// Whether a translation is the sentence of the default locale, letter by letter, and nobody has said that it is right.
pub(crate) fn is_copy(draft: &Draft, overlay: &Overlay, source: &SourceText<'_>, translation: &PluralText) -> bool {
    let same = |form: &Template| source.plural_text.templates().any(|text| text.text.value == form.text.value);
    // Names and single words may be the same in two languages.
    let is_sentence =
        |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > 3;
    // The same text is rare, and what more there is to ask is dear.
    translation.templates().all(same)
        && source.plural_text.templates().all(|template| is_sentence(&template.text.value))
        && known_default(draft).is_none_or(|default| Locale::Cldr(default).language() != overlay.locale.language())
        && overlay.record(source, translation).is_none_or(|record| record.review == Review::Draft)
}

/// The translations that a locale inherits from, nearest first. Behind the default locale nobody looks further.
pub(crate) fn parents(draft: &Draft, locale: Locale) -> impl Iterator<Item = &Overlay> {
    let default = known_default(draft).map(Locale::Cldr);
    let of = |locale| draft.overlays.iter().find(move |overlay| overlay.locale == locale);
    locale.fallback().skip(1).take_while(move |&locale| Some(locale) != default).filter_map(of)
}
