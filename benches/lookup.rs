//! From a code as a string to its number: ours beside its peers, over 11 to 10,000 codes, hits and misses, as many as
//! possible at once and each after the one before. `cargo bench -p lift-errors-benches --bench lookup`

#![allow(clippy::enum_variant_names, reason = "codes of one catalogue begin alike")]

use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use lift_errors_inputs::Random;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::hint::black_box;

/// How many queries one round has.
const QUERIES: usize = 4_096;

const OURS: &str = "lift-errors";
const FLOOR: &str = "floor: slot known, key compared";
const PHF: &str = "phf::Map";
const HASHIFY: &str = "hashify";
const FROZEN: &str = "frozen-collections";
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
        pub const OTHERS: Option<super::Others> = None;
    };
    ($($code:literal => $number:literal, $variant:ident, $status:literal,)+) => {
        pub const OTHERS: Option<super::Others> = Some(super::Others { by_frozen, by_match, by_strum });

        frozen_collections::fz_string_map!(static FROZEN: Frozen<&'static str, u16>, { $($code: $number),+ });

        #[inline(never)]
        fn by_frozen(key: &str) -> Option<u16> {
            frozen_collections::MapQuery::get(&FROZEN, key).copied()
        }

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
                super::Size { keys: &KEYS, by_ours, by_phf, by_hashify, by_strum_with_phf, others: OTHERS };
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
    others: Option<Others>,
}

/// The peers that rustc can't build with many codes.
#[derive(Clone, Copy)]
struct Others {
    by_frozen: Lookup,
    by_match: Lookup,
    by_strum: Lookup,
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

/// A contest in the making. Everyone is called in the same way, once and not inlined.
struct Field<'a> {
    queries: &'a [Query],
    answers: &'a [Option<u16>],
    is_latency: bool,
    contestants: Vec<Contestant<'a>>,
    targets: Vec<Target>,
}

impl<'a> Field<'a> {
    /// Enters a contestant that finds what the others find. `bound` is how many times as fast ours should be.
    fn enter(&mut self, name: &'static str, bound: Option<f64>, look_up: impl Fn(&Query) -> Option<u16> + 'a) {
        for (query, answer) in self.queries.iter().zip(self.answers) {
            assert_eq!(look_up(query), *answer, "{name} finds something else for {}", query.text);
        }
        self.contestants.push(match self.is_latency {
            true => latency(name, self.queries, look_up),
            false => throughput(name, self.queries, look_up),
        });
        self.targets.extend(bound.map(|bound| Target::TimesAsFast(OURS, name, bound)));
    }
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

#[inline(never)]
fn by_map<S: BuildHasher>(map: &HashMap<&str, u16, S>, key: &str) -> Option<u16> {
    map.get(key).copied()
}

fn contest(size: Size, are_hits: bool, is_latency: bool) {
    let queries = queries(size.keys, are_hits);
    let numbered = || size.keys.iter().zip(0_u16..).map(|(key, number)| (*key, number));
    let (fx, std): (FxHashMap<&str, u16>, HashMap<&str, u16>) = (numbered().collect(), numbered().collect());
    let answers: Vec<Option<u16>> = queries.iter().map(|query| std.get(query.text.as_str()).copied()).collect();
    assert!(answers.iter().all(|answer| answer.is_some() == are_hits));
    let mut field =
        Field { queries: &queries, answers: &answers, is_latency, contestants: Vec::new(), targets: Vec::new() };
    let faster = Some(1.0);
    field.enter(OURS, None, |query| (size.by_ours)(&query.text));
    field.enter(PHF, Some(if is_latency { 2.5 } else { 5.0 }), |query| (size.by_phf)(&query.text));
    field.enter(HASHIFY, Some(1.3), |query| (size.by_hashify)(&query.text));
    field.enter(FX, faster, |query| by_map(&fx, &query.text));
    field.enter(STD, faster, |query| by_map(&std, &query.text));
    field.enter(STRUM_PHF, faster, |query| (size.by_strum_with_phf)(&query.text));
    field.enter(FLOOR, None, |query| by_floor(size.keys, query));
    if let Some(Others { by_frozen, by_match, by_strum }) = size.others {
        field.enter(FROZEN, faster, move |query| by_frozen(&query.text));
        field.enter(MATCH, faster, move |query| by_match(&query.text));
        field.enter(STRUM, faster, move |query| by_strum(&query.text));
    }
    let kind = if is_latency { "latency" } else { "throughput" };
    let hits = if are_hits { "hits" } else { "misses" };
    let title = format!("code from string, {} entries, {hits}, {kind}", size.keys.len());
    Contest::new(title, QUERIES, field.contestants).with_targets(field.targets).run();
}

fn main() {
    only_without_backtraces();
    for size in [codes_11::SIZE, codes_100::SIZE, codes_1000::SIZE, codes_10000::SIZE] {
        for (are_hits, is_latency) in [(true, false), (false, false), (true, true), (false, true)] {
            contest(size, are_hits, is_latency);
        }
    }
}
