//! JSON pointers (RFC 6901) to the fields of a request, and the paths that people write: `lines[0].quantity`.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use lift_errors_core::limit::{self, MAX_TEXT_BYTES};

/// The pointer with a slash at its start. The empty pointer is the whole document.
pub(super) fn rooted(pointer: Cow<'static, str>) -> Cow<'static, str> {
    if pointer.is_empty() || pointer.starts_with('/') {
        return pointer;
    }
    if let Some(fragment) = fragment(&pointer) {
        return Cow::Owned(percent_decoded(fragment));
    }
    let mut rooted = String::with_capacity(pointer.len() + 1);
    rooted.push('/');
    rooted.push_str(&pointer);
    Cow::Owned(rooted)
}

/// A pointer that is written key by key, up to the length that a response contains: a client chooses the keys of a map, and
/// each error below a key has it in its pointer. A longer pointer ends with `…`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pointer {
    text: String,
    is_cut: bool,
}

impl Pointer {
    /// A pointer that is written already.
    fn of(text: &str) -> Self {
        let (text, rest) = limit::split(text, MAX_TEXT_BYTES);
        let mut pointer = Self { text: text.into(), is_cut: false };
        pointer.write(rest);
        pointer
    }

    /// Appends a key, with its `~` and `/` escaped (RFC 6901 §3).
    pub(crate) fn push(&mut self, key: &str) {
        self.write("/");
        // Nothing behind it is looked at: a key may be a megabyte long.
        let (key, rest) = limit::split(key, MAX_TEXT_BYTES);
        for part in key.split_inclusive(['~', '/']) {
            self.write(part.strip_suffix(['~', '/']).unwrap_or(part));
            match part.as_bytes().last() {
                Some(b'~') => self.write("~0"),
                Some(b'/') => self.write("~1"),
                _ => {}
            }
        }
        self.write(rest);
    }

    fn write(&mut self, text: &str) {
        if self.is_cut {
            return;
        }
        let (text, rest) = limit::split(text, MAX_TEXT_BYTES - self.text.len());
        self.text.push_str(text);
        self.is_cut = !rest.is_empty();
        if self.is_cut {
            // `~` alone is not an escape.
            if self.text.ends_with('~') {
                self.text.pop();
            }
            self.text.push('…');
        }
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.text
    }
}

/// The JSON pointer of a field's path: `/lines/0/quantity` for `lines[0].quantity`. A pointer stays as it is.
pub(crate) fn from_path(path: &str) -> String {
    if path.starts_with('/') {
        return Pointer::of(path).text;
    }
    if let Some(fragment) = fragment(path) {
        return Pointer::of(&percent_decoded(fragment)).text;
    }
    let mut pointer = Pointer::default();
    // `serde_path_to_error` writes the whole document as a dot.
    let mut rest = path.strip_prefix('.').unwrap_or(path);
    while !rest.is_empty() && !pointer.is_cut {
        let (key, behind) = match rest.strip_prefix('[') {
            Some(inside) => quoted_key(inside).unwrap_or_else(|| bracketed_key(inside)),
            None => plain_key(rest),
        };
        pointer.push(key);
        rest = match behind.strip_prefix('.') {
            // A dot at the end names a key that is empty.
            Some("") => {
                pointer.push("");
                ""
            }
            Some(next) => next,
            None => behind,
        };
    }
    pointer.text
}

/// `0` of `[0]`. Without its bracket the index goes on to the end.
fn bracketed_key(inside: &str) -> (&str, &str) {
    inside.split_once(']').unwrap_or((inside, ""))
}

/// `a.b` of `["a.b"]`. A key may contain its end: behind the last one are a dot, a bracket or nothing.
fn quoted_key(inside: &str) -> Option<(&str, &str)> {
    let quote = inside.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let end = if quote == '"' { "\"]" } else { "']" };
    let key = inside.get(1..)?;
    let is_whole = |(_, behind): &(&str, &str)| behind.is_empty() || behind.starts_with(['.', '[']);
    let mut splits = key.match_indices(end).filter_map(|(at, end)| Some((key.get(..at)?, key.get(at + end.len()..)?)));
    splits.find(is_whole).or_else(|| key.split_once(end))
}

/// A key up to the next dot or bracket.
fn plain_key(rest: &str) -> (&str, &str) {
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    rest.split_at_checked(end).unwrap_or((rest, ""))
}

/// The pointer in a URI fragment, as the example of RFC 9457 §3 has it: `/age` of `#/age`.
fn fragment(pointer: &str) -> Option<&str> {
    pointer.strip_prefix('#').filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `%C3%A9` is `é` (RFC 6901 §6). Anything that is not an encoded character stays as it is.
fn percent_decoded(fragment: &str) -> String {
    let mut bytes = alloc::vec::Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digits = behind.split_first_chunk::<2>().filter(|_| byte == b'%');
        let decoded = digits.and_then(|([high, low], behind)| Some((hex(*high)? * 16 + hex(*low)?, behind)));
        let (byte, behind) = decoded.unwrap_or((byte, behind));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.into())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
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

/// The pieces of a field's path, of which [`from_path`] makes the same pointer again. No piece contains a character that JSON
/// escapes and the pointer lacks.
#[inline]
pub(super) fn pieces(pointer: &str, mut out: impl FnMut(&str)) {
    let Some(mut rest) = pointer.strip_prefix('/') else { return };
    // Without an early end the compiler makes one pass over many bytes at once of it.
    let is_special = |byte| matches!(byte, b'~' | b'.' | b'[' | b'#');
    let has_specials = rest.bytes().fold(false, |any, byte| any | is_special(byte));
    let mut before = "";
    loop {
        let (token, behind) = cut(rest, b'/');
        if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit()) {
            out("[");
            out(token);
            out("]");
        } else if (has_specials || token.is_empty()) && needs_quotes(token, before.is_empty(), behind.is_none()) {
            out("['");
            unescaped(token, &mut out);
            out("']");
        } else {
            out(before);
            if has_specials {
                unescaped(token, &mut out);
            } else {
                out(token);
            }
        }
        let Some(behind) = behind else { return };
        (rest, before) = (behind, ".");
    }
}

