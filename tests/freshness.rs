//! Generated files that are committed are those that the sources give.

use crate::golden_files;
use lift_errors::{Format, LiftError, RequestId, lift};
use lift_errors_codegen::Compiler;
use std::fs;
use std::path::Path;

const REGENERATE: &str = "write the generated files again: cargo run -p lift-errors-codegen --example regenerate";

/// The workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn the_canonical_module_is_that_of_the_catalogue() {
    let module = Compiler::new(root(), "catalog/catalog.toml").canonical().tables_in_files().compile().unwrap();
    let folder = root().join("lift-errors/src/generated");
    for (name, bytes) in module.tables() {
        assert!(fs::read(folder.join(name)).unwrap_or_default() == bytes, "{name} is not current; {REGENERATE}");
    }
    let committed = fs::read_to_string(folder.join("lift.rs")).unwrap();
    let longest = committed.lines().map(str::len).max();
    assert!(longest.is_some_and(|longest| longest <= 160), "a line of lift.rs has {longest:?} bytes");
    assert!(
        committed == module.to_source(),
        "lift-errors/src/generated/lift.rs is not what catalog/ gives; write it again with\n\
         cargo run -p lift-errors-codegen --example regenerate"
    );
    let committed = fs::read_to_string(root().join("catalog/catalog.lock")).unwrap();
    assert!(
        committed == module.lock(),
        "catalog/catalog.lock is not what catalog/ gives; write it again with\n\
         cargo run -p lift-errors-codegen --example regenerate"
    );
}

#[test]
fn the_table_of_locales_is_that_of_cldr() {
    let committed = fs::read_to_string(root().join("lift-errors/src/generated/locales.rs")).unwrap();
    assert!(committed == lift_errors_codegen::locale_table(), "{REGENERATE}");
}

#[test]
fn the_files_for_translators_are_current() {
    let canonical = Compiler::new(root(), "catalog/catalog.toml").canonical();
    let golden = |name: &str| Compiler::new(root().join("tests/golden").join(name), "catalog.toml");
    for compiler in [canonical, golden("onboarding"), golden("depot"), golden("tool")] {
        assert_eq!(compiler.compile().unwrap().warnings(), [""; 0]);
        for (path, text) in compiler.translation_files().unwrap().files() {
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert!(committed == text, "{} is not current; {REGENERATE}", path.display());
        }
    }
}

/// The table of the canonical errors, which the guide of the library includes.
#[test]
fn the_guide_lists_every_canonical_error() {
    let mut table = String::from(
        "# The canonical errors\n\n\
         Their texts, causes and fixes are in the documentation of [`lift::Code`]\
         (https://docs.rs/lift-errors/latest/lift_errors/lift/enum.Code.html).\n\n\
         | code | status | id | parameters |\n| --- | --- | --- | --- |\n",
    );
    for entry in lift::Code::iter().map(|code| code.entry()) {
        let status = entry.status().map_or("none: raised by clients".to_owned(), |status| status.to_string());
        let optional = |optional| if optional { " (optional)" } else { "" };
        let mut parameters: Vec<String> = entry
            .parameters()
            .map(|parameter| {
                format!("`{}: {}`{}", parameter.name(), parameter.kind(), optional(parameter.is_optional()))
            })
            .collect();
        parameters.extend(entry.has_field_errors().then(|| "field errors".to_owned()));
        let parameters = if parameters.is_empty() { "–".to_owned() } else { parameters.join(", ") };
        table += &format!("| `{}` | {status} | {} | {parameters} |\n", entry.code(), entry.id());
    }
    golden_files::compare("../lift-errors/src/guide/canonical_errors.md", &table).unwrap();
}

