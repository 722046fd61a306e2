//! A library with canonical errors: it knows neither HTTP nor a framework, and each caller renders its errors as it likes.
//!
//! ```console
//! cargo run -p examples --example library
//! ```
//!
//! The dependency of your own copy: `lift-errors = { version = "0.1", features = ["derive"] }`.

use lift_errors::{Format, LiftError, lift};
use std::num::ParseIntError;

/// Why a stock list can't be read.
#[derive(Debug, LiftError)]
enum ReadStockError {
    #[lift(code = import_failed, cause = wrong_headers)]
    NoSuchHeader { missing_header: &'static str },
    #[lift(code = import_failed, cause = malformed_row)]
    NotANumber { line: usize, column: u32, source: ParseIntError },
    #[lift(transparent)]
    Other(#[from] lift::Error),
}

const LONGEST_LIST: usize = 10_000;

/// Reads a list of products and quantities, one a line.
fn read_stock(text: &str) -> Result<Vec<(String, u32)>, ReadStockError> {
    if text.len() > LONGEST_LIST {
        // An error of the catalogue needs no type of its own.
        return Err(lift::payload_too_large::new().with_limit_bytes(LONGEST_LIST as u64).build().into());
    }
    let mut lines = text.lines();
    if lines.next() != Some("Product Code,Quantity") {
        return Err(ReadStockError::NoSuchHeader { missing_header: "Quantity" });
    }
    let read = |(index, line): (usize, &str)| {
        let (product, quantity) = line.split_once(',').unwrap_or((line, ""));
        match quantity.parse() {
            Ok(quantity) => Ok((product.to_owned(), quantity)),
            Err(source) => Err(ReadStockError::NotANumber { line: index + 2, column: 2, source }),
        }
    };
    lines.enumerate().map(read).collect()
}

fn main() {
    for text in ["Product Code,Quantity\nMASK-1,200\n", "Product,Quantity\n", "Product Code,Quantity\nMASK-1,many\n"] {
        match read_stock(text) {
            Ok(stock) => println!("{stock:?}\n"),
            Err(error) => {
                let problem = error.problem();
                // A program compares the code, which is stable; the texts are not.
                assert_eq!(problem.entry().code(), "import_failed");
                println!("Display  {error}");
                println!("cause    {:?}", problem.cause().map(|cause| cause.id()));
                println!("sources  {}", problem.sources());
                println!("\n{}\n", problem.display(Format::Markdown));
            }
        }
    }
}
