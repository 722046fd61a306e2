//! Changes to a catalogue's files that keep comments and layout. All files change at once, and only if the result has no faults.

pub(crate) mod files;
pub(crate) mod format;
mod free_ids;
pub(crate) mod init;
pub(crate) mod interview;
pub(crate) mod new_entry;
mod removal;
pub(crate) mod remove;
pub(crate) mod rename;
mod staged;
mod tables;
pub(crate) mod target;
pub(crate) mod text_address;
pub(crate) mod translation;
mod written;
