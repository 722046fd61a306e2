//! `schema`, and the schemas that `init` and `sync` write.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;
use std::path::Path;
use std::{env, fs};

const KINDS: [&str; 3] = ["manifest", "errors", "locale"];

#[test]
fn the_published_schemas_are_those_of_the_decoder() {
    let sandbox = Sandbox::empty();
    for kind in KINDS {
        let schema = sandbox.run(&format!("schema {kind}")).succeeds().to_owned();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{kind}.schema.json"));
        if env::var_os("LIFT_ERRORS_BLESS").is_some() {
            fs::write(&file, &schema).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), schema, "LIFT_ERRORS_BLESS=1 writes it");
        let json: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert!(jsonschema::validator_for(&json).is_ok(), "{kind}");
    }
    sandbox.run("schema lock").fails(2);
}

#[test]
fn a_new_catalogue_has_its_schemas_and_keeps_them_current() {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run("init orders").code, Some(0));
    assert!(sandbox.read("catalog/catalog.toml").starts_with("#:schema schemas/manifest.schema.json\n"));
    assert!(sandbox.read("catalog/errors.toml").starts_with("#:schema schemas/errors.schema.json\n"));
    let file = "catalog/schemas/errors.schema.json";
    let schema = sandbox.read(file);
    sandbox.write(file, "{}");
    assert!(sandbox.run("sync --check").stdout.contains("would write catalog/schemas/errors.schema.json"));
    assert_eq!(sandbox.run("sync").code, Some(0));
    assert_eq!(sandbox.read(file), schema);
}

/// Editors complete and check the files of this repository: `.ci/editors` proves it.
#[test]
fn every_shipped_file_names_its_schema() {
    fn look(folder: &Path, count: &mut usize) {
        for item in fs::read_dir(folder).unwrap().map(|item| item.unwrap()) {
            let (path, name) = (item.path(), item.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                // The default locale's folder is generated, for translators' tools.
                let is_generated = path.ends_with("locales/en");
                if !is_generated {
                    look(&path, count);
                }
            } else if name.ends_with(".toml") && !name.ends_with(".state.toml") && name != "Cargo.toml" {
                let text = fs::read_to_string(&path).unwrap();
                let schema = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
                let schema = schema.unwrap_or_else(|| {
                    panic!("{}: write `#:schema …` as its first line, as in the files beside it", path.display())
                });
                assert!(folder.join(schema).is_file(), "{}: {schema}", path.display());
                *count += 1;
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut count = 0;
    for folder in ["catalog", "lift-errors-codegen/bases", "tests/golden", "examples/small/report"] {
        look(&root.join(folder), &mut count);
    }
    assert!(count > 50, "{count}");
}
