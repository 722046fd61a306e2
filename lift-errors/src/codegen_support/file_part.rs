//! Parts of the files that generated code includes.

/// A part of an included file; empty if the file is shorter than the compiler wrote it.
pub const fn part(bytes: &'static [u8], start: usize, end: usize) -> &'static [u8] {
    match bytes.split_at_checked(end) {
        Some((head, _)) => match head.split_at_checked(start) {
            Some((_, part)) => part,
            None => b"",
        },
        None => b"",
    }
}
