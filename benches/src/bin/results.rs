//! Lists the missed targets and the noise, and with `--record` writes `RESULTS.md`, all rows as `results.tsv`, and
//! `results.svg`: `results ROWS [--record]`.

use lift_errors_benches::{Row, missed, noise, plot, report};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().expect("the file of the rows");
    let rows = Row::read(&path);
    let missed = missed(&rows);
    let targets: usize = rows.iter().map(|row| row.verdicts.len()).sum();
    println!("{} of {targets} targets are met.", targets - missed.len());
    for line in &missed {
        println!("- {line}");
    }
    println!("{}", noise(&rows));
    if arguments.next().as_deref() == Some("--record")
        && let Err(error) = record(&path, &rows)
    {
        eprintln!("error: can't write the results: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn record(path: &str, rows: &[Row]) -> io::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let heading = format!(
        "Written by `benches/run --record` on {}: {}, {}, {}.\n\nA time is the median of 31 rounds, its spread their \
         interquartile range; `times ours` compares with the first row of the contest, round by round. {} All rows, with their \
         targets: [results.tsv](results.tsv). The method: [README.md](README.md).",
        output("date", &["--utc", "+%Y-%m-%d"]),
        processor(),
        output("uname", &["-sm"]),
        output("rustc", &["--version"]),
        noise(rows)
    );
    fs::write(folder.to_owned() + "RESULTS.md", report(rows, &heading, &versions()))?;
    let table = "contest\tcontestant\tns\tspread\tnoise\ttimes ours\ttargets\n".to_owned() + &fs::read_to_string(path)?;
    fs::write(folder.to_owned() + "results.tsv", table)?;
    fs::write(folder.to_owned() + "results.svg", plot(rows))
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
