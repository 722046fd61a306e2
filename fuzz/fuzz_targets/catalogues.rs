//! Files of a catalogue made of any bytes: a report, or a module. The bytes choose the file that they are.
#![no_main]

use lift_errors_codegen::Compiler;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::{env, fs, process};

const MANIFEST: &str = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop\"\n\
    reference = \"https://shop.example/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\", \"fr\"]\nfiles = [\"errors.toml\"]\n";

/// The files that the bytes can be.
const FILES: [&str; 5] = ["catalog.toml", "errors.toml", "locales/fr/errors.toml", "locales/fr.state.toml", "catalog.lock"];

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { env::temp_dir() };
        let folder = base.join(format!("lift-errors-fuzz-{}", process::id()));
        fs::create_dir_all(folder.join("locales/fr")).unwrap();
        folder
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let chosen = FILES.get(usize::from(*choice) % FILES.len()).copied().unwrap_or("errors.toml");
    fs::write(folder().join("catalog.toml"), MANIFEST).unwrap();
    for name in FILES.iter().skip(1) {
        let _ = fs::remove_file(folder().join(name));
    }
    fs::write(folder().join("errors.toml"), "").unwrap();
    fs::write(folder().join(chosen), bytes).unwrap();
    match Compiler::new(folder(), "catalog.toml").compile() {
        Ok(module) => assert!(!module.name().is_empty()),
        Err(faults) => {
            let report = faults.to_string();
            let acts = |character: char| character.is_control() && character != '\n';
            assert!(!report.contains(acts), "{report:?}");
        }
    }
});
