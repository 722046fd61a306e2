//! One error in every format, into buffers that are used again: ours beside a hand-written function that appends the same
//! literals and values, memcpy of the same bytes, and peers that write the same members; one entry again and again, and 1,000
//! at random.
//! `cargo bench -p lift-errors-benches --bench render`

#[path = "peers/by_hand.rs"]
mod by_hand;
mod peers;

use by_hand::{ByHand, Gap};
use bytes::BytesMut;
use lift_errors::{FieldError, FieldErrors, Format, LiftError, Problem, RequestId};
use lift_errors_benches::{Contest, Contestant, Target, only_without_backtraces};
use lift_errors_inputs::Random;
use peers::{Occurrence, Texts};
use serde_json::Value;
use std::fmt::Write as _;
use std::hint::black_box;
use std::rc::Rc;

const LIMIT: u32 = 60;
const WAITING: u32 = 12;
/// 28 bytes, as a name is.
const RESOURCE: &str = "shipment SH-2048 to Depot 17";

const VEC: &str = "lift-errors into Vec";
const STRING: &str = "lift-errors into String";
const BYTES: &str = "lift-errors into BytesMut";
const DISPLAY: &str = "lift-errors by Display";
const HAND_VEC: &str = "by hand into Vec";
const HAND_STRING: &str = "by hand into String";
const HAND_BYTES: &str = "by hand into BytesMut";
const MEMCPY: &str = "memcpy of the same bytes";
const SERDE: &str = "serde_json, derive";
const JSON: &str = "serde_json, json!";
const SONIC: &str = "sonic-rs, derive";
const PROBLEM_DETAILS: &str = "problem_details";
const AXUM_PROBLEM: &str = "axum-problem";

mod numbers {
    use super::{LIMIT, Texts, WAITING};
    lift_errors::include_catalog!(numbers);
    use numbers::Error;
    include!(concat!(env!("OUT_DIR"), "/numbers_peers.rs"));
}

mod texts {
    use super::{RESOURCE, Texts};
    lift_errors::include_catalog!(texts);
    use texts::Error;
    include!(concat!(env!("OUT_DIR"), "/texts_peers.rs"));
}

/// How many documents a round has: enough that 1,000 entries are met in no order, four times each.
const DOCUMENTS: usize = 4_096;

/// Which entries a round meets: one, or all in no order.
fn order(entries: usize, is_hot: bool) -> Vec<usize> {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    (0..DOCUMENTS).map(|_| if is_hot { entries / 2 } else { random.below(entries) }).collect()
}

/// A contestant that writes the documents of `order`, each into the buffer from its beginning.
fn writes<'a, B: 'a>(
    name: &'static str,
    order: &'a [usize],
    mut buffer: B,
    mut write: impl FnMut(&mut B, usize) + 'a,
) -> Contestant<'a> {
    Contestant::new(name, move || {
        for &entry in order {
            write(&mut buffer, black_box(entry));
            black_box(&mut buffer);
        }
    })
}

/// The values in the documents.
const NUMBERS: &[Gap] = &[Gap::Number(LIMIT), Gap::Number(WAITING)];
const TEXT: &[Gap] = &[Gap::Text(RESOURCE)];

/// Ours into each buffer, a hand-written function with these values, then memcpy.
fn ours<'a, E: LiftError + 'a>(
    errors: &'a [E],
    order: &'a [usize],
    view: impl Fn(&'a E) -> Problem<'a> + Copy + 'a,
    format: Format,
    gaps: &[Gap],
) -> Vec<Contestant<'a>> {
    let documents: Vec<String> = errors.iter().map(|error| view(error).display(format).to_string()).collect();
    let by_hand: Rc<Vec<ByHand>> = Rc::new(documents.iter().map(|document| ByHand::new(document, gaps)).collect());
    let [into_vec, into_string, into_bytes] = [(); 3].map(|()| Rc::clone(&by_hand));
    for (by_hand, document) in by_hand.iter().zip(&documents) {
        let mut out = String::new();
        by_hand.write(&mut out);
        assert_eq!(out, *document);
    }
    const ROOM: usize = 1 << 16;
    vec![
        writes(VEC, order, Vec::<u8>::with_capacity(ROOM), move |out, entry| {
            out.clear();
            view(&errors[entry]).write(format, out);
        }),
        writes(STRING, order, String::with_capacity(ROOM), move |out, entry| {
            out.clear();
            view(&errors[entry]).write(format, out);
        }),
        writes(BYTES, order, BytesMut::with_capacity(ROOM), move |out, entry| {
            out.clear();
            view(&errors[entry]).write(format, out);
        }),
        writes(DISPLAY, order, String::with_capacity(ROOM), move |out, entry| {
            out.clear();
            write!(out, "{}", view(&errors[entry]).display(format)).expect("a String takes everything");
        }),
        writes(HAND_VEC, order, Vec::<u8>::with_capacity(ROOM), move |out, entry| {
            out.clear();
            into_vec[entry].write(out);
        }),
        writes(HAND_STRING, order, String::with_capacity(ROOM), move |out, entry| {
            out.clear();
            into_string[entry].write(out);
        }),
        writes(HAND_BYTES, order, BytesMut::with_capacity(ROOM), move |out, entry| {
            out.clear();
            into_bytes[entry].write(out);
        }),
        writes(MEMCPY, order, Vec::<u8>::with_capacity(ROOM), move |out, entry| {
            out.clear();
            out.extend_from_slice(documents[entry].as_bytes());
        }),
    ]
}

