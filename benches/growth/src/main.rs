//! Looks up the codes that it is given, and writes one error in the language of the first argument.

lift_errors::include_catalog!(shop);

use lift_errors::{Format, LiftError, Locale};
use std::env;
use std::hint::black_box;

/// A lookup as a service calls it. `.ci/machine-code` looks at what it became.
#[inline(never)]
fn look_up(code: &str) -> Option<shop::Code> {
    code.parse().ok()
}

/// The same from a status.
#[inline(never)]
fn look_up_status(status: u16) -> Option<shop::Code> {
    shop::Code::from_status(status)
}

/// One that can panic, so that whoever looks for that is known to find it.
#[inline(never)]
fn look_up_or_panic(codes: &[shop::Code], index: usize) -> shop::Code {
    codes[index]
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let locale = Locale::negotiate(arguments.iter().map(String::as_str), &[&shop::CATALOG]);
    let codes: Vec<shop::Code> = arguments.iter().filter_map(|code| black_box(look_up)(code)).collect();
    if !codes.is_empty() {
        println!("{}", black_box(look_up_or_panic)(&codes, codes.len() - 1).entry().title().in_locale(locale));
    }
    println!("{:?}", black_box(look_up_status)(black_box(409)));
    let error = include!(concat!(env!("OUT_DIR"), "/first.rs"));
    println!("{}", error.problem().with_locale(locale).display(Format::ProblemDetails));
}
