//! `Accept` and `Accept-Language`, on one line or several. The order of lines that do not change the lists does not matter.
#![no_main]

use lift_errors::{Format, Locale, lift};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.split('\n').collect();
    let format = Format::negotiate(lines.iter().copied());
    let locale = Locale::negotiate(lines.iter().copied(), &[&lift::CATALOG]);
    // Empty lines and elements count for nothing (RFC 9110 §5.6.1).
    let spaced = lines.iter().copied().chain(["", " , "]);
    assert_eq!(Format::negotiate(spaced.clone()), format);
    assert_eq!(Locale::negotiate(spaced, &[&lift::CATALOG]), locale);
});
