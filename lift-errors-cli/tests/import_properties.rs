//! `import` of `.properties` files: the other languages beside them are imported, and nothing is lost silently.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;

const PROPERTIES: &str = "control\u{1b}[0m={0}\ndefault.not.found=It''s {0} of {1,number} that can't be found\nempty=\nchoice=There {0,choice,0#are none|1#is one}.\n";
const GERMAN: &str = "default.not.found={0} von {1,number} wurde nicht gefunden\nextra=Mehr\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "default_locale", "drafts = \"allow\"\ndefault_locale");
    sandbox
}

#[test]
fn properties_bring_their_other_languages() {
    let sandbox = sandbox();
    sandbox.write("messages.properties", PROPERTIES);
    sandbox.write("messages_de.properties", GERMAN);
    sandbox.write("messages_en.properties", PROPERTIES);
    sandbox.write("messages_old.properties", GERMAN);
    let run = sandbox.run("import messages.properties");
    for line in [
        "left out: `empty` has no text",
        "left out: `extra` is in `de` alone",
        "left out: `messages_en.properties`: `en` is the language of the catalogue itself",
        "left out: `messages_old.properties`: `old` can't be a locale: ",
        "chooses between texts",
    ] {
        assert!(run.succeeds().contains(line), "{run:#?}");
    }
    assert!(
        sandbox.read("catalog/imported.toml").contains("detail = \"It's {value_1} of {value_2} that can't be found\"")
    );
    assert!(sandbox.read("catalog/catalog.toml").contains("locales = [\"en\", \"uk\", \"de\"]"));
    assert_eq!(sandbox.run("check").code, Some(0));
    assert!(sandbox.run("preview dep_default_not_found -l de").succeeds().contains("… von 0 wurde nicht gefunden"));
}

/// A project may have no file without a language.
#[test]
fn properties_of_the_catalogue_s_language_have_the_others_beside_them() {
    for source in ["en", "en_US"] {
        let sandbox = sandbox();
        for (tag, text) in [("de", "Zu"), ("uk_UA", "Зачинено"), ("en", "Shut"), (source, "Shut!")] {
            sandbox.write(&format!("i18n/my_messages_{tag}.properties"), &format!("gate.shut={text}\n"));
        }
        let run = sandbox.run(&format!("import i18n/my_messages_{source}.properties"));
        assert!(run.succeeds().contains("1 error imported, 0 remarks, "), "{run:#?}");
        let left_out = "left out: `my_messages_en.properties`: `en` is the language of the catalogue itself\n";
        assert_eq!(run.stdout.contains(left_out), source != "en", "{run:#?}");
        assert!(sandbox.read("catalog/imported.toml").contains("detail = \"Shut!\"\n"));
        for (locale, text) in [("de", "Zu"), ("uk", "Зачинено")] {
            let file = sandbox.read(&format!("catalog/locales/{locale}/imported.toml"));
            assert!(file.contains(&format!("detail = \"{text}\"\n")), "{file}");
        }
        assert_eq!(sandbox.run("check").code, Some(0));
    }
}

#[cfg(unix)]
#[test]
fn properties_that_are_links_out_of_their_folder_are_left_out() {
    let (sandbox, outside) = (sandbox(), Sandbox::empty());
    sandbox.write("i18n/messages.properties", "shelf.full=The shelf is full.\n");
    outside.write("secret.properties", "shelf.full=Secret\n");
    sandbox.write("i18n/uk.properties", "shelf.full=Полиця заповнена.\n");
    let link = |from: &str, to: &str| std::os::unix::fs::symlink(from, sandbox.path(to)).unwrap();
    link(outside.path("secret.properties").to_str().unwrap(), "i18n/messages_fr.properties");
    link("uk.properties", "i18n/messages_uk.properties");
    let run = sandbox.run("import i18n/messages.properties");
    let left_out = "left out: `messages_fr.properties`: a symbolic link points out of the folder\n";
    assert!(run.succeeds().contains(left_out), "{run:#?}");
    assert!(!sandbox.path("catalog/locales/fr").exists());
    assert!(sandbox.read("catalog/locales/uk/imported.toml").contains("Полиця заповнена."));
}

/// A translation that lacks words would be read by people who know no other.
#[test]
fn properties_say_what_a_translation_loses() {
    let sandbox = sandbox();
    sandbox.write("messages.properties", "gate.many={0} files, too many\ngate.shut=Shut\ngate.shut=Shut at {0}\n");
    let german = "gate.many=Der Upload hat {0,choice,0#keine Dateien|1#eine Datei}, zu viel\ngate.shut=Zu um {0,time,short}\ngate.shut=Zu um {0,time,short}\n";
    sandbox.write("messages_de.properties", german);
    let run = sandbox.run("import messages.properties");
    for line in [
        "left out: `gate.shut` is there again: the last one counts, as in Java",
        "left out: `gate.shut` in `de` is there again: the last one counts, as in Java",
        "left out: `gate.many` in `de`: `{0,choice,0#keine Dateien|1#eine Datei}` chooses between texts",
        "`gate.shut` in `de`: `{0,time,short}` loses its format",
        "2 drafts without a status: 500, and never tried again, until you write `status` and `retry`",
        "2 text parameters for operators only: clients read `…` instead, until you write `sensitivity`",
    ] {
        assert!(run.succeeds().contains(line), "{line}\n{run:#?}");
    }
    let translated = sandbox.read("catalog/locales/de/imported.toml");
    assert_eq!(translated, "[dep_gate_shut]\ndetail = \"Zu um {value_1}\"\n");
    for (file, command) in [("de.po", "import po"), ("de.xlf", "import xliff")] {
        sandbox.write(file, "");
        assert!(sandbox.run(&format!("import {file}")).fails(3).contains(&format!("`lift-errors {command}`")));
    }
}

