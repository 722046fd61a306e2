//! "To change an error, edit TOML and nothing else": a new entry and a new language of the canonical catalogue.

use crate::{folder, golden_files};
use lift_errors_codegen::Compiler;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

const ENTRY: &str = r#"
[added_by_a_test]
id = "LIFT-9999"
status = 420
since = "0.2.0"
severity = "warning"
title = "This location is being counted"
detail = "This location is being counted. {location} opens again in {opens_in}."
meaning = "A stock count is under way, and nothing may leave the location until it is closed."
retry = { kind = "after_change" }

[added_by_a_test.params]
location = { type = "text", sensitivity = "public", doc = "The location's name.", example = "Main Warehouse" }
opens_in = { type = "duration", sensitivity = "public", doc = "The time until then.", example = "15m" }

[[added_by_a_test.cause]]
id = "count_in_progress"
text = "A colleague is counting the stock at this location."
fixes = ["close_count"]

[[added_by_a_test.fix]]
id = "close_count"
text = "Ask the colleague to finish the count and close it."
"#;

const POLISH: &str = "[not_found]\ntitle = \"Nie znaleziono\"\n\n[forbidden]\ntitle = \"Brak dostępu\"\n";
const POLISH_ENTRY: &str = "[added_by_a_test]\ntitle = \"Ta lokalizacja jest liczona\"\n";

/// The line of the manifest by which each locale has every text.
const DEMAND: &str = "\ncomplete = true";

/// A copy of the catalogue, which is removed at the end.
struct CatalogCopy(PathBuf);

impl CatalogCopy {
    fn new(name: &str) -> Self {
        let copy = env::temp_dir().join(format!("lift-errors-{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&copy);
        folder::copy(&golden_files::path("../catalog"), &copy);
        Self(copy)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Whether an entry without all translations is a fault.
    fn demands_translations(&self) -> bool {
        self.read("catalog.toml").contains(DEMAND)
    }

    fn change(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} has no {old:?}");
        fs::write(self.0.join(file), text.replacen(old, new, 1)).unwrap();
    }

    fn add(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        let old = fs::read_to_string(&path).unwrap_or_default();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, old + text).unwrap();
    }

    fn compiler(&self) -> Compiler {
        Compiler::new(&self.0, "catalog.toml").canonical()
    }
}

impl Drop for CatalogCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn an_entry_is_added_in_toml_alone() {
    let copy = CatalogCopy::new("entry");
    copy.add("errors/application.toml", ENTRY);
    if copy.demands_translations() {
        let faults = copy.compiler().check().unwrap_err().to_string();
        assert!(faults.contains("`lift-errors coverage de` lists them"), "{faults}");
        copy.change("catalog.toml", DEMAND, "");
    }
    assert_eq!(copy.compiler().check().unwrap().shown(), [""; 0]);
    let module = copy.compiler().compile().unwrap();
    assert!(module.codes().any(|code| code == "added_by_a_test"));
    assert!(module.lock().contains("LIFT-9999") && module.to_source().contains("AddedByATest {"));
}

#[test]
fn a_language_is_added_in_toml_alone() {
    let copy = CatalogCopy::new("language");
    copy.add("errors/application.toml", ENTRY);
    if copy.demands_translations() {
        copy.change("catalog.toml", DEMAND, "");
    }
    let manifest = copy.read("catalog.toml");
    // The test stays when the catalogue gets one of these.
    let tag = ["pl", "cs", "sk", "hr"].into_iter().find(|tag| !manifest.contains(&format!("\"{tag}\""))).unwrap();
    copy.change("catalog.toml", "  \"nl\",\n", &format!("  \"nl\",\n  \"{tag}\",\n"));
    copy.add(&format!("locales/{tag}/errors/http.toml"), POLISH);
    copy.add(&format!("locales/{tag}/errors/application.toml"), POLISH_ENTRY);
    assert_eq!(copy.compiler().check().unwrap().shown(), [""; 0]);
    let coverage = copy.compiler().coverage().unwrap();
    let added = coverage.locale(tag).unwrap();
    assert_eq!((added.translated, added.missing.len()), (3, coverage.texts - 3));
    let module = copy.compiler().compile().unwrap();
    assert!(module.to_source().contains(&format!("feature = \"locale-{tag}\"")));
}

/// Features, the list of base files and the tables of the guides are written from TOML: no file of Rust names the languages that a
/// service can choose.
#[test]
fn nothing_in_rust_lists_the_files_or_the_languages() {
    let root = golden_files::path("..");
    let locales = fs::read_dir(root.join("catalog/locales")).unwrap().map(|entry| entry.unwrap().path());
    let locales: Vec<PathBuf> = locales.filter(|path| path.is_dir() && !path.ends_with("en")).collect();
    assert!(locales.len() >= 8);
    let list = fs::read_to_string(root.join("lift-errors-codegen/src/read/base_files.rs")).unwrap();
    let manifest = fs::read_to_string(root.join("lift-errors/Cargo.toml")).unwrap();
    for tag in locales.iter().map(|path| path.file_name().and_then(std::ffi::OsStr::to_str).unwrap()) {
        assert!(list.contains(&format!("(\"{tag}\", &[")), "{tag}: run regenerate");
        assert!(manifest.contains(&format!("\nlocale-{} = []\n", tag.to_lowercase())), "{tag}: run regenerate");
    }
    assert_eq!(list, lift_errors_codegen::base_list(&root.join(Path::new("lift-errors-codegen/bases"))).unwrap());
}
