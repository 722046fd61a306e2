//! `preview` and `explain`: their output on a catalogue in a folder.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Run, Sandbox, command_in, run_in};
use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::{env, fs};

/// Runs the command with a text as its standard input.
fn with_stdin(sandbox: &Sandbox, arguments: &str, stdin: &str) -> Run {
    let mut command = command_in(&sandbox.root, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    Run::new(arguments, child.wait_with_output().unwrap())
}

#[test]
fn preview_shows_each_format_with_the_examples_of_the_parameters() {
    let sandbox = Sandbox::synced();
    let preview = |arguments: &str| sandbox.run(&format!("preview {arguments}")).succeeds().to_owned();
    assert!(preview("dep_shelf_unknown").starts_with("Unknown shelf · DEP-0001, HTTP 404\n\nThere is no shelf B-7.\n"));
    assert_eq!(preview("DEP-0001"), preview("dep_shelf_unknown --format terminal"));
    let problem: Value = serde_json::from_str(&preview("dep_shelf_unknown --format problem")).unwrap();
    assert_eq!([&problem["code"], &problem["params"]["shelf"]], ["dep_shelf_unknown", "B-7"]);
    let envelope: Value = serde_json::from_str(&preview("dep_shelf_unknown --format envelope")).unwrap();
    assert_eq!(envelope["errorMessage"], "There is no shelf B-7.");
    let status: Value = serde_json::from_str(&preview("dep_shelf_unknown --format grpc")).unwrap();
    assert_eq!([&status["details"][0]["reason"], &status["message"]], ["DEP_SHELF_UNKNOWN", "There is no shelf B-7."]);
    assert!(preview("dep_shelf_unknown --format html").starts_with("<!DOCTYPE html>"));
    let markdown = preview("dep_shelf_unknown --format markdown");
    assert!(markdown.starts_with("---\n") && markdown.contains("\n# Unknown shelf\n"), "{markdown}");
    assert!(preview("dep_shelf_unknown --set shelf=C-9").contains("There is no shelf C-9."));
    assert!(preview("dep_shelf_unknown --cause misspelt --format problem").contains("\"misspelt\""));
    assert!(preview("dep_shelf_unknown --locale uk").contains("Полиці B-7 немає."));
    // A text that is not translated yet is shown in the default locale: writers see a draft before translators do.
    assert!(preview("dep_count_open --locale uk").contains("Ask the colleague to close the count."));
}

#[test]
fn preview_names_what_it_does_not_know() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run("preview dep_shelf_unkown").fails(1).contains("did you mean `dep_shelf_unknown`?"));
    assert!(sandbox.run("preview DEP-0001 --cause mispelt").fails(1).contains("did you mean `misspelt`?"));
    assert!(sandbox.run("preview DEP-0001 --set shelv=7").fails(2).contains("did you mean `shelf`?"));
    assert!(sandbox.run("preview DEP-0001 --without shelf").fails(2).contains("is required"));
    assert!(sandbox.run("preview DEP-0001 --format pdf").fails(2).contains("[possible values: terminal,"));
    assert!(sandbox.run("preview DEP-0001 --locale xx").fails(2).contains("a language of CLDR"));
    let other = sandbox.run("preview DEP-0001 --locale fr");
    assert_eq!(
        (other.code, other.stderr.as_str()),
        (Some(0), "note: the catalogue has no `fr`; these are the texts of `en`\n")
    );
}

