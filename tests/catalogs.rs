//! A service's own catalogue, `tests/golden/onboarding`: the committed file of the build step and the
//! module of the derive are one and the same, and both live beside the canonical catalogue.

use crate::{folder, golden_files};
use lift_errors::{Catalog, Entry, FieldError, FieldErrors, Format, LiftError as _, Retry, RetryKind, lift};
use lift_errors_codegen::{Compiler, Module};
use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;
use std::{fs, io, process};

/// The module of the build step. It has no warning, wherever it is included.
#[deny(warnings, missing_docs, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]
#[forbid(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::todo)]
// As a service has it that names no older version: clippy knows more functions then.
#[clippy::msrv = "1.95"]
pub mod built {
    include!("golden/onboarding.rs");
}

/// The module of the derive, with nothing in scope and the same lints.
#[deny(warnings, missing_docs, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]
pub mod derived {
    /// The catalogue of the onboarding service.
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "golden/onboarding/catalog.toml")]
    pub struct Onboarding;

    /// A catalogue that extends another one, which is part of the compiler.
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "golden/depot/catalog.toml")]
    pub struct Depot;

    /// Another product on the canonical catalogue.
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "golden/desk/catalog.toml")]
    pub struct Desk;
}

fn compile() -> Module {
    Compiler::new(golden_files::path("golden/onboarding"), "catalog.toml").compile().unwrap()
}

/// A draft may lack the sentence, and clippy refuses an empty one in a file that is included.
#[test]
fn a_parameter_without_a_sentence_is_documented_by_its_name() {
    let module = Compiler::new(golden_files::path("shop"), "catalog.toml").compile().unwrap().to_source();
    assert!(module.contains("/// The parameter `number`. `None` only in"), "{module}");
}

#[test]
fn a_catalogue_that_extends_another_is_derived() {
    assert_eq!(derived::Depot::CATALOG.name(), "depot");
    assert_eq!(derived::depot::not_found::new().build().to_string(), "There is nothing at this address.");
}

/// What a client raises itself is in no response, so its texts are the product's own only here.
#[test]
fn a_client_raises_the_errors_of_its_product() {
    use derived::desk;
    use lift_errors::client::ReceivedError;
    let received = ReceivedError::<desk::Error>::unanswered("refused");
    assert!(matches!(received.error(), Some(desk::Error::ConnectionFailed { .. })), "{received:?}");
    assert!(received.is_unanswered() && received.to_string().ends_with("(DESK-1005)"), "{received}");
    let received = ReceivedError::<desk::Error>::timed_out("no answer");
    assert!(matches!(received.error(), Some(desk::Error::NoAnswerInTime { .. })), "{received:?}");
    let guidance = received.causes().iter().chain(received.fixes()).map(ToString::to_string).collect::<String>();
    assert!(guidance.contains("status.acme.example") && !guidance.contains("OpenBoxes"), "{guidance}");
    // The warning that the work may be done is among the notes.
    let notes: Vec<_> = received.notes().iter().map(|note| (note.id(), note.kind())).collect();
    assert_eq!(notes, [("work_may_be_done", Some("warning"))]);
}

