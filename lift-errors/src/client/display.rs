//! A received error as people and logs see it: what a server wrote is bounded, on one line, and harmless to a terminal.

use super::document::Guidance;
use super::received::ReceivedError;
use lift_errors_core::{escape, status};
use std::error::Error as _;
use std::fmt;

/// The longest detail that is shown, in characters.
const LONGEST: usize = 1_000;

impl<E> fmt::Display for ReceivedError<E> {
    /// The detail with the id and the status, on one line; what controls a terminal is made visible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status().map(|status| status.as_u16());
        let phrase = status.map_or("Error", status::phrase);
        let said = self.detail().or(self.title());
        visible(said.unwrap_or(phrase), f)?;
        match (self.id().or(self.code()), status) {
            (Some(id), Some(status)) => {
                f.write_str(" (")?;
                visible(id, f)?;
                write!(f, ", HTTP {status})")
            }
            (Some(id), None) => {
                f.write_str(" (")?;
                visible(id, f)?;
                f.write_str(")")
            }
            (None, Some(status)) => write!(f, " (HTTP {status})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Guidance {
    /// The text on one line; what controls a terminal is made visible.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        visible(self.text(), f)
    }
}

fn visible(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut result = Ok(());
    // One line: what breaks it becomes a space.
    for (place, line) in shown.split(['\n', '\r', '\t']).enumerate() {
        if place > 0 {
            result = result.and_then(|()| f.write_str(" "));
        }
        escape::visible(line, &mut |piece| result = result.and_then(|()| f.write_str(piece)));
    }
    result.and_then(|()| if rest.is_empty() { Ok(()) } else { f.write_str("…") })
}

impl<E> fmt::Debug for ReceivedError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedError")
            .field("status", &self.status())
            .field("catalog", &self.catalog_name())
            .field("code", &self.code())
            .field("detail", &self.detail())
            .field("request_id", &self.request_id())
            .field("source", &self.source())
            .finish_non_exhaustive()
    }
}
