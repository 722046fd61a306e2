//! Reads `Retry-After` (RFC 9110 §10.2.3).

use core::time::Duration;
use http::{HeaderMap, header};
use std::time::SystemTime;

/// How many parts of one line are looked at.
const MOST_PARTS: usize = 16;

const LEAP_SECOND: Duration = Duration::from_secs(1);

/// How long a response asks to wait, counted from when it came; the longest, where it says so twice.
///
/// A date is compared with the response's own `Date`, since the clocks of two machines differ; where that is absent,
/// with `now`. A platform without a clock gives 1970 as `now`, and a date is then ignored. A fraction is rounded up and what is
/// too large for a [`Duration`] becomes the longest one, so that a wait is never shortened. What is neither a number nor a date
/// counts as absent.
///
/// ```
/// # #[cfg(feature = "client")] {
/// use http::{HeaderMap, header};
/// use lift_errors::client::retry_after;
/// use std::time::{Duration, SystemTime};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(header::DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
/// headers.insert(header::RETRY_AFTER, "Sun, 06 Nov 1994 08:51:37 GMT".parse().unwrap());
/// assert_eq!(retry_after(&headers, SystemTime::now()), Some(Duration::from_secs(120)));
/// # }
/// ```
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let date = headers.get(header::DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let now = date.unwrap_or(now);
    let lines = headers.get_all(header::RETRY_AFTER).iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line_wait(line, now)).max()
}

/// The wait that one line asks for, the longest where a proxy joined several into one: a date has a comma of its own.
fn line_wait(line: &str, now: SystemTime) -> Option<Duration> {
    let commas = || core::iter::once(0).chain(line.match_indices(',').map(|(at, _)| at + 1));
    let ends = |start: usize| line.match_indices(',').map(|(at, _)| at).filter(move |end| *end > start).take(2);
    let parts = commas()
        .take(MOST_PARTS)
        .flat_map(|start| ends(start).chain([line.len()]).take(2).filter_map(move |end| line.get(start..end)));
    parts.filter_map(|part| wait(part, now)).max()
}

fn wait(value: &str, now: SystemTime) -> Option<Duration> {
    seconds(value).or_else(|| {
        // Without a clock it is 1970.
        let then = date(value.trim()).filter(|_| now != SystemTime::UNIX_EPOCH)?;
        // A date in the past asks for no wait.
        Some(then.duration_since(now).unwrap_or_default())
    })
}

/// An HTTP date, which may name a leap second (RFC 9110 §5.6.7): the one after second 59.
fn date(value: &str) -> Option<SystemTime> {
    let parsed = httpdate::parse_http_date(value).ok();
    parsed.or_else(|| httpdate::parse_http_date(&value.replacen(":60", ":59", 1)).ok()?.checked_add(LEAP_SECOND))
}

/// The seconds of `12`, and of the `+12` and `11.5` that the grammar does not have and servers write.
pub(super) fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim();
    let value = value.strip_prefix('+').unwrap_or(value);
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    // Digits alone fail to parse only where the number is too large.
    let whole = whole.parse().unwrap_or(u64::MAX);
    let more = u64::from(fraction.bytes().any(|digit| digit != b'0'));
    Some(Duration::from_secs(whole.saturating_add(more)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use std::time::UNIX_EPOCH;

    fn asked(lines: &[&str], date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::RETRY_AFTER, HeaderValue::from_str(line).unwrap());
        }
        if let Some(date) = date {
            headers.insert(header::DATE, HeaderValue::from_str(date).unwrap());
        }
        // Sun, 06 Nov 1994 08:49:37 GMT
        retry_after(&headers, UNIX_EPOCH + Duration::from_secs(784_111_777)).map(|wait| wait.as_secs())
    }

    #[test]
    fn a_date_says_nothing_without_a_clock() {
        let date = HeaderValue::from_static("Sun, 06 Nov 1994 08:51:37 GMT");
        let mut headers = HeaderMap::from_iter([(header::RETRY_AFTER, date)]);
        assert_eq!(retry_after(&headers, UNIX_EPOCH), None);
        headers.append(header::RETRY_AFTER, HeaderValue::from_static("12"));
        assert_eq!(retry_after(&headers, UNIX_EPOCH), Some(Duration::from_secs(12)));
        headers.insert(header::DATE, HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(retry_after(&headers, UNIX_EPOCH), Some(Duration::from_secs(120)));
        let reset =
            HeaderMap::from_iter([("x-ratelimit-reset".parse().unwrap(), HeaderValue::from_static("1784111789"))]);
        assert_eq!(crate::server::rate_limit::reset(&reset, UNIX_EPOCH), None);
    }

    #[test]
    fn seconds_saturate_and_are_never_shortened() {
        let megabyte = "9".repeat(1 << 20);
        for (line, expected) in [
            ("", None),
            ("-1", None),
            ("soon", None),
            ("1e3", None),
            ("0x10", None),
            ("٣", None),
            (".5", None),
            ("5.", None),
            ("+5", Some(5)),
            ("1.5", Some(2)),
            ("2.0", Some(2)),
            (" 5 ", Some(5)),
            ("0", Some(0)),
            ("007", Some(7)),
            ("9223372036", Some(9_223_372_036)),
            ("9223372037", Some(9_223_372_037)),
            ("18446744073709551615.5", Some(u64::MAX)),
            ("18446744073709551616", Some(u64::MAX)),
            (&megabyte, Some(u64::MAX)),
            ("5, 10", Some(10)),
        ] {
            assert_eq!(asked(&[line], None), expected, "{}", line.get(..20).unwrap_or(line));
        }
        assert_eq!(asked(&["5", "120", "7"], None), Some(120));
        assert_eq!(asked(&["nonsense", "7"], None), Some(7));
        assert_eq!(asked(&[], None), None);
    }

    #[test]
    fn dates_of_all_three_forms_count_from_the_response_s_own() {
        for line in ["Sun, 06 Nov 1994 08:51:37 GMT", "Sunday, 06-Nov-94 08:51:37 GMT", "Sun Nov  6 08:51:37 1994"] {
            assert_eq!(asked(&[line], None), Some(120), "{line}");
            assert_eq!(asked(&[line], Some("Sun, 06 Nov 1994 08:51:07 GMT")), Some(30), "{line}");
            assert_eq!(asked(&[line], Some("Sun, 06 Nov 1994 09:51:07 GMT")), Some(0), "{line}");
            assert_eq!(asked(&[line], Some("nonsense")), Some(120), "{line}");
            assert_eq!(asked(&[line, "5"], None), Some(120), "{line}");
            // A proxy may join two lines.
            for joined in [format!("{line}, 5"), format!("5,{line}"), format!("7, {line}, 5")] {
                assert_eq!(asked(&[&joined], None), Some(120), "{joined}");
            }
        }
        assert_eq!(asked(&["Sun, 06 Nov 1994 08:00:00 GMT"], None), Some(0), "past");
        assert_eq!(asked(&["Fri, 31 Dec 9999 23:59:59 GMT"], None), Some(252_618_189_022));
        for line in ["Sun, 00 Nov 1994 08:51:37 GMT", "Sun, 06 Nov 99999 08:51:37 GMT", "Thu, 01 Jan 1601 00:00:00 GMT"]
        {
            assert_eq!(asked(&[line], None), None, "{line}");
        }
    }
}
