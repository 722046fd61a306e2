//! Writes every committed file that is generated again, modules, lock files and translators' files:
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
    is_canonical: bool,
    module: &'static str,
    lock: &'static str,
}

const TARGETS: [Target; 2] = [
    Target {
        base: "",
        manifest: "catalog/catalog.toml",
        is_canonical: true,
        module: "lift-errors/src/generated/lift.rs",
        lock: "catalog/catalog.lock",
    },
    Target {
        base: "tests/golden/onboarding",
        manifest: "catalog.toml",
        is_canonical: false,
        module: "tests/golden/onboarding.rs",
        lock: "tests/golden/onboarding/catalog.lock",
    },
];

#[allow(clippy::print_stderr, reason = "warnings are for whoever runs the command")]
fn write(root: &Path, target: &Target) -> Result<(), String> {
    let compiler = Compiler::new(root.join(target.base), target.manifest);
    // The tables of the canonical module are in files of their own, so that the module can be read.
    let compiler = if target.is_canonical { compiler.canonical().tables_in_files() } else { compiler };
    let module = compiler.compile().map_err(|faults| faults.to_string())?;
    for warning in module.warnings() {
        eprintln!("{warning}");
    }
    let path = root.join(target.module);
    let folder = path.parent().unwrap_or(root);
    fs::write(&path, module.to_source())
        .and_then(|()| module.tables().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes)))
        .and_then(|()| fs::write(root.join(target.lock), module.lock()))
        .map_err(|error| format!("error: can't write what `{}` gives: {error}", target.manifest))?;
    let files = compiler.translation_files().map_err(|faults| faults.to_string())?;
    files.files().iter().try_for_each(|(path, text)| {
        let folder = path.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| format!("error: can't write `{}`: {error}", path.display()))
    })
}

#[allow(clippy::print_stderr, reason = "this is a command")]
fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let locales = root.join("lift-errors/src/generated/locales.rs");
    if let Err(error) = fs::write(&locales, lift_errors_codegen::locale_table()) {
        eprintln!("error: can't write `{}`: {error}", locales.display());
        return ExitCode::FAILURE;
    }
    match TARGETS.iter().try_for_each(|target| write(&root, target)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