#[test]
fn explain_finds_errors_by_whatever_is_known_of_them() {
    let sandbox = Sandbox::synced();
    let of = |query: &str| sandbox.run(&format!("explain {query}")).succeeds().to_owned();
    let shelf = of("dep_shelf_unknown");
    assert!(shelf.starts_with("Unknown shelf\nDEP-0001 · dep_shelf_unknown · HTTP 404 · gRPC NOT_FOUND"), "{shelf}");
    assert!(shelf.contains("There is no shelf {shelf}.\n    For example: There is no shelf B-7.\n"), "{shelf}");
    for query in [
        "dep-0001",
        "depot/dep_shelf_unknown",
        "404",
        "4xx --severity warning",
        "dep_s",
        "unknown shelf",
        "https://example.com/depot/errors#DEP-0001",
        "There is no shelf Q-1.",
        "sign name",
        "Невідома",
        "--status 404",
    ] {
        assert_eq!(of(query), shelf, "{query}");
    }
    let list = of("dep_");
    assert!(
        list.contains("DEP-0001  404  dep_shelf_unknown  Unknown shelf\n") && list.contains("\n2 errors;"),
        "{list}"
    );
    assert!(of("dep_ --all").starts_with(&shelf));
    assert_eq!(of("--all --status 404"), shelf);
    let unknown = sandbox.run("explain dep_shelf_unknwon");
    assert!(unknown.fails(1).contains("did you mean `dep_shelf_unknown`?"));
    sandbox.run("explain --all --status 503").fails(1);
    sandbox.run("explain").fails(2);
}