/// An outage must not stay silent because a code is in none of the alerts.
#[test]
fn the_alerts_for_operators_name_every_canonical_5xx() {
    let guide = include_str!("../lift-errors/src/guide/operators.rs");
    let (_, alerts) = guide.split_once("Alerts, in PromQL:").unwrap();
    let (alerts, _) = alerts.split_once("# Texts for operators").unwrap();
    let named: Vec<&str> = alerts.split(|character: char| character != '_' && !character.is_alphanumeric()).collect();
    for entry in lift::Code::iter().map(|code| code.entry()).filter(|entry| entry.status().is_some_and(|of| of >= 500))
    {
        assert!(named.contains(&entry.code()), "the alerts of the operators' guide leave out `{}`", entry.code());
    }
    assert!(named.contains(&"_OTHER"), "the alerts of the operators' guide leave out what no entry explains");
}

/// The response that the README shows is what the error in it gives.
#[test]
fn the_readme_shows_a_real_response() {
    #[derive(Debug, LiftError)]
    #[lift(code = forbidden, cause = role_lacks_permission)]
    struct NotAManager {
        required_role: &'static str,
    }

    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, shown) = readme.split_once("```json\n").unwrap();
    let shown: serde_json::Value = serde_json::from_str(shown.split_once("```").unwrap().0).unwrap();
    let error = NotAManager { required_role: "Manager" };
    let problem = error.problem().with_request_id(RequestId::new(shown["request_id"].as_str().unwrap()).unwrap());
    let body = problem.display(Format::ProblemDetails).to_string();
    assert_eq!(shown, serde_json::from_str::<serde_json::Value>(&body).unwrap());

    let catalog = fs::read_to_string(root().join("lift-errors/onboarding/errors.toml")).unwrap();
    assert!(readme.contains(&format!("```toml\n{catalog}```")), "README.md does not show onboarding/errors.toml");
}

/// What a README links to is there: rustdoc looks at the links of the libraries alone.
#[test]
fn links_to_guides_are_those_of_their_pages() {
    const GUIDE: &str = "https://docs.rs/lift-errors/latest/lift_errors/guide/";
    let pages = root().join("lift-errors/src/guide");
    // A heading's anchor, of the page or of a text that is a part of it.
    let anchors = |page: &str| -> Vec<String> {
        let text = fs::read_to_string(pages.join(format!("{page}.rs"))).unwrap_or_else(|_| panic!("no guide {page}"));
        let parts = text.split("include_str!(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
        let parts: String = parts.filter_map(|part| fs::read_to_string(pages.join(part)).ok()).collect();
        let lines = text.lines().map(|line| line.trim_start_matches("//! ")).chain(parts.lines());
        let headings =
            lines.filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
        headings.map(|heading| heading.to_lowercase().replace(' ', "-")).collect()
    };
    for file in [
        "README.md",
        "lift-errors-cli/README.md",
        "lift-errors-cli/templates/README.md",
        "lift-errors-codegen/src/lib.rs",
    ] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let links = text.split(GUIDE).skip(1).filter_map(|rest| rest.split([')', '>']).next());
        for link in links.filter(|link| !link.is_empty()) {
            let (page, anchor) = link.split_once("/#").unwrap_or((link.trim_end_matches('/'), ""));
            let known = anchors(page);
            assert!(
                anchor.is_empty() || known.iter().any(|known| known == anchor),
                "{file} links to {link}: {known:?}"
            );
        }
    }
}

/// A service must have the versions of the libraries whose types it shares with this one.
#[test]
fn the_readme_names_the_versions_of_libraries() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let dependencies = &manifest["workspace"]["dependencies"];
    for name in [
        "actix-web",
        "axum",
        "garde",
        "metrics",
        "reqwest",
        "reqwest-middleware",
        "sqlx",
        "tonic",
        "tower",
        "utoipa",
        "validator",
    ] {
        let version = dependencies[name].get("version").unwrap_or(&dependencies[name]).as_str().unwrap();
        let parts: Vec<&str> = version.split('.').collect();
        // The numbers within which Cargo takes versions for compatible.
        let compatible = if parts[0] == "0" { parts[..2].join(".") } else { parts[0].to_owned() };
        let named = [format!("`{name}` ({compatible}"), format!("{name} {compatible})")];
        assert!(named.iter().any(|named| readme.contains(named)), "README.md does not name {name} {compatible}");
    }
}
