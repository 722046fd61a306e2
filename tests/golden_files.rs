//! Files that hold what is expected. `LIFT_ERRORS_BLESS=1 cargo test` writes them again; whoever does so
//! reads the difference before it is committed.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// A path below `tests/`, whichever package of it the test is in.
pub fn path(name: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = package.ancestors().find(|folder| folder.ends_with("tests")).unwrap_or(package);
    tests.join(name)
}

/// Whether expected files are to be written again.
pub fn blessing() -> bool {
    env::var_os("LIFT_ERRORS_BLESS").is_some_and(|value| value == "1")
}

/// Holds `found` against the file, or writes it. The result is what differs, for a test that looks at many.
pub fn compare(name: &str, found: &str) -> Result<(), String> {
    let path = path(name);
    if blessing() {
        let folder = path.parent().unwrap_or(Path::new(""));
        return fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, found))
            .map_err(|error| format!("can't write {name}: {error}"));
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let place = expected.lines().zip(found.lines()).position(|(expected, found)| expected != found);
    let line = place.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    let show = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    Err(format!(
        "tests/{name}, line {}:\n  expected: {}\n  found:    {}\n  `LIFT_ERRORS_BLESS=1 cargo test` writes the file again",
        line + 1,
        show(&expected),
        show(found)
    ))
}
