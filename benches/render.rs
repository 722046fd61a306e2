//! One canonical 429 as problem details, into a buffer that is used again: ours beside its peers, all of
//! which write the same members. `cargo bench -p lift-errors-benches --bench render`

use divan::{Bencher, black_box};
use lift_errors::{Format, LiftError, Output, lift};
use problem_details::ProblemDetails;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

fn main() {
    let mut ours: Value = serde_json::from_slice(&rendered()).unwrap();
    assert_eq!(ours, serde_json::to_value(document()).unwrap(), "the peer writes something else");
    // That crate keeps `type` as an `http::Uri`, which has no fragment.
    ours["type"] = TYPE.split('#').next().unwrap().into();
    assert_eq!(ours, serde_json::to_value(problem_details()).unwrap(), "the peer writes something else");
    divan::main();
}

fn error() -> lift::Error {
    lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12))
}

fn rendered() -> Vec<u8> {
    let mut out = Vec::new();
    error().problem().write(Format::ProblemDetails, &mut out);
    out
}

/// What a service would write down by hand: the members of the same document, borrowed where they can be.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    #[serde(flatten)]
    extensions: Extensions<'a>,
}

#[derive(Clone, Serialize)]
struct Extensions<'a> {
    catalog: &'a str,
    code: &'a str,
    id: &'a str,
    retry: Retry<'a>,
    causes: Vec<Item<'a>>,
    fixes: Vec<Item<'a>>,
    notes: Vec<Item<'a>>,
    params: Parameters,
}

#[derive(Clone, Serialize)]
struct Retry<'a> {
    kind: &'a str,
    after: u64,
}

#[derive(Clone, Serialize)]
struct Item<'a> {
    id: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

#[derive(Clone, Serialize)]
struct Parameters {
    limit: u32,
    window: u64,
    retry_after: u64,
}

const TYPE: &str = "https://openboxes.cloud/docs/support/error-reference#LIFT-0429";

/// The texts of the entry, held as a service would hold them: rendered to strings once.
fn extensions() -> &'static Extensions<'static> {
    static EXTENSIONS: std::sync::LazyLock<Extensions<'static>> = std::sync::LazyLock::new(|| {
        let body: &'static Value = Box::leak(Box::new(serde_json::from_slice(&rendered()).unwrap()));
        let items = |member: &str| {
            let list = body[member].as_array().unwrap();
            list.iter()
                .map(|item| Item {
                    id: item["id"].as_str().unwrap(),
                    text: item["text"].as_str().unwrap(),
                    audience: item.get("audience").and_then(Value::as_str),
                    fixes: item
                        .get("fixes")
                        .and_then(Value::as_array)
                        .map(|ids| ids.iter().filter_map(Value::as_str).collect()),
                    kind: item.get("kind").and_then(Value::as_str),
                })
                .collect()
        };
        Extensions {
            catalog: "lift",
            code: "too_many_requests",
            id: "LIFT-0429",
            retry: Retry { kind: "after", after: 12 },
            causes: items("causes"),
            fixes: items("fixes"),
            notes: items("notes"),
            params: Parameters { limit: 60, window: 60, retry_after: 12 },
        }
    });
    &EXTENSIONS
}

fn detail() -> String {
    format!("More than {} requests in {} minute. Try again in {} seconds.", black_box(60), black_box(1), black_box(12))
}

fn document() -> Document<'static> {
    Document { kind: TYPE, title: "Too Many Requests", status: 429, detail: detail(), extensions: extensions().clone() }
}

fn problem_details() -> ProblemDetails<&'static Extensions<'static>> {
    ProblemDetails::new()
        .with_type(TYPE.parse::<http::Uri>().unwrap())
        .with_status(http::StatusCode::TOO_MANY_REQUESTS)
        .with_title("Too Many Requests")
        .with_detail(detail())
        .with_extensions(extensions())
}

fn measure_ours<O: Output>(bencher: Bencher<'_, '_>, mut out: O, clear: impl Fn(&mut O)) {
    let error = error();
    bencher.bench_local(|| {
        clear(&mut out);
        black_box(&error).problem().write(Format::ProblemDetails, &mut out);
        black_box(&out);
    });
}

#[divan::bench]
fn memcpy_of_the_same_bytes(bencher: Bencher<'_, '_>) {
    let bytes = rendered();
    let mut out = Vec::with_capacity(1 << 13);
    bencher.bench_local(|| {
        out.clear();
        out.extend_from_slice(black_box(&bytes));
        black_box(&out);
    });
}

#[divan::bench]
fn lift_errors_into_vec(bencher: Bencher<'_, '_>) {
    measure_ours(bencher, Vec::with_capacity(1 << 13), Vec::clear);
}

#[divan::bench]
fn lift_errors_into_string(bencher: Bencher<'_, '_>) {
    measure_ours(bencher, String::with_capacity(1 << 13), String::clear);
}

#[divan::bench]
fn lift_errors_into_bytes_mut(bencher: Bencher<'_, '_>) {
    measure_ours(bencher, bytes::BytesMut::with_capacity(1 << 13), bytes::BytesMut::clear);
}

#[divan::bench]
fn serde_json_of_a_derived_struct(bencher: Bencher<'_, '_>) {
    let mut out = Vec::with_capacity(1 << 13);
    bencher.bench_local(|| {
        out.clear();
        serde_json::to_writer(&mut out, &document()).unwrap();
        black_box(&out);
    });
}

#[divan::bench]
fn problem_details_crate(bencher: Bencher<'_, '_>) {
    let mut out = Vec::with_capacity(1 << 13);
    bencher.bench_local(|| {
        out.clear();
        serde_json::to_writer(&mut out, &problem_details()).unwrap();
        black_box(&out);
    });
}