/// Whether a path would cut a key, or read its beginning as that of a pointer: the key `x.y` of a map is `lines['x.y']`.
fn needs_quotes(token: &str, is_first: bool, is_last: bool) -> bool {
    match token.as_bytes() {
        [] => is_first || !is_last,
        [b'~', b'1', ..] | [b'#', b'~', b'1', ..] if is_first => true,
        [b'#'] if is_first && is_last => true,
        bytes => bytes.iter().any(|byte| matches!(byte, b'.' | b'[')),
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

    #[test]
    fn a_key_that_a_path_would_cut_is_between_quotation_marks() {
        for (pointer, field) in [
            ("/lines/x.y", "lines['x.y']"),
            ("/lines/x.y/quantity", "lines['x.y'].quantity"),
            ("/a.b/0/c[1]", "['a.b'][0]['c[1]']"),
            ("/lines/a~1b.c~0", "lines['a/b.c~']"),
            ("/lines/$ref", "lines.$ref"),
            ("/~1a/b", "['/a'].b"),
            ("/#", "['#']"),
            ("/#~1a", "['#/a']"),
            ("/#/a", "#.a"),
            ("/a//0", "a[''][0]"),
            ("//b", "[''].b"),
            ("/a/", "a."),
            ("/a]b", "a]b"),
            ("/lines/it's.", "lines['it's.']"),
            ("/lines/a.']b/c", "lines['a.']b'].c"),
            ("/lines/['x']", "lines['['x']']"),
            ("/", "['']"),
        ] {
            assert_eq!(FieldPath(pointer).to_string(), field);
            assert_eq!(from_path(field), pointer);
        }
    }

    #[test]
    fn paths_become_pointers_and_paths_again() {
        for (path, expected) in [
            ("name", "/name"),
            ("lines[0].quantity", "/lines/0/quantity"),
            ("matrix[1][2]", "/matrix/1/2"),
            ("a/b.m~n", "/a~1b/m~0n"),
            ("[0]", "/0"),
            ("[0].a", "/0/a"),
            ("größe", "/größe"),
            ("", ""),
        ] {
            assert_eq!(from_path(path), expected);
            assert_eq!(FieldPath(&from_path(path)).to_string(), path);
        }
        for (path, expected) in [
            ("/lines/0/quantity", "/lines/0/quantity"),
            ("/", "/"),
            (".", ""),
            (".a", "/a"),
            ("a.", "/a/"),
            ("a..b", "/a//b"),
            ("a]b", "/a]b"),
            ("labels[\"a.b[0]\"].x", "/labels/a.b[0]/x"),
            ("labels[\"a\"]b", "/labels/a/b"),
            ("labels['a/b']", "/labels/a~1b"),
            ("labels[\"a", "/labels/\"a"),
            ("lines[?].id", "/lines/?/id"),
            ("a[", "/a/"),
            ("a[0", "/a/0"),
            ("Shape::Circle", "/Shape::Circle"),
            ("#/age", "/age"),
            ("#", ""),
            ("#age", "/#age"),
        ] {
            assert_eq!(from_path(path), expected, "{path}");
        }
    }

    #[test]
    fn a_pointer_is_as_long_as_a_response_contains_it() {
        let long = "a".repeat(1 << 20);
        let cut = alloc::format!("/{}…", "a".repeat(MAX_TEXT_BYTES - 1));
        for path in [
            long.clone(),
            alloc::format!("/{long}"),
            alloc::format!("#/{long}"),
            alloc::format!("{long}.b"),
            alloc::format!("[\"{long}\"].b"),
        ] {
            assert_eq!(from_path(&path), cut);
        }
        let fitting = "a".repeat(MAX_TEXT_BYTES - 1);
        assert_eq!(from_path(&fitting), alloc::format!("/{fitting}"));
        assert!(from_path(&"~".repeat(MAX_TEXT_BYTES)).starts_with("/~0~0"));
        assert!(from_path(&"é".repeat(MAX_TEXT_BYTES)).ends_with("éé…"));
    }

    #[test]
    fn pointers_in_fragments_are_decoded() {
        for (pointer, expected) in [
            ("#/age", "/age"),
            ("#/profile/color", "/profile/color"),
            ("#", ""),
            ("#/%C3%A9/%25/a~1b", "/é/%/a~1b"),
            ("#/%", "/%"),
            ("#/%FF", "/%FF"),
            ("#/%+1", "/%+1"),
            ("#age", "/#age"),
        ] {
            assert_eq!(rooted(pointer.into()), expected, "{pointer}");
        }
    }
}
