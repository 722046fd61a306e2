//! The guidance of an entry: handles of its causes, fixes, notes and links.

use crate::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::text::Text;
use core::fmt;
use core::hash::{Hash, Hasher};
use lift_errors_core::layout::{self, NONE, Range};
use lift_errors_core::vocabulary::{Audience, NoteKind};

/// A possible cause of an entry's errors.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
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

    /// The entry that the cause belongs to.
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

    /// The audience of the text; `None` is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::cause::AUDIENCE))
    }

    /// The text: what went wrong.
    pub fn text(self) -> Text {
        Text::new(self.entry.catalog(), self.word(layout::cause::TEXT))
    }

    /// The fixes for this cause.
    pub fn fixes(self) -> impl ExactSizeIterator<Item = Fix> + Clone {
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

/// Declares the handle of a record of one of the catalogue's tables.
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

            /// The id, unique within the entry.
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

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                core::ptr::hash(self.catalog, state);
                self.number.hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}

handle! {
    /// A step that fixes an error or works around it.
    Fix, fixes, fix
}

impl Fix {
    /// The position among the entry's fixes.
    pub(crate) const fn place(self, entry: Entry) -> usize {
        self.number.saturating_sub(entry.range(layout::entry::FIXES).first) as usize
    }

    /// The audience of the text; `None` is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::fix::AUDIENCE))
    }

    /// The text: what to do.
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

    /// Whether the fix belongs to no cause, and so is shown with every cause.
    pub const fn is_general(self) -> bool {
        self.word(layout::fix::GENERAL) == 1
    }
}

handle! {
    /// A tip or a warning.
    Note, notes, note
}

impl Note {
    /// Whether it is a tip or a warning.
    pub fn kind(self) -> NoteKind {
        NoteKind::from_number(self.word(layout::note::KIND)).unwrap_or(NoteKind::Tip)
    }

    /// The audience of the text; `None` is everyone.
    pub const fn audience(self) -> Option<Audience> {
        Audience::from_number(self.word(layout::note::AUDIENCE))
    }

    /// The text.
    pub fn text(self) -> Text {
        Text::new(self.catalog, self.word(layout::note::TEXT))
    }
}

handle! {
    /// A link of an entry or of a text.
    Link, links, link
}

impl Link {
    /// The relation type (RFC 8288 §3.3).
    pub fn relation(self) -> &'static str {
        self.string(layout::link::RELATION)
    }

    /// The URL, http or https.
    pub fn href(self) -> &'static str {
        self.string(layout::link::HREF)
    }
}

impl Entry {
    /// The usual causes of the error.
    pub fn causes(self) -> impl ExactSizeIterator<Item = Cause> + Clone {
        (0..self.range(layout::entry::CAUSES).count).map(move |number| Cause::new(self, number as u8))
    }

    /// The fixes of all causes, then those that belong to no cause.
    pub fn fixes(self) -> impl ExactSizeIterator<Item = Fix> + Clone {
        self.range(layout::entry::FIXES).numbers().map(move |number| Fix::new(self.catalog(), number))
    }

    /// Tips and warnings.
    pub fn notes(self) -> impl ExactSizeIterator<Item = Note> + Clone {
        self.range(layout::entry::NOTES).numbers().map(move |number| Note::new(self.catalog(), number))
    }

    /// The links of the entry as a whole; texts have links of their own.
    pub fn links(self) -> impl ExactSizeIterator<Item = Link> + Clone {
        self.range(layout::entry::LINKS).numbers().map(move |number| Link::new(self.catalog(), number))
    }
}
