//! The texts of a locale other than the default, as far as they differ from its fallback's. An entry without translations
//! costs one lookup.

use super::draft_text;
use super::localize::{Localizer, NameResolver};
use super::order::{Order, ordered_fixes, ordered_phrases};
use crate::read::draft::{self, Draft};
use crate::read::plural_text::PluralText;
use crate::read::text_key::TextKey;
use crate::resolve::catalog::{Catalog, Entry, Piece};
use lift_errors_core::vocabulary::Label;

/// The texts, each with its number.
pub(super) fn texts(
    draft: &Draft,
    order: &Order<'_>,
    source: &Catalog,
    speech: &Localizer<'_>,
) -> Vec<(u32, Vec<Piece>)> {
    let mut own = OwnTexts::default();
    Label::ALL.iter().for_each(|&label| own.add(speech.label(label)));
    ordered_phrases(draft).into_iter().for_each(|phrase| own.add(speech.phrase(phrase)));
    for (number, entry) in source.in_text_order() {
        let first = own.number;
        let drafts = (order.entries.get(number), order.entries.get(entry.canonical));
        if let (Some(written), Some(canonical)) = drafts {
            if [written, canonical].into_iter().any(|entry| speech.may_have(&entry.code.value)) {
                own.add_entry(speech, entry, written, canonical);
            }
        }
        own.number = first + entry.texts(entry.canonical == number).count() as u32;
    }
    own.texts
}

#[derive(Default)]
struct OwnTexts {
    /// The number of the next text.
    number: u32,
    texts: Vec<(u32, Vec<Piece>)>,
}

impl OwnTexts {
    fn add(&mut self, text: Option<Vec<Piece>>) {
        self.texts.extend(text.map(|text| (self.number, text)));
        self.number += 1;
    }

    /// The texts of an entry, in the order of [`Entry::texts`].
    fn add_entry(&mut self, speech: &Localizer<'_>, entry: &Entry, written: &draft::Entry, canonical: &draft::Entry) {
        let names = NameResolver {
            manifest_links: &speech.links,
            canonical: Some(canonical),
            own_links: entry.links.start,
            label: None,
            phrase: None,
        };
        let own = |entry: &draft::Entry, key: TextKey<'_>, plural_text: &PluralText| {
            speech.text(&names, plural_text, |overlay| overlay.text(&entry.code.value, key))
        };
        let own_or_shared = |text: fn(&draft::Entry) -> &Option<PluralText>, key| match (text(written), text(canonical))
        {
            (Some(plural_text), _) => own(written, key, plural_text),
            (None, Some(plural_text)) => own(canonical, key, plural_text),
            (None, None) => None,
        };
        let is_draft = canonical.is_draft();
        // Shows clients no value that nobody has declared public.
        let shown = |text: Option<Vec<Piece>>| {
            let mut text = text?;
            if is_draft {
                draft_text::hide(&mut text, &entry.parameters);
            }
            Some(text)
        };
        let title = own_or_shared(|entry| &entry.title, TextKey::Title);
        self.add(title.clone());
        self.add(own_or_shared(|entry| &entry.meaning, TextKey::Meaning));
        self.add(shown(own_or_shared(|entry| &entry.support, TextKey::Support)));
        self.add(own_or_shared(|entry| &entry.runbook, TextKey::Runbook));
        let with_details = if written.details.is_empty() { canonical } else { written };
        for detail in &with_details.details {
            self.add(shown(own(with_details, detail.key(), &detail.text)));
        }
        // A draft without a detail has its title there.
        if with_details.details.is_empty() {
            self.add(shown(title));
        }
        if written.code.value != canonical.code.value {
            return;
        }
        for cause in &canonical.causes {
            self.add(shown(own(canonical, TextKey::Cause(cause.id.as_str()), &cause.text)));
        }
        for (fix, _) in ordered_fixes(canonical) {
            self.add(shown(own(canonical, TextKey::Fix(fix.id.as_str()), &fix.text)));
        }
        for note in &canonical.notes {
            self.add(shown(own(canonical, TextKey::Note(note.id.as_str()), &note.text)));
        }
    }
}
