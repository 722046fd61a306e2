//! One entry of a PO file.

/// An entry as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The line of its `msgid`, from 1.
    pub(crate) line: usize,
    pub(crate) context: Option<String>,
    pub(crate) id: String,
    pub(crate) plural: Option<String>,
    /// The texts of `msgstr`, each with its index.
    pub(crate) strings: Vec<(usize, String)>,
    pub(crate) is_fuzzy: bool,
    /// The marks among its comments.
    pub(crate) marks: Vec<String>,
}
