//! The build step: what a service's `build.rs` calls.

use crate::compiler::Compiler;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// Compiles the catalogue of `manifest`, a path relative to the package, to
/// `$OUT_DIR/<name>.rs`, which `lift_errors::include_catalog!(<name>)` takes in.
///
/// It tells cargo which files to watch. Faults go to stderr, and the build script exits with 1: a panic
/// would bury them in its own noise.
#[allow(clippy::print_stderr, clippy::print_stdout, reason = "stdout is cargo's, stderr is the author's")]
pub fn compile(manifest: impl AsRef<Path>) {
    if let Err(problem) = run(&manifest.as_ref().to_string_lossy()) {
        eprintln!("{problem}");
        process::exit(1);
    }
}

#[allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
fn run(manifest: &str) -> Result<(), String> {
    let base = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let compiled = Compiler::new(&base, manifest).compile();
    let files = match &compiled {
        Ok(module) => module.files(),
        Err(faults) => faults.files(),
    };
    println!("cargo::rerun-if-changed={manifest}");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let module = compiled.map_err(|faults| faults.to_string())?;
    let folder = env::var_os("OUT_DIR").ok_or("error: `OUT_DIR` is not set: `compile` is for build scripts")?;
    let target = Path::new(&folder).join(format!("{}.rs", module.name()));
    fs::write(&target, module.to_source())
        .map_err(|error| format!("error: can't write `{}`: {error}", target.display()))
}
