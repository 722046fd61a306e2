//! From a code as a string to its number: ours beside phf with `ptrhash`, which places its keys in buckets as ours does.
//! `cargo bench -p lift-errors-benches-ptrhash`

use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use lift_errors_inputs::Random;
use std::hint::black_box;

lift_errors::include_catalog!(codes);

macro_rules! codes {
    ($($code:literal => $number:literal,)+) => {
        static MAP: phf::Map<&'static str, u16> = phf::phf_map! { $($code => $number),+ };
    };
}

include!(concat!(env!("OUT_DIR"), "/peers.rs"));

const OURS: &str = "lift-errors";
const PHF: &str = "phf::Map, ptrhash";

#[inline(never)]
fn by_ours(key: &str) -> Option<u16> {
    key.parse::<codes::Code>().ok().map(|code| code as u16)
}

#[inline(never)]
fn by_phf(key: &str) -> Option<u16> {
    MAP.get(key).copied()
}

fn main() {
    only_without_backtraces();
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let keys: Vec<&str> = codes::Code::iter().map(codes::Code::as_str).collect();
    let queries: Vec<String> = (0..4_096).map(|_| keys[random.below(keys.len())].to_owned()).collect();
    assert!(queries.iter().all(|query| by_ours(query) == by_phf(query) && by_ours(query).is_some()));
    let asks = |name, look_up: fn(&str) -> Option<u16>| {
        let queries = &queries;
        Contestant::new(name, move || {
            for query in queries {
                black_box(look_up(black_box(query)));
            }
        })
    };
    Contest::new(
        "code from string, 1000 entries, hits, throughput, ptrhash",
        queries.len(),
        vec![asks(OURS, by_ours), asks(PHF, by_phf)],
    )
    .with_targets([Target::TimesAsFast(OURS, PHF, 1.0)])
    .run();
}
