//! The records to write of a locale's translations.

use crate::read::draft::Draft;
use crate::read::overlay::Overlay;
use crate::read::state::{Fingerprint, Record, Review};
use crate::translate::previous::PreviousTexts;
use crate::translate::{all, sources_into};
use std::collections::HashSet;

/// A change of the record of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Records what is new, and keeps what is there.
    Keep,
    /// Says that a translation is still right although its source has changed.
    Accept,
    /// Says that somebody who speaks the language has looked at it.
    Review,
}

/// The records of a locale as they should be, marked where `mark` says so.
pub(crate) fn records<'a>(
    draft: &'a Draft,
    previous: &'a PreviousTexts<'a>,
    overlay: &'a Overlay,
    mark: impl Fn(&str) -> Mark + 'a,
) -> impl Iterator<Item = (String, Record)> + 'a {
    sources_into(draft, overlay.locale).filter_map(move |source| {
        let (address, plural_text) = (source.address(), overlay.translation(&source)?);
        let now = Record {
            source: source.fingerprint(),
            translation: Fingerprint::of(&plural_text.source()),
            review: Review::Draft,
            previous: None,
        };
        // A translation that has changed is a new one: a review of the old one says nothing about it.
        let record = match (overlay.record(&source, plural_text), mark(&address)) {
            (_, Mark::Review) => Record { review: Review::Reviewed, ..now },
            (Some(known), Mark::Keep) if known.source == now.source => Record { review: known.review, ..now },
            (Some(known), Mark::Keep) => Record { previous: previous.of(known).cloned(), ..known.clone() },
            (Some(known), Mark::Accept) => Record { review: known.review, ..now },
            (None, _) => now,
        };
        Some((address, record))
    })
}

/// The records of translations whose texts are gone. They tell such a translation from one whose name is misspelt, and are right
/// again if the text comes back.
pub(crate) fn records_of_gone<'a>(
    draft: &'a Draft,
    previous: &'a PreviousTexts<'a>,
    overlay: &'a Overlay,
) -> impl Iterator<Item = (String, Record)> + 'a {
    let texts: HashSet<String> = match overlay.state.is_empty() {
        true => HashSet::new(),
        false => all(draft).map(|source| source.address()).collect(),
    };
    let addresses = overlay.addressed().map(|(address, _)| address);
    addresses.filter(move |address| !texts.contains(address)).filter_map(move |address| {
        let known = overlay.state.recorded_at(&address)?;
        Some((address, Record { previous: previous.of(known).cloned(), ..known.clone() }))
    })
}
