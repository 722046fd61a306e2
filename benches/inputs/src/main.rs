//! Writes a catalogue: `catalogue FOLDER ENTRIES`, in three languages; and, with a third argument, the file of that
//! name with the same texts as structs.

#![forbid(unsafe_code)]

use lift_errors_inputs::{LOCALES, Shape, entries, structs, write};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let count: usize = arguments.next().ok_or("how many entries?")?.parse()?;
    let entries = entries(count, &Shape::ALL);
    if let Some(file) = arguments.next() {
        fs::write(file, structs(&entries, &LOCALES))?;
    }
    Ok(write(&folder, "shop", &entries, &LOCALES)?)
}
