//! The catalogue in place of one with faults: every assertion passes, so that the faults are the only errors.

use crate::catalog::entry::Entry;
use crate::catalog::{Catalog, Tables};
use lift_errors_core::u32_table::{Strings, U32Table};

/// A catalogue without entries.
pub const NOTHING: Catalog = Catalog::new(Tables {
    name: "",
    reference: "",
    strings: Strings::new("", U32Table::new(b"")),
    entries: U32Table::new(b""),
    parameters: U32Table::new(b""),
    details: U32Table::new(b""),
    causes: U32Table::new(b""),
    cause_fixes: U32Table::new(b""),
    fixes: U32Table::new(b""),
    notes: U32Table::new(b""),
    links: U32Table::new(b""),
    headers: U32Table::new(b""),
    phrases: U32Table::new(b""),
    profiles: U32Table::new(b""),
    tags: U32Table::new(b""),
    locale_columns: b"",
    tag_columns: U32Table::new(b""),
    columns: &[],
});

/// An entry of a catalogue with faults.
pub const BROKEN: Entry = {
    static CATALOG: Catalog = NOTHING;
    Entry::new(&CATALOG, u16::MAX)
};

/// Whether an entry is that of a catalogue with faults.
pub(crate) const fn is_broken(entry: Entry) -> bool {
    entry.number() == u16::MAX
}
