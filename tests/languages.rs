//! Errors in every language: what is said differs, what machines read does not, and no value is lost on the way.

use crate::catalogs::built::onboarding;
use crate::samples;
use lift_errors::{Audience, Format, LiftError, Locale, RequestId, lift};
use lift_errors_codegen::{Compiler, Coverage};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Marks, a quotation mark, markup, letters from right to left, and what looks like a placeholder.
const CANARY: &str = "Lager \"7\" <b>& `{limit}` שלום";

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap_or_else(|_| panic!("there is no locale {tag}"))
}

fn is_right_to_left(locale: Locale) -> bool {
    locale.tag().starts_with("ar")
}

fn json(problem: &lift_errors::Problem<'_>, format: Format) -> Value {
    serde_json::from_str(&problem.display(format).to_string()).unwrap()
}

/// The document with every text for people taken out.
fn machine_readable(mut value: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for name in ["title", "detail", "text", "label", "message", "errorMessage", "errorMessages"] {
                    members.remove(name);
                }
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value
}

/// Every text for people in the document.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| match member {
                Value::String(text) if ["title", "detail", "text", "errorMessage"].contains(&name.as_str()) => {
                    vec![text.as_str()]
                }
                member => texts(member),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn coverage() -> Coverage {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Compiler::new(root, "catalog/catalog.toml").canonical().coverage().unwrap()
}

/// Whether an entry has all of its texts in a locale: one that nobody has translated yet is English.
fn is_translated(coverage: &Coverage, code: &str, locale: Locale) -> bool {
    let missing = coverage.locales.iter().filter(|known| known.tag == locale.tag()).flat_map(|known| &known.missing);
    !missing.into_iter().any(|text| text.split('.').next() == Some(code))
}

#[test]
fn the_catalogue_is_there_in_all_its_languages() {
    let mut tags: Vec<&str> = lift::CATALOG.locales().map(Locale::tag).collect();
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/catalog.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let listed = manifest["catalog"]["locales"].as_array().unwrap();
    let mut listed: Vec<&str> = listed.iter().map(|tag| tag.as_str().unwrap()).collect();
    tags.sort_unstable();
    listed.sort_unstable();
    assert_eq!(
        tags, listed,
        "every locale of the manifest is a feature of lift-errors: `cargo run -p lift-errors-codegen --example regenerate`"
    );
    let coverage = coverage();
    let is_complete = manifest["catalog"].get("complete").and_then(toml::Value::as_bool) == Some(true);
    for locale in coverage.locales.iter().filter(|_| is_complete) {
        assert_eq!(
            (locale.translated, &locale.missing, &locale.stale),
            (coverage.texts, &vec![], &vec![]),
            "{}",
            locale.tag
        );
    }
    assert!(coverage.locales.len() >= 8);
}

#[test]
fn machines_read_the_same_in_every_language() {
    let coverage = coverage();
    for sample in samples::all() {
        for format in [Format::ProblemDetails, Format::Envelope] {
            let english = json(&sample.problem(), format);
            for locale in lift::CATALOG.locales() {
                let other = json(&sample.problem().with_locale(locale), format);
                assert_eq!(
                    machine_readable(other.clone()),
                    machine_readable(english.clone()),
                    "{} in {locale}",
                    sample.name
                );
                let (english, other) = (texts(&english), texts(&other));
                assert_eq!(english.len(), other.len());
                // "Internal Server Error" has no other name in some languages; sentences do.
                let same = english.iter().zip(&other).filter(|(english, other)| english == other).count();
                let is_translated = is_translated(&coverage, sample.error.code().as_str(), locale);
                assert!(locale == Locale::EN || same <= 1 || !is_translated, "{} in {locale}: {other:?}", sample.name);
            }
        }
    }
}

#[test]
fn what_serde_writes_is_the_same_in_every_language() {
    for sample in samples::all() {
        for locale in lift::CATALOG.locales() {
            let problem = sample.problem().with_locale(locale);
            assert_eq!(
                serde_json::to_value(problem).unwrap(),
                json(&problem, Format::ProblemDetails),
                "{}",
                sample.name
            );
        }
    }
}

#[test]
fn headers_name_the_language_that_the_texts_are_in() {
    let language = |error: &dyn LiftError, locale| {
        let mut found = String::new();
        lift_errors::Problem::new(error).with_locale(locale).headers(Format::ProblemDetails, |name, value| {
            if name == "content-language" {
                found = value.to_owned();
            }
        });
        found
    };
    let error = lift::Error::not_found();
    let coverage = coverage();
    for locale in lift::CATALOG.locales().filter(|&locale| is_translated(&coverage, "not_found", locale)) {
        assert_eq!(language(&error, locale), locale.tag());
    }
    assert_eq!(language(&error, locale("fr-CA")), "fr");
    assert_eq!(language(&error, locale("pt-AO")), "pt");
    assert_eq!(language(&error, locale("mi")), "en");
}