/// Nor does the neutral base name another product, in any language, and its errors have the canonical contract.
#[test]
fn a_client_on_the_neutral_base_raises_errors_without_a_product() {
    use derived::depot;
    use lift_errors::client::ReceivedError;
    for (received, canonical, id) in [
        (ReceivedError::unanswered("refused"), lift::connection_failed::ENTRY, "DEPOT-1005"),
        (ReceivedError::timed_out("no answer"), lift::no_answer_in_time::ENTRY, "DEPOT-1006"),
    ] {
        let received: ReceivedError<depot::Error> = received;
        let (entry, error) = (received.entry().unwrap(), received.error().unwrap());
        assert_eq!((entry.id(), entry.code(), received.id()), (id, canonical.code(), Some(id)));
        assert_eq!(
            (entry.status(), entry.grpc_code(), entry.retry()),
            (None, canonical.grpc_code(), canonical.retry())
        );
        assert_eq!((received.retry().kind(), received.is_unanswered()), (RetryKind::Idempotent, true));
        assert!(entry.causes().map(|cause| cause.id()).eq(canonical.causes().map(|cause| cause.id())));
        for locale in depot::CATALOG.locales() {
            let text = error.problem().with_locale(locale).display(Format::PlainText).to_string();
            assert!(!text.contains("OpenBoxes") && !text.contains("openboxes"), "{text}");
        }
        // No server chose a language; the reader's is that of the typed error.
        assert_eq!(received.title(), Some(canonical.title().to_string().as_str()));
        let french = "fr".parse().unwrap();
        let title = entry.title().in_locale(french).to_string();
        assert_eq!(title, canonical.title().in_locale(french).to_string());
        assert!(error.problem().with_locale(french).display(Format::PlainText).to_string().contains(&title), "{title}");
    }
}

/// A product on the canonical catalogue replaces the names of OpenBoxes by constants and links of its manifest.
#[test]
fn another_product_is_named_in_every_text() {
    let source = Compiler::new(golden_files::path("golden/desk"), "catalog.toml").compile().unwrap().to_source();
    let at = |word: &str| source.find(word).map(|at| source[at..].chars().take(80).collect::<String>());
    for word in ["OpenBoxes", "openboxes", "LIFT-", "Lift "] {
        assert_eq!(at(word), None, "`{word}`");
    }
    let in_each_language = [
        "Acme Desk checked the data",
        "über das Menü von Acme Desk",
        "depuis le menu Acme Desk",
        "el menú de Acme Desk",
        "het menu van Acme Desk",
        "pelo menu do Acme Desk",
        "через меню Acme Desk",
        "قائمة Acme Desk،",
        "从 Acme Desk 菜单",
        r#"Bearer realm=\"Acme Desk\""#,
    ];
    for words in in_each_language {
        assert!(source.contains(words), "{words}");
    }
}

/// English has the same form for -1 as for 1.
#[test]
fn a_negative_number_selects_the_plural_form_of_its_amount() {
    let message = |number| built::onboarding::field_error::too_small(number).message().to_string();
    assert_eq!(message(-1), "A site has at least -1 door.");
    assert_eq!(message(-2), "A site has at least -2 doors.");
    assert_eq!(message(1), "A site has at least 1 door.");
}

#[test]
fn the_generated_file_is_the_committed_one() {
    golden_files::compare("golden/onboarding.rs", &compile().to_source()).unwrap();
}

/// Descriptions are for the documentation: neither the module nor its tables have one, in any language.
#[test]
fn descriptions_are_in_no_program() {
    let folder = golden_files::path("golden/onboarding");
    let words = [("imports.toml", "holds the lock of its site"), ("locales/fr/imports.toml", "verrouille son site")];
    for (file, words) in words {
        assert!(fs::read_to_string(folder.join(file)).unwrap().contains(words), "{file}");
    }
    let out = std::env::temp_dir().join(format!("lift-errors-described-{}", process::id()));
    fs::create_dir_all(&out).unwrap();
    let in_files = Compiler::new(&folder, "catalog.toml").tables_in_files().compile().unwrap();
    in_files.write_into(&out).unwrap();
    let mut written: Vec<Vec<u8>> =
        fs::read_dir(&out).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(written.len() > 1, "the tables have files of their own");
    written.extend([compile().to_source().into_bytes(), compile().lock().as_bytes().to_vec()]);
    // Another text of the entry is in both.
    let has = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(written.iter().filter(|bytes| has(bytes, "Imports run one after the other.")).count() >= 2);
    for (_, words) in words {
        assert!(written.iter().all(|bytes| !has(bytes, words)), "{words}");
    }
    // Nor do they have the other addresses and names that it mentions.
    for part in ["part-1.csv", "imports@example.com"] {
        assert!(written.iter().all(|bytes| !has(bytes, part)), "{part}");
    }
    fs::remove_dir_all(out).unwrap();
}

