//! From a code as a string to the code: ours beside its peers, each over the same eighteen canonical codes
//! and the same random queries. `cargo bench -p lift-errors-benches --bench lookup`

use divan::{Bencher, black_box};
use lift_errors::lift;
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// How many queries one round has.
const QUERIES: usize = 4_096;

fn main() {
    for query in queries() {
        let expected = query.parse::<lift::Code>().ok().map(|code| code.entry().id());
        assert_eq!(expected, PHF.get(query.as_str()).copied());
        assert_eq!(expected, hashify_id(query.as_bytes()));
        assert_eq!(expected, match_id(&query));
    }
    divan::main();
}

/// Nine hits to one miss, the same in every run.
fn queries() -> Vec<String> {
    let codes: Vec<&str> = lift::Code::iter().map(|code| code.as_str()).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    (0..QUERIES)
        .map(|_| match (codes[next(codes.len())], next(10)) {
            (code, 0) => code.replacen('_', "-", 1) + "s",
            (code, _) => code.to_owned(),
        })
        .collect()
}

fn measure<T>(bencher: Bencher<'_, '_>, mut look_up: impl FnMut(&str) -> T) {
    let queries = queries();
    bencher.counter(divan::counter::ItemsCount::new(QUERIES)).bench_local(|| {
        for query in &queries {
            black_box(look_up(black_box(query)));
        }
    });
}

/// Defines the peers over one list of codes and ids.
macro_rules! peers {
    ($($code:literal => $id:literal,)+) => {
        static PHF: phf::Map<&'static str, &'static str> = phf::phf_map! { $($code => $id),+ };

        fn hashify_id(query: &[u8]) -> Option<&'static str> {
            hashify::map!(query, &str, $($code => $id),+).copied()
        }

        fn match_id(query: &str) -> Option<&'static str> {
            match query { $($code => Some($id),)+ _ => None }
        }
    };
}

peers! {
    "unauthorized" => "LIFT-0401",
    "forbidden" => "LIFT-0403",
    "not_found" => "LIFT-0404",
    "method_not_allowed" => "LIFT-0405",
    "conflict" => "LIFT-0409",
    "payload_too_large" => "LIFT-0413",
    "unsupported_media_type" => "LIFT-0415",
    "unprocessable_content" => "LIFT-0422",
    "too_many_requests" => "LIFT-0429",
    "internal_server_error" => "LIFT-0500",
    "bad_gateway" => "LIFT-0502",
    "service_unavailable" => "LIFT-0503",
    "gateway_timeout" => "LIFT-0504",
    "session_expired" => "LIFT-1001",
    "permission_denied" => "LIFT-1002",
    "import_failed" => "LIFT-1003",
    "validation_failed" => "LIFT-1004",
    "connection_failed" => "LIFT-1005",
}

/// The canonical codes as strum's derive has them.
#[derive(Clone, Copy, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum StrumCode {
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Conflict,
    PayloadTooLarge,
    UnsupportedMediaType,
    UnprocessableContent,
    TooManyRequests,
    InternalServerError,
    BadGateway,
    ServiceUnavailable,
    GatewayTimeout,
    SessionExpired,
    PermissionDenied,
    ImportFailed,
    ValidationFailed,
    ConnectionFailed,
}

#[divan::bench]
fn lift_errors(bencher: Bencher<'_, '_>) {
    measure(bencher, |query| query.parse::<lift::Code>().ok());
}

#[divan::bench]
fn hashify(bencher: Bencher<'_, '_>) {
    measure(bencher, |query| hashify_id(query.as_bytes()));
}

#[divan::bench]
fn match_on_str(bencher: Bencher<'_, '_>) {
    measure(bencher, match_id);
}

#[divan::bench]
fn strum_derive(bencher: Bencher<'_, '_>) {
    measure(bencher, |query| query.parse::<StrumCode>().ok());
}

#[divan::bench]
fn phf_map(bencher: Bencher<'_, '_>) {
    measure(bencher, |query| PHF.get(query).copied());
}

#[divan::bench]
fn fx_hash_map(bencher: Bencher<'_, '_>) {
    let map: FxHashMap<&str, lift::Code> = lift::Code::iter().map(|code| (code.as_str(), code)).collect();
    measure(bencher, |query| map.get(query).copied());
}

#[divan::bench]
fn std_hash_map(bencher: Bencher<'_, '_>) {
    let map: HashMap<&str, lift::Code> = lift::Code::iter().map(|code| (code.as_str(), code)).collect();
    measure(bencher, |query| map.get(query).copied());
}
