//! CLDR's data as `tools/cldr` writes it. Whatever changes here is changed there.

pub(crate) mod directions;
pub(crate) mod durations;
pub(crate) mod locales;
pub(crate) mod numbers;
pub(crate) mod plurals;

/// The most likely full tag and those that it completes, line by line.
pub(crate) const LIKELY: &str = include_str!("likely.txt");
