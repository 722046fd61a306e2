//! The commands that change files, where a catalogue extends another or has no entries of its own yet.

use crate::sandbox::Sandbox;
use crate::{COMPLETE, ERRORS, MANIFEST};
use std::fs;

#[test]
fn the_first_entry_makes_the_first_file() {
    let sandbox = Sandbox::empty();
    let manifest = "[catalog]\nname = \"shop\"\nextends = \"http\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
        reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = []\n";
    for manifest in [manifest.to_owned(), manifest.replace("files = []\n", "")] {
        sandbox.write(MANIFEST, &manifest);
        sandbox.run(&format!("new shop_sold_out {COMPLETE}")).succeeds();
        assert!(sandbox.read(MANIFEST).ends_with("files = [\"errors.toml\"]\n"), "{}", sandbox.read(MANIFEST));
        assert!(sandbox.read(ERRORS).starts_with("[shop_sold_out]\nid = \"SHOP-2001\"\nstatus = 500\n"));
        // One that is there already is listed.
        let errors = sandbox.read(ERRORS);
        sandbox.write(MANIFEST, &manifest);
        sandbox.run("new shop_closed --title Closed").succeeds();
        assert!(sandbox.read(ERRORS).starts_with(&errors) && sandbox.read(ERRORS).contains("[shop_closed]"));
        fs::remove_file(sandbox.path(ERRORS)).unwrap();
        sandbox.run("new shop_gone --title Gone --file ../errors.toml").fails(2);
    }
    // Without a base, the catalogue has no entries before the first one.
    let alone = manifest.replace("extends = \"http\"\n", "");
    for (manifest, errors) in [
        (alone.clone(), None),
        (alone.replace("files = []\n", ""), None),
        (alone.replace("[]", "[\"errors.toml\"]"), Some("# The errors.\n")),
    ] {
        sandbox.write(MANIFEST, &manifest);
        errors.into_iter().for_each(|errors| sandbox.write(ERRORS, errors));
        assert!(sandbox.run("check").fails(1).contains("the catalogue has no entries"));
        sandbox.run(&format!("new shop_sold_out {COMPLETE}")).succeeds();
        let start = errors.map_or_else(String::new, |errors| format!("{errors}\n"));
        assert!(sandbox.read(ERRORS).starts_with(&format!("{start}[shop_sold_out]\nid = \"SHOP-0001\"\n")));
        assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
        fs::remove_file(sandbox.path(ERRORS)).unwrap();
    }
    sandbox.write(MANIFEST, &alone);
    sandbox.write("codes.csv", "code,message\nE1,One\n");
    sandbox.run("import codes.csv").succeeds();
    assert!(sandbox.read("catalog/imported.toml").contains("[shop_e1]\nid = \"SHOP-0001\"\n"));
}

/// Numbers beside those of the base would be in the way of its next entries.
#[test]
fn new_entries_have_ids_apart_from_those_of_the_base() {
    let sandbox = Sandbox::empty();
    let manifest = "[catalog]\nname = \"shop\"\nextends = \"lift\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
        reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = [\"errors.toml\"]\n";
    sandbox.write(MANIFEST, manifest);
    // A lock file has the ids of both.
    sandbox.write("catalog/catalog.lock", "[no_answer_in_time]\nid = \"SHOP-1006\"\nretry = \"idempotent\"\n");
    sandbox.write("codes.csv", "code,message\nE1,One\nE2,Two\n");
    for (last, next) in [("SHOP-2001", "SHOP-2002"), ("SHOP-0012", "SHOP-0013"), ("SHOP-0399", "SHOP-2001")] {
        sandbox.write(ERRORS, "");
        sandbox.run("new shop_first --title First").succeeds();
        assert!(sandbox.read(ERRORS).contains("id = \"SHOP-2001\""));
        sandbox.replace(ERRORS, "SHOP-2001", last);
        sandbox.run("new shop_next --title Next").succeeds();
        assert!(sandbox.read(ERRORS).contains(&format!("id = \"{next}\"")), "{}", sandbox.read(ERRORS));
    }
    sandbox.run("import codes.csv").succeeds();
    let imported = sandbox.read("catalog/imported.toml");
    assert!(imported.contains("id = \"SHOP-2002\"") && imported.contains("id = \"SHOP-2003\""), "{imported}");
}

/// A catalogue that replaces texts, links and constants of its base.
fn with_base() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write(
        MANIFEST,
        "[catalog]\nname = \"shop\"\nextends = \"lift\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
         reference = \"https://example.com/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = [\"errors.toml\"]\n\n\
         [constants]\nproduct_name = \"Shop\"\nmost = 7\n\n\
         [[link]]\nid = \"status_page\"\nrel = \"related\"\nhref = \"https://status.shop.example\"\n",
    );
    sandbox.write(
        ERRORS,
        "[not_found]\nmeaning = \"The shop has at most {most} such pages.\"\n\n\
         [[not_found.fix]]\nid = \"check_address\"\ntext = \"Look at the address.\"\n\n\
         [[not_found.fix]]\nid = \"ask\"\ntext = \"Ask us.\"\n",
    );
    sandbox.run("check").succeeds();
    sandbox
}

