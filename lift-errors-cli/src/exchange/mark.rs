//! The mark of a text in an exported file. An import knows by it whether the file has changed the translation, or the catalogue
//! has: a text without a translation has a mark, too.

use lift_errors_codegen::fingerprint;
use std::iter;

/// The first word of a mark.
const WORD: &str = "exported";

/// The last word of a mark, where the translation had been reviewed when it was exported.
const REVIEWED: &str = "reviewed";

/// The mark of a translation, which has no forms where there is none yet. It has the address, too: a tool may copy a translation
/// with its mark to another text, which has not been exported with it.
pub(crate) fn mark(address: &str, target: &[String]) -> String {
    let forms = target.iter().flat_map(|form| ["\u{1e}", form]);
    format!("{WORD} {:012x}", fingerprint(iter::once(address).chain(forms)))
}

/// The mark of one form, by the number of its category: a tool may save a file with fewer forms than were exported.
pub(crate) fn form_mark(address: &str, category: usize, form: &str) -> String {
    mark(&format!("{address}[{category}]"), &[form.to_owned()])
}

/// The mark with the word that the translation had been reviewed.
pub(crate) fn reviewed(mark: &str) -> String {
    format!("{mark} {REVIEWED}")
}

/// A mark as it was written: the mark itself, and whether the translation had been reviewed.
pub(crate) fn read(text: &str) -> Option<(&str, bool)> {
    let mark = text.strip_suffix(REVIEWED).and_then(|mark| mark.strip_suffix(' '));
    is_mark(mark.unwrap_or(text)).then(|| (mark.unwrap_or(text), mark.is_some()))
}

/// Whether a comment is a mark.
pub(crate) fn is_mark(comment: &str) -> bool {
    let digits = comment.strip_prefix(WORD).and_then(|rest| rest.strip_prefix(' '));
    digits.is_some_and(|digits| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
