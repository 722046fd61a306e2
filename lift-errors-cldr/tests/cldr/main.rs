//! The crate against CLDR's own files in `tests/data`: those are read here, the crate's tables never.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, which may fail as tests do"
)]

mod durations;
mod emit;
#[rustfmt::skip]
#[allow(unused_variables, reason = "nothing depends on the number in a language without plurals")]
mod generated_rules;
mod likely;
mod locales;
mod numbers;
mod plurals;
mod source;
