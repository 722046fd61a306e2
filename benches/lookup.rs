//! From a code as a string to its number: ours beside its peers, over 11 to 10,000 codes, hits and misses, as many as
//! possible at once and each after the one before. `cargo bench -p lift-errors-benches --bench lookup`

#![allow(clippy::enum_variant_names, reason = "codes of one catalogue begin alike")]

use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use lift_errors_inputs::Random;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::hint::black_box;

/// How many queries one round has.
const QUERIES: usize = 4_096;

const OURS: &str = "lift-errors";
const FLOOR: &str = "floor: slot known, key compared";
const PHF: &str = "phf::Map";
const HASHIFY: &str = "hashify";
const FX: &str = "HashMap, Fx";
const STD: &str = "HashMap, std";
const MATCH: &str = "match";
const STRUM: &str = "strum";
const STRUM_PHF: &str = "strum, use_phf";

/// Defines the peers over one list of codes. Each is a call, as it is in a service.
macro_rules! peers {
    ($($code:literal => $number:literal, $variant:ident, $status:literal,)+) => {
        pub static KEYS: [&str; COUNT] = [$($code),+];

        static MAP: phf::Map<&'static str, u16> = phf::phf_map! { $($code => $number),+ };

        #[inline(never)]
        pub fn by_phf(key: &str) -> Option<u16> {
            MAP.get(key).copied()
        }

        #[inline(never)]
        pub fn by_hashify(key: &str) -> Option<u16> {
            hashify::map!(key.as_bytes(), u16, $($code => $number),+).copied()
        }

        #[derive(Clone, Copy, strum::EnumString)]
        #[strum(use_phf)]
        #[repr(u16)]
        pub enum WithPhf { $(#[strum(serialize = $code)] $variant,)+ }

        #[inline(never)]
        pub fn by_strum_with_phf(key: &str) -> Option<u16> {
            key.parse::<WithPhf>().ok().map(|code| code as u16)
        }
    };
}

/// The peers over whose code rustc takes longer than linear; of many codes the build script names none.
macro_rules! linear_peers {
    () => {
        pub const BY_MATCH: Option<(super::Lookup, super::Lookup)> = None;
    };
    ($($code:literal => $number:literal, $variant:ident, $status:literal,)+) => {
        pub const BY_MATCH: Option<(super::Lookup, super::Lookup)> = Some((by_match, by_strum));

        #[inline(never)]
        fn by_match(key: &str) -> Option<u16> {
            match key { $($code => Some($number),)+ _ => None }
        }

        #[derive(Clone, Copy, strum::EnumString)]
        #[repr(u16)]
        enum Plain { $(#[strum(serialize = $code)] $variant,)+ }

        #[inline(never)]
        fn by_strum(key: &str) -> Option<u16> {
            key.parse::<Plain>().ok().map(|code| code as u16)
        }
    };
}

/// One size of table, and its contests.
macro_rules! size {
    ($module:ident, $peers:literal) => {
        mod $module {
            include!(concat!(env!("OUT_DIR"), $peers));

            mod ours {
                lift_errors::include_catalog!($module);
            }

            #[inline(never)]
            pub fn by_ours(key: &str) -> Option<u16> {
                key.parse::<ours::$module::Code>().ok().map(|code| code as u16)
            }

            pub const SIZE: super::Size =
                super::Size { keys: &KEYS, by_ours, by_phf, by_hashify, by_strum_with_phf, by_match: BY_MATCH };
        }
    };
}

type Lookup = fn(&str) -> Option<u16>;

#[derive(Clone, Copy)]
struct Size {
    keys: &'static [&'static str],
    by_ours: Lookup,
    by_phf: Lookup,
    by_hashify: Lookup,
    by_strum_with_phf: Lookup,
    by_match: Option<(Lookup, Lookup)>,
}

size!(codes_11, "/codes_11_peers.rs");
size!(codes_100, "/codes_100_peers.rs");
size!(codes_1000, "/codes_1000_peers.rs");
size!(codes_10000, "/codes_10000_peers.rs");

/// A query: its text, and for the floor the number of the key to compare it with.
struct Query {
    text: String,
    place: usize,
}

/// Keys of the table in no order, the same in every run; as misses each with another letter somewhere.
fn queries(keys: &[&str], are_hits: bool) -> Vec<Query> {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let mut query = || loop {
        let place = random.below(keys.len());
        let mut text = keys[place].to_owned();
        if are_hits {
            return Query { text, place };
        }
        let at = random.below(text.len());
        text.replace_range(at..=at, ["q", "x", "z", "j"][random.below(4)]);
        if !keys.contains(&text.as_str()) {
            return Query { text, place };
        }
    };
    (0..QUERIES).map(|_| query()).collect()
}

/// As many lookups at once as the processor can.
fn throughput<'a>(
    name: &'static str,
    queries: &'a [Query],
    look_up: impl Fn(&Query) -> Option<u16> + 'a,
) -> Contestant<'a> {
    Contestant::new(name, move || {
        for query in queries {
            black_box(look_up(black_box(query)));
        }
    })
}

/// Which query is next is known only when the one before has been answered.
fn latency<'a>(
    name: &'static str,
    queries: &'a [Query],
    look_up: impl Fn(&Query) -> Option<u16> + 'a,
) -> Contestant<'a> {
    let zero = black_box(0);
    Contestant::new(name, move || {
        let mut next = 0;
        for _ in 0..QUERIES {
            let found = look_up(&queries[next % QUERIES]).unwrap_or(u16::MAX);
            next += 1 + (usize::from(found) & zero);
        }
        black_box(next);
    })
}

