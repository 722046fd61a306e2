//! The differences of a file for translators' tools from the catalogue.

use crate::exchange::message::{Message, forms};
use lift_errors_codegen::{PluralCategory, TranslationUnit, TranslationUnits, UnitText};
use std::collections::HashMap;

/// How a format writes a text of the source: `true` for one with plural forms.
pub(crate) type WrittenSource = fn(&UnitText, bool, &[PluralCategory]) -> Vec<String>;

/// The differences.
#[derive(Debug, Default)]
pub(crate) struct Merge {
    pub(crate) changes: Vec<Change>,
    /// The addresses of present translations that the file says are right.
    pub(crate) approved: Vec<String>,
    /// The addresses of stale translations that the file has as they are.
    pub(crate) still_stale: Vec<String>,
    pub(crate) unchanged: usize,
    pub(crate) untranslated: usize,
    pub(crate) unfinished: usize,
    /// Messages that can't be imported: the line, and the reason.
    pub(crate) left_out: Vec<(usize, String)>,
}

/// A translation that differs from the catalogue's.
#[derive(Debug)]
pub(crate) struct Change {
    /// The line of the file.
    pub(crate) line: usize,
    /// The number of the unit.
    pub(crate) unit: usize,
    pub(crate) text: UnitText,
    /// The text that it was made from, where that is not the present one.
    pub(crate) made_from: Option<UnitText>,
    pub(crate) is_approved: bool,
}

/// Compares the messages of a file with the catalogue.
pub(crate) fn merge(units: &TranslationUnits, messages: Vec<Message>, written: WrittenSource) -> Merge {
    let numbers: HashMap<&str, usize> =
        units.units.iter().enumerate().map(|(number, unit)| (unit.address.as_str(), number)).collect();
    let mut merge = Merge::default();
    for message in messages {
        let number = numbers.get(message.address.as_str()).copied();
        match number.and_then(|number| Some((number, units.units.get(number)?))) {
            Some((number, unit)) => merge.add(&message, number, unit, units, written),
            None => {
                let reason = format!("the catalogue has no text `{}`", message.address.escape_debug());
                merge.left_out.push((message.line, reason));
            }
        }
    }
    merge
}

impl Merge {
    fn add(
        &mut self,
        message: &Message,
        number: usize,
        unit: &TranslationUnit,
        units: &TranslationUnits,
        written: WrittenSource,
    ) {
        let categories = &units.categories;
        if message.target.iter().all(String::is_empty) {
            self.untranslated += 1;
            return;
        }
        let is_plural = message.source.len() > 1 || message.target.len() > 1;
        let same = unit.translation.as_ref().is_some_and(|translation| match is_plural {
            true => forms(translation, categories) == message.target,
            false => !translation.is_plural() && [translation.form("other")] == message.target.as_slice(),
        });
        let is_current = written(&unit.source, is_plural, categories) == message.source;
        if same {
            self.unchanged += 1;
            if unit.is_stale && !message.is_unfinished {
                self.still_stale.push(unit.address.clone());
            } else if message.is_approved && is_current && !unit.is_stale && !unit.is_reviewed {
                self.approved.push(unit.address.clone());
            }
            return;
        }
        if message.is_unfinished {
            self.unfinished += 1;
            return;
        }
        let missing = message.target.iter().zip(categories).filter(|(text, _)| text.is_empty());
        let missing: Vec<String> = missing.map(|(_, category)| format!("`{}`", category.name)).collect();
        if !missing.is_empty() {
            let reason = format!("`{}` has no text for {}", unit.address, missing.join(", "));
            self.left_out.push((message.line, reason));
            return;
        }
        let made_from = (!is_current).then(|| {
            let previous = unit.previous.as_ref();
            let previous = previous.filter(|text| written(text, is_plural, categories) == message.source);
            previous.cloned().unwrap_or_else(|| earlier(message, unit, categories))
        });
        self.changes.push(Change {
            line: message.line,
            unit: number,
            text: text(message, unit, categories),
            is_approved: message.is_approved && made_from.is_none(),
            made_from,
        });
    }
}

/// The translation of a message. Forms that are all alike are one text.
fn text(message: &Message, unit: &TranslationUnit, categories: &[PluralCategory]) -> UnitText {
    let first = message.target.first().cloned().unwrap_or_default();
    if message.target.iter().all(|text| *text == first) {
        return UnitText::plain(first);
    }
    let forms = categories.iter().zip(&message.target).map(|(category, text)| (category.name, text.clone()));
    let selector = unit.translation.as_ref().and_then(|translation| translation.selector.clone());
    UnitText { selector, forms: forms.collect() }
}

/// A text of the source that the catalogue does not know any more, as far as the file has it.
fn earlier(message: &Message, unit: &TranslationUnit, categories: &[PluralCategory]) -> UnitText {
    let last = message.source.last().cloned().unwrap_or_default();
    let first = unit.source.forms.first().map_or("one", |(category, _)| category);
    match message.source.as_slice() {
        [one, other] if one != other => {
            let first = if first == "other" { "one" } else { first };
            UnitText {
                selector: unit.source.selector.clone(),
                forms: vec![(first, one.clone()), ("other", other.clone())],
            }
        }
        [first, others @ ..] if others.iter().any(|text| text != first) => {
            let forms = categories.iter().zip(&message.source).map(|(category, text)| (category.name, text.clone()));
            UnitText { selector: unit.source.selector.clone(), forms: forms.collect() }
        }
        _ => UnitText::plain(last),
    }
}
