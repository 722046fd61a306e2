//! From a status to its entry, and from a code to its status and id: ours beside `match` and `phf`, over the canonical
//! catalogue. `cargo bench -p lift-errors-benches --bench status`

use lift_errors::lift::Code;
use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use lift_errors_inputs::Random;
use std::hint::black_box;

/// How many queries one round has.
const QUERIES: usize = 4_096;

const OURS: &str = "lift-errors";
const MATCH: &str = "match";
const PHF: &str = "phf::Map";
const DENSE: &str = "dense array";

/// Defines the peers over the entries that explain their statuses.
macro_rules! peers {
    ($($status:literal => $code:ident $id:literal,)+) => {
        static BY_STATUS: phf::Map<u16, Code> = phf::phf_map! { $($status => Code::$code),+ };

        #[inline(never)]
        fn status_by_match(status: u16) -> Option<Code> {
            match status { $($status => Some(Code::$code),)+ _ => None }
        }

        #[inline(never)]
        fn code_by_match(code: Code) -> Option<(u16, &'static str)> {
            match code { $(Code::$code => Some(($status, $id)),)+ _ => None }
        }

        const CODES: &[Code] = &[$(Code::$code),+];
        const STATUSES: &[u16] = &[$($status),+];
    };
}

include!(concat!(env!("OUT_DIR"), "/status_peers.rs"));

#[inline(never)]
fn status_by_phf(status: u16) -> Option<Code> {
    BY_STATUS.get(&status).copied()
}

/// Indexed by the status less 400.
static DENSE_CODES: [Option<Code>; 200] = {
    let mut codes = [None; 200];
    let mut number = 0;
    while number < CODES.len() {
        codes[STATUSES[number] as usize - 400] = Some(CODES[number]);
        number += 1;
    }
    codes
};

#[inline(never)]
fn status_by_dense_array(status: u16) -> Option<Code> {
    *DENSE_CODES.get(usize::from(status.wrapping_sub(400)))?
}

#[inline(never)]
fn status_by_ours(status: u16) -> Option<Code> {
    Code::from_status(status)
}

#[inline(never)]
fn code_by_ours(code: Code) -> Option<(u16, &'static str)> {
    Some((code.status()?, code.id()))
}

fn answers<'a, Q: Copy + 'a, A: 'a>(name: &'static str, queries: &'a [Q], answer: fn(Q) -> A) -> Contestant<'a> {
    Contestant::new(name, move || {
        for &query in queries {
            black_box(answer(black_box(query)));
        }
    })
}

fn main() {
    only_without_backtraces();
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    // Half of them have an entry.
    let statuses: Vec<u16> = (0..QUERIES)
        .map(|number| match number % 2 {
            0 => CODES[random.below(CODES.len())].status().unwrap_or(0),
            _ => 400 + random.below(200) as u16,
        })
        .collect();
    for &status in &statuses {
        assert_eq!(status_by_ours(status), status_by_match(status));
        assert_eq!(status_by_ours(status), status_by_phf(status));
        assert_eq!(status_by_ours(status), status_by_dense_array(status));
    }
    let contestants = vec![
        answers(OURS, &statuses, status_by_ours),
        answers(MATCH, &statuses, status_by_match),
        answers(PHF, &statuses, status_by_phf),
        answers(DENSE, &statuses, status_by_dense_array),
    ];
    Contest::new("entry from status", QUERIES, contestants)
        .with_targets([
            Target::TimesAsFast(OURS, MATCH, 1.0),
            Target::TimesAsFast(OURS, PHF, 1.0),
            // The same work; a tenth is what a machine that others share leaves uncertain.
            Target::TimesAsLong(OURS, DENSE, 1.1),
        ])
        .run();
    let codes: Vec<Code> = (0..QUERIES).map(|_| CODES[random.below(CODES.len())]).collect();
    assert!(codes.iter().all(|&code| code_by_ours(code) == code_by_match(code)));
    let contestants = vec![answers(OURS, &codes, code_by_ours), answers(MATCH, &codes, code_by_match)];
    Contest::new("status and id from code", QUERIES, contestants).run();
}
