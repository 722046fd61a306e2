//! Reads the headers in which rate limiters say what they allow: `X-RateLimit-*`, and `RateLimit` with `RateLimit-Policy` in
//! the forms of the IETF's drafts (draft-ietf-httpapi-ratelimit-headers, 03 to 10).

use super::retry_after;
use core::time::Duration;
use http::{HeaderMap, header};
use std::time::{SystemTime, UNIX_EPOCH};

/// A reset above it is a Unix time, below it a number of seconds. No limiter asks for a wait of thirty years.
const FIRST_TIME: u64 = 1_000_000_000;

/// A reset above it is a Unix time in milliseconds.
const FIRST_MILLISECOND: u64 = 1_000_000_000_000;

/// The number of requests in one window: `X-RateLimit-Limit: 60`, `RateLimit-Limit: 60, 60;w=60`,
/// `RateLimit: limit=60, reset=12`, `RateLimit-Policy: "default";q=60;w=60`.
#[cfg(feature = "responder")]
pub(crate) fn limit(headers: &HeaderMap) -> Option<u64> {
    item(headers, "x-ratelimit-limit")
        .or_else(|| item(headers, "ratelimit-limit"))
        .or_else(|| parameter(headers, "ratelimit", "limit"))
        .or_else(|| parameter(headers, "ratelimit-policy", "q"))
        .or_else(|| item(headers, "ratelimit-policy"))
}

/// The time over which requests are counted: `RateLimit-Policy: 60;w=60`.
#[cfg(feature = "responder")]
pub(crate) fn window(headers: &HeaderMap) -> Option<Duration> {
    let seconds = parameter(headers, "ratelimit-policy", "w").or_else(|| parameter(headers, "ratelimit-limit", "w"));
    seconds.map(Duration::from_secs)
}

/// The time until a request is allowed again, where `Retry-After` does not say it: `RateLimit: "default";r=0;t=12`,
/// `RateLimit-Reset: 12`, `X-RateLimit-Reset: 1700000012`. A fraction is rounded up.
pub(crate) fn reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let seconds =
        longest(headers).or_else(|| wait(headers, "ratelimit-reset")).or_else(|| wait(headers, "x-ratelimit-reset"))?;
    if seconds < FIRST_TIME {
        return Some(Duration::from_secs(seconds));
    }
    let seconds = if seconds < FIRST_MILLISECOND { seconds } else { seconds.div_ceil(1_000) };
    let date = headers.get(header::DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    // Without a clock it is 1970.
    let now = date.unwrap_or(now).duration_since(UNIX_EPOCH).ok().filter(|now| !now.is_zero())?;
    Some(Duration::from_secs(seconds.saturating_sub(now.as_secs())))
}

/// The longest wait among the limits of `RateLimit` that are used up, else among all: the header does not say which of them
/// refused the request.
fn longest(headers: &HeaderMap) -> Option<u64> {
    let lines = headers.get_all("ratelimit").iter().filter_map(|line| line.to_str().ok());
    let waits = lines.flat_map(|line| {
        let wait = |part: &str| named(part, "t").or_else(|| named(part, "reset")).and_then(whole);
        let is_used_up = |part: &str| named(part, "r").or_else(|| named(part, "remaining")).and_then(number) == Some(0);
        // Drafts up to 07 have one limit, and commas between its members: `limit=60, remaining=0, reset=12`.
        let separator = if named(line, "reset").is_some() { '\n' } else { ',' };
        line.split(separator).filter_map(move |limit| Some((is_used_up(limit), wait(limit)?)))
    });
    waits.max().map(|(_, wait)| wait)
}

/// The value with a name in a part of a header.
fn named<'a>(part: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = part.split([',', ';']).filter_map(|pair| pair.split_once('='));
    pairs.find(|(found, _)| found.trim() == name).map(|(_, value)| value)
}

/// The wait that a header begins with, in seconds.
fn wait(headers: &HeaderMap, name: &str) -> Option<u64> {
    whole(headers.get(name)?.to_str().ok()?.split([',', ';']).next()?)
}

/// Seconds, rounded up as those of `Retry-After` are.
fn whole(text: &str) -> Option<u64> {
    retry_after::seconds(text).map(|wait| wait.as_secs())
}

