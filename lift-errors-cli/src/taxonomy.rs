//! The options that select errors by the catalogue's own taxonomy: `--class` and `--tag`, the same in every command that has them.

use crate::argument_values::many;
use crate::error::Error;
use crate::nearest;
use clap::{Arg, ArgAction, ArgMatches};
use lift_errors::Entry;
use lift_errors_codegen::{EntryFilter, Taxonomy};
use std::collections::BTreeSet;

/// The options of a command.
pub(crate) fn options() -> [Arg; 2] {
    [
        Arg::new("class").long("class").value_name("CLASS").help("Only errors of this class of the catalogue"),
        Arg::new("tag")
            .long("tag")
            .value_name("TAG")
            .action(ArgAction::Append)
            .help("Only errors with this tag; with several, those that have all"),
    ]
}

/// The values of the options.
pub(crate) fn filter(matches: &ArgMatches) -> EntryFilter {
    EntryFilter { class: matches.get_one("class").cloned(), tags: many(matches, "tag") }
}

/// Whether a filter selects an entry.
pub(crate) fn matches(filter: &EntryFilter, entry: Entry) -> bool {
    let tags: Vec<&str> = entry.tags().collect();
    filter.matches(entry.class(), tags.into_iter())
}

/// # Errors
///
/// The first word that the catalogue does not have, with the nearest ones.
pub(crate) fn check_words(filter: &EntryFilter, taxonomy: &Taxonomy) -> Result<(), Error> {
    let unknown = |word: &String, known: &BTreeSet<String>, what: &str| {
        let hint = || nearest::hint(word, known.iter().map(String::as_str), what);
        (!known.contains(word)).then(|| Error::NoMatch { query: word.clone(), hint: hint() })
    };
    let class = filter.class.iter().filter_map(|word| unknown(word, &taxonomy.classes, "classes"));
    let tags = filter.tags.iter().filter_map(|word| unknown(word, &taxonomy.tags, "tags"));
    class.chain(tags).next().map_or(Ok(()), Err)
}
