//! Rows of results: printed as a table, and appended to a file from which the report is made.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

/// The variable with the path of the file that rows are appended to.
const FILE: &str = "LIFT_ERRORS_ROWS";

/// A spread above which a row is not reliable.
pub const NOISY: f64 = 0.1;

/// The result of one contestant.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The contest.
    pub contest: String,
    /// The contestant.
    pub name: String,
    /// Nanoseconds for one piece of work; the median of all rounds.
    pub median: f64,
    /// The interquartile range of the rounds, relative to the median.
    pub spread: f64,
    /// The spread of a fixed loop in the same rounds: the noise of the machine.
    pub noise: f64,
    /// The time relative to the first contestant's; the median of all rounds.
    pub ratio: f64,
    /// The verdicts on its targets.
    pub verdicts: Vec<String>,
}

impl Row {
    /// Reads the rows of a file.
    ///
    /// # Panics
    ///
    /// If the file can't be read or is malformed.
    #[must_use]
    pub fn read(path: impl AsRef<Path>) -> Vec<Self> {
        let text = fs::read_to_string(path).expect("the file of the rows");
        let rows = text.lines().map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next().expect("a row has six cells and its verdicts").to_owned();
            let (contest, name) = (next(), next());
            let mut number = || next().parse().expect("a number");
            let (median, spread, noise, ratio) = (number(), number(), number(), number());
            Self { contest, name, median, spread, noise, ratio, verdicts: cells.map(str::to_owned).collect() }
        });
        rows.collect()
    }

    /// The spread, marked if it is too wide.
    #[must_use]
    pub fn spread_text(&self) -> String {
        format!("{:.0} %{}", self.spread * 100.0, if self.spread > NOISY { " (noisy)" } else { "" })
    }

    fn line(&self) -> String {
        let numbers = [self.median, self.spread, self.noise, self.ratio].map(|number| format!("{number:.4}"));
        let cells = [self.contest.clone(), self.name.clone()].into_iter().chain(numbers).chain(self.verdicts.clone());
        cells.collect::<Vec<_>>().join("\t") + "\n"
    }
}

/// The rows of one contest as a table in Markdown.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut table = "| | ns | spread | times ours | target |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for row in rows {
        let Row { name, median, ratio, verdicts, .. } = row;
        table +=
            &format!("| {name} | {median:.1} | {} | {ratio:.2} | {} |\n", row.spread_text(), verdicts.join("<br>"));
    }
    table
}

/// Prints the rows of one contest, and appends them to the file.
pub(crate) fn show(rows: &[Row]) {
    let Some(first) = rows.first() else { return };
    println!("### {}\n\n{}", first.contest, table(rows));
    if let Some(path) = env::var_os(FILE) {
        let mut file = OpenOptions::new().create(true).append(true).open(path).expect("the file of the rows");
        for row in rows {
            file.write_all(row.line().as_bytes()).expect("the file of the rows");
        }
    }
}
