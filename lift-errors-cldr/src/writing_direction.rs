//! The direction of a line of text.

/// The direction of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the left, and for scripts in columns, which HTML lays out from the left as well.
    LeftToRight,
    /// From the right.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    ///
    /// ```
    /// use lift_errors_cldr::Direction;
    ///
    /// assert_eq!(Direction::RightToLeft.as_str(), "rtl");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}