#[test]
fn explain_reads_pasted_bodies_pages_and_log_lines() {
    let sandbox = Sandbox::synced();
    let shelf = sandbox.run("explain DEP-0001").succeeds().to_owned();
    for format in ["html", "problem", "envelope", "text", "markdown", "terminal", "grpc"] {
        let body = sandbox.run(&format!("preview DEP-0001 --format {format}")).succeeds().to_owned();
        assert_eq!(with_stdin(&sandbox, "explain -", &body).succeeds(), shelf, "{format}");
    }
    let line = "12:00:01 WARN error.type=dep_shelf_unknown catalog=depot something failed";
    assert_eq!(with_stdin(&sandbox, "explain -", line).succeeds(), shelf);
    assert_eq!(with_stdin(&sandbox, "explain -", "sorry: There is no shelf Z.").succeeds(), shelf);
    // A field says which error a line is about. The other words of the line may be codes, too.
    let event = r#"WARN request{path="/dep_count_open"}: lift_errors: lost code="dep_shelf_unknown" status=404 cause="dep_count_open""#;
    assert_eq!(with_stdin(&sandbox, "explain -", event).succeeds(), shelf);
    // The warning of a client has a reason, which is not an error, and the id within a text.
    let warning =
        r#"{"level":"WARN","fields":{"reason":"attempts","error":"There is none. (DEP-0001)"},"target":"lift_errors"}"#;
    assert_eq!(with_stdin(&sandbox, "explain -", warning).succeeds(), shelf);
    let log = format!("started\n{warning}\n{}", warning.replace("DEP-0001", "DEP-0002"));
    assert!(with_stdin(&sandbox, "explain -", &log).succeeds().contains("\n2 errors; "));
    // A usual word in a field is less than a code of the catalogue's own.
    for line in [
        "WARN code=\"conflict\" err=\"DEP-0001: refused\"",
        "Error { code: \"conflict\" } while handling DEP-0001",
        r#"{"level":"WARN","fields":{"error.type":"conflict","message":"DEP-0001: refused"}}"#,
    ] {
        let list = with_stdin(&sandbox, "explain -", line).succeeds().to_owned();
        assert!(list.starts_with("DEP-0001 ") && list.contains("\nLIFT-0409 "), "{line}: {list}");
    }
    // It names an error only where a code is expected: not as the reason of something else, as the code of a field, or as a file.
    let body = r#"{"error_id":"DEP-0001","errors":[{"field":"b","code":"not_found"}]}"#;
    for text in [
        body,
        &format!("web-1  | {body}"),
        &format!("\u{feff}{body}"),
        &format!("HTTP/1.1 404 Not Found\n\n{}", body.replace(',', ",\n")),
        &body.replace("not_found", "dep_count_open"),
        // A code of the catalogue's own is found beside a field, too.
        r#"{"code":"dep_shelf_unknown","field":"orders"}"#,
        r#"{"level":"error","field":"x","error_type":"dep_shelf_unknown"}"#,
        "WARN handler failed reason=\"conflict\" err=\"DEP-0001: refused\"",
        "id: DEP-0001: refused, reason: conflict",
        "id=\"DEP-0001\" reason=\"Conflict\"",
        "DEP-0001\n  at src/errors/not_found.rs:12",
        "DEP-0001\n  at src/errors/dep_count_open.rs:12",
    ] {
        assert_eq!(with_stdin(&sandbox, "explain -", text).succeeds(), shelf, "{text}");
    }
    // What the body itself says comes first, however little that is.
    let errors = r#""errors":[{"field":"b","code":"dep_count_open"}]"#;
    for own in [r#""error":"dep_shelf_unknown""#, r#""code":"dep_shelf_unknown""#, r#""detail":"There is no shelf Z.""#]
    {
        let body = format!("{{\"status\":404,{own},{errors}}}");
        assert_eq!(with_stdin(&sandbox, "explain -", &body).succeeds(), shelf, "{body}");
    }
    for text in ["at src/errors/not_found.rs:12", r#"{"code":"not_found","field":"orders"}"#] {
        with_stdin(&sandbox, "explain -", text).fails(1);
    }
    let events = r#"[{"code":"dep_shelf_unknown"},{"message":"DEP-0002: too many"}]"#;
    assert!(with_stdin(&sandbox, "explain -", events).succeeds().contains("\n2 errors; "));
    let conflict = sandbox.run("explain LIFT-0409").succeeds().to_owned();
    for line in ["WARN lost code=conflict: x", "WARN lost code=conflict.", "{\"error_type\": \"conflict\"}\n{}"] {
        assert_eq!(with_stdin(&sandbox, "explain -", line).succeeds(), conflict, "{line}");
    }
    // An error that no entry explains has a status alone, and the output says so.
    for text in [
        "GET / status=200\nGET /shelves/Z status=404\n",
        "WARN let through status=404 error.type=\"_OTHER\"",
        "msg=\"catalog: failed\" status=404",
        r#"{"status":404,"catalog":null}"#,
        r#"{"errors":[{"id":"7c1","status":404,"code":"NO_SUCH","title":"None"}],"status":404}"#,
        "WARN request{id=7}: upstream said status=404 code=UNAVAILABLE",
    ] {
        let run = with_stdin(&sandbox, "explain -", text);
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), shelf.as_str()), "{text}");
        assert_eq!(run.stderr, "note: the text names no error of the catalogue; this one has its status, 404\n");
    }
    // One of another catalogue, or of a newer version, has a name.
    for text in [
        "WARN catalog=\"billing\" code=\"bil_unknown\" id=\"BIL-0001\" status=404",
        r#"{"errorCode":404,"errorMessage":"None.","catalog":"depot","code":"dep_new","errorId":"DEP-0099"}"#,
        "HTTP/1.1 404 Not Found\r\nLift-Error: BIL-0001\r\n\r\n{\n  \"status\": 404,\n  \"catalog\": \"billing\"\n}",
        "---\ncode: \"bil_unknown\"\nid: \"BIL-0001\"\nstatus: 404\n---\n\n# Unknown",
    ] {
        assert!(with_stdin(&sandbox, "explain -", text).fails(1).contains("name that with `--manifest`"), "{text}");
    }
    let other = with_stdin(&sandbox, "explain -", "{\"error\": \"out of paper\"}");
    assert!(other.fails(1).contains("names no error of the catalogue `depot`"));
}

