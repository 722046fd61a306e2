//! The texts of a base catalogue in files for translators' tools.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;

/// The catalogue translates what its base lacks, in any of its files, and nothing else of the base.
#[test]
fn texts_of_a_base_catalogue_are_translated_where_the_base_is_not() {
    let sandbox = Sandbox::synced();
    for (old, new) in [
        ("name = \"depot\"", "name = \"depot\"\nextends = \"http\""),
        ("[\"en\", \"uk\"]", "[\"en\", \"uk\", \"pl\"]"),
        ("[\"errors.toml\"]", "[\"errors.toml\", \"more.toml\"]"),
    ] {
        sandbox.replace("catalog/catalog.toml", old, new);
    }
    sandbox.write("catalog/more.toml", "[not_found]\nmeaning = \"The depot does not have this.\"\n");
    let polish = "catalog/locales/pl/more.toml";
    sandbox.write(polish, "[unauthorized]\ntitle = \"Brak autoryzacji\"\n");
    assert_eq!(sandbox.run("sync").code, Some(0));
    assert!(sandbox.read("catalog/locales/pl.state.toml").contains("\"unauthorized.title\""));
    assert!(sandbox.read("catalog/locales/en/errors.toml").contains("\n[unauthorized]\ntitle = \"Unauthorized\"\n"));
    assert!(!sandbox.run("export po uk").succeeds().contains("msgctxt \"unauthorized.title\""));
    sandbox.run("export po pl --out pl.po").succeeds();
    for (source, target) in [
        ("msgctxt \"unauthorized.title\"\nmsgid \"Unauthorized\"\nmsgstr \"Brak autoryzacji", "!"),
        ("msgctxt \"forbidden.title\"\nmsgid \"Forbidden\"\nmsgstr \"", "Brak dostępu"),
        ("msgctxt \"not_found.title\"\nmsgid \"Not Found\"\nmsgstr \"", "Nie ma"),
        ("msgctxt \"labels.copied\"\nmsgid \"Copied\"\nmsgstr \"", "Skopiowano"),
    ] {
        sandbox.replace("pl.po", source, &format!("{source}{target}"));
    }
    let imported = sandbox.run("import po pl.po");
    assert!(imported.succeeds().contains("\n`pl`: 3 new, 1 changed, 0 as they were, "), "{imported:#?}");
    let more = "[unauthorized]\ntitle = \"Brak autoryzacji!\"\n\n[not_found]\ntitle = \"Nie ma\"\n";
    assert_eq!(sandbox.read(polish), more);
    assert_eq!(sandbox.read("catalog/locales/pl/errors.toml"), "[forbidden]\ntitle = \"Brak dostępu\"\n");
    assert!(sandbox.read("catalog/locales/pl/catalog.toml").contains("copied = \"Skopiowano\""));
    sandbox.run("review pl forbidden.title labels.copied").succeeds();
    let state = sandbox.read("catalog/locales/pl.state.toml");
    assert_eq!(state.matches("review = \"reviewed\"").count(), 2, "{state}");
    assert!(sandbox.run("sync").succeeds().ends_with(" files are current\n"));
    let unknown = sandbox.run("review pl gone.title");
    assert!(unknown.fails(1).contains("translate it first, in `catalog/locales/pl/errors.toml`"), "{unknown:#?}");
    assert!(sandbox.run("review uk gone.title").fails(1).contains("`uk` has no translation of `gone.title`"));
    // A text of a base changes with the next version of it.
    let now = state.lines().find(|line| line.starts_with("\"forbidden.title\"")).unwrap();
    let source = now.split_once("source = \"").unwrap().1.split('"').next().unwrap();
    sandbox.replace("catalog/locales/pl.state.toml", source, "000000000000");
    let check = sandbox.run("check");
    assert!(check.stderr.contains("the text of `forbidden.title` has changed since it was translated into `pl`"));
    sandbox.run("accept pl forbidden.title").succeeds();
    assert_eq!(sandbox.read("catalog/locales/pl.state.toml"), state);
}

/// Where the manifest lists no file, `export` says what it leaves out, and how to get it.
#[test]
fn texts_of_a_base_catalogue_need_a_file() {
    let sandbox = Sandbox::empty();
    let manifest = "[catalog]\nname = \"shop\"\nextends = \"http\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
        reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = []\n";
    sandbox.write("catalog/catalog.toml", manifest);
    let exported = sandbox.run("export po sv");
    assert!(!exported.stdout.contains("\"not_found.title\""));
    let warning =
        " of the base left out: no file can have the translations\n  = help: write `files = [\"errors.toml\"]`";
    assert!(exported.code == Some(0) && exported.stderr.contains(warning), "{exported:#?}");
    sandbox.replace("catalog/catalog.toml", "files = []", "files = [\"errors.toml\"]");
    sandbox.write("catalog/errors.toml", "");
    assert!(sandbox.run("export po sv").succeeds().contains("\"not_found.title\""));
    assert!(!sandbox.run("export po fr").succeeds().contains("\"not_found.title\""));
}

/// A regional locale has the base's texts of its language, and its own translations of them are recorded.
#[test]
fn texts_of_a_base_catalogue_are_those_of_the_language_in_a_region() {
    let sandbox = Sandbox::synced();
    let locales = "[\"en\", \"pt-BR\", \"fr-CA\", \"es\", \"es-MX\", \"zh-Hans-CN\", \"uk\"]";
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", locales);
    sandbox.write("catalog/locales/fr-CA/errors.toml", "[not_found]\ntitle = \"Introuvable ici\"\n");
    sandbox.write("catalog/locales/es/errors.toml", "[not_found]\ntitle = \"No lo hay\"\n");
    for (locale, texts) in [
        ("pt-BR", ["Não encontrado", "Causas prováveis"]),
        ("fr-CA", ["Introuvable ici", "Causes probables"]),
        ("es-MX", ["No lo hay", "Causas probables"]),
        ("zh-Hans-CN", ["未找到", "可能的原因"]),
    ] {
        let shown = sandbox.run(&format!("preview not_found --locale {locale}"));
        texts.iter().for_each(|text| assert!(shown.succeeds().contains(text), "{text}: {shown:#?}"));
    }
    assert_eq!(sandbox.run("sync").code, Some(0));
    sandbox.run("review fr-CA not_found.title").succeeds();
    let state = sandbox.read("catalog/locales/fr-CA.state.toml");
    assert!(state.contains("\n\"not_found.title\"") && state.contains("review = \"reviewed\""), "{state}");
    let exported = sandbox.run("export po fr-CA").succeeds().to_owned();
    assert!(exported.contains("msgid \"Not Found\"\nmsgstr \"Introuvable ici\"") && !exported.contains("forbidden."));
    assert!(sandbox.read("catalog/locales/en/errors.toml").contains("\n[not_found]\ntitle = \"Not Found\"\n"));
}
