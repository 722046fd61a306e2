//! Lists of preferences with weights, such as `Accept` and `Accept-Language` (RFC 9110 §12.4.2).

/// The number of bytes of a list that are read. A usual list has a handful of ranges.
pub(crate) const MAX_BYTES: usize = 4_096;

/// Calls `look` with each range of a list and its weight in thousandths, in order. Several values make one list
/// (RFC 9110 §5.3). Malformed elements are skipped, and parameters other than `q` are ignored.
pub(crate) fn each<'a>(values: impl IntoIterator<Item = &'a str>, mut look: impl FnMut(&'a str, u16)) {
    let mut left = MAX_BYTES;
    for value in values {
        for element in split(whole_elements(value, left), b',') {
            if let Some((range, weight)) = parse(element) {
                look(range, weight);
            }
        }
        // The comma that joins two values counts too, so that a million empty values end as well.
        left = left.saturating_sub(value.len() + 1);
        if left == 0 {
            break;
        }
    }
}

/// The part of a value that is read: the elements that end within the first `left` bytes.
fn whole_elements(value: &str, left: usize) -> &str {
    let Some(head) = value.as_bytes().get(..left) else { return value };
    let end = match value.as_bytes().get(left) {
        Some(next) if *next != b',' => head.iter().rposition(|byte| *byte == b',').unwrap_or(0),
        _ => left,
    };
    value.get(..end).unwrap_or_default()
}

/// A range and its weight in thousandths.
fn parse(element: &str) -> Option<(&str, u16)> {
    if !element.is_ascii() {
        return None;
    }
    let mut parts = split(element, b';');
    let range = Some(trim(parts.next()?)).filter(|range| !range.is_empty())?;
    let mut weight = None;
    for parameter in parts {
        let (name, value) = pair(parameter, b'=');
        if trim(name).eq_ignore_ascii_case("q") && weight.replace(thousandths(trim(value))?).is_some() {
            return None;
        }
    }
    Some((range, weight.unwrap_or(1_000)))
}

/// The parts of a text between separators, except for those in a quoted string (RFC 9110 §5.6.4). A string that does not end
/// reaches to the end of the text.
fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (mut is_quoted, mut is_escaped) = (false, false);
        let end = text.bytes().position(|byte| {
            let is_end = byte == separator && !is_quoted;
            is_quoted ^= byte == b'"' && !is_escaped;
            is_escaped = is_quoted && byte == b'\\' && !is_escaped;
            is_end
        });
        let parts = end.and_then(|end| Some((text.get(..end)?, text.get(end + 1..)?)));
        rest = parts.map(|(_, rest)| rest);
        Some(parts.map_or(text, |(part, _)| part))
    })
}

/// The texts before and after a separator in ASCII: of a few bytes, a loop reads them faster than `split_once`.
fn pair(text: &str, separator: u8) -> (&str, &str) {
    let at = text.bytes().position(|byte| byte == separator);
    at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?))).unwrap_or((text, ""))
}

/// Removes optional white space: spaces and tabs (RFC 9110 §5.6.3).
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// A weight with at most three decimals (RFC 9110 §12.4.2), in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (units, decimals) = pair(weight, b'.');
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let units = match units {
        "0" => 0,
        "1" => 1_000,
        _ => return None,
    };
    let digits = decimals.bytes().chain([b'0'; 3]).take(3);
    let weight = digits.fold(0, |number, digit| number * 10 + u16::from(digit - b'0')) + units;
    (weight <= 1_000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Vec<(String, u16)> {
        let mut ranges = Vec::new();
        each(values.iter().copied(), |range, weight| ranges.push((range.to_owned(), weight)));
        ranges
    }

    #[test]
    fn weights_are_thousandths() {
        let ranges =
            read(&["a, b;q=0.5 ,\tc ; Q=1.000;x=y", "d;x=1;q=0.", "e;q=.5, f;q=1.001, g;q=0.1234, ,h;q=0;q=1"]);
        let expected = [("a", 1_000), ("b", 500), ("c", 1_000), ("d", 0)];
        assert_eq!(ranges, expected.map(|(range, weight)| (range.to_owned(), weight)));
    }

    #[test]
    fn separators_in_quoted_strings_do_not_separate() {
        let ranges = read(&[r#"a;x="b, c;q=0.1, d" ;q=0.5, e;x="\",f\\";q=0.2,g;x="h,i"#]);
        assert_eq!(ranges, [("a", 500), ("e", 200), ("g", 1_000)].map(|(range, weight)| (range.to_owned(), weight)));
    }

    #[test]
    fn an_endless_list_is_cut_between_two_ranges() {
        let long = "abc,".repeat(10_000);
        let ranges = read(&[&long, "x"]);
        assert_eq!(ranges.len(), MAX_BYTES / 4);
        assert!(ranges.iter().all(|(range, _)| range == "abc"));
        assert_eq!(read(&["é".repeat(MAX_BYTES).as_str(), "x"]), []);
        assert_eq!(read(&[&"a".repeat(MAX_BYTES), "x"]).len(), 1);
        assert_eq!(read(&[&"a".repeat(MAX_BYTES + 1), "x"]), []);
    }
}