/// The peers, which write problem details.
fn peers_of<'a, 'o: 'a>(
    order: &'a [usize],
    occurrence: impl Fn(usize) -> Occurrence<'o> + Copy + 'a,
) -> Vec<Contestant<'a>> {
    let buffer = || Vec::<u8>::with_capacity(1 << 16);
    vec![
        writes(SERDE, order, buffer(), move |out, entry| {
            out.clear();
            serde_json::to_writer(out, &occurrence(entry).document()).expect("a Vec takes everything");
        }),
        writes(JSON, order, buffer(), move |out, entry| {
            out.clear();
            serde_json::to_writer(out, &occurrence(entry).json()).expect("a Vec takes everything");
        }),
        writes(SONIC, order, buffer(), move |out, entry| {
            out.clear();
            sonic_rs::to_writer(out, &occurrence(entry).document()).expect("a Vec takes everything");
        }),
        writes(PROBLEM_DETAILS, order, buffer(), move |out, entry| {
            out.clear();
            serde_json::to_writer(out, &occurrence(entry).problem_details()).expect("a Vec takes everything");
        }),
        writes(AXUM_PROBLEM, order, buffer(), move |out, entry| {
            out.clear();
            serde_json::to_writer(out, &occurrence(entry).axum_problem()).expect("a Vec takes everything");
        }),
    ]
}

/// Asserts that ours and the peers write the same members.
fn assert_equal(problem: Problem<'_>, occurrence: Occurrence<'_>) {
    let mut out = Vec::new();
    problem.write(Format::ProblemDetails, &mut out);
    let mut ours: Value = serde_json::from_slice(&out).expect("JSON");
    let document = occurrence.document();
    assert_eq!(ours, serde_json::to_value(&document).expect("JSON"));
    assert_eq!(ours, serde_json::from_slice::<Value>(&sonic_rs::to_vec(&document).expect("JSON")).expect("JSON"));
    assert_eq!(ours, occurrence.json());
    assert_eq!(ours, serde_json::to_value(occurrence.axum_problem()).expect("JSON"));
    // That crate keeps `type` as an `http::Uri`, which has no fragment.
    ours["type"] = peers::REFERENCE.into();
    assert_eq!(ours, serde_json::to_value(occurrence.problem_details()).expect("JSON"));
}

/// The targets beside a hand-written function, as multiples of its time.
fn beside_hand(limit: f64) -> Vec<Target> {
    [(VEC, HAND_VEC), (STRING, HAND_STRING), (BYTES, HAND_BYTES)]
        .map(|(ours, hand)| Target::TimesAsLong(ours, hand, limit))
        .to_vec()
}

/// The targets of problem details.
fn targets(limit: f64) -> Vec<Target> {
    let others = [
        Target::TimesAsLong(DISPLAY, STRING, 1.5),
        Target::TimesAsFast(VEC, PROBLEM_DETAILS, 15.0),
        Target::TimesAsFast(VEC, SONIC, 6.0),
    ];
    [beside_hand(limit), others.to_vec()].concat()
}

fn view<E: LiftError>(error: &E) -> Problem<'_> {
    Problem::new(error)
}

