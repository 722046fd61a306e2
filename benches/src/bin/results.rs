//! Lists the missed targets, and with `--record` writes `RESULTS.md` and `results.svg`: `results ROWS [--record]`.

use lift_errors_benches::{Row, plot, table};
use std::process::{Command, ExitCode};
use std::{env, fs};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let rows = Row::read(&arguments.next().expect("the file of the rows"));
    let missed: Vec<String> = rows
        .iter()
        .flat_map(|row| row.verdicts.iter().map(move |verdict| format!("{}: {}: {verdict}", row.contest, row.name)))
        .filter(|line| line.contains("missed"))
        .collect();
    let targets: usize = rows.iter().map(|row| row.verdicts.len()).sum();
    println!("{} of {targets} targets are met.", targets - missed.len());
    for line in &missed {
        println!("- {line}");
    }
    if arguments.next().as_deref() == Some("--record") {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/");
        let written = fs::write(folder.to_owned() + "RESULTS.md", report(&rows, targets, &missed))
            .and_then(|()| fs::write(folder.to_owned() + "results.svg", plot(&rows)));
        if let Err(error) = written {
            eprintln!("error: can't write the results: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn report(rows: &[Row], targets: usize, missed: &[String]) -> String {
    let mut report = format!(
        "# Results\n\nWritten by `benches/run --record` on {}: {}, {}, {}.\n\nThe time is the median of 31 rounds and the spread their \
         interquartile range. A ratio is the median of the ratios within each round. {} of {targets} targets are met.\n",
        output("date", &["--utc", "+%Y-%m-%d"]),
        processor(),
        output("uname", &["-sm"]),
        output("rustc", &["--version"]),
        targets - missed.len()
    );
    let mut at = rows;
    while let Some(first) = at.first() {
        let length = at.iter().take_while(|row| row.contest == first.contest).count();
        let (contest, rest) = at.split_at(length);
        report += &format!("\n## {}\n\n{}", first.contest, table(contest));
        at = rest;
    }
    report + "\n## Versions\n\n```text\n" + &versions() + "\n```\n"
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let count = text.lines().filter(|line| line.starts_with("processor")).count();
    format!("{} ({count} threads)", name.map_or("a processor without a name", |(_, name)| name))
}

fn versions() -> String {
    let tree = [
        "tree",
        "-p",
        "lift-errors-benches",
        "-e",
        "normal,dev",
        "--depth",
        "1",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let lines = output("cargo", &tree);
    // A path does not tell a version.
    let names = lines.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
    names.collect::<Vec<_>>().join("\n")
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}
