//! The mark of a text in an exported file. An import knows by it whether the file has changed the translation, or the catalogue
//! has: a text without a translation has a mark, too.

use lift_errors_codegen::fingerprint;
use std::iter;

/// The first word of a mark.
const WORD: &str = "exported";

/// The mark of a translation, which has no forms where there is none yet. It has the address, too: a tool may copy a translation with its mark to another text, which has not
/// been exported with it.
pub(crate) fn mark(address: &str, target: &[String]) -> String {
    let forms = target.iter().flat_map(|form| ["\u{1e}", form]);
    format!("{WORD} {:012x}", fingerprint(iter::once(address).chain(forms)))
}

/// The mark of one form, by the number of its category: a tool may save a file with fewer forms than were exported.
pub(crate) fn form_mark(address: &str, category: usize, form: &str) -> String {
    mark(&format!("{address}[{category}]"), &[form.to_owned()])
}

/// Whether a comment is a mark.
pub(crate) fn is_mark(comment: &str) -> bool {
    let digits = comment.strip_prefix(WORD).and_then(|rest| rest.strip_prefix(' '));
    digits.is_some_and(|digits| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
