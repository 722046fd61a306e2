//! Writes a catalogue: `catalogue FOLDER ENTRIES`, in three languages.

#![forbid(unsafe_code)]

use lift_errors_inputs::{LOCALES, Shape, entries, write};
use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let count: usize = arguments.next().ok_or("how many entries?")?.parse()?;
    Ok(write(&folder, "shop", &entries(count, &Shape::ALL), &LOCALES)?)
}
