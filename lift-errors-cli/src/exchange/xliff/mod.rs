//! XLIFF 1.2 (OASIS). Plural forms are a group of units, as in the profile for gettext's PO.

mod reader;
mod writer;

pub(crate) use reader::{XliffFile, read};
pub(crate) use writer::write;

/// The value of `restype` of a group with plural forms.
const PLURALS: &str = "x-gettext-plurals";

/// The states of a translation in the order of the work (XLIFF 1.2, attribute `state`): somebody has to look at these.
const UNFINISHED: [&str; 4] = ["new", "needs-translation", "needs-adaptation", "needs-l10n"];

/// The states of a translation that somebody has found right.
const APPROVED: [&str; 2] = ["final", "signed-off"];
