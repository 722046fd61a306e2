//! The present names of texts that got another name since a file was exported.

use super::message::{Message, WrittenSource, is_plural};
use lift_errors_codegen::TranslationUnits;
use std::collections::{HashMap, HashSet};

/// The texts that a file does not have by their names, by what it would contain of them.
pub(crate) struct RenamedTexts<'a> {
    /// The number of the unit. None of texts that others are like, in the catalogue or among those of the file.
    units: HashMap<(Kind<'a>, Vec<String>), Option<usize>>,
}

impl<'a> RenamedTexts<'a> {
    pub(crate) fn new(units: &'a TranslationUnits, messages: &'a [Message], written: WrittenSource) -> Self {
        let in_file: HashSet<&str> = messages.iter().map(|message| message.address.as_str()).collect();
        let in_catalog: HashSet<&str> = units.units.iter().map(|unit| unit.address.as_str()).collect();
        let mut texts = HashMap::new();
        for (number, unit) in units.units.iter().enumerate() {
            let number = (!in_file.contains(unit.address.as_str())).then_some(number);
            let text = written(&unit.source, is_plural(unit), &units.categories);
            texts.entry((Kind::of(&unit.address), text)).and_modify(|known| *known = None).or_insert(number);
        }
        let mut gone = HashSet::new();
        for message in messages.iter().filter(|message| !in_catalog.contains(message.address.as_str())) {
            let text = (Kind::of(&message.address), message.source.clone());
            if let (false, Some(number)) = (gone.insert(text.clone()), texts.get_mut(&text)) {
                *number = None;
            }
        }
        Self { units: texts }
    }

    /// The number of the unit that has the text of a message now, if there is no doubt.
    pub(crate) fn unit(&self, message: &Message) -> Option<usize> {
        self.units.get(&(Kind::of(&message.address), message.source.clone())).copied().flatten()
    }
}

/// The tables whose texts have their names in place of a code.
const NAMED: [&str; 2] = ["field_error", "term"];

/// What a text is in its entry: all of its address but the names that can change.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind<'a> {
    part: &'a str,
    has_id: bool,
}

impl<'a> Kind<'a> {
    /// Of `not_found.cause.stale_bookmark` it is `cause` with an id, and of `term.order` it is `term`.
    fn of(address: &'a str) -> Self {
        let (table, rest) = address.split_once('.').unwrap_or(("", address));
        if NAMED.contains(&table) {
            return Self { part: table, has_id: true };
        }
        let (part, has_id) = rest.split_once('.').map_or((rest, false), |(part, _)| (part, true));
        Self { part, has_id }
    }
}
