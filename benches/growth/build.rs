//! Writes a catalogue of `LIFT_ERRORS_ENTRIES` entries in `LIFT_ERRORS_LANGUAGES` languages, with `LIFT_ERRORS_COVERAGE` percent
//! of the entries translated, compiles it, and says how long that took, and how long its texts are.

use lift_errors_codegen::Compiler;
use lift_errors_inputs::{LOCALES, Shape, entries, text_bytes, write_covered};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

/// How many entries the catalogue has; without it, ten.
const ENTRIES: &str = "LIFT_ERRORS_ENTRIES";

/// How many languages it has; without it, three.
const LANGUAGES: &str = "LIFT_ERRORS_LANGUAGES";

/// How many percent of the entries are translated; without it, all.
const COVERAGE: &str = "LIFT_ERRORS_COVERAGE";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={ENTRIES}");
    println!("cargo::rerun-if-env-changed={LANGUAGES}");
    println!("cargo::rerun-if-env-changed={COVERAGE}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("this is a build script")?);
    let number = |name, default| env::var(name).map_or(Ok(default), |number| number.parse::<usize>());
    let entries = entries(number(ENTRIES, 10)?, &Shape::ALL);
    let languages = LOCALES.get(..number(LANGUAGES, 3)?).ok_or("this benchmark knows 27 languages")?;
    let coverage = number(COVERAGE, 100)?;
    let folder = out.join("catalogue");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    write_covered(&folder, "shop", &entries, languages, coverage)?;
    fs::write(out.join("text-bytes"), text_bytes(&entries, languages, coverage).to_string())?;
    let start = Instant::now();
    let module = Compiler::new(&folder, "catalog.toml").tables_in_files().compile();
    module.map_err(|faults| faults.to_string())?.write_into(&out)?;
    fs::write(out.join("seconds"), format!("{:.2}", start.elapsed().as_secs_f64()))?;
    Ok(fs::write(out.join("first.rs"), format!("shop::Error::{}()", entries[0].code))?)
}
