//! CLDR's data. `tools/cldr` generates it.

pub(crate) mod directions;
pub(crate) mod durations;
pub(crate) mod locales;
pub(crate) mod matching;
pub(crate) mod numbers;
pub(crate) mod plurals;

/// Lines with a full tag, then the tags that it completes.
pub(crate) const LIKELY: &str = include_str!("likely.txt");