/// Java writes some languages in an older way than CLDR, and in any case.
#[test]
fn properties_of_tags_in_another_spelling_are_those_of_the_catalogue_s_locale() {
    let sandbox = sandbox();
    sandbox.write("messages.properties", "gate.shut=The gate is shut\ngate.open=The gate is open\n");
    for tag in ["iw", "DE", "he", "ca_ES_VALENCIA", "zh_CN", "zh_TW", "zh_HK", "fr_AR", "uk_UA"] {
        sandbox.write(&format!("messages_{tag}.properties"), &format!("gate.shut=gate in {tag}\n"));
    }
    let direction = "gate.shut=\\u200f\u{627}\u{644}\u{628}\ngate.open=\u{627}\u{644}\u{628}\n";
    sandbox.write("messages_ar.properties", direction);
    let run = sandbox.run("import messages.properties");
    for line in [
        "left out: `messages_ca_ES_VALENCIA.properties`: `ca-ES-valencia` can't be a locale: it has no tag without a variant",
        "left out: `messages_iw.properties`: another file is in `he`, too",
        "left out: `messages_fr_AR.properties`: `fr-AR` can't be a locale: did you mean `fr`?",
        "left out: `gate.shut` in `ar`: the text has a bidi control character, U+200F",
        "2 errors imported, 0 remarks, 4 left out",
    ] {
        assert!(run.succeeds().contains(line), "{line}\n{run:#?}");
    }
    assert!(
        sandbox
            .read("catalog/catalog.toml")
            .contains("locales = [\"en\", \"uk\", \"ar\", \"de\", \"he\", \"zh-Hans\", \"zh-Hant\", \"zh-Hant-HK\"]")
    );
    for (locale, tag) in [("zh-Hans", "zh_CN"), ("zh-Hant", "zh_TW"), ("zh-Hant-HK", "zh_HK")] {
        let file = sandbox.read(&format!("catalog/locales/{locale}/imported.toml"));
        assert!(file.contains(&format!("detail = \"gate in {tag}\"")), "{file}");
    }
    assert!(sandbox.read("catalog/locales/he/imported.toml").contains("detail = \"gate in he\""));
    assert!(sandbox.read("catalog/locales/uk/imported.toml").contains("detail = \"gate in uk_UA\""));
    assert!(sandbox.read("catalog/locales/ar/imported.toml").starts_with("[dep_gate_open]"));
    assert_eq!(sandbox.run("check").code, Some(0));
}

/// The lines about single texts may be very many.
#[test]
fn a_language_that_is_left_out_is_reported_first() {
    let sandbox = sandbox();
    let empty: String = (0..30).map(|number| format!("empty.e{number}=\n")).collect();
    sandbox.write("messages.properties", &format!("{empty}gate.shut=Only one of 'a' or '{{'b'}}'\n"));
    sandbox.write("messages_old.properties", "gate.shut=Shut\n");
    let run = sandbox.run("import messages.properties");
    assert!(run.succeeds().starts_with("left out: `messages_old.properties`: `old` can't be a locale: "), "{run:#?}");
    assert!(run.stdout.contains("left out: 10 more\n"), "{run:#?}");
    assert!(run.stdout.contains("1 error imported, 0 remarks, 31 left out\n"), "{run:#?}");
    assert!(sandbox.read("catalog/imported.toml").contains("detail = \"Only one of 'a' or {{b}}\"\n"));
}

/// A locale that was taken off the list for a while has its other files, and its reviews.
#[test]
fn properties_keep_the_translations_of_a_locale_that_is_not_listed() {
    let sandbox = sandbox();
    sandbox.run("review uk --all").succeeds();
    let state = sandbox.read("catalog/locales/uk.state.toml");
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    sandbox.write("messages.properties", "gate.shut=The gate is shut\n");
    sandbox.write("messages_uk.properties", "gate.shut=Браму зачинено\n");
    sandbox.run("import messages.properties").succeeds();
    let now = sandbox.read("catalog/locales/uk.state.toml");
    for line in state.lines() {
        assert!(now.contains(line), "{line}\n{now}");
    }
    assert!(now.contains("\"dep_gate_shut.detail\""), "{now}");
    assert!(sandbox.run("sync").succeeds().ends_with(" files are current\n"));
}
