//! The format that `Accept` selects, with its weights (RFC 9110 §12.5.1).

use crate::locale::quality_list;
use crate::render::format::Format;
use core::cell::Cell;

/// The formats with their media types. Of several with the same weight, the first wins.
const OFFERS: [(Format, &str, &str); 5] = [
    (Format::ProblemDetails, "application", "problem+json"),
    (Format::Envelope, "application", "json"),
    (Format::PlainText, "text", "plain"),
    (Format::Html, "text", "html"),
    (Format::Markdown, "text", "markdown"),
];

/// The results of the usual values, which need not be parsed.
const ALONE: [(Format, &str); 4] = [
    (Format::Envelope, "*/*"),
    (Format::Envelope, "application/json"),
    (Format::ProblemDetails, "application/problem+json"),
    (Format::Html, "text/html"),
];

impl Format {
    /// Selects the format with the highest weight in the values of `Accept` (RFC 9110 §12.5.1). The most specific range
    /// decides about the weight of a format.
    ///
    /// No `Accept`, or `*/*`, selects the Lift envelope. A client that accepts none of the formats gets problem details,
    /// and never a 406. Negotiation takes linear time, does not allocate, and reads at most 4,096 bytes.
    ///
    /// ```
    /// use lift_errors::Format;
    ///
    /// assert_eq!(Format::negotiate(["text/plain;q=0.5, application/problem+json"]), Format::ProblemDetails);
    /// assert_eq!(Format::negotiate(["*/*"]), Format::Envelope);
    /// assert_eq!(Format::negotiate(["image/png"]), Format::ProblemDetails);
    /// ```
    pub fn negotiate<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut values = values.into_iter();
        let (first, second) = (values.next(), values.next());
        if let (Some(only), None) = (first, second) {
            if let Some((format, _)) = ALONE.into_iter().find(|(_, media_type)| *media_type == only) {
                return format;
            }
        }
        let values = first.into_iter().chain(second).chain(values);
        // A value that can't be parsed is a preference all the same.
        let asked = Cell::new(false);
        let is_word = |byte: u8| !matches!(byte, b',' | b' ' | b'\t');
        let values = values.inspect(|value| {
            asked.set(asked.get() || value.bytes().take(quality_list::MAX_BYTES).any(is_word));
        });
        // For each format, the specificity of the best range so far, and its weight.
        let mut best = [(0_u8, 0_u16); OFFERS.len()];
        quality_list::each(values, |range, weight| {
            let Some((kind, subtype)) = range.split_once('/') else { return };
            for (best, (_, offered_kind, offered_subtype)) in best.iter_mut().zip(OFFERS) {
                let same = |asked: &str, offered: &str| asked.eq_ignore_ascii_case(offered);
                let exactness = match (kind, subtype) {
                    ("*", "*") => 1,
                    (kind, "*") if same(kind, offered_kind) => 2,
                    (kind, subtype) if same(kind, offered_kind) && same(subtype, offered_subtype) => 3,
                    _ => continue,
                };
                *best = (*best).max((exactness, weight));
            }
        });
        if !asked.get() {
            return Self::Envelope;
        }
        let candidates = OFFERS.into_iter().zip(best).rev().filter(|(_, (_, weight))| *weight > 0);
        // `max_by_key` gives the last of several equals, hence `rev`. A wildcard selects the format that scripts expect.
        let chosen = candidates.max_by_key(|((format, ..), (exactness, weight))| {
            (*weight, *exactness, *exactness < 3 && *format == Self::Envelope)
        });
        chosen.map_or(Self::ProblemDetails, |((format, ..), _)| format)
    }
}

#[cfg(test)]
mod tests {
    use super::Format::{self, Envelope, Html, Markdown, PlainText, ProblemDetails};

    #[test]
    fn a_caller_gets_what_it_asks_for() {
        assert_eq!(Format::negotiate([]), Envelope);
        for (accept, expected) in [
            ("application/problem+json", ProblemDetails),
            ("Application/Problem+JSON", ProblemDetails),
            ("application/json", Envelope),
            ("*/*", Envelope),
            ("application/*", Envelope),
            ("text/plain", PlainText),
            ("text/markdown, text/plain;q=0.9", Markdown),
            ("text/*", PlainText),
            ("text/plain;q=0.5, application/json;q=0.4", PlainText),
            ("text/plain;q=0.5, application/json;q=0.6", Envelope),
            ("application/json, application/problem+json", ProblemDetails),
            // That of Lift's clients.
            ("application/json, application/problem+json, */*;q=0.9", ProblemDetails),
            ("application/json, text/plain, */*", Envelope),
            ("*/*, application/json;q=0", ProblemDetails),
            ("*/*;q=0.1, text/plain;q=0", Envelope),
            ("application/problem+json;charset=utf-8;q=0.5", ProblemDetails),
            ("application/problem+json;charset=utf-8;q=0.5, text/plain;q=0.6", PlainText),
            ("image/png", ProblemDetails),
            (r#"text/html;x="a, application/problem+json, b""#, Html),
            (r#"text/plain;x="a;q=0", text/html;q=0.5"#, PlainText),
            ("text/html", Html),
            // The header of browsers.
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Html),
        ] {
            assert_eq!(Format::negotiate([accept]), expected, "{accept}");
        }
        assert_eq!(Format::negotiate(["image/png", "text/plain"]), PlainText);
    }

    #[test]
    fn nonsense_gets_problem_details_or_counts_as_nothing() {
        let commas = ",".repeat(100_000);
        let parameters = format!("text/plain{}", ";x=y".repeat(1_000));
        for (accept, expected) in [
            ("*", ProblemDetails),
            ("*/*;q=0", ProblemDetails),
            ("text/plain;q=0", ProblemDetails),
            ("../../etc/passwd", ProblemDetails),
            ("/", ProblemDetails),
            ("text/plain;q=1.0001", ProblemDetails),
            ("text/plain;q=NaN", ProblemDetails),
            ("text/plain;q=-0.1", ProblemDetails),
            ("text/plain;q=", ProblemDetails),
            ("", Envelope),
            (" , ,", Envelope),
            (&commas, Envelope),
            (&parameters, PlainText),
        ] {
            assert_eq!(Format::negotiate([accept]), expected, "{accept:.80}");
        }
    }
}
