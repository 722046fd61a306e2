//! Single values: durations, and the words of closed lists.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::diagnostic::suggest::suggest;
use std::str::FromStr;

/// Reads a duration such as `12s`, `2m` or `1h 5m`.
pub fn duration(text: &str) -> Option<std::time::Duration> {
    let mut seconds = 0_u64;
    for part in text.split_ascii_whitespace() {
        let (number, unit) = part.split_at_checked(part.len() - 1)?;
        let length: u64 = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(length)?)?;
    }
    (!text.trim().is_empty()).then(|| std::time::Duration::from_secs(seconds))
}

/// The message for a text that [`duration`] can't read.
pub(crate) fn not_a_duration(text: &Text) -> Diagnostic {
    Diagnostic::at(text.span, format!("`{}` is not a duration", text.value.escape_debug()))
        .help("write whole numbers with `s`, `m`, `h` or `d`, such as `60s` or `1h 5m`")
}

/// Reads a word of one of the vocabularies.
pub(crate) fn word<T: Copy + FromStr>(
    text: &Text,
    what: &str,
    known: &[T],
    literal: fn(T) -> &'static str,
) -> Result<T, Diagnostic> {
    let article = if what.starts_with('a') { "an" } else { "a" };
    text.value.parse().map_err(|_| {
        Diagnostic::at(text.span, format!("`{}` is not {article} {what}", text.value.escape_debug())).help(suggest(
            &text.value,
            known.iter().map(|&word| literal(word)),
            "it must be one of these",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_sums_of_units() {
        let seconds = |text| duration(text).map(|duration| duration.as_secs());
        assert_eq!(seconds("12s"), Some(12));
        assert_eq!(seconds("1h 5m"), Some(3_900));
        assert_eq!(seconds("1d"), Some(86_400));
        for wrong in ["", " ", "s", "5", "-1s", "+1s", "1.5s", "1é", "99999999999999999999s", "18446744073709551615m"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