/// Under another name the base's would come back.
#[test]
fn a_replaced_part_of_the_base_keeps_its_name() {
    let sandbox = with_base();
    let before = sandbox.files();
    for (old, name) in [
        ("link.status_page", "system_status"),
        ("constants.product_name", "name"),
        ("not_found.fix.check_address", "look_again"),
        ("not_found", "shop_not_found"),
    ] {
        let run = sandbox.run(&format!("rename {old} {name}"));
        let says = format!("error: `{old}` replaces the base's; under another name the base's would come back\n");
        assert!(run.fails(1).starts_with(&says), "{run:#?}");
    }
    // Nor can another part take such a name.
    for (old, name) in [("constants.most", "support_address"), ("not_found.fix.ask", "look_up_endpoint")] {
        assert!(sandbox.run(&format!("rename {old} {name}")).fails(1).contains("there is"), "{old}");
    }
    assert_eq!(sandbox.files(), before);
    sandbox.run("rename constants.most most_pages").succeeds();
    sandbox.run("rename not_found.fix.ask write").succeeds();
}

#[test]
fn an_entry_of_the_base_cannot_be_removed() {
    let sandbox = with_base();
    for (code, help) in [
        ("not_found --in 0.4.0", "without `--in`, `lift-errors remove not_found` undoes your changes"),
        ("forbidden", "leave parts of it out: write `without = [\"cause.ID\"]` into `[forbidden]`"),
        ("forbidden --in 0.4.0", "leave parts of it out: "),
        ("conflict.fix.reload_record", "leave it out: write `without = [\"fix.reload_record\"]` into `[conflict]`"),
        ("conflict.title", "write another `title` into `[conflict]`"),
        ("labels.causes", "write another `causes` into `[labels]`"),
        ("field_error.too_small", "write `[field_error.too_small]` with another text"),
    ] {
        let says = format!("is the base's, which can't be removed\n  = help: {help}");
        assert!(sandbox.run(&format!("remove {code}")).fails(1).contains(&says), "{code}");
    }
}

