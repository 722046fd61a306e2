//! Writes every committed module and lock file again:
//! `cargo run -p lift-errors-codegen --example regenerate`.

use lift_errors_codegen::Compiler;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A catalogue whose module is committed.
struct Target {
    /// The folder that messages and the marker line are relative to, below the workspace.
    base: &'static str,
    manifest: &'static str,
    /// Where the runtime is, seen from the module.
    runtime: &'static str,
    module: &'static str,
    lock: &'static str,
}

const TARGETS: [Target; 2] = [
    Target {
        base: "",
        manifest: "catalog/catalog.toml",
        runtime: "crate",
        module: "lift-errors/src/generated/lift.rs",
        lock: "catalog/catalog.lock",
    },
    Target {
        base: "tests/golden/onboarding",
        manifest: "catalog.toml",
        runtime: "::lift_errors",
        module: "tests/golden/onboarding.rs",
        lock: "tests/golden/onboarding/catalog.lock",
    },
];

fn write(root: &Path, target: &Target) -> Result<(), String> {
    let compiler = Compiler::new(root.join(target.base), target.manifest);
    let module = compiler
        .runtime(target.runtime.parse().map_err(|error| format!("error: {error}"))?)
        .compile()
        .map_err(|faults| faults.to_string())?;
    fs::write(root.join(target.module), module.to_source())
        .and_then(|()| fs::write(root.join(target.lock), module.lock()))
        .map_err(|error| format!("error: can't write what `{}` gives: {error}", target.manifest))
}

#[allow(clippy::print_stderr, reason = "this is a command")]
fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match TARGETS.iter().try_for_each(|target| write(&root, target)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
