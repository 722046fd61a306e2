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
        unit: "request",
        contests: &[
            ("a request that succeeds, axum", &[]),
            ("a request that succeeds, actix-web", &[]),
            ("a call that succeeds, tonic", &[]),
        ],
    },
    Question {
        text: "What does a request that fails cost?",
        unit: "request",
        contests: &[
            ("a request that fails, axum", &[]),
            ("a request that fails, actix-web", &[]),
            ("a call that fails, tonic", &[]),
        ],
    },
    Question {
        text: "How long does it take to write problem details?",
        unit: "document, 1,000 entries at random",
        contests: &[("problem details, two numbers, 1,000 entries at random", &[])],
    },
    Question {
        text: "How long do the other formats take?",
        unit: "document",
        contests: &[
            ("envelope, two numbers, one entry", FORMAT),
            ("text, two numbers, one entry", FORMAT),
            ("Markdown, two numbers, one entry", FORMAT),
            ("HTML, two numbers, one entry", FORMAT),
        ],
    },
    Question {
        text: "How fast is a code found?",
        unit: "lookup among 1,000 codes",
        contests: &[("code from string, 1000 entries, hits, throughput", &[])],
    },
    Question {
        text: "What does a sentence with a number and its plural cost?",
        unit: "sentence",
        contests: &[
            ("a message with a number and its plural, English", &[]),
            ("a message with a number and its plural, Ukrainian", &[]),
            ("a message with a number and its plural, Arabic", &[]),
        ],
    },
    Question {
        text: "What does an error cost on its way up?",
        unit: "error through three `?`",
        contests: &[("error made, passed up through three `?` and dropped", &[])],
    },
];

const FORMAT: &[&str] = &["lift-errors into Vec", "by hand into Vec"];

/// The page.
#[must_use]
pub fn report(rows: &[Row], heading: &str, versions: &str) -> String {
    let mut page = format!("# Results\n\n{heading}\n");
    for Question { text, unit, contests } in QUESTIONS {
        // Writing to a `String` can't fail.
        let _ =
            write!(page, "\n## {text}\n\n| | ns for a {unit} | spread | times ours |\n| --- | ---: | ---: | ---: |\n");
        for (title, names) in *contests {
            let shown = |row: &&Row| row.contest == *title && (names.is_empty() || names.contains(&row.name.as_str()));
            for row in rows.iter().filter(shown) {
                let contest = title.rsplit(", ").next().filter(|_| contests.len() > 1 && names.is_empty());
                let contest = contest.or_else(|| title.split(", ").next().filter(|_| !names.is_empty()));
                let contest = contest.map(|contest| format!("{contest}: ")).unwrap_or_default();
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
