//! The texts that stale translations were made from: from the records of all translations, or from the copies of the default
//! locale's texts that were written before the text changed.

use crate::diagnostic::span::{Origin, Text};
use crate::noncharacter::is_noncharacter;
use crate::read::draft::Draft;
use crate::read::plural_text::PluralText;
use crate::read::state::{Fingerprint, Record};
use crate::translate::sources_into_any;
use lift_errors_core::bidi::is_bidi_control;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

/// How many of a catalogue's selectors each copy is tried with: a catalogue may have as many as texts, and a usual one has a few.
const MOST_SELECTORS: usize = 64;

/// The default locale's earlier texts.
pub(crate) struct PreviousTexts<'a> {
    draft: &'a Draft,
    /// The copies, and the texts of other records, by their fingerprints. They are needed only if a translation is stale.
    known: OnceCell<HashMap<Fingerprint, Cow<'a, PluralText>>>,
}

impl<'a> PreviousTexts<'a> {
    pub(crate) fn of_draft(draft: &'a Draft) -> Self {
        Self { draft, known: OnceCell::new() }
    }

    /// The text that a translation was made from, if it is known.
    pub(crate) fn of<'s>(&'s self, record: &'s Record) -> Option<&'s PluralText> {
        let known = || self.known.get_or_init(|| self.known()).get(&record.source).map(AsRef::as_ref);
        record.previous.as_ref().or_else(known).filter(|text| is_clean(text))
    }

    fn known(&self) -> HashMap<Fingerprint, Cow<'a, PluralText>> {
        let selectors: BTreeSet<&str> = sources_into_any(self.draft)
            .filter_map(|it| it.plural_text.selector.as_deref())
            .map(Text::as_str)
            .collect();
        let selectors = selectors.into_iter().take(MOST_SELECTORS).collect();
        let mut texts = HashMap::new();
        for (source, text) in self.draft.overlays.iter().flat_map(|overlay| overlay.state.earlier_texts()) {
            texts.insert(source, Cow::Borrowed(text));
        }
        for (_, copy) in self.draft.copies.iter().flat_map(|copies| copies.plural_texts()) {
            texts.insert(Fingerprint::of(&copy.source()), Cow::Borrowed(copy));
            // The copies do not name what selects a plural form. It may be gone from the catalogue, with the text that it was in.
            if !copy.is_plural() {
                continue;
            }
            for &selector in copy.placeholders().union(&selectors) {
                let (value, span, origin) = (selector.to_owned(), copy.span, Origin::Elsewhere);
                let selector = Text { value, span, origin, is_escaped: false };
                let selected = PluralText { selector: Some(Box::new(selector)), ..copy.clone() };
                texts.insert(Fingerprint::of(&selected.source()), Cow::Owned(selected));
            }
        }
        texts
    }
}

/// Whether a text has no character that acts on a terminal, reorders what is around it or can't be in XML. No rule checks a text
/// that the catalogue does not have any more.
fn is_clean(text: &PluralText) -> bool {
    let is_refused = |character: char| {
        character != '\n' && (character.is_control() || is_bidi_control(character) || is_noncharacter(character))
    };
    !text.templates().any(|template| template.text.value.contains(is_refused))
}
