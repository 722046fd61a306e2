//! The folders of the locales, and what is beside them.

use crate::sandbox::Sandbox;
use crate::{STATE, warnings};
use std::fs;

/// A locale may have no text yet, with a folder or without: git does not keep an empty one.
#[test]
fn a_locale_without_texts_is_warned_of() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\", \"uk\", \"pl\"]");
    let warning = "warning: no text is translated into `pl` yet: there is no file in `locales/pl`\n";
    let run = sandbox.run("check");
    assert!(run.code == Some(0) && run.stderr.contains(warning), "{run:#?}");
    assert!(sandbox.run("sync").succeeds().contains("wrote catalog/locales/pl.state.toml\n"));
    assert!(
        sandbox.run("coverage").succeeds().contains("\npl                0    0 %"),
        "{:#?}",
        sandbox.run("coverage")
    );
    assert!(sandbox.run("check").stderr.contains(warning));
    fs::create_dir(sandbox.path("catalog/locales/pl")).unwrap();
    assert!(sandbox.run("check").stderr.contains(warning));
    sandbox.write("catalog/locales/pl/.gitkeep", "");
    assert!(!sandbox.run("check").stderr.contains(warning));
}

/// A folder that is gone with its translations is a fault, and so is one with another name.
#[test]
fn a_folder_that_was_lost_or_is_misspelt_is_a_fault() {
    let sandbox = Sandbox::synced();
    fs::rename(sandbox.path("catalog/locales/uk"), sandbox.path("catalog/locales/ukr")).unwrap();
    let check = sandbox.run("check");
    assert!(check.fails(1).contains("error: missing folder `locales/uk` with the texts"), "{check:#?}");
    assert!(check.stderr.contains("= help: name the folder `locales/ukr` so, or make this one\n"), "{check:#?}");
    assert!(check.stderr.contains("= help: name the folder `locales/uk`\n"), "{check:#?}");
    fs::remove_dir_all(sandbox.path("catalog/locales/ukr")).unwrap();
    let check = sandbox.run("check");
    let help = "= help: bring it back from your version control; if its translations are gone for good, remove \
        `locales/uk.state.toml`, which records them\n";
    // Nothing advises against it.
    assert!(check.fails(1).starts_with("error: missing folder `locales/uk`"), "{check:#?}");
    assert!(check.stderr.contains(help), "{check:#?}");
    fs::remove_file(sandbox.path(STATE)).unwrap();
    assert_eq!(sandbox.run("check").code, Some(0));
    // A base has texts in the language, and the records are of the catalogue's own.
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"lift\"");
    sandbox.run("sync").succeeds();
    fs::rename(sandbox.path("catalog/locales/uk"), sandbox.path("uk")).unwrap();
    assert!(sandbox.run("check").fails(1).contains("error: missing folder `locales/uk`"));
    sandbox.run("sync").fails(1);
    fs::remove_file(sandbox.path(STATE)).unwrap();
    assert_eq!(sandbox.run("check").code, Some(0));
}

/// An author may believe that it is read.
#[test]
fn a_file_in_no_language_s_folder_is_warned_of() {
    let sandbox = Sandbox::synced();
    sandbox.write("catalog/locales/README.md", "How to translate.");
    assert_eq!(warnings(&sandbox), "");
    for (name, help) in [
        ("errors.toml", "move it into the folder of its language, or out of `locales`"),
        ("uk.toml", "move its texts to `locales/uk/errors.toml`"),
        // `sync` writes over a folder of the default locale.
        ("en.toml", "write its texts into the entries' own files, such as `errors.toml`"),
    ] {
        let file = format!("catalog/locales/{name}");
        sandbox.write(&file, "");
        let run = sandbox.run("check");
        let warning = format!("warning: `locales/{name}` is in no language's folder, and is not read\n");
        assert!(run.stderr.starts_with(&warning) && run.stderr.contains(help), "{run:#?}");
        fs::remove_file(sandbox.path(&file)).unwrap();
    }
    sandbox.write("catalog/locales/us/errors.toml", "");
    let warnings = warnings(&sandbox);
    assert!(
        warnings.contains("= help: write its texts into the entries' own files, such as `errors.toml`"),
        "{warnings}"
    );
}

/// A base has texts in the language, so nothing else would say that those of the folder are not read.
#[test]
fn a_folder_in_another_case_is_named() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"lift\"");
    fs::rename(sandbox.path("catalog/locales/uk"), sandbox.path("catalog/locales/UK")).unwrap();
    let check = sandbox.run("check");
    // Where case does not tell folders apart, it is read.
    if !sandbox.path("catalog/locales/uk").is_dir() {
        assert!(check.stderr.contains("the folder `locales/UK` is not compiled"), "{check:#?}");
        assert!(check.stderr.contains("= help: name the folder `locales/uk`\n"), "{check:#?}");
    }
}

/// The copies for translators are those of the default locale alone.
#[test]
fn copies_of_a_former_default_locale_are_removed() {
    let sandbox = Sandbox::synced();
    let manifest =
        sandbox.read("catalog/catalog.toml").replace("default_locale = \"en\"", "default_locale = \"en-GB\"");
    sandbox.write("catalog/catalog.toml", &manifest.replace("[\"en\", ", "[\"en-GB\", "));
    sandbox.write("catalog/locales/en/catalog.toml", "# Mine. `lift-errors sync` writes this file.\n");
    let run = sandbox.run("sync");
    assert!(run.stdout.contains("removed catalog/locales/en/errors.toml, which is not needed any more\n"), "{run:#?}");
    assert!(!run.stdout.contains("removed catalog/locales/en/catalog.toml"), "{run:#?}");
    assert!(sandbox.run("check").stderr.contains("the folder `locales/en` is not compiled"));
    fs::remove_file(sandbox.path("catalog/locales/en/catalog.toml")).unwrap();
    assert_eq!(sandbox.run("check").stderr, "");
}
