//! The numbers of Unicode that no character will ever have (Unicode §23.7). XML 1.0 refuses some of them.

/// Whether a `char` is not a character.
pub(crate) const fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || character as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::is_noncharacter;

    #[test]
    fn the_last_two_of_each_plane_are_not_characters() {
        let (mut wrong, mut right) = (
            ['\u{fdd0}', '\u{fffe}', '\u{ffff}', '\u{1fffe}', '\u{10ffff}'].into_iter(),
            "a\u{fdcf}\u{fdf0}\u{fffd}😀".chars(),
        );
        assert!(wrong.all(is_noncharacter) && !right.any(is_noncharacter));
    }
}