/// The base's own translations are not the catalogue's to accept.
#[test]
fn a_text_of_the_base_has_the_translation_of_the_base() {
    let sandbox = Sandbox::new();
    sandbox.replace(MANIFEST, "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    sandbox.run("sync").succeeds();
    for command in ["accept uk", "accept --all-locales", "review uk"] {
        let run = sandbox.run(&format!("{command} conflict.title"));
        assert!(run.fails(1).ends_with(": it is a text of the base, which has its translation\n"), "{run:#?}");
    }
}

const GERMAN: &str = "catalog/locales/de/errors.toml";

/// The same with reviewed translations.
fn with_translated_base() -> Sandbox {
    let sandbox = with_base();
    sandbox.replace(MANIFEST, "locales = [\"en\"]", "locales = [\"en\", \"de\"]");
    sandbox.write(
        GERMAN,
        "[not_found]\ntitle = \"Unauffindbar\"\nmeaning = \"Der Laden hat {most}.\"\n\n\
         [not_found.fix]\ncheck_address = \"Adresse ansehen.\"\nask = \"Fragt uns.\"\n",
    );
    sandbox.run("sync").succeeds();
    sandbox.run("review de --all").succeeds();
    sandbox
}

/// The translations of the texts that replaced the base's go with them, and those of the base's texts stay as they were.
#[test]
fn a_replacement_is_undone_with_its_translations() {
    let (whole, by_text) = (with_translated_base(), with_translated_base());
    let run = whole.run("remove not_found");
    assert!(
        run.succeeds().contains("removed what the catalogue changes of `not_found`: the base's is back\n"),
        "{run:#?}"
    );
    for text in ["meaning", "fix.check_address", "fix.ask"] {
        by_text.run(&format!("remove not_found.{text}")).succeeds();
    }
    assert_eq!(whole.read(GERMAN), "[not_found]\ntitle = \"Unauffindbar\"\n");
    let state = whole.read("catalog/locales/de.state.toml");
    assert!(state.contains("\"not_found.title\"") && state.contains("\"reviewed\"") && !state.contains("meaning"));
    assert_eq!(whole.read(ERRORS), "");
    assert_eq!(whole.run("check").succeeds(), "no faults\n");
    assert!(whole.run("preview not_found -l de").succeeds().contains("gibt es nicht"));
    let contents = |sandbox: Sandbox| sandbox.files().into_values().collect::<Vec<_>>();
    assert_eq!(contents(whole), contents(by_text));
}

/// A translation of a text that replaced the base's says nothing about the base's, which has one of its own.
#[test]
fn a_replacement_that_is_undone_by_hand_leaves_the_translation_of_the_base() {
    let sandbox = with_translated_base();
    let fix = "[[not_found.fix]]\nid = \"check_address\"\ntext = \"Look at the address.\"\n\n";
    sandbox.replace(ERRORS, fix, "");
    let shown = || sandbox.run("preview not_found -l de").succeeds().to_owned();
    assert!(
        shown().contains("Lesen Sie die URL Zeichen für Zeichen") && shown().contains("Unauffindbar"),
        "{}",
        shown()
    );
    let check = sandbox.run("check");
    for part in [
        "warning: the text of `not_found.fix.check_address` has changed since it was translated into `de`\n",
        "= note: readers of `de` get the translation of the base\n",
        "= help: delete the translation: the base has one of this text; if the translation is still right, run `lift-errors",
    ] {
        assert!(check.code == Some(0) && check.stderr.contains(part), "{part}: {check:#?}");
    }
    // Translators see their own, and may say that it is right for the base's text.
    sandbox.run("sync").succeeds();
    assert!(sandbox.run("coverage de").succeeds().contains("not_found.fix.check_address"));
    assert!(sandbox.run("export po de").succeeds().contains("Adresse ansehen."));
    sandbox.run("accept de not_found.fix.check_address").succeeds();
    assert!(shown().contains("Adresse ansehen."));
    // One that can't be shown with the base's text goes in the same way.
    sandbox.replace(ERRORS, "meaning = \"The shop has at most {most} such pages.\"\n", "");
    sandbox.replace(ERRORS, "\"Ask us.\"", "\"Ask {most} of us.\"");
    sandbox.replace(GERMAN, "Fragt uns.", "Fragt {most} von uns.");
    assert!(shown().contains("Die angeforderte Seite oder Ressource gibt es nicht"), "{}", shown());
}

/// The parent's own translation is stale, too.
#[test]
fn a_stale_translation_gives_way_to_that_of_the_base_in_a_parent() {
    let sandbox = with_translated_base();
    sandbox.replace(MANIFEST, "\"de\"]", "\"de\", \"de-AT\", \"pt\", \"pt-PT\", \"pt-AO\"]");
    let austrian = "[not_found]\nmeaning = \"Das Geschäft hat {most}.\"\n\n[not_found.fix]\ncheck_address = \"Adresse anschauen.\"\n";
    sandbox.write("catalog/locales/de-AT/errors.toml", austrian);
    // Angola inherits from Portugal, and that from the base's Portuguese.
    for (tag, text) in [("pt-PT", "Veja o endereço."), ("pt-AO", "Confira o endereço.")] {
        sandbox.write(
            &format!("catalog/locales/{tag}/errors.toml"),
            &format!("[not_found.fix]\ncheck_address = \"{text}\"\n"),
        );
    }
    assert_eq!(sandbox.run("sync").code, Some(0));
    sandbox.replace(ERRORS, "meaning = \"The shop has at most {most} such pages.\"\n", "");
    sandbox.replace(ERRORS, "\"Ask us.\"", "\"Ask {most} of us.\"");
    sandbox.replace(GERMAN, "Fragt uns.", "Fragt {most} von uns.");
    let fix = "[[not_found.fix]]\nid = \"check_address\"\ntext = \"Look at the address.\"\n\n";
    sandbox.replace(ERRORS, fix, "");
    let check = sandbox.run("check");
    for readers in ["`de`, `de-AT`", "`de`, `de-AT`, `pt-PT`, `pt-AO`"] {
        let note = format!("= note: readers of {readers} get the translation of the base\n");
        assert!(check.code == Some(0) && check.stderr.matches(&note).count() == 1, "{readers}: {check:#?}");
    }
    let (german, portuguese) = ("Lesen Sie die URL Zeichen für Zeichen", "Leia a URL letra por letra");
    for (tag, texts) in [
        ("de-AT", ["Die angeforderte Seite oder Ressource gibt es nicht", german].as_slice()),
        ("pt", &[portuguese]),
        ("pt-PT", &[portuguese]),
        ("pt-AO", &[portuguese]),
    ] {
        let shown = sandbox.run(&format!("preview not_found -l {tag}"));
        assert!(texts.iter().all(|text| shown.succeeds().contains(text)), "{tag}: {shown:#?}");
    }
}

#[test]
fn a_new_entry_names_the_constants_of_the_base() {
    let sandbox = with_base();
    let complete = COMPLETE.replace("It-happened.", "Until-{maintenance_hours}.");
    assert!(sandbox.run(&format!("new shop_shut {complete}")).succeeds().contains(", complete\n"));
    assert!(!sandbox.read(ERRORS).contains("params"), "{}", sandbox.read(ERRORS));
}

/// A fix of a cause that is left out would be shown for all of the others.
#[test]
fn a_fix_goes_with_its_last_cause() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    assert!(sandbox.run("explain not_found").succeeds().contains("look_up_endpoint"));
    let without = "[not_found]\nwithout = [\"cause.unknown_endpoint\"]\n\n";
    sandbox.write("catalog/errors.toml", &format!("{without}{}", sandbox.read("catalog/errors.toml")));
    let explained = sandbox.run("explain not_found");
    assert!(!explained.succeeds().contains("look_up_endpoint"), "{explained:#?}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    // One that the service writes again is meant for all.
    let own = "[[not_found.fix]]\nid = \"look_up_endpoint\"\ntext = \"Look it up.\"\n\n";
    sandbox.replace("catalog/errors.toml", without, &format!("{without}{own}"));
    assert!(sandbox.run("explain not_found").succeeds().contains("look_up_endpoint"));
}

/// The files of the base are in no repository of the service.
#[test]
fn a_changed_entry_of_the_base_names_the_own_file() {
    let sandbox = with_base();
    let text = sandbox.run("explain not_found").succeeds().to_owned();
    let place = "errors.toml:1, which changes the entry of the catalogue `lift`, a part of lift-errors";
    assert!(text.contains(&format!("{place} (en)\n")), "{text}");
    let markdown = sandbox.run("explain not_found -f markdown").succeeds().to_owned();
    assert!(markdown.contains(&format!("{place}`` (en)\n")), "{markdown}");
    assert!(
        sandbox.run("explain forbidden").succeeds().contains("\n  the catalogue `lift`, a part of lift-errors (en)\n")
    );
    assert_eq!(sandbox.run("docs --out site --edit-url https://git.example/{file}#L{line}").code, Some(0));
    assert!(sandbox.read("site/en/SHOP-0404.html").contains("https://git.example/catalog/errors.toml#L1"));
    assert!(!sandbox.read("site/en/SHOP-0403.html").contains("https://git.example/"));
}
