//! Writes a catalogue of `LIFT_ERRORS_ENTRIES` entries in `LIFT_ERRORS_LANGUAGES` languages, compiles it, and says how long
//! that took.

use lift_errors_codegen::Compiler;
use lift_errors_inputs::{LOCALES, Shape, entries, write};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

/// How many entries the catalogue has; without it, ten.
const ENTRIES: &str = "LIFT_ERRORS_ENTRIES";

/// How many languages it has; without it, all three.
const LANGUAGES: &str = "LIFT_ERRORS_LANGUAGES";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={ENTRIES}");
    println!("cargo::rerun-if-env-changed={LANGUAGES}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("this is a build script")?);
    let count = env::var(ENTRIES).map_or(Ok(10), |count| count.parse())?;
    let entries = entries(count, &Shape::ALL);
    let languages = env::var(LANGUAGES).map_or(Ok(LOCALES.len()), |count| count.parse())?;
    let languages = LOCALES.get(..languages).ok_or("there are no more than three languages")?;
    let folder = out.join("catalogue");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    write(&folder, "shop", &entries, languages)?;
    let start = Instant::now();
    let module = Compiler::new(&folder, "catalog.toml").tables_in_files().compile();
    module.map_err(|faults| faults.to_string())?.write_into(&out)?;
    fs::write(out.join("seconds"), format!("{:.2}", start.elapsed().as_secs_f64()))?;
    Ok(fs::write(out.join("first.rs"), format!("shop::Error::{}()", entries[0].code))?)
}
