//! The hot paths, one at a time: `lift-errors-instructions PATH REPEATS`, or without arguments their names.
//! `.ci/instructions` counts what one more repeat costs.

#![forbid(unsafe_code)]

mod layers;

use bytes::BytesMut;
use layers::Path;
use lift_errors::lift::{Code, Error};
use lift_errors::{FieldError, FieldErrors, Format, LiftError, Locale, Problem, RequestId};
use std::env;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

const PATHS: &[Path] = &[
    ("code_from_string", |repeats| look_up(repeats, "too_many_requests")),
    ("code_from_string_miss", |repeats| look_up(repeats, "too_many_requestz")),
    ("code_from_string_longer_than_all", |repeats| look_up(repeats, "no_code_has_a_name_of_forty_characters__")),
    ("code_from_id", |repeats| {
        for _ in 0..repeats {
            black_box(Code::from_id(black_box("LIFT-0429")));
        }
    }),
    ("code_from_status", |repeats| {
        for _ in 0..repeats {
            black_box(Code::from_status(black_box(429)));
        }
    }),
    ("entry_from_code", |repeats| {
        for _ in 0..repeats {
            let code = black_box(Code::TooManyRequests);
            black_box((code.as_str(), code.id(), code.status()));
        }
    }),
    ("locale_negotiation", |repeats| {
        for _ in 0..repeats {
            let header = black_box("uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7");
            black_box(Locale::negotiate([header], &[&lift_errors::lift::CATALOG]));
        }
    }),
    ("error_made_and_dropped", |repeats| {
        for _ in 0..repeats {
            drop(black_box(too_many()));
        }
    }),
    ("problem_details_into_vec", |repeats| {
        let (error, mut out) = (too_many(), Vec::with_capacity(1 << 14));
        for _ in 0..repeats {
            out.clear();
            black_box(&error).problem().write(Format::ProblemDetails, &mut out);
            black_box(&out);
        }
    }),
    ("problem_details_into_string", |repeats| string(repeats, &too_many(), Format::ProblemDetails, Locale::EN)),
    ("problem_details_into_bytes_mut", |repeats| {
        let (error, mut out) = (too_many(), BytesMut::with_capacity(1 << 14));
        for _ in 0..repeats {
            out.clear();
            black_box(&error).problem().write(Format::ProblemDetails, &mut out);
            black_box(&out);
        }
    }),
    ("problem_details_by_display", |repeats| {
        let (error, mut out) = (too_many(), String::with_capacity(1 << 14));
        for _ in 0..repeats {
            out.clear();
            let _ = write!(out, "{}", black_box(&error).problem().display(Format::ProblemDetails));
            black_box(&out);
        }
    }),
    ("problem_details_with_a_text", |repeats| {
        let error = lift_errors::lift::not_found::new().with_resource("shipment SH-2048 to Depot 17");
        string(repeats, &error, Format::ProblemDetails, Locale::EN);
    }),
    ("problem_details_with_every_member", |repeats| {
        let fields = field_errors();
        let error = too_many();
        let mut out = String::with_capacity(1 << 14);
        for _ in 0..repeats {
            out.clear();
            let problem = black_box(&error).problem().with_field_errors(&fields);
            let id = RequestId::new("req-7f3a90c2");
            let problem = id.map_or(problem, |id| problem.with_request_id(id));
            problem.write(Format::ProblemDetails, &mut out);
            black_box(&out);
        }
    }),
    ("problem_details_in_ukrainian", |repeats| string(repeats, &too_many(), Format::ProblemDetails, locale("uk"))),
    ("envelope", |repeats| string(repeats, &too_many(), Format::Envelope, Locale::EN)),
    ("html", |repeats| string(repeats, &too_many(), Format::Html, Locale::EN)),
    ("text", |repeats| string(repeats, &too_many(), Format::PlainText, Locale::EN)),
    ("markdown", |repeats| string(repeats, &too_many(), Format::Markdown, Locale::EN)),
    ("message_in_english", |repeats| message(repeats, Locale::EN)),
    ("message_in_arabic", |repeats| message(repeats, locale("ar"))),
];

fn look_up(repeats: u32, code: &str) {
    for _ in 0..repeats {
        black_box(black_box(code).parse::<Code>().ok());
    }
}

fn too_many() -> Error {
    Error::too_many_requests(black_box(60), Duration::from_secs(60), Duration::from_secs(12))
}

fn string(repeats: u32, error: &Error, format: Format, locale: Locale) {
    let mut out = String::with_capacity(1 << 14);
    for _ in 0..repeats {
        out.clear();
        Problem::new(black_box(error)).with_locale(locale).write(format, &mut out);
        black_box(&out);
    }
}

fn message(repeats: u32, locale: Locale) {
    let (error, mut out) = (too_many(), String::with_capacity(1 << 10));
    for _ in 0..repeats {
        out.clear();
        Problem::new(black_box(&error)).with_locale(locale).write_detail(&mut out);
        black_box(&out);
    }
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap_or_default()
}

fn field_errors() -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.push(FieldError::new("/lines/0/quantity", ("too_large", "Quantity must be 500 or less.")));
    errors.push(FieldError::new("/lines/3/product", ("unknown", "There is no product with this code.")));
    errors.push(FieldError::new("/delivery/date", ("in_the_past", "The date of delivery is over.")));
    errors
}

#[allow(clippy::print_stdout, reason = "this is a command")]
fn main() {
    let mut arguments = env::args().skip(1);
    let repeats = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or(1);
    match arguments.next() {
        None => PATHS.iter().chain(layers::PATHS).for_each(|(name, _)| println!("{name}")),
        Some(wanted) => {
            let repeats = repeats(arguments.next());
            PATHS.iter().chain(layers::PATHS).filter(|(name, _)| *name == wanted).for_each(|(_, run)| run(repeats));
        }
    }
}
