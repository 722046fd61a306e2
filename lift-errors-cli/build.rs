//! Writes the conventions of all languages, for catalogues that are read at run time: the same Rust as in a generated module.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&folder).join("conventions.rs"), lift_errors_codegen::conventions_table())?;
    Ok(())
}
