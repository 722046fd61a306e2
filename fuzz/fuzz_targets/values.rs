//! Single values: codes, ids, tags of languages, request ids, `Retry-After`. A value that is read is written as it was.
#![no_main]

use http::{HeaderMap, HeaderValue, header};
use lift_errors::client::retry_after;
use lift_errors::{Locale, RequestId, lift};
use std::time::{Duration, UNIX_EPOCH};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = HeaderValue::from_bytes(bytes) {
        let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value)]);
        let wait = retry_after(&headers, UNIX_EPOCH + Duration::from_secs(784_111_777));
        let digits = core::str::from_utf8(bytes).ok().and_then(|text| text.parse::<u64>().ok());
        if let Some(seconds) = digits {
            assert_eq!(wait, Some(Duration::from_secs(seconds)));
        }
    }
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    if let Ok(code) = text.parse::<lift::Code>() {
        assert_eq!(code.as_str(), text);
    }
    if let Ok(locale) = text.parse::<Locale>() {
        assert!(locale.tag().eq_ignore_ascii_case(text) || locale.tag().parse() == Ok(locale));
    }
    let _ = Locale::from_posix(text, &[&lift::CATALOG]);
    if let Some(id) = RequestId::new(text) {
        assert_eq!(id.as_str(), text);
        assert!(HeaderValue::from_str(id.as_str()).is_ok());
    }
});
