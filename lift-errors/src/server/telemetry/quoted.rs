//! A text between quotation marks.

use core::fmt::{self, Write as _};

/// A text whose control characters are escaped already, between quotation marks: one in the text does not look like its end.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for (at, part) in self.0.split('"').enumerate() {
            f.write_str(if at > 0 { "\\\"" } else { "" })?;
            f.write_str(part)?;
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::Quoted;
    use alloc::string::ToString as _;

    #[test]
    fn a_value_does_not_look_like_another_field() {
        assert_eq!(Quoted(r#"PO-7", paid: "yes"#).to_string(), r#""PO-7\", paid: \"yes""#);
        assert_eq!(Quoted("").to_string(), "\"\"");
    }
}
