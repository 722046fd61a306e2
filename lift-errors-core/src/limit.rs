//! The maximum length of a text that somebody else wrote.

/// The maximum length of a value or a message in a response, in bytes before the escapes. A longer one is cut and ends with
/// `…`.
pub const MAX_TEXT_BYTES: usize = 1_024;

/// Splits a text after at most `limit` bytes, between two characters.
///
/// ```
/// use lift_errors_core::limit::split;
///
/// assert_eq!(split("été", 4), ("ét", "é"));
/// assert_eq!(split("été", 5), ("été", ""));
/// ```
pub fn split(text: &str, limit: usize) -> (&str, &str) {
    if text.len() <= limit {
        return (text, "");
    }
    // A character has at most four bytes.
    let end = (limit.saturating_sub(3)..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.split_at_checked(end).unwrap_or((text, ""))
}