/// The catalogue `depot` has codes of the canonical one, with ids of its own.
#[test]
fn explain_takes_the_id_before_the_code_beside_it() {
    let sandbox = Sandbox::new();
    let depot = concat!("--manifest ", env!("CARGO_MANIFEST_DIR"), "/../tests/golden/depot/catalog.toml");
    for (name, canonical, own) in
        [("not_found", "LIFT-0404", "DEPOT-0404"), ("internal_server_error", "LIFT-0500", "DEPOT-0500")]
    {
        let explained = |id: &str| sandbox.run(&format!("{depot} explain {id}")).succeeds().to_owned();
        let pasted = |text: &str| with_stdin(&sandbox, &format!("{depot} explain -"), text).succeeds().to_owned();
        for id in [canonical, own] {
            for format in ["problem", "envelope", "markdown"] {
                let body = sandbox.run(&format!("{depot} preview {id} -f {format}")).succeeds().to_owned();
                assert_eq!(pasted(&body), explained(id), "{id}, {format}");
            }
            for line in [
                format!("WARN code=\"{name}\" id=\"{id}\" error.type=\"{name}\""),
                format!("WARN code=\"{name}\" error=\"{id}: failed\""),
                format!("{name} ({id})"),
                format!("WARN {id} failed\ncaused by: {name}"),
                format!("WARN code={name}\n{id}: failed"),
            ] {
                assert_eq!(pasted(&line), explained(id), "{line}");
            }
        }
        assert_eq!(pasted(&format!("WARN lost code={name}")), explained(own));
        assert_eq!(pasted(&format!("WARN lost {name}")), explained(own));
        assert_eq!(pasted(&format!("WARN lost: lift/{name}: x")), explained(canonical));
    }
}

/// It is a text, on the site and in the terminal.
#[test]
fn what_a_parameter_is_has_no_markup_in_markdown() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/errors.toml", "The shelf's name.", "The *name* of `a_<b>`, [1] & \\\\.");
    let markdown = sandbox.run("explain DEP-0001 -f markdown").succeeds().to_owned();
    assert!(markdown.contains(r": The \*name\* of \`a\_\<b\>\`, \[1\] \& \\. For"), "{markdown}");
}

#[test]
fn a_removed_code_explains_itself() {
    let sandbox = Sandbox::synced();
    let tombstone = "[dep_old]\nid = \"DEP-0009\"\nstatus = 410\nretry = \"never\"\nparams = [\"shelf: text\"]\nremoved = \"0.3.0\"\n";
    sandbox.write("catalog/catalog.lock", tombstone);
    let text = sandbox.run("explain DEP-0009").succeeds().to_owned();
    assert!(text.starts_with("dep_old was removed in 0.3.0\nDEP-0009 · dep_old · HTTP 410 · retry never"), "{text}");
    let json: Value = serde_json::from_str(sandbox.run("explain dep_old -f json").succeeds()).unwrap();
    assert_eq!([&json[0]["kind"], &json[0]["removed"]], ["removed", "0.3.0"]);
    assert!(sandbox.run("preview dep_old").fails(1).contains("was removed in version 0.3.0"));
}

/// Whatever the compiler makes of them: neither a terminal nor a page gets orders from a catalogue.
#[test]
fn strings_that_are_not_rendered_give_no_orders() {
    let sandbox = Sandbox::synced();
    let orders = r"\u001b[2J\u009b31m\u202e";
    let assert_clean = |text: &str, from: &str| {
        let is_order = |character: char| character.is_control() && character != '\n' || character == '\u{202e}';
        assert!(!text.contains(is_order), "{from}: {text:?}");
    };
    let assert_all_clean = || {
        let formats = ["text", "markdown", "json", "jsonl"].map(|format| format!("explain -f {format} --all"));
        let previews = ["grpc", "problem", "text", "markdown"].map(|format| format!("preview DEP-0001 -f {format}"));
        let others = ["explain", "preview dep_old", "docs --out site"].map(str::to_owned);
        for arguments in formats.iter().chain(&previews).chain(&others) {
            let run = sandbox.run(arguments);
            assert_clean(&run.stdout, arguments);
            assert_clean(&run.stderr, arguments);
        }
        let files = sandbox.files();
        let pages = files.iter().filter(|(path, _)| path.starts_with(sandbox.path("site")));
        pages.for_each(|(path, text)| assert_clean(text, &path.to_string_lossy()));
    };
    let tombstone = format!(
        "[dep_old]\nid = \"D{orders}\"\nretry = \"{orders}\"\nparams = [\"{orders}: text\"]\nremoved = \"{orders}\"\n"
    );
    sandbox.write("catalog/catalog.lock", &tombstone);
    assert_all_clean();
    sandbox.write("catalog/catalog.lock", &tombstone.replace("[dep_old]", &format!("[\"dep_{orders}\"]")));
    assert_all_clean();
    fs::remove_file(sandbox.path("catalog/catalog.lock")).unwrap();
    sandbox.replace("catalog/errors.toml", "example = \"B-7\"", &format!("example = \"{orders}\""));
    assert_all_clean();
}