/// The errors that carry a text from elsewhere, with the canary in every one.
fn canaries() -> Vec<lift::Error> {
    vec![
        lift::forbidden::new().with_required_role(CANARY).build(),
        lift::permission_denied::new().with_required_role(CANARY).build(),
        lift::not_found::new().with_resource(CANARY).build(),
        lift::conflict::new().with_resource(CANARY).build(),
        lift::Error::method_not_allowed(CANARY),
        lift::method_not_allowed::new(CANARY).with_method(CANARY).build(),
        lift::unsupported_media_type::new().with_expected(CANARY).build(),
        lift::import_failed::new().with_missing_header(CANARY).build(),
    ]
}

#[test]
fn a_value_comes_out_whole_and_isolated_in_every_language_and_format() {
    for error in canaries() {
        let expected =
            json(&error.problem(), Format::ProblemDetails)["detail"].as_str().unwrap().matches(CANARY).count();
        for locale in lift::CATALOG.locales() {
            let problem = error.problem().with_locale(locale).with_audience(Audience::Operator);
            let details = json(&problem, Format::ProblemDetails);
            let envelope = json(&problem, Format::Envelope);
            let plain = problem.display(Format::PlainText).to_string();
            let isolated = format!("\u{2068}{CANARY}\u{2069}");
            for text in [details["detail"].as_str().unwrap(), envelope["errorMessage"].as_str().unwrap(), &plain] {
                assert!(text.matches(CANARY).count() >= expected, "{error:?} in {locale}: {text}");
                assert_eq!(
                    text.matches(CANARY).count(),
                    match is_right_to_left(locale) {
                        true => text.matches(&isolated).count(),
                        false => text.matches(CANARY).count() - text.matches(&isolated).count(),
                    }
                );
            }
            assert_eq!(details["params"].as_object().map(|all| all.values().any(|value| value == CANARY)), Some(true));
            for color in [true, false] {
                let terminal = problem.display(Format::Terminal { color }).to_string();
                assert!(terminal.contains(CANARY) && !terminal.contains('\u{2068}'), "{terminal}");
            }
            let markdown = problem.display(Format::Markdown).to_string();
            let shown: String = pulldown_cmark::Parser::new(&markdown)
                .filter_map(|event| match event {
                    pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => Some(text.into_string()),
                    pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                        panic!("{html} is markup: {markdown}")
                    }
                    _ => None,
                })
                .collect();
            assert!(shown.contains(CANARY), "{shown}");
            assert_eq!(shown.contains(&isolated), is_right_to_left(locale), "{locale}: {shown}");
        }
    }
}

/// Isolates come in pairs, and none is in another.
#[test]
fn isolates_are_closed() {
    for sample in samples::all() {
        for locale in lift::CATALOG.locales() {
            for format in [Format::ProblemDetails, Format::Envelope, Format::PlainText, Format::Markdown] {
                let text = sample.problem().with_locale(locale).display(format).to_string();
                let mut open = false;
                for character in text.chars().filter(|character| matches!(character, '\u{2066}'..='\u{2069}')) {
                    assert_eq!(open, character == '\u{2069}', "{} in {locale}: {text}", sample.name);
                    open = !open;
                }
                assert!(!open);
            }
        }
    }
}

#[test]
fn numbers_durations_and_plurals_read_well() {
    let detail = |tag, error: lift::Error| {
        let mut line = String::new();
        error.problem().with_locale(locale(tag)).write_detail(&mut line);
        line
    };
    let requests =
        |limit| lift::Error::too_many_requests(limit, Duration::from_secs(60), Duration::from_millis(11_200));
    let bytes = |limit| lift::payload_too_large::new().with_limit_bytes(limit).build();
    for (tag, error, expected) in [
        ("en", requests(1), "More than 1 request in 1 minute. Try again in 12 seconds."),
        ("en", requests(1_000), "More than 1,000 requests in 1 minute. Try again in 12 seconds."),
        (
            "de",
            requests(1_000),
            "Mehr als 1.000 Anfragen (Zeitraum: 1 Minute). Bitte warten Sie 12 Sekunden und versuchen Sie es dann erneut.",
        ),
        ("es", bytes(1_000), "Los datos enviados superan el tamaño máximo: el servidor acepta hasta 1000 bytes."),
        ("es", bytes(10_000), "Los datos enviados superan el tamaño máximo: el servidor acepta hasta 10.000 bytes."),
        ("uk", bytes(1), "Обсяг даних завеликий: сервер приймає щонайбільше 1 байт."),
        ("uk", bytes(22), "Обсяг даних завеликий: сервер приймає щонайбільше 22 байти."),
        ("uk", bytes(11), "Обсяг даних завеликий: сервер приймає щонайбільше 11 байтів."),
        ("uk", bytes(10_485_760), "Обсяг даних завеликий: сервер приймає щонайбільше 10\u{a0}485\u{a0}760 байтів."),
        ("zh-Hans", requests(60), "1分钟内的请求数超过了60次。请在12秒钟后重试。"),
    ] {
        assert_eq!(detail(tag, error), expected, "{tag}");
    }
    let arabic: Vec<String> = [0, 1, 2, 3, 11, 100].map(|limit| detail("ar", requests(limit))).into();
    for (number, one) in arabic.iter().enumerate() {
        assert!(arabic.iter().skip(number + 1).all(|other| other != one), "{one}");
    }
}

