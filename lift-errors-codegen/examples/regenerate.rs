//! Writes the committed module of the canonical catalogue again:
//! `cargo run -p lift-errors-codegen --example regenerate`.

use lift_errors_codegen::Compiler;
use std::path::Path;

#[allow(clippy::print_stderr, reason = "this is a command")]
fn main() -> std::process::ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("lift-errors/src/generated/lift.rs");
    let compiled = Compiler::new(&root, "catalog/catalog.toml").runtime("crate".parse().unwrap_or_default()).compile();
    let written = compiled.map_err(|faults| faults.to_string()).and_then(|module| {
        std::fs::write(&target, module.to_source())
            .map_err(|error| format!("error: can't write {}: {error}", target.display()))
    });
    match written {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::FAILURE
        }
    }
}