#[test]
fn explanations_fit_the_published_schema() {
    let sandbox = Sandbox::synced();
    sandbox.write("catalog/catalog.lock", "[dep_old]\nid = \"DEP-0009\"\nremoved = \"0.3.0\"\n");
    let schema = sandbox.run("explain --schema").succeeds().to_owned();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/explanation.schema.json");
    if env::var_os("LIFT_ERRORS_BLESS").is_some() {
        fs::write(&file, &schema).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), schema, "LIFT_ERRORS_BLESS=1 writes it");
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let explanations: Vec<Value> = serde_json::from_str(sandbox.run("explain --all -f json").succeeds()).unwrap();
    assert_eq!(explanations.len(), 3);
    for explanation in &explanations {
        assert!(schema.validate(explanation).is_ok(), "{explanation}");
    }
    assert!(!schema.is_valid(&serde_json::json!({ "kind": "entry", "code": "dep_old" })));
    let lines = sandbox.run("explain --all -f jsonl").succeeds().to_owned();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, explanations);
}

#[test]
fn the_nearest_catalogue_above_is_used() {
    let sandbox = Sandbox::synced();
    let below = sandbox.path("catalog/locales/uk");
    let run = |folder: &Path, arguments: &str| sandbox::run_in(folder, arguments);
    assert_eq!(run(&below, "check").succeeds(), "no faults\n");
    fs::create_dir_all(sandbox.path("src/deep")).unwrap();
    assert!(run(&sandbox.path("src/deep"), "explain 404").succeeds().contains("../../catalog/errors.toml:1 "));
    let nowhere = Sandbox::empty();
    assert!(run(&nowhere.root, "preview x").fails(3).contains("there is no catalogue here"));
}

#[test]
fn a_locale_is_found_in_upper_or_lower_case() {
    let sandbox = Sandbox::synced();
    assert_eq!(sandbox.run("coverage UK").succeeds(), sandbox.run("coverage uk").succeeds());
    assert!(sandbox.run("review UK --all").succeeds().ends_with("in `uk`\n"));
    assert!(sandbox.run("accept Uk dep_count_open.title").succeeds().ends_with("in `uk`\n"));
}