#[test]
fn a_reader_gets_the_language_that_suits() {
    let catalogs: &[&lift_errors::Catalog] = &[&lift::CATALOG];
    let languages = lift::CATALOG.locales().filter_map(|locale| locale.tag().split('-').next());
    let languages: BTreeSet<&str> = languages.collect();
    let rest: String = languages.iter().filter(|tag| **tag != "en").map(|tag| format!(", {tag};q=0.1")).collect();
    let all = format!("*;q=0.5, en;q=0.1{rest}");
    for (header, expected) in [
        ("uk", "uk"),
        ("uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", "uk"),
        ("de-AT", "de"),
        ("pt-BR", "pt"),
        ("es-419", "es"),
        ("zh-CN", "zh-Hans"),
        ("zh-HK", "zh-Hans"),
        ("ar-EG", "ar"),
        ("en-XA", "en-XA"),
        ("ar-XB", "ar-XB"),
        ("tlh, fr;q=0.1", "fr"),
        ("fr;q=0, en;q=0.1", "en"),
        ("en;q=0", "ar"),
        ("en;q=0.1, *", "ar"),
        (&all, "en"),
        ("*", "en"),
        ("tlh", "en"),
        ("", "en"),
        ("../../../etc/passwd", "en"),
    ] {
        assert_eq!(Locale::negotiate([header], catalogs).tag(), expected, "{header}");
    }
    // A user's profile goes before the browser.
    assert_eq!(Locale::negotiate(["nl", "fr, en;q=0.5"], catalogs).tag(), "nl");
    assert_eq!(Locale::negotiate(["tlh", "fr, en;q=0.5"], catalogs).tag(), "fr");
    assert_eq!(Locale::negotiate(["fr"], &[]), Locale::EN);
}

#[test]
fn two_catalogues_of_one_response_speak_one_language() {
    let catalogs: &[&lift_errors::Catalog] = &[&lift::CATALOG, &onboarding::CATALOG];
    for (header, expected) in [("uk, fr;q=0.5", "fr"), ("tlh, ar;q=0.1", "ar"), ("de", "en"), ("fr-CA", "fr")] {
        assert_eq!(Locale::negotiate([header], catalogs).tag(), expected, "{header}");
    }
    let other_way_round: &[&lift_errors::Catalog] = &[&onboarding::CATALOG, &lift::CATALOG];
    // The onboarding service has a text of its own for Canada; the canonical texts are French there, too.
    assert_eq!(Locale::negotiate(["fr-CA"], other_way_round).tag(), "fr-CA");
    assert_eq!(lift::CATALOG.locale(locale("fr-CA")).tag(), "fr");
}

#[test]
fn a_text_that_is_missing_falls_back_with_its_own_numbers() {
    let busy = onboarding::Error::onb_import_busy(2, 1_000, -5_000, Duration::from_secs(90));
    let shown = |tag, error: &onboarding::Error| {
        error.problem().with_locale(locale(tag)).display(Format::PlainText).to_string()
    };
    let line = |tag, number| shown(tag, &busy).lines().nth(number).unwrap().to_owned();
    assert_eq!(line("fr", 0), "Trop d’importations · ONB-0101, HTTP 429");
    assert_eq!(
        line("fr", 2),
        "2 importations en cours, 1\u{202f}000 en attente ; solde : -5\u{202f}000. Réessayez dans 1 minute 30\u{a0}secondes."
    );
    assert_eq!(line("fr-CA", 0), line("fr", 0));
    assert_eq!(
        line("fr-CA", 2),
        "2 importations en cours, 1\u{a0}000 en attente ; solde : -5\u{a0}000. Réessayez dans 1\u{a0}minute 30 secondes."
    );
    // The selector is another one in Polish.
    assert_eq!(
        line("pl", 2),
        "Trwają 2 importy, oczekujących: 1000, saldo: -5000. Spróbuj ponownie za 1 minuta i 30 sekund."
    );
    // An English sentence in an Arabic page is English to the last word.
    assert_eq!(
        line("ar", 2),
        "2 imports run, 1,000 wait, and the balance is -5,000. Try again in 1 minute 30 seconds."
    );
    assert!(shown("ar", &busy).contains("أرسل عملية استيراد واحدة"));
    // The detail is still in English there, and the header says so.
    let mut language = String::new();
    busy.problem().with_locale(locale("ar")).headers(Format::PlainText, |name, value| {
        if name == "content-language" {
            language = value.to_owned();
        }
    });
    assert_eq!(language, "en");
    // A constant selects a form when the catalogue is compiled.
    let unknown = onboarding::onb_site_unknown::ENTRY;
    assert!(unknown.meaning().in_locale(locale("pl")).to_string().ends_with("Konto ma najwyżej 1000 miejsc."));
    assert!(unknown.meaning().to_string().ends_with("An account has up to 1,000 of them."));
}

