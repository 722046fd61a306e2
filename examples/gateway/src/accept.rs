//! Which format a caller asks for: `Accept`, with its q-values (RFC 9110 §12.5.1). It knows nothing of
//! errors.

use axum::http::{HeaderMap, header};
use lift_errors::Format;

/// What is offered, the best for a caller who names several of them equally.
const OFFERS: [(Format, &str, &str); 3] = [
    (Format::ProblemDetails, "application", "problem+json"),
    (Format::Envelope, "application", "json"),
    (Format::PlainText, "text", "plain"),
];

/// Ranges that are looked at; a caller needs a handful.
const MOST_RANGES: usize = 64;

/// The format to answer with: the envelope where nothing is asked for, problem details where nothing of
/// what is asked for can be had. One pass, nothing is allocated.
pub(crate) fn format(headers: &HeaderMap) -> Format {
    let mut asked = false;
    // For each offer, how exactly a range names it, and the quality that this range gives it.
    let mut best = [(0_u8, 0_u16); OFFERS.len()];
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let ranges = lines.flat_map(|line| line.split(',')).take(MOST_RANGES);
    for range in ranges.map(str::trim).filter(|range| !range.is_empty()) {
        asked = true;
        let Some((kind, subtype, quality)) = parse(range) else { continue };
        for (best, (_, offered_kind, offered_subtype)) in best.iter_mut().zip(OFFERS) {
            let exactness = match (kind, subtype) {
                ("*", "*") => 1,
                (kind, "*") if kind.eq_ignore_ascii_case(offered_kind) => 2,
                (kind, subtype)
                    if kind.eq_ignore_ascii_case(offered_kind) && subtype.eq_ignore_ascii_case(offered_subtype) =>
                {
                    3
                }
                _ => continue,
            };
            *best = (*best).max((exactness, quality));
        }
    }
    if !asked {
        return Format::Envelope;
    }
    let candidates = OFFERS.into_iter().zip(best).rev().filter(|(_, (_, quality))| *quality > 0);
    // The last of several equals wins, hence `rev`. A wildcard names nothing: it gets what scripts expect.
    let chosen = candidates.max_by_key(|((format, ..), (exactness, quality))| {
        (*quality, *exactness, *exactness < 3 && *format == Format::Envelope)
    });
    chosen.map_or(Format::ProblemDetails, |((format, ..), _)| format)
}

/// A range as type, subtype, and quality in thousandths; none where it is not well-formed.
fn parse(range: &str) -> Option<(&str, &str, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let (kind, subtype) = parts.next()?.split_once('/')?;
    let quality = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("q").then_some(value)
    });
    let quality = match quality {
        Some(text) => text.parse::<f32>().ok().filter(|quality| (0.0..=1.0).contains(quality))?,
        None => 1.0,
    };
    Some((kind, subtype, (quality * 1000.0) as u16))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn chosen(lines: &[&[u8]]) -> Format {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::ACCEPT, HeaderValue::from_bytes(line).unwrap());
        }
        format(&headers)
    }

    #[test]
    fn a_caller_gets_what_it_asks_for() {
        use Format::{Envelope, PlainText, ProblemDetails};
        assert_eq!(chosen(&[]), Envelope);
        for (accept, expected) in [
            ("application/problem+json", ProblemDetails),
            ("Application/Problem+JSON", ProblemDetails),
            ("application/json", Envelope),
            ("*/*", Envelope),
            ("application/*", Envelope),
            ("text/plain", PlainText),
            ("text/*", PlainText),
            ("text/plain;q=0.5, application/json;q=0.4", PlainText),
            ("text/plain;q=0.5, application/json;q=0.6", Envelope),
            ("application/json, application/problem+json", ProblemDetails),
            ("application/json, text/plain, */*", Envelope),
            ("*/*, application/json;q=0", ProblemDetails),
            ("*/*;q=0.1, text/plain;q=0", Envelope),
            ("application/problem+json;charset=utf-8;q=.5", ProblemDetails),
            ("application/problem+json;charset=utf-8;q=.5, text/plain;q=.6", PlainText),
            ("image/png", ProblemDetails),
            ("text/html", ProblemDetails),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Envelope),
        ] {
            assert_eq!(chosen(&[accept.as_bytes()]), expected, "{accept}");
        }
        assert_eq!(chosen(&[b"image/png", b"text/plain"]), PlainText);
    }

    #[test]
    fn nonsense_gets_problem_details_or_counts_as_nothing() {
        let commas = ",".repeat(100_000);
        let parameters = format!("text/plain{}", ";x=y".repeat(25_000));
        for (accept, expected) in [
            ("*", Format::ProblemDetails),
            ("*/*;q=0", Format::ProblemDetails),
            ("text/plain;q=0", Format::ProblemDetails),
            ("text/plain;q=1.0001", Format::ProblemDetails),
            ("text/plain;q=NaN", Format::ProblemDetails),
            ("text/plain;q=-0.1", Format::ProblemDetails),
            ("text/plain;q=", Format::ProblemDetails),
            ("../../etc/passwd", Format::ProblemDetails),
            ("/", Format::ProblemDetails),
            ("", Format::Envelope),
            (" , ,", Format::Envelope),
            (&commas, Format::Envelope),
            (&parameters, Format::PlainText),
        ] {
            assert_eq!(chosen(&[accept.as_bytes()]), expected, "{accept:.80}");
        }
        assert_eq!(chosen(&[b"text/\xff\xfe"]), Format::Envelope);
        assert_eq!(chosen(&[b"\xff", b"text/plain"]), Format::PlainText);
    }
}
