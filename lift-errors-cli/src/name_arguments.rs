//! The commands that rename and remove what has a name.

use crate::edit::target::Target;
use crate::edit::text_address::Removed;
use clap::Arg;

pub(crate) fn rename() -> clap::Command {
    clap::Command::new("rename")
        .about(
            "Rename a code that is not released yet, or a part of an entry, in every file and locale; reviews are kept",
        )
        .arg(Arg::new("old").value_name("OLD").required(true).value_parser(|path: &str| path.parse::<Target>()).help(
            "A code, not_found.cause.stale_bookmark (or fix, note, link, detail, params), constants.NAME or link.ID",
        ))
        .arg(Arg::new("new").value_name("NEW").required(true).help("The new name, such as old_bookmark"))
}

pub(crate) fn remove() -> clap::Command {
    clap::Command::new("remove")
        .about("Remove an entry or a text from every file and locale; the lock file remembers a released entry")
        .arg(Arg::new("what").value_name("WHAT").required(true).value_parser(|path: &str| path.parse::<Removed>()).help(
            "A code, or a text with its translations: not_found.cause.stale_bookmark, not_found.support, labels.causes",
        ))
        .arg(Arg::new("in").long("in").value_name("VERSION").help("The first version without it, for a released code"))
}
