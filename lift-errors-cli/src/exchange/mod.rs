//! Files for translators' tools: texts with their translations, as gettext's PO and as XLIFF 1.2.
//!
//! | module | contains |
//! | --- | --- |
//! | `message` | a text with its translation, as such a file contains it |
//! | `mark` | shows that a translation is as it was exported |
//! | `po`, `xliff` | the formats: a reader and a writer each |
//! | `file` | a file in one of the formats |
//! | `merge` | the differences of a file from the catalogue |
//! | `renamed` | the present names of texts that a file has by earlier ones |
//! | `fault` | a fault of a file, with its line |

pub(crate) mod fault;
pub(crate) mod file;
mod mark;
pub(crate) mod merge;
pub(crate) mod message;
mod po;
mod renamed;
mod xliff;
