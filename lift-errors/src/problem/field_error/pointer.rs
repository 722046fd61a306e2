//! JSON pointers (RFC 6901) to the fields of a request, and the paths that people write: `lines[0].quantity`.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// The pointer with a slash at its start. The empty pointer is the whole document.
pub(super) fn rooted(pointer: Cow<'static, str>) -> Cow<'static, str> {
    if pointer.is_empty() || pointer.starts_with('/') {
        return pointer;
    }
    let mut rooted = String::with_capacity(pointer.len() + 1);
    rooted.push('/');
    rooted.push_str(&pointer);
    Cow::Owned(rooted)
}

/// The JSON pointer of a field that another service names: `/lines/0/quantity` for `lines[0].quantity`. A pointer stays
/// as it is.
#[cfg(any(feature = "client", feature = "serde", feature = "tonic"))]
pub(crate) fn from_field(field: &str) -> String {
    if field.starts_with('/') {
        return field.into();
    }
    let mut pointer = String::with_capacity(field.len() + 1);
    for (number, step) in field.split(['.', '[']).enumerate() {
        // `[0]` has nothing before its bracket.
        if number == 0 && step.is_empty() {
            continue;
        }
        pointer.push('/');
        for character in step.strip_suffix(']').unwrap_or(step).chars() {
            match character {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                other => pointer.push(other),
            }
        }
    }
    pointer
}

/// A JSON pointer, displayed as a field's path.
pub(super) struct FieldPath<'a>(pub(super) &'a str);

impl fmt::Display for FieldPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        pieces(self.0, |piece| result = result.and_then(|()| f.write_str(piece)));
        result
    }
}

/// The pieces of a field's path.
#[inline]
pub(super) fn pieces(pointer: &str, mut out: impl FnMut(&str)) {
    let Some(mut rest) = pointer.strip_prefix('/') else { return };
    let mut before = "";
    loop {
        let (token, behind) = cut(rest, b'/');
        if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit()) {
            out("[");
            out(token);
            out("]");
        } else {
            out(before);
            unescaped(token, &mut out);
        }
        let Some(behind) = behind else { return };
        (rest, before) = (behind, ".");
    }
}

/// The text before the first `separator`, which is ASCII, and the text after it.
fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    let Some(at) = text.bytes().position(|byte| byte == separator) else { return (text, None) };
    (text.get(..at).unwrap_or_default(), text.get(at + 1..))
}

/// `~1` is a slash, `~0` a tilde (RFC 6901 §4).
fn unescaped(token: &str, out: &mut impl FnMut(&str)) {
    let mut rest = token;
    while let (before, Some(after)) = cut(rest, b'~') {
        out(before);
        let (character, tail) = match after.split_at_checked(1) {
            Some(("1", tail)) => ("/", tail),
            Some(("0", tail)) => ("~", tail),
            _ => ("~", after),
        };
        out(character);
        rest = tail;
    }
    out(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn pointers_read_as_paths() {
        for (pointer, field) in [
            ("name", "name"),
            ("/name", "name"),
            ("/lines/12/product", "lines[12].product"),
            ("/a~1b/m~0n", "a/b.m~n"),
            ("/a~2", "a~2"),
            ("/~", "~"),
            ("", ""),
            ("/0", "[0]"),
        ] {
            assert_eq!(FieldPath(&rooted(pointer.into())).to_string(), field);
        }
    }

    #[cfg(any(feature = "client", feature = "serde", feature = "tonic"))]
    #[test]
    fn fields_become_pointers_and_fields_again() {
        for (field, expected) in [
            ("name", "/name"),
            ("lines[0].quantity", "/lines/0/quantity"),
            ("a/b.m~n", "/a~1b/m~0n"),
            ("[0]", "/0"),
            ("[0].a", "/0/a"),
            ("", ""),
        ] {
            assert_eq!(from_field(field), expected);
            assert_eq!(FieldPath(&from_field(field)).to_string(), field);
        }
        for (field, expected) in [
            ("/lines/0/quantity", "/lines/0/quantity"),
            ("/", "/"),
            (".a", "/a"),
            ("a]b", "/a]b"),
            ("a/b~c][", "/a~1b~0c/"),
        ] {
            assert_eq!(from_field(field), expected, "{field}");
        }
    }
}
