//! Causes, fixes, notes and links: handles into a catalogue's tables.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::text::Text;
use core::fmt;
use lift_errors_core::layout::{self, NONE, Range};
use lift_errors_core::vocabulary::{Audience, NoteKind};

/// A cause of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    entry: Entry,
    number: u8,
}

impl Cause {
    #[doc(hidden)]
    #[inline]
    pub const fn new(entry: Entry, number: u8) -> Self {
        Self { entry, number }
    }

    const fn word(self, field: usize) -> u32 {
        let first = self.entry.range(layout::entry::CAUSES).first as usize + self.number as usize;
        self.entry.catalog().tables().causes.get(first * layout::cause::WIDTH + field)
    }

    /// The entry that it is a cause of.
    pub const fn entry(self) -> Entry {
        self.entry
    }

    pub(crate) const fn number(self) -> u8 {
        self.number
    }

    /// The id, unique within the entry.
    pub fn id(self) -> &'static str {
        self.entry.catalog().tables().strings.get(self.word(layout::cause::ID) as usize)
    }

    pub(crate) const fn constant_id(self) -> &'static str {
        self.entry.catalog().tables().strings.get_in_constant(self.word(layout::cause::ID) as usize)
    }

    /// Who the text speaks to; none is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::cause::AUDIENCE))
    }

    /// What went wrong.
    pub fn text(self) -> Text {
        Text::new(self.entry.catalog(), self.word(layout::cause::TEXT))
    }

    /// The fixes that cure it.
    pub fn fixes(self) -> impl Iterator<Item = Fix> + Clone {
        let catalog = self.entry.catalog();
        let first = self.entry.range(layout::entry::FIXES).first;
        let fixes = Range::from_word(self.word(layout::cause::FIXES)).numbers();
        fixes.map(move |place| Fix::new(catalog, first + catalog.tables().cause_fixes.get(place as usize)))
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}/{}", self.entry, self.id())
    }
}

/// Declares a handle over one of the catalogue's tables.
macro_rules! handle {
    ($(#[$doc:meta])* $name:ident, $table:ident, $record:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name {
            catalog: &'static Catalog,
            number: u32,
        }

        impl $name {
            pub(crate) const fn new(catalog: &'static Catalog, number: u32) -> Self {
                Self { catalog, number }
            }

            const fn word(self, field: usize) -> u32 {
                self.catalog.tables().$table.get(self.number as usize * layout::$record::WIDTH + field)
            }

            fn string(self, field: usize) -> &'static str {
                self.catalog.tables().strings.get(self.word(field) as usize)
            }

            /// The id.
            pub fn id(self) -> &'static str {
                self.string(layout::$record::ID)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.number == other.number && self.catalog.ptr_eq(other.catalog)
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}

handle! {
    /// Something that can be done.
    Fix, fixes, fix
}

impl Fix {
    /// Who the text speaks to; none is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::fix::AUDIENCE))
    }

    /// What to do.
    pub fn text(self) -> Text {
        Text::new(self.catalog, self.word(layout::fix::TEXT))
    }

    /// The first link in the text.
    pub fn link(self) -> Option<Link> {
        match self.word(layout::fix::LINK) {
            NONE => None,
            number => Some(Link::new(self.catalog, number)),
        }
    }

    /// Whether it cures no cause in particular, and so is always shown.
    pub const fn is_general(self) -> bool {
        self.word(layout::fix::GENERAL) == 1
    }
}

handle! {
    /// A remark.
    Note, notes, note
}

impl Note {
    /// Tip or warning.
    pub fn kind(self) -> NoteKind {
        NoteKind::from_number(self.word(layout::note::KIND)).unwrap_or(NoteKind::Tip)
    }

    /// Who the text speaks to; none is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::note::AUDIENCE))
    }

    /// The remark.
    pub fn text(self) -> Text {
        Text::new(self.catalog, self.word(layout::note::TEXT))
    }
}

handle! {
    /// A link that texts name.
    Link, links, link
}

impl Link {
    /// The relation (RFC 8288 §3.3).
    pub fn relation(self) -> &'static str {
        self.string(layout::link::RELATION)
    }

    /// The URL, http or https.
    pub fn href(self) -> &'static str {
        self.string(layout::link::HREF)
    }
}

impl Entry {
    /// The usual causes.
    pub fn causes(self) -> impl Iterator<Item = Cause> + Clone {
        (0..self.range(layout::entry::CAUSES).count).map(move |number| Cause::new(self, number as u8))
    }

    /// What can be done, general fixes last.
    pub fn fixes(self) -> impl Iterator<Item = Fix> + Clone {
        self.range(layout::entry::FIXES).numbers().map(move |number| Fix::new(self.catalog(), number))
    }

    /// Remarks.
    pub fn notes(self) -> impl Iterator<Item = Note> + Clone {
        self.range(layout::entry::NOTES).numbers().map(move |number| Note::new(self.catalog(), number))
    }

    /// The entry's own links.
    pub fn links(self) -> impl Iterator<Item = Link> + Clone {
        self.range(layout::entry::LINKS).numbers().map(move |number| Link::new(self.catalog(), number))
    }
}
