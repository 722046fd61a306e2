//! The page with the results of one run: a table for each question that a service's author asks.

use crate::results::{NOISY, Row};
use std::fmt::Write as _;

/// A question, and the contests that answer it with the contestants to show; all if none is named.
struct Question {
    text: &'static str,
    unit: &'static str,
    contests: &'static [(&'static str, &'static [&'static str])],
}

const QUESTIONS: &[Question] = &[
    Question {
        text: "What does a request pay for the layer?",
        unit: "a request",
        contests: &[
            ("a request that succeeds, axum", &[]),
            ("a request that succeeds, actix-web", &[]),
            ("a call that succeeds, tonic", &[]),
        ],
    },
    Question {
        text: "What does a request that fails cost?",
        unit: "a request",
        contests: &[
            ("a request that fails, axum", &[]),
            ("a request that fails, actix-web", &[]),
            ("a call that fails, tonic", &[]),
        ],
    },
    Question {
        text: "How long does it take to write problem details?",
        unit: "a document, 1,000 entries at random",
        contests: &[("problem details, two numbers, 1,000 entries at random", WRITERS)],
    },
    Question {
        text: "How long do the other formats take?",
        unit: "a document",
        contests: &[
            ("envelope, two numbers, one entry", FORMAT),
            ("text, two numbers, one entry", FORMAT),
            ("Markdown, two numbers, one entry", FORMAT),
            ("HTML, two numbers, one entry", FORMAT),
        ],
    },
    Question {
        text: "How fast is a code found?",
        unit: "a lookup among 1,000 codes",
        contests: &[("code from string, 1000 entries, hits, throughput", &[])],
    },
    Question {
        text: "What does a sentence with a number and its plural cost?",
        unit: "a sentence",
        contests: &[
            ("a message with a number and its plural, English", SENTENCES),
            ("a message with a number and its plural, Arabic", SENTENCES),
        ],
    },
    Question {
        text: "What does an error cost on its way up?",
        unit: "an error through three `?`",
        contests: &[("error made, passed up through three `?` and dropped", &[])],
    },
];

const WRITERS: &[&str] = &[
    "lift-errors into Vec",
    "by hand into Vec",
    "memcpy of the same bytes",
    "serde_json, derive",
    "sonic-rs, derive",
    "problem_details",
    "axum-problem",
];
const SENTENCES: &[&str] = &["lift-errors", "fluent-bundle", "rust-i18n", "write! and match"];
const FORMAT: &[&str] = &["lift-errors into Vec", "by hand into Vec"];

/// The page.
#[must_use]
pub fn report(rows: &[Row], heading: &str, versions: &str) -> String {
    let mut page = format!("# Results\n\n{heading}\n");
    for Question { text, unit, contests } in QUESTIONS {
        // Writing to a `String` can't fail.
        let _ =
            write!(page, "\n## {text}\n\n| | ns for {unit} | spread | times ours |\n| --- | ---: | ---: | ---: |\n");
        for (title, names) in *contests {
            let shown = |row: &&Row| row.contest == *title && (names.is_empty() || names.contains(&row.name.as_str()));
            for row in rows.iter().filter(shown) {
                let contest = if contests.len() > 1 { format!("{}: ", distinction(title)) } else { String::new() };
                let (median, ratio, spread) = (row.median, row.ratio, row.spread_text());
                let _ = writeln!(page, "| {contest}{} | {median:.1} | {spread} | {ratio:.2} |", row.name);
            }
        }
    }
    let missed = missed(rows);
    let targets: usize = rows.iter().map(|row| row.verdicts.len()).sum();
    let _ = write!(page, "\n## Targets\n\n{} of {targets} are met. Missed:\n\n", targets - missed.len());
    for line in missed {
        let _ = writeln!(page, "- {line}");
    }
    let _ = write!(page, "\n## Versions\n\n```text\n{versions}\n```\n");
    page
}

/// The part of a contest's title that tells it from others of its kind: the format at the beginning, or the end.
fn distinction(title: &str) -> &str {
    match title.split_once(", two numbers") {
        Some((format, _)) => format,
        None => title.rsplit(", ").next().unwrap_or(title),
    }
}

/// The missed targets, a line each.
#[must_use]
pub fn missed(rows: &[Row]) -> Vec<String> {
    let of_row = |row: &Row| {
        let missed = row.verdicts.iter().filter(|verdict| verdict.contains("missed"));
        missed.map(|verdict| format!("{}: {}: {verdict}", row.contest, row.name)).collect::<Vec<_>>()
    };
    rows.iter().flat_map(of_row).collect()
}

/// A sentence about the machine's noise.
#[must_use]
pub fn noise(rows: &[Row]) -> String {
    let loops = rows.iter().map(|row| row.noise);
    let noisy = rows.iter().filter(|row| row.spread > NOISY).count();
    format!(
        "A loop that always does the same had a spread of up to {:.0} % in one contest; {noisy} of {} rows stayed above {:.0} % after \
         three attempts.",
        loops.fold(0.0, f64::max) * 100.0,
        rows.len(),
        NOISY * 100.0
    )
}