/// A translation that a change of its text made wrong is not in the tables: its locale falls back.
#[test]
fn a_wrong_translation_is_left_out_of_the_tables() {
    let folder = golden_files::path("ui/translation__are_fresh__no_longer_fits");
    let source = Compiler::new(folder, "catalog.toml").compile().unwrap().to_source();
    for kept in ["Auf dem Schild steht ", "Appuyez sur ", "affiche indique "] {
        assert!(source.contains(kept), "{kept}");
    }
    for left_out in [
        "muss warten",
        "doit attendre",
        "devra attendre",
        "Pesez sur",
        "enseigne indique",
        "Bestellen Sie",
        "Druck auf",
        "sigħat",
    ] {
        assert!(!source.contains(left_out), "{left_out}");
    }
}

#[test]
fn the_lock_file_is_the_committed_one() {
    golden_files::compare("golden/onboarding/catalog.lock", compile().lock()).unwrap();
}

/// Two entries, with all that programs rely on.
const RELIED_ON: &str = r#"
[shop_late]
id = "SHOP-0001"
status = 409
status_default = true
since = "0.1.0"
severity = "error"
title = "Late"
detail = "It is late on {shelf}."
meaning = "It is not there yet."
runbook = "Ask {carrier}."
retry = { kind = "idempotent", wait = "3s" }
headers = { "X-Shop" = "late", "X-Door" = "shut" }
[shop_late.params]
shelf = { type = "text", sensitivity = "public", doc = "Where.", example = "A1", header = "X-Shelf" }
carrier = { type = "text", sensitivity = "operator", doc = "Who.", example = "Post" }
[[shop_late.cause]]
id = "snow"
text = "There is snow."
fixes = ["wait"]
[[shop_late.cause]]
id = "holiday"
text = "It is a holiday."
fixes = ["wait"]
[[shop_late.fix]]
id = "wait"
text = "Wait."

[shop_shut]
id = "SHOP-0002"
draft = true
status = 409
since = "0.1.0"
severity = "error"
retry = { kind = "never" }
"#;

