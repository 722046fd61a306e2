//! Valid catalogues with edits: each edit cuts some bytes out of a file and puts others in their place. A catalogue that still
//! compiles gives the same module twice.
#![no_main]

use lift_errors_codegen::Compiler;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs, process};

struct Catalogue {
    folder: PathBuf,
    files: Vec<(PathBuf, Vec<u8>)>,
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/onboarding");
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { env::temp_dir() };
        let folder = base.join(format!("lift-errors-mutations-{}", process::id()));
        let mut files = Vec::new();
        copy(&source, &folder, &mut files);
        Catalogue { folder, files }
    })
}

fn copy(from: &Path, to: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, files);
        } else {
            files.push((target, fs::read(entry.path()).unwrap()));
        }
    }
}

libfuzzer_sys::fuzz_target!(|edits: Vec<(u8, u16, u8, &[u8])>| {
    let Catalogue { folder, files } = catalogue();
    let mut files = files.clone();
    files.sort();
    for (file, place, cut, inserted) in edits.into_iter().take(8) {
        let count = files.len();
        let Some((_, bytes)) = files.get_mut(usize::from(file) % count) else { return };
        let start = usize::from(place) % (bytes.len() + 1);
        let end = (start + usize::from(cut)).min(bytes.len());
        bytes.splice(start..end, inserted.iter().copied());
    }
    for (path, bytes) in &files {
        fs::write(path, bytes).unwrap();
    }
    let compile = || Compiler::new(folder, "catalog.toml").compile().map(|module| module.to_source());
    match (compile(), compile()) {
        (Ok(one), Ok(other)) => assert!(one == other),
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        _ => panic!("the same files compile once and not twice"),
    }
});