/// A service answers with canonical errors, too: their pages and ids are those that its users paste.
#[test]
fn a_canonical_error_explains_itself_in_every_catalogue() {
    let sandbox = Sandbox::synced();
    let canonical = sandbox.run("explain LIFT-0404").succeeds().to_owned();
    assert!(
        canonical.contains("LIFT-0404 · not_found · HTTP 404") && canonical.contains("catalogue lift"),
        "{canonical}"
    );
    assert!(canonical.contains("  the catalogue `lift`, a part of lift-errors (en)\n"), "{canonical}");
    let uri = "https://openboxes.cloud/docs/support/error-reference#LIFT-0404";
    for name in ["lift-0404", "not_found", "lift/not_found", uri] {
        assert_eq!(sandbox.run(&format!("explain {name}")).succeeds(), canonical, "{name}");
    }
    let body = sandbox.run("preview LIFT-0404 -f problem").succeeds().to_owned();
    assert_eq!(with_stdin(&sandbox, "explain -", &body).succeeds(), canonical);
    // Beside the catalogue's own, too, in the order of the text.
    let event = |id| format!("{{\"level\":\"ERROR\",\"fields\":{{\"id\":\"{id}\",\"message\":\"failed\"}}}}\n");
    let unlabelled = "LIFT-0404 at /orders/locked, then DEP-0002\n".to_owned();
    for pasted in [event("LIFT-0404") + &event("DEP-0002"), unlabelled] {
        let list = with_stdin(&sandbox, "explain -", &pasted).succeeds().to_owned();
        assert!(list.starts_with("LIFT-0404 ") && list.contains("\nDEP-0002 "), "{list}");
        assert!(list.contains("\n2 errors; "), "{list}");
    }
    let sources = "ERROR failed code=\"not_found\" id=\"LIFT-0404\" sources=[\"labels answered 502 DEP-0001\"]";
    assert_eq!(with_stdin(&sandbox, "explain -", sources).succeeds(), canonical);
    let page = sandbox.run("preview LIFT-0404 -f html --set resource=DEP-0001").succeeds().to_owned();
    assert!(with_stdin(&sandbox, "explain -", &page).succeeds().starts_with("LIFT-0404 "));
    // The catalogue's own errors come first.
    assert!(sandbox.run("explain 404").succeeds().starts_with("Unknown shelf\nDEP-0001"));
}

#[test]
fn preview_finds_errors_as_explain_does() {
    let sandbox = Sandbox::synced();
    let shelf = sandbox.run("preview dep_shelf_unknown").succeeds().to_owned();
    for name in [
        "404",
        "DEP-0001",
        "dep-0001",
        "dep_shelf",
        "depot/dep_shelf_unknown",
        "https://example.com/depot/errors#DEP-0001",
    ] {
        assert_eq!(sandbox.run(&format!("preview {name}")).succeeds(), shelf, "{name}");
    }
    let several = sandbox.run("preview 4xx");
    assert_eq!(several.fails(1), "error: `4xx` means 2 errors: `dep_shelf_unknown`, `dep_count_open`; name one\n");
    assert!(sandbox.run("preview 418").fails(1).contains("the catalogue has no code `418`"));
    // Of several the one that explains a bare status.
    sandbox.replace("catalog/errors.toml", "status = 404\n", "status = 404\nstatus_default = true\n");
    sandbox.replace("catalog/errors.toml", "status = 409\n", "status = 404\n");
    assert_eq!(sandbox.run("preview 404").succeeds(), shelf);
}

#[test]
fn a_cause_that_the_reader_does_not_see_is_refused() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/errors.toml", "id = \"misspelt\"\n", "id = \"misspelt\"\naudience = \"api\"\n");
    let run = sandbox.run("preview DEP-0001 --cause misspelt --audience browser");
    let expected = "error: only readers `api` see the cause `misspelt` of `dep_shelf_unknown`\n  = help: name that reader: `--audience api`\n";
    assert_eq!(run.fails(1), expected);
    assert!(sandbox.run("preview DEP-0001 --cause misspelt --audience api").succeeds().contains("is misspelt."));
    assert!(sandbox.run("preview DEP-0001 --cause misspel").fails(1).contains("did you mean `misspelt`?"));
    assert!(sandbox.run("preview dep_count_open --cause misspelt").fails(1).contains("has no cause `misspelt`"));
}

