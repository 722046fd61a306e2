//! The differences of a file for translators' tools from the catalogue.

use crate::exchange::message::{Message, WrittenSource, target_of};
use crate::exchange::renamed::RenamedTexts;
use lift_errors_codegen::{PLURAL_CATEGORIES, PluralCategory, TranslationUnit, TranslationUnits, UnitText};
use std::cell::OnceCell;
use std::collections::HashMap;

/// The differences.
#[derive(Debug, Default)]
pub(crate) struct Merge {
    pub(crate) changes: Vec<Change>,
    /// The addresses of present translations that the file says are right.
    pub(crate) approved: Vec<String>,
    /// The addresses of stale translations that the file has as they are, and whether each can be accepted.
    pub(crate) still_stale: Vec<(String, bool)>,
    /// Translations that the file has in an older form than the catalogue: the line, and the address.
    pub(crate) newer: Vec<(usize, String)>,
    /// Translations that differ from the catalogue's, and that the file says are not finished: the line, and the address.
    pub(crate) unfinished: Vec<(usize, String)>,
    /// Texts that have another name in the catalogue than in the file: the line, and the two addresses.
    pub(crate) renamed: Vec<(usize, String, String)>,
    /// Whether the file shows how the translations were exported.
    pub(crate) is_marked: bool,
    pub(crate) unchanged: usize,
    pub(crate) untranslated: usize,
    /// Messages that can't be imported: the line, and the reason.
    pub(crate) left_out: Vec<(usize, String)>,
    /// The number of those whose text the catalogue does not have.
    pub(crate) gone: usize,
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
    /// Whether the file calls it approved because its earlier text was, when it was exported.
    pub(crate) has_old_approval: bool,
    /// Whether it replaces somebody's work: a translation that has changed in the catalogue since the export, or one of which the
    /// file does not show that.
    pub(crate) replaces_work: bool,
    /// The forms that were removed, which were only for fractions.
    pub(crate) removed_forms: Vec<&'static str>,
}

impl Change {
    /// Removes the forms that are only for fractions, which a file does not have. Returns whether there were any.
    pub(crate) fn remove_forms_for_fractions(&mut self, categories: &[PluralCategory]) -> bool {
        let is_plural = self.text.is_plural();
        let is_kept = |name: &str| !is_plural || is_in(categories, name);
        self.removed_forms = self.text.forms.iter().map(|(name, _)| *name).filter(|name| !is_kept(name)).collect();
        self.text.forms.retain(|(name, _)| is_kept(name));
        !self.removed_forms.is_empty()
    }
}

