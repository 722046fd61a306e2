//! Writes and compiles the catalogue, and its codes as `phf` has them.

use lift_errors_codegen::Compiler;
use lift_errors_inputs::{Shape, entries, write};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("this is a build script")?);
    let entries = entries(1_000, &[Shape::Plain]);
    let folder = out.join("catalogue");
    write(&folder, "codes", &entries, &["en"])?;
    let module = Compiler::new(&folder, "catalog.toml").tables_in_files().compile();
    module.map_err(|faults| faults.to_string())?.write_into(&out)?;
    let rows: Vec<String> =
        entries.iter().enumerate().map(|(number, entry)| format!("{:?} => {number}u16,", entry.code)).collect();
    Ok(fs::write(out.join("peers.rs"), format!("codes! {{ {} }}", rows.join("\n")))?)
}
