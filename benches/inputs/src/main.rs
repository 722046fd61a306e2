//! Writes a catalogue in three languages: `lift-errors-inputs FOLDER ENTRIES [FILE]`. If a file is given, the same texts
//! are written to it as structs.

#![forbid(unsafe_code)]

use lift_errors_inputs::{LOCALES, Shape, entries, structs, write};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: lift-errors-inputs FOLDER ENTRIES [FILE]")?);
    let count: usize = arguments.next().ok_or("usage: lift-errors-inputs FOLDER ENTRIES [FILE]")?.parse()?;
    let (entries, locales) = (entries(count, &Shape::ALL), &LOCALES[..3]);
    if let Some(file) = arguments.next() {
        fs::write(file, structs(&entries, locales))?;
    }
    Ok(write(&folder, "shop", &entries, locales)?)
}
