//! Writes the committed module of the canonical catalogue and its lock file again:
//! `cargo run -p lift-errors-codegen --example regenerate`.

use lift_errors_codegen::{Compiler, Module};
use std::path::Path;
use std::{fs, io};

fn write(root: &Path, module: &Module) -> io::Result<()> {
    fs::write(root.join("lift-errors/src/generated/lift.rs"), module.to_source())?;
    fs::write(root.join("catalog/catalog.lock"), module.lock())
}

#[allow(clippy::print_stderr, reason = "this is a command")]
fn main() -> std::process::ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let compiled = Compiler::new(&root, "catalog/catalog.toml").runtime("crate".parse().unwrap_or_default()).compile();
    let written = compiled.map_err(|faults| faults.to_string()).and_then(|module| {
        write(&root, &module).map_err(|error| format!("error: can't write a generated file: {error}"))
    });
    match written {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::FAILURE
        }
    }
}