#[test]
fn the_lock_file_shows_each_change_that_old_clients_would_not_survive() {
    let folder = std::env::temp_dir().join(format!("lift-errors-relied-on-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let manifest = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
        reference = \"https://shop.example/errors\"\ndefault_locale = \"en\"\nlocales = [\"en\"]\nfiles = [\"errors.toml\"]\n";
    let before = [manifest, RELIED_ON].join("\u{0}");
    let lock = |catalog: &str| {
        let (manifest, errors) = catalog.split_once('\u{0}').unwrap();
        fs::write(folder.join("catalog.toml"), manifest).unwrap();
        fs::write(folder.join("errors.toml"), errors).unwrap();
        Compiler::new(&folder, "catalog.toml").compile().unwrap().lock().to_owned()
    };
    // An entry explains its status as before when another one gets it, too.
    let (alone, _) = before.split_once("\n[shop_shut]").unwrap();
    let alone = lock(&alone.replacen("\nstatus_default = true", "", 1));
    assert!(lock(&before).starts_with(&alone) && !alone.contains("status_default"), "{alone}");
    // Of today's form, and of one before it: both are read.
    let old = "catalog = \"shop\"\n\n[shop_late]\nid = \"SHOP-0001\"\nstatus = 409\nretry = \"idempotent\"\nparams = [\"shelf: text\", \"carrier: text\"]\n";
    fs::write(folder.join("catalog.lock"), old).unwrap();
    let released = lock(&before);
    fs::write(folder.join("catalog.lock"), &released).unwrap();
    assert_eq!(lock(&before), released);
    let changed = |changes: &[(&str, &str)]| {
        let now = changes.iter().fold(before.clone(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        lock(&now)
    };
    for (changes, line) in [
        (&[("\"operator\"", "\"public\"")][..], "\"carrier: text\"]"),
        (&[("\"operator\"", "\"secret\""), (" {carrier}", " them")], "\"carrier: secret text\"]"),
        (
            &[("\"public\"", "\"operator\""), (" on {shelf}", ""), (", header = \"X-Shelf\"", "")],
            "[\"shelf: operator text\"",
        ),
        (&[("\"X-Shelf\"", "\"X-Bin\"")], "[\"shelf: text, header x-bin\""),
        (&[("status = 409", "status = 409\ngrpc = \"NOT_FOUND\"")], "\ngrpc = \"NOT_FOUND\"\n"),
        (&[("status = 409", "status = 409\nfield_errors = true")], "\nfield_errors = true\n"),
        (
            &[("\nstatus_default = true", ""), ("draft = true", "draft = true\nstatus_default = true")],
            "SHOP-0001\"\nstatus = 409\nstatus_default = false\n",
        ),
        (&[("\"X-Shop\" = \"late\"", "\"X-Shop\" = \"early\"")], "\nheaders = [\"x-door: shut\", \"x-shop: early\"]\n"),
        (&[("id = \"snow\"", "id = \"ice\"")], "\ncauses = [\"holiday\", \"ice\"]\n"),
        (&[("id = \"snow\"", "id = \"snow\"\naudience = \"operator\"")], "\ncauses = [\"holiday\"]\n"),
        (&[("example/errors", "example/{code}")], "\nreference = \"https://shop.example/{code}\"\n"),
    ] {
        let now = changed(changes);
        assert!(now.contains(line) && !released.contains(line), "{changes:?}\n{now}");
    }
    for free in [
        &[("severity = \"error\"", "severity = \"critical\"")][..],
        &[("wait = \"3s\"", "wait = \"9s\"")],
        &[("It is late on", "Late on"), ("\"Late\"", "\"Late Again\"")],
        &[("id = \"wait\"", "id = \"stay\""), ("[\"wait\"]", "[\"stay\"]"), ("[\"wait\"]", "[\"stay\"]")],
        &[("example/errors", "example/errors#{id}")],
        &[("\"X-Shop\" = \"late\", \"X-Door\" = \"shut\"", "\"x-door\" = \"shut\", \"X-SHOP\" = \"late\"")],
        &[("\"X-Shelf\"", "\"x-shelf\"")],
    ] {
        assert_eq!(changed(free), released, "{free:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// A copy of the catalogue whose manifest lists the files in another order.
fn shuffled() -> String {
    let folder = std::env::temp_dir().join(format!("lift-errors-shuffled-{}", process::id()));
    folder::copy(&golden_files::path("golden/onboarding"), &folder);
    let manifest = fs::read_to_string(folder.join("catalog.toml")).unwrap();
    let manifest = manifest.replace(r#"["sites.toml", "imports.toml"]"#, r#"["imports.toml", "sites.toml"]"#);
    fs::write(folder.join("catalog.toml"), manifest).unwrap();
    let source = Compiler::new(&folder, "catalog.toml").compile().unwrap().to_source();
    fs::remove_dir_all(folder).unwrap();
    source
}

#[test]
fn two_builds_are_the_same_bytes() {
    let source = compile().to_source();
    assert_eq!(source, compile().to_source());
    assert!(source == shuffled(), "the order of `files` shows in the generated module");
    assert!(source.starts_with("// @generated by lift-errors-codegen from catalog.toml; do not edit\n"));
}

#[test]
fn the_module_lists_the_files_that_it_was_made_of() {
    let files: Vec<PathBuf> = compile().files().to_vec();
    let folder = golden_files::path("golden/onboarding");
    let expected = ["catalog.toml", "sites.toml", "imports.toml", "catalog.lock"];
    assert_eq!(files[..4], expected.map(|name| folder.join(name)));
    for name in ["fr/catalog.toml", "fr-CA/imports.toml", "pl/sites.toml", "ar.state.toml"] {
        assert!(files.contains(&folder.join("locales").join(name)), "{files:?}");
    }
}

/// Tests that both modules pass.
macro_rules! both {
    ($($module:ident)+) => { $(mod $module {
        use super::*;
        use super::super::$module::onboarding::{self, CATALOG, Code, Error};
        use strum::VariantArray as _;

        #[test]
        fn codes_are_found_by_everything_that_names_them() {
            let codes: Vec<Code> = Code::iter().collect();
            assert_eq!(codes.len(), 9);
            for code in codes {
                assert_eq!(code.as_str().parse::<Code>(), Ok(code));
                assert_eq!(Code::try_from(code.as_str()), Ok(code));
                assert_eq!(Code::from_id(code.id()), Some(code));
                assert_eq!(Code::from_entry(code.entry()), Some(code));
                assert_eq!((code.to_string().as_str(), code.as_ref(), <&str>::from(code)), (code.as_str(), code.as_str(), code.as_str()));
                assert_eq!(format!("{code:?} {code:>20}"), format!("{} {:>20}", code.as_str(), code.as_str()));
                let json = serde_json::to_string(&code).unwrap();
                assert_eq!(json, format!("{:?}", code.as_str()));
                assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
                assert_eq!(Entry::from(code), code.entry());
            }
            for unknown in ["", "onb_", "onb_site_unknow", "not_found", "ONB_SITE_UNKNOWN", "ONB-0001"] {
                assert!(unknown.parse::<Code>().is_err() && serde_json::from_value::<Code>(unknown.into()).is_err());
            }
            assert_eq!((Code::from_id("ONB-9999"), Code::from_id("LIFT-0404")), (None, None));
        }

        #[test]
        fn codes_are_in_order_of_their_ids() {
            let ids: Vec<&str> = Code::iter().map(Code::id).collect();
            assert!(ids.is_sorted());
            assert_eq!(<Code as strum::IntoEnumIterator>::iter().collect::<Vec<_>>(), Code::VARIANTS);
            assert_eq!((Code::COUNT, <Code as strum::EnumCount>::COUNT, Code::VARIANTS.len()), (9, 9, 9));
        }

        #[test]
        fn statuses_have_their_defaults() {
            for (status, code) in [
                (404, Some(Code::OnbDepotUnknown)), (401, Some(Code::OnbLoginNeeded)), (429, Some(Code::OnbImportBusy)),
                (422, Some(Code::OnbImportInvalid)), (503, Some(Code::OnbStorageDown)), (400, Some(Code::OnbFormInvalid)), (402, None), (599, None), (200, None), (0, None), (65_535, None),
            ] {
                assert_eq!(Code::from_status(status), code);
                assert_eq!(Code::try_from(status).ok(), code);
            }
            assert_eq!((Code::OnbSiteUnknown.status(), Code::OnbDepotUnknown.status(), Code::OnbNoAnswer.status()), (Some(404), Some(404), None));
        }

        #[test]
        fn aliases_lead_to_their_entry() {
            let alias = Code::OnbDepotUnknown;
            assert_eq!((alias.canonical(), alias.canonical().canonical()), (Code::OnbSiteUnknown, Code::OnbSiteUnknown));
            assert_eq!(alias.entry().causes().count(), 2);
            let error = Error::onb_depot_unknown("D", "onb-1");
            assert_eq!((error.to_string().as_str(), error.entry().id()), ("There is no depot D.", "ONB-0002"));
            assert_eq!(lift_errors::Cause::from(onboarding::onb_depot_unknown::Cause::DeletedSince).id(), "deleted_since");
        }

        #[test]
        fn errors_carry_their_parameters() {
            let error = Error::onb_site_unknown("Depot 7", "onb-1");
            assert_eq!(error.to_string(), "There is no site Depot 7.");
            let error = onboarding::onb_site_unknown::new("Depot 7", "onb-1").with_number(1_000).build();
            assert_eq!(error.to_string(), "There is no site Depot 7 with the number 1,000.");
            assert_eq!((error.code(), error.clone()), (Code::OnbSiteUnknown, error));
            let busy = Error::onb_import_busy(2, 1_000, -5, Duration::from_secs(90));
            assert_eq!(busy.to_string(), "2 imports run, 1,000 wait, and the balance is -5. Try again in 1 minute 30 seconds.");
            let invalid = || onboarding::onb_import_invalid::new("key-123");
            assert_eq!(invalid().to_string(), "The file is wrong.");
            assert_eq!(invalid().with_value("<b>").to_string(), "The file is wrong.");
            assert_eq!(invalid().with_line(17).to_string(), "Line 17 is wrong.");
            assert_eq!(invalid().with_line(17).with_value("<b>").to_string(), "Line 17 has the value <b>.");
        }

        #[test]
        fn field_errors_are_added() {
            let errors = FieldErrors::from_iter([FieldError::new("/sites/0/name", ("required", "Enter a name."))]);
            let error = onboarding::onb_form_invalid::new().with_form("site");
            assert!(error.field_errors().is_some_and(FieldErrors::is_empty));
            assert_eq!(error.with_field_errors(errors.clone()).field_errors(), Some(&errors));
            assert_eq!(Error::onb_login_needed().field_errors(), None);
        }

        #[test]
        fn an_error_carries_a_source_and_a_cause() {
            use onboarding::onb_site_unknown::Cause;

            let plain = || Error::onb_site_unknown("Depot 7", "onb-1");
            assert!(plain().source().is_none() && plain().known_cause().is_none());
            let error = plain().caused_by(io::Error::other("password 1234")).with_cause(Cause::DeletedSince);
            assert!(error.source().unwrap().downcast_ref::<io::Error>().is_some());
            assert!(matches!(error, Error::OnbSiteUnknown { .. }));
            // The detail of the cause is chosen, and the source is in no response.
            assert_eq!(error.to_string(), "Somebody has deleted the site Depot 7.");
            assert_eq!(error.known_cause().and_then(onboarding::Cause::from_cause), Some(Cause::DeletedSince));
            for format in FORMATS {
                assert!(!error.problem().display(format).to_string().contains("1234"));
            }
            assert_eq!((error.clone().known_cause(), error.clone().source().unwrap().to_string().as_str()), (error.known_cause(), "password 1234"));
            // The causes of an alias are those of its entry; one of another entry is ignored.
            assert_eq!(Error::onb_depot_unknown("D", "h").with_cause(Cause::DeletedSince).known_cause().unwrap().id(), "deleted_since");
            assert_eq!(plain().with_cause(onboarding::onb_no_answer::Cause::NetworkDown).known_cause(), None);
            let built = onboarding::onb_import_invalid::new("key").with_line(1).caused_by("text").build();
            assert_eq!(built.source().unwrap().to_string(), "text");
        }

        #[test]
        fn errors_are_equal_if_all_but_their_sources_is() {
            use onboarding::onb_site_unknown::{Cause, new};

            let error = || new("Depot 7", "onb-1").with_number(5).build();
            assert_eq!(error(), error().caused_by("a source"));
            assert_ne!(error(), Error::onb_site_unknown("Depot 7", "onb-1"));
            assert_ne!(error(), new("Depot 7", "onb-2").with_number(5).build());
            assert_ne!(error(), new("Depot 7", "onb-1").with_number(6).build());
            assert_ne!(error(), error().with_cause(Cause::DeletedSince));
            assert_ne!(Error::onb_site_unknown("D", "h"), Error::onb_depot_unknown("D", "h"));
            assert_eq!(Error::onb_import_invalid("key"), Error::onb_import_invalid("key"));
            assert_ne!(Error::onb_import_invalid("key"), Error::onb_import_invalid("other"));
            let error = error().with_cause(Cause::DeletedSince).caused_by("text");
            assert_eq!(
                format!("{error:?}"),
                r#"OnbSiteUnknown { site: "Depot 7", number: 5, host: "onb-1", cause: deleted_since, source: "text" }"#
            );
        }

        #[test]
        fn contracts_are_those_of_the_catalogue() {
            let kind = |code: Code| code.entry().retry().kind();
            assert_eq!((kind(Code::OnbSiteUnknown), kind(Code::OnbImportInvalid)), (RetryKind::AfterChange, RetryKind::Never));
            assert_eq!(Code::OnbOldImport.entry().retry().wait(), Some(Duration::from_secs(60)));
            let retry: Retry = Error::onb_import_busy(1, 1, 1, Duration::from_secs(7)).problem().retry();
            assert_eq!((retry.kind(), retry.wait()), (RetryKind::After, Some(Duration::from_secs(7))));
            assert!(Code::OnbOldImport.entry().is_deprecated() && !Code::OnbSiteUnknown.entry().is_deprecated());
            assert!(Code::OnbFormInvalid.entry().has_field_errors());
        }

        #[test]
        fn constants_markup_and_secrets_are_rendered() {
            let entry = Code::OnbSiteUnknown.entry();
            assert_eq!(entry.title().to_string(), "Unknown \"site\" <of 1,000>");
            let error = Error::onb_site_unknown("</script>{host}", "onb-1");
            let json: serde_json::Value = serde_json::from_str(&error.problem().display(Format::ProblemDetails).to_string()).unwrap();
            assert_eq!(json["params"], serde_json::json!({ "site": "</script>{host}" }));
            assert_eq!(json["type"], "https://example.com/onboarding/errors#ONB-0001");
            let secret = onboarding::onb_import_invalid::new("key-123").with_line(1);
            assert!(!format!("{secret} {secret:?}").contains("key-123"));
            for format in FORMATS {
                assert!(!secret.problem().display(format).to_string().contains("key-123"));
            }
        }

        #[test]
        fn catalogues_live_side_by_side() {
            assert_eq!((CATALOG.name(), lift::CATALOG.name()), ("onboarding", "lift"));
            assert!(!CATALOG.ptr_eq(&lift::CATALOG));
            let (own, canonical) = (Code::iter().next().unwrap().entry(), lift::Code::iter().next().unwrap().entry());
            assert_ne!(own, canonical);
            assert_eq!((Code::from_entry(canonical), lift::Code::from_entry(own)), (None, None));
            assert!(Code::iter().all(|code| code.as_str().starts_with("onb_") && code.id().starts_with("ONB-")));
            assert!(lift::Code::iter().all(|code| !code.as_str().starts_with("onb_") && code.as_str().parse::<Code>().is_err()));
            assert!(!lift::CATALOG.uses_prefix("desk_", "L"));
            assert!(!lift::CATALOG.uses_prefix("onb_", "ONB-") && CATALOG.uses_prefix("onb_", "ONB-"));
        }
    })+ };
}

const FORMATS: [Format; 5] =
    [Format::ProblemDetails, Format::Envelope, Format::PlainText, Format::Markdown, Format::Terminal { color: true }];

#[allow(deprecated, reason = "a deprecated code still works")]
mod modules {
    use super::*;
    both!(built derived);
}

#[test]
fn the_derive_leads_to_its_catalogue() {
    assert!(derived::Onboarding::CATALOG.ptr_eq(&derived::onboarding::CATALOG));
    let texts = |catalog: &'static Catalog| -> Vec<String> {
        catalog.entries().map(|entry| format!("{entry:?} {} {}", entry.title(), entry.meaning())).collect()
    };
    assert_eq!(texts(derived::Onboarding::CATALOG), texts(&built::onboarding::CATALOG));
}