#[inline(never)]
fn by_floor(keys: &[&str], query: &Query) -> Option<u16> {
    if *keys.get(query.place)? == query.text { Some(query.place as u16) } else { None }
}

fn contest(size: Size, are_hits: bool, is_latency: bool) {
    let queries = queries(size.keys, are_hits);
    let numbered = || size.keys.iter().zip(0_u16..).map(|(key, number)| (*key, number));
    let (fx, std): (FxHashMap<&str, u16>, HashMap<&str, u16>) = (numbered().collect(), numbered().collect());
    let peer = |look_up: Lookup| move |query: &Query| look_up(&query.text);
    let by_fx = |query: &Query| fx.get(query.text.as_str()).copied();
    let by_std = |query: &Query| std.get(query.text.as_str()).copied();
    let floor = |query: &Query| by_floor(size.keys, query);
    type Peer<'a> = (&'static str, Box<dyn Fn(&Query) -> Option<u16> + 'a>);
    let mut peers: Vec<Peer<'_>> = vec![
        (PHF, Box::new(peer(size.by_phf))),
        (HASHIFY, Box::new(peer(size.by_hashify))),
        (FX, Box::new(by_fx)),
        (STD, Box::new(by_std)),
        (STRUM_PHF, Box::new(peer(size.by_strum_with_phf))),
        (FLOOR, Box::new(floor)),
    ];
    if let Some((by_match, by_strum)) = size.by_match {
        peers.extend([(MATCH, Box::new(peer(by_match)) as Box<_>), (STRUM, Box::new(peer(by_strum)) as Box<_>)]);
    }
    for query in &queries {
        let found = (size.by_ours)(&query.text);
        assert_eq!(found.is_some(), are_hits, "{}", query.text);
        for (name, peer) in &peers {
            assert_eq!(peer(query), found, "{name} finds something else for {}", query.text);
        }
    }
    let mut contestants = match is_latency {
        false => vec![throughput(OURS, &queries, peer(size.by_ours))],
        true => vec![latency(OURS, &queries, peer(size.by_ours))],
    };
    let mut targets = vec![Target::TimesAsFast(OURS, PHF, if is_latency { 2.5 } else { 5.0 })];
    // What the targets say of hashify is about throughput: in latency the measured limit is at 1.1 times.
    targets.push(Target::TimesAsFast(OURS, HASHIFY, if is_latency { 1.0 } else { 1.3 }));
    for (name, peer) in peers {
        if !matches!(name, FLOOR | PHF | HASHIFY) {
            targets.push(Target::TimesAsFast(OURS, name, 1.0));
        }
        contestants.push(if is_latency { latency(name, &queries, peer) } else { throughput(name, &queries, peer) });
    }
    let kind = if is_latency { "latency" } else { "throughput" };
    let hits = if are_hits { "hits" } else { "misses" };
    Contest::new(format!("code from string, {} entries, {hits}, {kind}", size.keys.len()), QUERIES, contestants)
        .with_targets(targets)
        .run();
}

fn main() {
    only_without_backtraces();
    for size in [codes_11::SIZE, codes_100::SIZE, codes_1000::SIZE, codes_10000::SIZE] {
        for (are_hits, is_latency) in [(true, false), (false, false), (true, true), (false, true)] {
            contest(size, are_hits, is_latency);
        }
    }
}
