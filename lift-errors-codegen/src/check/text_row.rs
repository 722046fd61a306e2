//! Every text of the catalogue with its translations, which most rules look at.

use crate::locale::Locale;
use crate::read::draft::{Draft, Entry, Phrase, TextRole};
use crate::read::overlay::Overlay;
use crate::read::plural_text::PluralText;
use crate::read::text_key::TextKey;
use crate::translate::{SourceText, TextOwner};
use lift_errors_cldr as cldr;
use lift_errors_core::vocabulary::Label;
use std::collections::HashMap;

/// One text in every language that has it.
pub(super) struct TextRow<'a> {
    pub(super) of: Of<'a>,
    /// The text in the default locale.
    pub(super) source: SourceText<'a>,
    /// Its translations, in the order of the locales.
    pub(super) translations: Box<[InLocale<'a>]>,
}

/// A translation with its locale.
pub(super) type InLocale<'a> = (&'a Overlay, cldr::Locale, &'a PluralText);

/// The owner of a text.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// A label; `None` if it is unknown.
    Label(Option<Label>),
    /// An entry, with the one whose parameters it has, where that is there.
    Entry { entry: &'a Entry, canonical: Option<&'a Entry>, key: TextKey<'a>, role: TextRole },
    /// A field error or a term.
    Phrase(&'a Phrase),
}

/// Every text of the default locale with its translations, each of which is looked up once for all rules.
pub(super) fn rows<'a>(draft: &'a Draft, codes: &HashMap<&str, &'a Entry>) -> Vec<TextRow<'a>> {
    let overlays = || {
        draft.overlays.iter().filter_map(|overlay| match overlay.locale {
            Locale::Cldr(locale) => Some((overlay, locale)),
            _ => None,
        })
    };
    let row = |of, owner, plural_text| {
        let source = SourceText { owner, plural_text };
        let translation = |(overlay, locale): (&'a Overlay, _)| Some((overlay, locale, overlay.translation(&source)?));
        TextRow { of, source, translations: overlays().filter_map(translation).collect() }
    };
    let mut rows = Vec::new();
    for (name, text) in &draft.manifest.labels {
        rows.push(row(Of::Label(name.value.parse().ok()), TextOwner::Label(name.as_str()), text));
    }
    for entry in &draft.entries {
        let canonical = canonical(entry, codes);
        for (key, role, text) in entry.plural_texts() {
            rows.push(row(Of::Entry { entry, canonical, key, role }, TextOwner::Entry(entry, key), text));
        }
    }
    for phrase in &draft.phrases {
        rows.push(row(Of::Phrase(phrase), TextOwner::Phrase(phrase), &phrase.text));
    }
    rows
}

/// The entry whose parameters, causes and fixes `entry` has, among those by their codes. Where an alias leads nowhere or to another
/// one, that is the fault to report.
pub(super) fn canonical<'a>(entry: &'a Entry, codes: &HashMap<&str, &'a Entry>) -> Option<&'a Entry> {
    match &entry.same_as {
        None => Some(entry),
        Some(other) => codes.get(other.as_str()).copied().filter(|entry| !entry.is_alias()),
    }
}