/// Compares the messages of a file with the catalogue.
pub(crate) fn merge(units: &TranslationUnits, messages: Vec<Message>, written: WrittenSource) -> Merge {
    let numbers: HashMap<&str, usize> =
        units.units.iter().enumerate().map(|(number, unit)| (unit.address.as_str(), number)).collect();
    let renamed = OnceCell::new();
    let is_marked = messages.iter().any(|message| !message.marks.is_empty());
    let mut merge = Merge { is_marked, ..Merge::default() };
    for message in &messages {
        let mut number = numbers.get(message.address.as_str()).copied();
        if number.is_none() && !message.is_untranslated() && !message.is_as_exported() {
            number = renamed.get_or_init(|| RenamedTexts::new(units, &messages, written)).unit(message);
            let name = number.and_then(|number| Some(units.units.get(number)?.address.clone()));
            merge.renamed.extend(name.map(|name| (message.line, message.address.clone(), name)));
        }
        match number.and_then(|number| Some((number, units.units.get(number)?))) {
            Some((number, unit)) => merge.add(message, number, unit, units, written),
            // Nothing is lost.
            None if message.is_untranslated() => merge.untranslated += 1,
            None if message.is_as_exported() => merge.unchanged += 1,
            None => {
                let reason = format!("the catalogue has no text `{}`", message.address.escape_debug());
                merge.gone += 1;
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
        if message.is_untranslated() {
            self.untranslated += 1;
            return;
        }
        let is_plural = message.is_plural;
        let present = unit.translation.as_ref().map(|translation| target_of(translation, is_plural, categories));
        let forms = present.as_ref().and_then(Option::as_deref).unwrap_or_default();
        // A form that the file has for several categories and did not change changes none of them.
        let is_unchanged = |category: usize| forms.get(category) == message.target.get(category);
        let target = message.target_with(forms, is_unchanged);
        let same = present.as_ref().is_some_and(|present| present.as_ref() == Some(&target));
        // An export writes a text with plural forms as one, in every language.
        let was_translated = |text: &UnitText| {
            (is_plural || !text.is_plural()) && written(text, is_plural, categories) == message.source
        };
        let is_current = was_translated(&unit.source);
        let was_exported = |target: &[String]| message.was_exported(target);
        let has_old_approval = message.was_approved && message.is_approved && !was_exported(&message.target);
        let is_approved = message.is_approved && is_current && !has_old_approval;
        if same {
            self.unchanged += 1;
            if unit.is_stale && !message.is_unfinished {
                self.still_stale.push((unit.address.clone(), !unit.disagrees));
            } else if is_approved && !unit.is_stale && !unit.is_reviewed {
                self.approved.push(unit.address.clone());
            }
            return;
        }
        if message.is_unfinished {
            self.unfinished.push((message.line, unit.address.clone()));
            return;
        }
        // Whether the catalogue's translation has changed since the export, if the file shows it.
        let has_changed =
            present.as_ref().map(|present| self.is_marked && !present.as_deref().is_some_and(was_exported));
        if let Some(has_changed) = has_changed {
            let is_of_earlier_source = !is_current && !unit.is_stale && (has_changed || !self.is_marked);
            // The file does not show what it has changed.
            if message.is_as_exported() || is_of_earlier_source && !self.is_marked {
                self.newer.push((message.line, unit.address.clone()));
                return;
            }
            if is_of_earlier_source {
                let reason = format!(
                    "`{}` is made from an earlier source, and the catalogue's translation has changed since the export\n  \
                     = help: export again, and repeat the change",
                    unit.address
                );
                self.left_out.push((message.line, reason));
                return;
            }
        }
        let missing = target.iter().zip(categories).filter(|(text, _)| text.is_empty());
        let missing: Vec<String> = missing.map(|(_, category)| format!("`{}`", category.name)).collect();
        if !missing.is_empty() {
            let reason = format!("`{}` has no text for {}", unit.address, missing.join(", "));
            self.left_out.push((message.line, reason));
            return;
        }
        let made_from = (!is_current).then(|| {
            let previous = unit.previous.as_ref().filter(|text| was_translated(text));
            previous.cloned().unwrap_or_else(|| earlier(message, unit, categories))
        });
        self.changes.push(Change {
            line: message.line,
            unit: number,
            text: text(target, is_plural, unit, categories),
            is_approved,
            has_old_approval,
            replaces_work: has_changed.is_some_and(|has_changed| has_changed || !self.is_marked),
            removed_forms: Vec::new(),
            made_from,
        });
    }
}

/// A translation. Forms that are all alike stay forms where the source has some: the translator has seen all numbers, and in one text
/// they would seem forgotten. Where it has none, they are one text: no number may be left that selects a form. Forms that are only for
/// fractions stay as the catalogue has them.
fn text(target: Vec<String>, is_plural: bool, unit: &TranslationUnit, categories: &[PluralCategory]) -> UnitText {
    let has_forms = is_plural && unit.source.is_plural() && categories.len() > 1;
    match target.as_slice() {
        [first, others @ ..] if !has_forms && others.iter().all(|text| text == first) => UnitText::plain(first.clone()),
        _ => {
            let present = unit.translation.as_ref().filter(|translation| translation.is_plural());
            let of_fractions = present.into_iter().flat_map(|present| &present.forms);
            let of_fractions = of_fractions.filter(|(name, _)| !is_in(categories, name)).cloned();
            let mut forms: Vec<_> =
                categories.iter().map(|category| category.name).zip(target).chain(of_fractions).collect();
            forms.sort_by_key(|(name, _)| PLURAL_CATEGORIES.iter().position(|known| known == name));
            UnitText { selector: present.and_then(|present| present.selector.clone()), forms }
        }
    }
}

fn is_in(categories: &[PluralCategory], name: &str) -> bool {
    categories.iter().any(|category| category.name == name)
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
            // A source in a language with two forms, as a file for a language with more has it.
            let (one, rest): (Vec<_>, Vec<_>) =
                categories.iter().zip(&message.source).partition(|(category, _)| category.name == "one");
            if let ([(_, one)], [(_, other), others @ ..]) = (one.as_slice(), rest.as_slice()) {
                if others.iter().all(|(_, text)| text == other) {
                    let forms = vec![("one", (*one).clone()), ("other", (*other).clone())];
                    return UnitText { selector: unit.source.selector.clone(), forms };
                }
            }
            let forms = categories.iter().zip(&message.source).map(|(category, text)| (category.name, text.clone()));
            UnitText { selector: unit.source.selector.clone(), forms: forms.collect() }
        }
        _ => UnitText::plain(last),
    }
}
