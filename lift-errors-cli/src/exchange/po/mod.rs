//! gettext's PO (GNU gettext manual, "The Format of PO Files").

mod entry;
mod plural_rule;
mod reader;
mod writer;

pub(crate) use reader::{PoFile, read};
pub(crate) use writer::{source, write};