/// The number that a header begins with.
#[cfg(feature = "responder")]
fn item(headers: &HeaderMap, name: &str) -> Option<u64> {
    number(headers.get(name)?.to_str().ok()?.split([',', ';']).next()?)
}

/// The first number with a name, such as `w` in `60;w=60`. Of several policies, the first is the one that applies.
#[cfg(feature = "responder")]
fn parameter(headers: &HeaderMap, header: &str, name: &str) -> Option<u64> {
    let mut lines = headers.get_all(header).iter().filter_map(|line| line.to_str().ok());
    lines.find_map(|line| named(line, name)).and_then(number)
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    // `parse` takes a sign as well.
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
#[cfg(feature = "responder")]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    /// The limit, the window and the wait in seconds.
    fn read(lines: &[(&'static str, &'static str)]) -> [Option<u64>; 3] {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        // Sun, 06 Nov 1994 08:49:37 GMT
        let now = UNIX_EPOCH + Duration::from_secs(1_784_111_777);
        [limit(&headers), window(&headers).map(|it| it.as_secs()), reset(&headers, now).map(|it| it.as_secs())]
    }

    #[test]
    fn all_forms_are_read() {
        for (lines, expected) in [
            (&[("x-ratelimit-limit", "60"), ("x-ratelimit-reset", "1784111789")][..], [Some(60), None, Some(12)]),
            (&[("x-ratelimit-limit", "60"), ("x-ratelimit-reset", "12")], [Some(60), None, Some(12)]),
            (&[("x-ratelimit-reset", "1784111788001")], [None, None, Some(12)]),
            (&[("ratelimit-limit", "60, 60;w=30"), ("ratelimit-reset", "12")], [Some(60), Some(30), Some(12)]),
            (
                &[("ratelimit", "limit=60, remaining=0, reset=12"), ("ratelimit-policy", "60;w=30")],
                [Some(60), Some(30), Some(12)],
            ),
            (
                &[
                    ("ratelimit", "\"default\";r=0;t=12"),
                    ("ratelimit-policy", "\"default\";q=60;w=30, \"day\";q=9;w=9"),
                ],
                [Some(60), Some(30), Some(12)],
            ),
            // The limit that is used up counts, and of several the one that takes longest.
            (&[("ratelimit", "\"burst\";r=10;t=1, \"daily\";r=0;t=3600")], [None, None, Some(3_600)]),
            (&[("ratelimit", "\"daily\";r=10;t=3600, \"burst\";r=0;t=1")], [None, None, Some(1)]),
            (&[("ratelimit", "\"a\";r=0;t=5"), ("ratelimit", "\"b\";r=0;t=70, \"c\";r=0;t=6")], [None, None, Some(70)]),
            (&[("ratelimit", "\"a\";r=1;t=5, \"b\";r=2;t=60")], [None, None, Some(60)]),
            (&[("ratelimit", "\"a\";t=5, \"b\";r=0")], [None, None, Some(5)]),
            (&[("x-ratelimit-reset", "12.5")], [None, None, Some(13)]),
            (&[("ratelimit-reset", "12.0")], [None, None, Some(12)]),
            (&[("ratelimit", "\"a\";r=0;t=0.2")], [None, None, Some(1)]),
            (&[("x-ratelimit-reset", "1784111788.25")], [None, None, Some(12)]),
            (&[("ratelimit-policy", "60;w=30")], [Some(60), Some(30), None]),
            (&[("x-ratelimit-reset", "1784111000")], [None, None, Some(0)]),
            (
                &[("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("x-ratelimit-reset", "784111789")],
                [None, None, Some(784_111_789)],
            ),
            (&[], [None; 3]),
        ] {
            assert_eq!(read(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_is_no_number_counts_as_absent() {
        for value in ["", "-1", "1.", ".5", "1e3", "sixty", "\"60\"", " ;w= , "] {
            for name in ["x-ratelimit-limit", "x-ratelimit-reset", "ratelimit", "ratelimit-policy", "ratelimit-reset"] {
                assert_eq!(read(&[(name, value)]), [None; 3], "{name}: {value}");
            }
        }
        assert_eq!(read(&[("ratelimit-policy", "\"a\";q=x;w=y"), ("ratelimit", "t=-5")]), [None; 3]);
    }
}