#[test]
fn durations_are_shown_as_they_are_written() {
    let sandbox = Sandbox::synced();
    let errors = "\n[dep_closed]\nid = \"DEP-0003\"\nstatus = 500\nsince = \"0.1.0\"\nseverity = \"info\"\ntitle = \"Closed\"\n\
        detail = \"Opens in {opens}.\"\nmeaning = \"It is night.\"\nretry = { kind = \"idempotent\", wait = \"2h\" }\n\n\
        [dep_closed.params]\nopens = { type = \"duration\", doc = \"The time to wait.\", example = \"90m\" }\n\n\
        [[dep_closed.cause]]\nid = \"night\"\ntext = \"It is night.\"\nfixes = [\"wait\"]\n\n[[dep_closed.fix]]\nid = \"wait\"\ntext = \"Wait.\"\n";
    sandbox.write("catalog/errors.toml", &(sandbox.read("catalog/errors.toml") + errors));
    let shown = sandbox.run("explain dep_closed").succeeds().to_owned();
    assert!(shown.contains("For example: 90m\n") && shown.contains("may be sent again after 2h or more."), "{shown}");
    let json: Value = serde_json::from_str(sandbox.run("explain dep_closed -f json").succeeds()).unwrap();
    assert_eq!(
        [&json[0]["retry"]["seconds"], &json[0]["parameters"][0]["example"]],
        [&Value::from(7200), &Value::from("90m")]
    );
    for value in ["2h", "120m", "7200", "7200s"] {
        assert!(
            sandbox.run(&format!("preview dep_closed --set opens={value}")).succeeds().contains("Opens in 2 h"),
            "{value}"
        );
    }
    assert!(sandbox.run("preview dep_closed --set opens=soon").fails(2).contains("`soon` is not a value"));
}

/// Services answer with canonical errors, too.
#[test]
fn a_canonical_error_is_the_same_in_every_catalogue() {
    let sandbox = Sandbox::synced();
    let canonical = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // One with a description, one with a time to wait, one with an alias's texts, one with a term.
    for code in ["too_many_requests", "bad_gateway", "session_expired", "not_found"] {
        for locale in ["en", "uk"] {
            let explained = |run: Run| {
                let mut explained: Value = serde_json::from_str(run.succeeds()).unwrap();
                let source = explained[0]["source"].take();
                (explained, source.as_str().unwrap().to_owned())
            };
            let arguments = format!("explain {code} --format json --locale {locale}");
            let (of_service, source) = explained(sandbox.run(&arguments));
            let (expected, _) = explained(run_in(&canonical, &arguments));
            assert_eq!(of_service, expected);
            assert_eq!(source, "the catalogue `lift`, a part of lift-errors");
        }
    }
    // It is in all languages of lift-errors, whatever those of the service are.
    let german = sandbox.run("preview too_many_requests --locale de");
    assert!(german.succeeds().starts_with("Zu viele"), "{german:#?}");
}

/// The schema says so.
#[test]
fn a_text_that_a_parameter_selects_is_the_last_form() {
    let sandbox = Sandbox::new();
    sandbox.replace("catalog/catalog.toml", "[\"en\", \"uk\"]", "[\"en\"]");
    fs::remove_dir_all(sandbox.path("catalog/locales")).unwrap();
    let parameter = "count = { type = \"u32\", doc = \"The shelves.\", example = 1 }\nshelf = {";
    sandbox.replace("catalog/errors.toml", "shelf = {", parameter);
    let forms =
        |noun: &str| format!("{{ one = \"{{count}} {noun} {{shelf}}.\", other = \"{{count}} {noun}s {{shelf}}.\" }}");
    sandbox.replace("catalog/errors.toml", "\"There is no shelf {shelf}.\"", &forms("shelf"));
    sandbox.replace("catalog/errors.toml", "\"The name is misspelt.\"", &forms("name"));
    let json: Value = serde_json::from_str(sandbox.run("explain dep_shelf_unknown -f json").succeeds()).unwrap();
    let detail = &json[0]["details"][0];
    assert_eq!([&detail["text"], &detail["example"]], ["{count} shelfs {shelf}.", "1 shelf B-7."]);
    assert_eq!(json[0]["causes"][0]["text"], "{count} names {shelf}.");
    let schema = sandbox.run("explain --schema").succeeds().to_owned();
    assert_eq!(schema.matches("Where a parameter selects the plural form, it is `other`.").count(), 4);
}
