//! Making an error, passing it up and dropping it: ours beside thiserror, anyhow, `tonic::Status` and boxes.
//! `cargo bench -p lift-errors-benches --bench error`

use lift_errors::lift;
use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use std::hint::black_box;
use std::time::Duration;

/// How many errors one round has.
const ERRORS: usize = 4_096;

const OURS: &str = "lift-errors, numbers";
const TEXT: &str = "lift-errors, a borrowed text";
const CODE: &str = "lift-errors, the code alone";
const BOXED: &str = "lift-errors, boxed";
const THISERROR: &str = "thiserror, numbers";
const ANYHOW: &str = "anyhow::Error::new";
const ANYHOW_FORMATTED: &str = "anyhow!, formatted";
const TONIC: &str = "tonic::Status, literal";
const TONIC_FORMATTED: &str = "tonic::Status, formatted";

#[derive(Debug, thiserror::Error)]
enum ServiceError {
    #[error("more than {limit} requests in {window:?}; try again in {retry_after:?}")]
    TooManyRequests { limit: u32, window: Duration, retry_after: Duration },
    #[error("{resource} is not there")]
    NotFound { resource: &'static str },
}

/// A contestant that makes an error, drops it, and one that passes it up through three `?`.
fn pair<'a, E: 'a>(name: &'static str, make: impl Fn(u32) -> E + Copy + 'a) -> [Contestant<'a>; 2] {
    [
        Contestant::new(name, move || {
            for limit in 0..ERRORS as u32 {
                drop(black_box(make(black_box(limit))));
            }
        }),
        Contestant::new(name, move || {
            for limit in 0..ERRORS as u32 {
                let _ = black_box(third(black_box(limit), make));
            }
        }),
    ]
}

#[inline(never)]
fn first<E>(limit: u32, make: impl Fn(u32) -> E) -> Result<u32, E> {
    // Looks as if it could go well.
    if black_box(true) { Err(make(limit)) } else { Ok(limit) }
}

#[inline(never)]
fn second<E>(limit: u32, make: impl Fn(u32) -> E) -> Result<u32, E> {
    Ok(first(limit, make)? + 1)
}

#[inline(never)]
fn third<E>(limit: u32, make: impl Fn(u32) -> E) -> Result<u32, E> {
    Ok(second(limit, make)? + 1)
}

const MINUTE: Duration = Duration::from_secs(60);

fn too_many(limit: u32) -> lift::Error {
    lift::Error::too_many_requests(limit, MINUTE, MINUTE)
}

fn main() {
    only_without_backtraces();
    println!("An error of ours takes {} bytes, a code {}.\n", size_of::<lift::Error>(), size_of::<lift::Code>());
    let plain = |limit| ServiceError::TooManyRequests { limit, window: MINUTE, retry_after: MINUTE };
    let pairs = [
        pair(OURS, too_many),
        pair(TEXT, |_| lift::not_found::new().with_resource("order PO-404")),
        pair(CODE, |_| lift::Code::TooManyRequests),
        pair(BOXED, |limit| Box::new(too_many(limit))),
        pair(THISERROR, plain),
        pair("thiserror, a borrowed text", |_| ServiceError::NotFound { resource: "order PO-404" }),
        pair(ANYHOW, move |limit| anyhow::Error::new(plain(limit))),
        pair(ANYHOW_FORMATTED, |limit| anyhow::anyhow!("more than {limit} requests")),
        pair(TONIC, |_| tonic::Status::resource_exhausted("too many requests")),
        pair(TONIC_FORMATTED, |limit| tonic::Status::resource_exhausted(format!("more than {limit} requests"))),
    ];
    let (made, passed): (Vec<_>, Vec<_>) = pairs.into_iter().map(|[made, passed]| (made, passed)).unzip();
    let targets =
        || [ANYHOW, ANYHOW_FORMATTED, TONIC, TONIC_FORMATTED].map(|peer| Target::TimesAsFast(OURS, peer, 1.0));
    Contest::new("error made and dropped", ERRORS, made).with_targets(targets()).run();
    Contest::new("error made, passed up through three `?` and dropped", ERRORS, passed).with_targets(targets()).run();
}
