//! The build step: what a service's `build.rs` calls.

use crate::compiler::Compiler;
use crate::module::Module;
use crate::read::file::LOCALES;
use crate::read::lock;
use crate::runtime_name::runtime_path;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// Compiles the catalogue of `manifest`, a path relative to the package, to
/// `$OUT_DIR/<name>.rs`, which `lift_errors::include_catalog!(<name>)` takes in.
///
/// It tells cargo which files to watch. A manifest beside the package's `Cargo.toml`, or in a folder around the package, is watched
/// without its folder, which contains what cargo builds: the first `locales/` or `catalog.lock` there is seen when another file
/// changes.
///
/// If the catalogue has faults, it prints all of them to stderr and exits with 1; a panic would add noise.
#[allow(clippy::print_stderr, clippy::print_stdout, reason = "stdout is cargo's, stderr is the author's")]
pub fn compile(manifest: impl AsRef<Path>) {
    if let Err(problem) = run(&manifest.as_ref().to_string_lossy()) {
        eprintln!("{problem}");
        process::exit(1);
    }
}

/// For a test of the service: asserts that `catalog.lock` beside the manifest is what the catalogue gives,
/// so that no code and no id that was ever released can be used again for something else. With
/// `LIFT_ERRORS_BLESS=1` it writes the file, the first time and after each change.
///
/// ```no_run
/// #[test]
/// fn released_codes_are_kept() {
///     lift_errors_codegen::assert_lock("catalog/catalog.toml");
/// }
/// # fn main() {}
/// ```
///
/// # Panics
///
/// With what to do, if the catalogue has faults or the lock file is not current.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion that fails panics")]
pub fn assert_lock(manifest: impl AsRef<Path>) {
    let manifest = manifest.as_ref();
    let base = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let lock = match Compiler::new(&base, manifest).lock() {
        Ok(lock) => lock,
        Err(faults) => panic!("{faults}"),
    };
    if env::var_os("LIFT_ERRORS_BLESS").is_some_and(|value| value == "1") {
        if let Err(error) = lock.write() {
            panic!("can't write `{}`: {error}", lock.path().display());
        }
        return;
    }
    let found = fs::read_to_string(lock.path()).unwrap_or_default();
    if !lock.is_in(&found) {
        let difference = lock.difference(&found);
        panic!(
            "`{}` is not current{difference}; run the test with `LIFT_ERRORS_BLESS=1` and commit the file",
            lock.path().display()
        );
    }
}

#[allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
fn run(manifest: &str) -> Result<(), String> {
    let base = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let compiled = Compiler::new(&base, manifest).runtime(runtime_path(&base)).tables_in_files().compile();
    let files = match &compiled {
        Ok(module) => module.files(),
        Err(faults) => faults.files(),
    };
    for path in watched(&base, Path::new(manifest)).iter().chain(files) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    for warning in compiled.iter().flat_map(Module::warnings) {
        // One of cargo's warnings is one line: what it is, and where. `lift-errors check` shows all of it.
        let mut lines = warning.lines().map(str::trim);
        let (what, place) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        println!("cargo::warning={} {place}", what.trim_start_matches("warning: "));
    }
    let module = compiled.map_err(|faults| faults.to_string())?;
    let folder = env::var_os("OUT_DIR").ok_or("error: `OUT_DIR` is not set: `compile` is for build scripts")?;
    // cargo keeps the folder.
    let removed = module.remove_renamed(Path::new(&folder));
    removed.and_then(|()| module.write_into(folder)).map_err(|error| format!("error: {error}"))
}

/// What cargo watches beside the files that were read, relative to the package.
fn watched(package: &Path, manifest: &Path) -> Vec<PathBuf> {
    // The package's manifest has the name of the runtime.
    let mut watched = vec![manifest.to_owned(), PathBuf::from("Cargo.toml")];
    // A path that is missing would make every build dirty. Of a folder, cargo sees all files, new ones too.
    let optional = [lock::FILE, LOCALES].map(|name| manifest.with_file_name(name));
    let (there, missing): (Vec<_>, Vec<_>) = optional.into_iter().partition(|path| package.join(path).exists());
    watched.extend(there);
    // One that comes new is seen in its folder. A folder that the package is in is not watched: it contains what cargo builds.
    let folder = manifest.parent().filter(|folder| !missing.is_empty() && !contains(&package.join(folder), package));
    watched.extend(folder.map(Path::to_owned));
    watched
}

/// Whether the package is in a folder, however that is written: it is in `.` and `..`. A folder that is missing would make every
/// build dirty, too.
fn contains(folder: &Path, package: &Path) -> bool {
    match (folder.canonicalize(), package.canonicalize()) {
        (Ok(folder), Ok(package)) => package.starts_with(folder),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_that_is_renamed_leaves_no_module() {
        let folder = env::temp_dir().join(format!("lift-errors-renamed-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/depot");
        let module =
            |name: &str| Module { name: name.to_owned(), ..Compiler::new(&base, "catalog.toml").compile().unwrap() };
        module("orders").write_into(&folder).unwrap();
        fs::write(folder.join("own.rs"), "// Another build step's.\n").unwrap();
        for name in ["purchases", "purchases"] {
            module(name).remove_renamed(&folder).unwrap();
            module(name).write_into(&folder).unwrap();
        }
        assert_eq!(
            ["orders", "own", "purchases"].map(|name| folder.join(name).with_extension("rs").exists()),
            [false, true, true]
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn new_translations_and_a_renamed_runtime_are_seen() {
        let package = env::temp_dir().join(format!("lift-errors-watched-{}", process::id()));
        let catalog = package.join("catalog");
        fs::create_dir_all(&catalog).unwrap();
        let watched = |manifest: &str| -> Vec<String> {
            watched(&package, Path::new(manifest)).iter().map(|path| path.display().to_string()).collect()
        };
        let (manifest, lock, locales) = ("catalog/catalog.toml", "catalog/catalog.lock", "catalog/locales");
        assert_eq!(watched(manifest), [manifest, "Cargo.toml", "catalog"]);
        fs::write(package.join(lock), "").unwrap();
        assert_eq!(watched(manifest), [manifest, "Cargo.toml", lock, "catalog"]);
        fs::create_dir(package.join(locales)).unwrap();
        assert_eq!(watched(manifest), [manifest, "Cargo.toml", lock, locales]);
        fs::create_dir(package.with_extension("texts")).unwrap();
        let beside = |file: &str| format!("{}/{file}", package.with_extension("texts").display());
        assert_eq!(
            watched(&beside("catalog.toml")),
            [&beside("catalog.toml"), "Cargo.toml", beside("").trim_end_matches('/')]
        );
        // These folders contain `target`.
        for manifest in ["catalog.toml", "./catalog.toml", "../catalog.toml", "catalog/../catalog.toml"] {
            assert_eq!(watched(manifest), [manifest, "Cargo.toml"]);
        }
        fs::remove_dir(package.with_extension("texts")).unwrap();
        fs::remove_dir_all(&package).unwrap();
    }
}
