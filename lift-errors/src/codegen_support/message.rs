//! Messages that are built during constant evaluation, for mistakes that the derive can see only with the tables.

/// A text of limited length that constant evaluation can append to.
pub(super) struct Message {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Message {
    const CAPACITY: usize = 1_024;

    pub(super) const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0 }
    }

    /// Appends a text, or omits it if it does not fit.
    #[allow(clippy::indexing_slicing, reason = "both are checked; constant evaluation has no iterators")]
    pub(super) const fn push(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        if self.length + bytes.len() <= Self::CAPACITY {
            let mut at = 0;
            while at < bytes.len() {
                self.bytes[self.length + at] = bytes[at];
                at += 1;
            }
            self.length += bytes.len();
        }
        self
    }

    /// Appends a text in backticks.
    pub(super) const fn quote(self, text: &str) -> Self {
        self.push("`").push(text).push("`")
    }

    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "the attribute does not fit the catalogue",
        }
    }
}

/// Whether two strings are the same.
#[allow(clippy::indexing_slicing, reason = "the lengths are the same; constant evaluation has no iterators")]
pub(super) const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && a.len() == b.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    a.len() == b.len()
}

/// The longest name that is compared; names in a catalogue are not longer.
const MAX_NAME_BYTES: usize = 64;

/// The number of letters by which two names differ (Levenshtein).
#[allow(clippy::indexing_slicing, reason = "both lengths are checked; constant evaluation has no iterators")]
pub(super) const fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > MAX_NAME_BYTES || b.len() > MAX_NAME_BYTES {
        return usize::MAX;
    }
    let mut row = [0; MAX_NAME_BYTES + 1];
    let mut at = 0;
    while at <= b.len() {
        row[at] = at;
        at += 1;
    }
    let mut i = 0;
    while i < a.len() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut j = 0;
        while j < b.len() {
            let replaced = diagonal + (a[i] != b[j]) as usize;
            diagonal = row[j + 1];
            let inserted = (if row[j] < row[j + 1] { row[j] } else { row[j + 1] }) + 1;
            row[j + 1] = if replaced < inserted { replaced } else { inserted };
            j += 1;
        }
        i += 1;
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_levenshteins() {
        for (a, b, expected) in
            [("", "", 0), ("limit", "limt", 1), ("limit", "limit", 0), ("a", "xyz", 3), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
        assert!(equal("a", "a") && !equal("a", "b") && !equal("a", "ab"));
    }

    #[test]
    fn a_text_that_does_not_fit_is_omitted() {
        let mut message = Message::new();
        for _ in 0..2_000 {
            message = message.push("ab");
        }
        assert_eq!(message.as_str().len(), Message::CAPACITY);
    }
}
