//! What follows from adding or removing an entry, and needs no decision of a person.

use super::{link, manifest, parameter, translation};
use crate::read::draft::{Draft, Entry};
use std::collections::{BTreeMap, HashMap};

/// What a catalogue without other faults has too much or too little of, after an entry was added or removed.
#[doc(hidden)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// The constants that no text names.
    pub unused_constants: Vec<String>,
    /// The manifest's links that no text names.
    pub unused_links: Vec<String>,
    /// The words of the glossary that no text has.
    pub unused_words: Vec<String>,
    /// The parameters that nothing uses, each with the code of its entry.
    pub unused_parameters: Vec<(String, String)>,
    /// The codes of status defaults that no other entry shares the status of.
    pub lone_defaults: Vec<String>,
    /// The statuses that several entries share, and none is the default of, with their codes.
    pub undecided_statuses: Vec<(u16, Vec<String>)>,
}

impl Upkeep {
    pub(crate) fn of(draft: &Draft) -> Self {
        let (constants, links) = (manifest::named_in_texts(draft), link::named_in_texts(draft));
        let unused_constants = draft.manifest.constants.iter().map(|constant| constant.name.as_str());
        let unused_links = draft.manifest.links.iter().map(|link| link.id.as_str());
        let unused_words = draft.manifest.glossary.iter().map(|word| word.as_str());
        let mut upkeep = Self {
            unused_constants: unused_constants.filter(|name| !constants.contains(name)).map(str::to_owned).collect(),
            unused_links: unused_links.filter(|id| !links.contains(id)).map(str::to_owned).collect(),
            unused_words: unused_words
                .filter(|word| !translation::is_in_texts(draft, word))
                .map(str::to_owned)
                .collect(),
            unused_parameters: unused_parameters(draft),
            ..Self::default()
        };
        // All of a status, and those that may explain it.
        let mut sharing: BTreeMap<u16, (usize, Vec<&Entry>)> = BTreeMap::new();
        for entry in &draft.entries {
            let canonical = draft.canonical(entry);
            let Some(status) = canonical.http_status() else { continue };
            let (count, explaining) = sharing.entry(status).or_default();
            *count += 1;
            explaining.extend(entry.explained_status(canonical).map(|_| entry));
        }
        for (status, (count, entries)) in sharing {
            let defaults = entries.iter().filter(|entry| entry.says_default());
            let codes = entries.iter().map(|entry| entry.code.value.clone());
            match (count, defaults.count()) {
                (1, 1) => upkeep.lone_defaults.extend(codes),
                (_, 0) if entries.len() > 1 => upkeep.undecided_statuses.push((status, codes.collect())),
                _ => {}
            }
        }
        upkeep
    }
}

fn unused_parameters(draft: &Draft) -> Vec<(String, String)> {
    let mut aliases: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in &draft.entries {
        if let Some(code) = &entry.same_as {
            aliases.entry(code.as_str()).or_default().push(entry);
        }
    }
    let mut unused = Vec::new();
    for entry in draft.entries.iter().filter(|entry| !entry.is_alias()) {
        let sharing = || aliases.get(entry.code.as_str()).into_iter().flatten().copied().chain([entry]);
        let own = entry.parameters.iter().filter(|parameter| !draft.is_inherited(parameter.name.span));
        let names = own.filter(|parameter| !parameter::is_used(sharing(), entry, parameter));
        unused.extend(names.map(|parameter| (entry.code.value.clone(), parameter.name.value.clone())));
    }
    unused
}
