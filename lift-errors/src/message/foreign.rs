//! The text of a `Display` that is not ours, and may fail.

use alloc::string::String;
use core::fmt::{self, Write as _};

/// The text of a `Display`. If that fails, it is the text up to the failure; `to_string` would panic.
pub(crate) fn text_of(display: impl fmt::Display) -> String {
    let mut text = String::new();
    let _ = write!(text, "{display}");
    text
}