fn main() {
    only_without_backtraces();
    let (errors, numbers) = (numbers::errors(), numbers::TEXTS);
    let (named, texts) = (texts::errors(), texts::TEXTS);
    let fields = field_errors();
    let plain = |entry: usize| Occurrence::numbers("numbers", &numbers[entry], LIMIT, WAITING);
    let with_text = |entry: usize| Occurrence::text("texts", &texts[entry], RESOURCE);
    let of_fields = peers::FIELDS.iter().flat_map(|(pointer, code, message)| [*pointer, *code, *message]);
    let texts_of_all = [REQUEST, INSTANCE].into_iter().chain(of_fields).map(Gap::Text);
    let all: Vec<Gap> = NUMBERS.iter().copied().chain(texts_of_all).collect();
    let everything = |entry: usize| plain(entry).with(REQUEST, INSTANCE, &fields);
    for entry in 0..numbers.len() {
        assert_equal(errors[entry].problem(), plain(entry));
        assert_equal(named[entry].problem(), with_text(entry));
        assert_equal(full(&errors[entry], &fields), everything(entry));
    }
    let mut bytes = Vec::new();
    errors[numbers.len() / 2].problem().write(Format::ProblemDetails, &mut bytes);
    println!("Two numbers as problem details are {} bytes.\n", bytes.len());
    for (is_hot, kind) in [(true, "one entry"), (false, "1,000 entries at random")] {
        let order = order(numbers.len(), is_hot);
        let mut contestants = ours(&errors, &order, view, Format::ProblemDetails, NUMBERS);
        contestants.extend(peers_of(&order, plain));
        Contest::new(format!("problem details, two numbers, {kind}"), DOCUMENTS, contestants)
            .with_targets(targets(if is_hot { 1.3 } else { 1.5 }))
            .run();
        let mut contestants = ours(&named, &order, view, Format::ProblemDetails, TEXT);
        contestants.extend(peers_of(&order, with_text));
        Contest::new(format!("problem details, a text of 28 bytes, {kind}"), DOCUMENTS, contestants).run();
        let mut contestants = ours(&errors, &order, |error| full(error, &fields), Format::ProblemDetails, &all);
        contestants.extend(peers_of(&order, everything));
        let title = format!("problem details, two numbers, request id, instance, three field errors, {kind}");
        Contest::new(title, DOCUMENTS, contestants).run();
    }
    let order = order(numbers.len(), true);
    members(&errors, &fields, &order);
    for (format, name, limit) in [
        (Format::Envelope, "envelope", 2.0),
        (Format::Html, "HTML", 5.0),
        (Format::PlainText, "text", 5.0),
        (Format::Markdown, "Markdown", 5.0),
    ] {
        Contest::new(
            format!("{name}, two numbers, one entry"),
            DOCUMENTS,
            ours(&errors, &order, view, format, NUMBERS),
        )
        .with_targets(beside_hand(limit))
        .run();
    }
}

const REQUEST: &str = "req-7f3a90c2";
const INSTANCE: &str = "/orders/PO-404#receipt";

fn field_errors() -> FieldErrors {
    let mut errors = FieldErrors::new();
    for (pointer, code, message) in peers::FIELDS {
        errors.push(FieldError::new(pointer, (code, message)));
    }
    errors
}

fn full<'a>(error: &'a numbers::numbers::Error, fields: &'a FieldErrors) -> Problem<'a> {
    error.problem().with_request_id(RequestId::new(REQUEST).unwrap()).with_instance(INSTANCE).with_field_errors(fields)
}

/// The cost of each member that only an occurrence has.
fn members(errors: &[numbers::numbers::Error], fields: &FieldErrors, order: &[usize]) {
    const NONE: &str = "numbers alone";
    const WITH_REQUEST: &str = "with a request id, and so an instance";
    const WITH_INSTANCE: &str = "with an instance";
    const WITH_FIELDS: &str = "with three field errors";
    let into_vec = |name, view: fn(&numbers::numbers::Error) -> Problem<'_>| {
        writes(name, order, Vec::<u8>::with_capacity(1 << 16), move |out, entry| {
            out.clear();
            view(&errors[entry]).write(Format::ProblemDetails, out);
        })
    };
    let contestants = vec![
        into_vec(NONE, |error| error.problem()),
        into_vec(WITH_REQUEST, |error| error.problem().with_request_id(RequestId::new(REQUEST).unwrap())),
        into_vec(WITH_INSTANCE, |error| error.problem().with_instance(INSTANCE)),
        writes(WITH_FIELDS, order, Vec::<u8>::with_capacity(1 << 16), move |out, entry| {
            out.clear();
            errors[entry].problem().with_field_errors(fields).write(Format::ProblemDetails, out);
        }),
    ];
    Contest::new("problem details, members of the occurrence", DOCUMENTS, contestants)
        .with_targets([
            Target::Adds(WITH_REQUEST, NONE, 30.0),
            Target::Adds(WITH_INSTANCE, NONE, 15.0),
            Target::Adds(WITH_FIELDS, NONE, 75.0),
        ])
        .run();
}