/// Links may come in another order in a translation; what machines read does not depend on it.
#[test]
fn a_fix_leads_to_the_same_page_in_every_language() {
    let busy = onboarding::Error::onb_import_busy(2, 1_000, 0, Duration::from_secs(90));
    for locale in onboarding::CATALOG.locales() {
        let problem = busy.problem().with_locale(locale);
        let known = problem.with_cause(onboarding::onb_import_busy::Cause::ParallelImports);
        for document in [json(&problem, Format::ProblemDetails), json(&known, Format::ProblemDetails)] {
            assert_eq!(document["fixes"][0]["href"], "https://example.com/onboarding/checklist?step=1&all=true");
        }
        for view in [problem, known] {
            assert_eq!(serde_json::to_value(view).unwrap(), json(&view, Format::ProblemDetails), "{locale}");
        }
    }
}

/// A value with bidi controls neither leaves its isolate nor turns the words around it.
#[test]
fn a_value_stays_in_its_isolate() {
    let error = lift::not_found::new().with_resource("a\u{2069}\u{202e}evil\u{2068}");
    for locale in lift::CATALOG.locales().filter(|locale| locale.tag() != "ar-XB") {
        let problem = error.problem().with_locale(locale);
        let serialised = serde_json::to_value(problem).unwrap();
        let mut texts = vec![serialised["detail"].as_str().unwrap().to_owned()];
        for (format, member) in [(Format::ProblemDetails, "detail"), (Format::Envelope, "errorMessage")] {
            texts.push(json(&problem, format)[member].as_str().unwrap().to_owned());
        }
        texts.push(problem.display(Format::PlainText).to_string());
        texts.push(problem.display(Format::Markdown).to_string());
        for text in texts {
            let controls: String =
                text.chars().filter(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
            assert_eq!(controls.replace("\u{2068}\u{2069}", ""), "", "{locale}: {text:?}");
        }
        // For machines it is what it was.
        let machine_readable = json(&problem, Format::ProblemDetails)["params"]["resource"].clone();
        assert_eq!(machine_readable, "a\u{2069}\u{202e}evil\u{2068}");
    }
}

/// One thing has one word in all texts of a language.
#[test]
fn a_thing_has_one_word() {
    let location = lift_errors::Term::from(lift::Term::Location);
    assert_eq!(location.in_locale(locale("uk")).to_string(), "локація");
    let translated = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/locales").join(file);
        fs::read_to_string(path).unwrap()
    };
    for (folder, others) in [("uk", ["місць чи", "батьківські місця"]), ("es", ["informática", "cargue los datos"])]
    {
        for file in ["application", "http", "protocol"] {
            let texts = translated(&format!("{folder}/errors/{file}.toml"));
            assert!(others.iter().all(|other| !texts.contains(other)), "{folder}, {file}");
        }
    }
}

/// French has a blank before some marks, at which no line may end.
#[test]
fn a_french_mark_stays_with_its_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for base in ["catalog", "lift-errors-codegen/bases/http"] {
        for file in fs::read_dir(root.join(base).join("locales/fr/errors")).unwrap() {
            let path = file.unwrap().path();
            for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
                let is_apart = [" :", " ;", " !", " ?", " »", "« "].iter().any(|mark| line.contains(mark));
                assert!(!is_apart, "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn labels_are_the_catalogues_own_or_the_canonical_ones() {
    let busy = onboarding::Error::onb_import_busy(2, 1, 0, Duration::from_secs(1));
    let shown = |tag| {
        let problem = busy.problem().with_locale(locale(tag)).with_request_id(RequestId::new("r-1").unwrap());
        problem.display(Format::PlainText).to_string()
    };
    for (tag, causes, more) in [
        ("en", "Likely causes\n", "Explained at https://"),
        ("fr", "Causes probables\n", "Explications : https://"),
        // The canonical catalogue has no Polish.
        ("pl", "Likely causes\n", "Explained at https://"),
    ] {
        let page = shown(tag);
        assert!(page.contains(causes) && page.contains(more), "{page}");
    }
    assert!(shown("fr").contains("Requête\u{a0}: r-1"), "{}", shown("fr"));
}
