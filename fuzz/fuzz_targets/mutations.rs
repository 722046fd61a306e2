//! Valid catalogues with edits: each edit cuts some bytes out of a file and puts others in their place. A catalogue that still
//! compiles gives the same module twice.
#![no_main]

use lift_errors_codegen::Compiler;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::{env, fs, process};

struct State {
    folder: PathBuf,
    /// The files with their valid contents.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// The numbers of the files that have other contents now.
    edited: Vec<usize>,
}

fn state() -> &'static Mutex<State> {
    static STATE: OnceLock<Mutex<State>> = OnceLock::new();
    STATE.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/onboarding");
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { env::temp_dir() };
        let folder = base.join(format!("lift-errors-mutations-{}", process::id()));
        let mut files = Vec::new();
        copy(&source, &folder, &mut files);
        // Otherwise every edit would be refused for a mistake that was there before.
        Compiler::new(&folder, "catalog.toml").compile().unwrap();
        // Inputs name files by number, so the order must be the same everywhere.
        files.sort();
        Mutex::new(State { folder, files, edited: Vec::new() })
    })
}

fn copy(from: &Path, to: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, files);
        } else {
            let bytes = fs::read(entry.path()).unwrap();
            fs::write(&target, &bytes).unwrap();
            files.push((target, bytes));
        }
    }
}

libfuzzer_sys::fuzz_target!(|edits: Vec<(u8, u16, u8, &[u8])>| {
    let mut state = state().lock().unwrap();
    let State { folder, files, edited } = &mut *state;
    // Files that the last input edited get their valid contents back; the others have them.
    for number in edited.drain(..) {
        fs::write(&files[number].0, &files[number].1).unwrap();
    }
    let mut contents: Vec<(usize, Vec<u8>)> = Vec::new();
    for (file, place, cut, inserted) in edits.iter().take(8) {
        let number = usize::from(*file) % files.len();
        let at = contents.iter().position(|(other, _)| *other == number).unwrap_or_else(|| {
            contents.push((number, files[number].1.clone()));
            contents.len() - 1
        });
        let bytes = &mut contents[at].1;
        let start = usize::from(*place) % (bytes.len() + 1);
        let end = (start + usize::from(*cut)).min(bytes.len());
        bytes.splice(start..end, inserted.iter().copied());
    }
    for (number, bytes) in &contents {
        fs::write(&files[*number].0, bytes).unwrap();
        edited.push(*number);
    }
    let compile = || Compiler::new(&*folder, "catalog.toml").compile();
    let one = compile();
    // Every input is compiled; a few are compiled twice, and their modules written, which takes longer than compiling.
    if edits.iter().map(|(_, place, ..)| usize::from(*place)).sum::<usize>() % 32 != 0 {
        return;
    }
    match (one, compile()) {
        (Ok(one), Ok(other)) => assert!(one.to_source() == other.to_source()),
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        _ => panic!("the same files compile once and not twice"),
    }
});
