//! Whether two texts say the same: a page has each text once.

use crate::catalog::text::Text;
use crate::message::markup::Plain;
use crate::message::output::Output;
use crate::message::output::sealed::Sealed;
use crate::render::text::ProblemTexts;

/// The longest text that is compared, in bytes. A longer one is a text of its own.
const MAX_BYTES: usize = 256;

/// The beginning of a text, on the stack.
struct Beginning {
    bytes: [u8; MAX_BYTES],
    /// The length of the whole text.
    length: usize,
}

impl Beginning {
    fn of(texts: &ProblemTexts<'_, '_>, text: Text) -> Self {
        let mut beginning = Self { bytes: [0; MAX_BYTES], length: 0 };
        texts.write(text, &mut beginning, &mut Plain::line());
        beginning
    }

    /// The text without the full stop at its end; `None` if it is too long.
    fn sentence(&self) -> Option<&[u8]> {
        let bytes = self.bytes.get(..self.length)?;
        Some(bytes.strip_suffix(b".").or_else(|| bytes.strip_suffix("。".as_bytes())).unwrap_or(bytes))
    }
}

impl Sealed for Beginning {}

impl Output for Beginning {
    fn push(&mut self, text: &str) {
        if let Some(place) = self.bytes.get_mut(self.length..self.length + text.len()) {
            place.copy_from_slice(text.as_bytes());
        }
        self.length += text.len();
    }
}

/// Whether two texts differ in nothing but the full stop and the case of letters.
pub(super) fn is_same(texts: &ProblemTexts<'_, '_>, one: Text, other: Text) -> bool {
    let (one, other) = (Beginning::of(texts, one), Beginning::of(texts, other));
    match (one.sentence(), other.sentence()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}
