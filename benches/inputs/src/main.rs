//! Writes a catalogue: `catalogue FOLDER ENTRIES LANGUAGES [FILE]`. If a file is given, the same texts are written to it as
//! structs.

#![forbid(unsafe_code)]

use lift_errors_inputs::{LOCALES, Shape, entries, structs, write};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

const USAGE: &str = "usage: catalogue FOLDER ENTRIES LANGUAGES [FILE]";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or(USAGE)?);
    let count: usize = arguments.next().ok_or(USAGE)?.parse()?;
    let languages: usize = arguments.next().ok_or(USAGE)?.parse()?;
    let locales = LOCALES.get(..languages).ok_or("this program knows 27 languages")?;
    let entries = entries(count, &Shape::ALL);
    if let Some(file) = arguments.next() {
        fs::write(file, structs(&entries, locales))?;
    }
    Ok(write(&folder, "shop", &entries, locales)?)
}
