//! XLIFF 1.2 (OASIS). Plural forms are a group of units, as in the profile for gettext's PO.

mod reader;
mod vocabulary;
mod writer;

pub(crate) use reader::{XliffFile, read};
pub(crate) use writer::write;
