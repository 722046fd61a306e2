//! A bar chart of the most important contests, in SVG: each peer's time relative to ours. The scale is logarithmic,
//! because the slowest peer takes a hundred times as long.

use crate::results::Row;
use std::fmt::Write as _;

/// The titles of the contests in the chart.
const SHOWN: [&str; 4] = [
    "a request that succeeds, axum",
    "a request that fails, axum",
    "problem details, two numbers, 1,000 entries at random",
    "code from string, 1000 entries, hits, throughput",
];

const WIDTH: f64 = 860.0;
const NAMES: f64 = 240.0;
const LINE: f64 = 22.0;
/// The ratio at the left edge.
const LEAST: f64 = 0.05;
/// The ratio at the right edge.
const MOST: f64 = 200.0;

/// Draws the rows of the contests in `SHOWN`.
#[must_use]
pub fn plot(rows: &[Row]) -> String {
    let mut body = String::new();
    let mut y = 10.0;
    for contest in SHOWN {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.contest == contest).collect();
        if rows.is_empty() {
            continue;
        }
        y += LINE * 1.5;
        // Writing to a `String` can't fail.
        let _ = writeln!(body, "<text x=\"10\" y=\"{y}\" class=\"title\">{}</text>", escaped(contest));
        for row in rows {
            y += LINE;
            bar(&mut body, y, row);
        }
    }
    y += LINE * 1.5;
    let _ = writeln!(
        body,
        "<text x=\"10\" y=\"{y}\">Time of one piece of work, and its ratio to ours. The scale is logarithmic; \
         shorter is better.</text>"
    );
    let height = y + LINE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Times of \
         lift-errors and its peers\">\n<style>text{{font:13px sans-serif;fill:#222}}.title{{font-weight:bold}}\
         rect{{fill:#9aa7b4}}.ours{{fill:#2f6f4f}}</style>\n<rect width=\"{WIDTH}\" height=\"{height}\" style=\"fill:#fff\"/>\n\
         {body}</svg>\n"
    )
}

fn bar(body: &mut String, y: f64, row: &Row) {
    let length = (row.ratio / LEAST).max(1.0).log10() / (MOST / LEAST).log10() * (WIDTH - NAMES - 130.0);
    let class = if ["lift-errors", "ErrorLayer"].iter().any(|ours| row.name.starts_with(ours)) {
        " class=\"ours\""
    } else {
        ""
    };
    let _ = writeln!(
        body,
        "<text x=\"{}\" y=\"{y}\" text-anchor=\"end\">{}</text><rect{class} x=\"{NAMES}\" y=\"{}\" width=\"{length:.1}\" \
         height=\"14\"/><text x=\"{:.1}\" y=\"{y}\">{:.1} ns, ×{:.2}</text>",
        NAMES - 8.0,
        escaped(&row.name),
        y - 12.0,
        NAMES + length + 6.0,
        row.median,
        row.ratio
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
