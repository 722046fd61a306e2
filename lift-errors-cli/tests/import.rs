//! `import`: errors from elsewhere become drafts without a fault, and nothing is lost silently.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::Sandbox;

const TIDB: &str = r#"
["PD:core:ErrRegionNotFound"]
error = '''
region %d of %-.64s not found
'''
description = "The region was `merged`."
workaround = "Send the request again."

["PD:core:ErrWrapped"]
error = "%s"
code = 17
workaround = 5
"#;

const RUST: &str = r#"
use thiserror::Error;

#[derive(Debug, Error)]
pub enum OpenError {
    #[error("can't open {path}: tried {tries} times in {0:?}", .after)]
    Open { path: std::path::PathBuf, tries: u32, after: std::time::Duration },
    #[error("line {0} is too long")]
    Long(usize),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(fmt = later)]
    Later(u32),
}

mod inner {
    #[derive(Debug, snafu::Snafu)]
    enum ReadError {
        #[snafu(visibility(pub), display("no record {id}"))]
        Missing { id: i64 },
    }
    enum NotAnError { A }
}
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "default_locale", "drafts = \"allow\"\ndefault_locale");
    sandbox
}

/// All have the status 500, which an entry of the base explains.
#[test]
fn a_catalogue_with_a_base_takes_in_drafts() {
    let sandbox = sandbox();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    sandbox.write("errors.toml", TIDB);
    let run = sandbox.run("import errors.toml");
    assert!(run.succeeds().ends_with("2 errors imported, 3 remarks, 0 left out\n"), "{run:#?}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

#[test]
fn errors_toml_becomes_drafts() {
    let sandbox = sandbox();
    sandbox.write("errors.toml", TIDB);
    let run = sandbox.run("import errors.toml");
    assert!(run.succeeds().ends_with("2 errors imported, 3 remarks, 0 left out\n"), "{run:#?}");
    assert!(
        run.stdout
            .contains("1 number parameter (`dep_pd_core_err_region_not_found.params.value_1`): clients read 12,345; "),
        "{run:#?}"
    );
    let file = sandbox.read("catalog/imported.toml");
    assert!(
        file.contains(
            "# PD:core:ErrRegionNotFound\n[dep_pd_core_err_region_not_found]\nid = \"DEP-0003\"\ndraft = true\n\
         detail = \"region {value_1} of {value_2} not found\"\nmeaning = 'The region was \\`merged\\`.'\n"
        ),
        "{file}"
    );
    assert!(
        file.contains("value_1 = { type = \"i64\" }") && file.contains("text = \"Send the request again.\""),
        "{file}"
    );
    // Parts that cannot be expressed become comments with the reason.
    assert!(
        file.contains("# `code` has no place here: 17\n# `workaround` has no place here: 5\n# the message {value_1} has no words of its own\n"),
        "{file}"
    );
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.run("fmt --check").succeeds();
    assert!(sandbox.run("preview DEP-0003").succeeds().contains("region 0 of … not found"));
    // A second import would have the same codes.
    assert!(sandbox.run("import errors.toml").fails(1).contains("`catalog/imported.toml` exists already"));
    let again = sandbox.run("import errors.toml --into more.toml");
    assert!(again.stderr.contains("nothing to import: 0 errors imported, 0 remarks, 2 left out"), "{again:#?}");
    assert!(again.stdout.contains("the catalogue has a code `dep_pd_core_err_wrapped` already"));
    assert!(again.stderr.contains("if an earlier import made the codes, delete its files"), "{again:#?}");
    sandbox.run("lock").succeeds();
    // As the help says.
    std::fs::remove_file(sandbox.path("catalog/imported.toml")).unwrap();
    sandbox.replace("catalog/catalog.toml", ", \"imported.toml\"]", "]");
    assert!(sandbox.run("check").fails(1).contains("; or delete this table, if no release has the draft"));
    let lock = sandbox.read("catalog/catalog.lock");
    sandbox.write("catalog/catalog.lock", lock.split("\n[dep_pd_").next().unwrap());
    sandbox.run("import errors.toml").succeeds();
}

#[test]
fn tables_are_mapped() {
    let sandbox = sandbox();
    sandbox.write("codes.csv", "Code,Name,HTTP,Text,Owner\nSNYK-OS-0001,Out of space,507,\"Disk {disk}, full\",ops\n,x,,,\nSNYK-OS-0002,Odd,99,,\n");
    let run = sandbox.run("import codes.csv --map title=Name --map status=HTTP --map message=Text");
    assert!(run.succeeds().contains("left out: row 2 has no code\n"), "{run:#?}");
    let file = sandbox.read("catalog/imported.toml");
    assert!(file.contains("# SNYK-OS-0001\n# Owner: ops\n[dep_snyk_os_0001]\n"), "{file}");
    assert!(file.contains("status = 507\ntitle = \"Out of space\"\ndetail = \"Disk {disk}, full\"\n"), "{file}");
    assert!(file.contains("# `99` is not an error status of HTTP\n[dep_snyk_os_0002]\n"), "{file}");
    sandbox.write("codes.json", r#"{"E1": {"message": "One %s"}, "E2": "Two"}"#);
    sandbox.run("import codes.json --into json.toml").succeeds();
    assert!(
        sandbox
            .read("catalog/json.toml")
            .contains("[dep_e1]\nid = \"DEP-0005\"\ndraft = true\ndetail = \"One {value_1}\"\n")
    );
    let long = "You have {n, plural, one {# message} other {# messages}} of {user-id} at {größe}";
    sandbox.write("marked.json", &format!("\u{feff}{{\"M1\": \"{long}\"}}"));
    sandbox.run("import marked.json --into marked.toml").succeeds();
    let marked = sandbox.read("catalog/marked.toml");
    for line in [
        "# `{n, plural, one {# message} other {# messages}}` chooses between texts: write them as plural forms\n",
        "# `{größe}` is called `{value}`\n",
        "detail = \"You have {n} of {user_id} at {value}\"\n",
        "n = { type = \"i64\" }\nuser_id = { type = \"text\" }\nvalue = { type = \"text\" }\n",
    ] {
        assert!(marked.contains(line), "{line}\n{marked}");
    }
    // Of a code that is there twice the first one counts, in a table as in an object.
    sandbox.write("twice.csv", "code,message\nE12,One\nE12,Two\n");
    sandbox.write("twice.json", r#"{"E13": "One", "E13": {"message": "Two"}}"#);
    for (file, code) in [("twice.csv", "E12"), ("twice.json", "E13")] {
        let (own, into) = (format!("dep_{}", code.to_lowercase()), file.replace('.', "_"));
        let run = sandbox.run(&format!("import {file} --into {into}.toml"));
        let left_out = format!("left out: `{code}`: the source has the code `{own}` before\n");
        assert!(run.succeeds().contains(&left_out), "{run:#?}");
        assert!(sandbox.read(&format!("catalog/{into}.toml")).contains("detail = \"One\""));
    }
    assert!(sandbox.run("import codes.csv --map code=Coed").fails(3).contains("did you mean `Code`?"));
    sandbox.run("import codes.csv --map kode=Code").fails(2);
    // Cells beyond the columns, and those of a second column of a name, are remarks.
    sandbox.write("odd.csv", "code,message,message\nE8,One,Two,Three,,Four\n");
    sandbox.run("import odd.csv --into odd.toml").succeeds();
    let odd = sandbox.read("catalog/odd.toml");
    assert!(odd.contains("# E8\n# message 2: Two\n# cells without a column: Three, Four\n[dep_e8]"), "{odd}");
    assert!(odd.contains("detail = \"One\""), "{odd}");
    sandbox.write("same.csv", "code,message,message 2,message,message\nE9,One,Two,Three,Four\n");
    sandbox.run("import same.csv --into same.toml").succeeds();
    let same = sandbox.read("catalog/same.toml");
    assert!(same.contains("# message 2: Two\n# message 3: Three\n# message 4: Four\n[dep_e9]"), "{same}");
    sandbox.write("list.json", r#"{"errors": [{"code": "E3", "message": "Three"}, "E4", {"message": "Five"}]}"#);
    let run = sandbox.run("import list.json --into list.toml");
    assert!(run.succeeds().contains("left out: row 2 is not an object: \"E4\"\n"), "{run:#?}");
    assert!(run.stdout.contains("left out: row 3 has no code\n"), "{run:#?}");
    assert!(sandbox.read("catalog/list.toml").contains("# E3\n[dep_e3]"));
    sandbox.write("both.json", r#"{"E6": "Six", "errors": [{"code": "E7"}]}"#);
    let run = sandbox.run("import both.json --into both.toml");
    assert!(run.succeeds().contains("left out: `errors` is a list: put it alone into a file\n"), "{run:#?}");
    sandbox.write("words.json", r#"["E9"]"#);
    assert!(sandbox.run("import words.json").fails(3).contains("row 1 is not an object"));
    // As spreadsheets write it where numbers have a decimal comma.
    sandbox.write("europe.csv", "\u{feff}Code;HTTP;\"Text,long\"\nE10;507;One, two\n");
    sandbox.run("import europe.csv --into europe.toml --map status=HTTP --map message=Text,long").succeeds();
    let europe = sandbox.read("catalog/europe.toml");
    assert!(europe.contains("status = 507\ndetail = \"One, two\"\n"), "{europe}");
    for (line, code) in [
        ("sep=;\r\n", "E14"),
        ("\u{feff}\"SEP=;\"\n", "E15"),
        ("sep=;;\r\n", "E16"),
        ("\"sep=;\";;\n", "E17"),
        ("\"sep=,\";\n", "E18"),
    ] {
        sandbox.write("excel.csv", &format!("{line}Code;\"Text,long,and,more\"\n{code};One, two\n"));
        sandbox.run(&format!("import excel.csv --into {code}.toml --map message=Text,long,and,more")).succeeds();
        assert!(sandbox.read(&format!("catalog/{code}.toml")).contains("detail = \"One, two\"\n"));
    }
    sandbox.write("tabs.csv", "code\tmessage\nE11\tEleven\n");
    sandbox.run("import tabs.csv --into tabs.toml").succeeds();
    assert!(sandbox.read("catalog/tabs.toml").contains("[dep_e11]\n"));
    sandbox.write("x.csv", "Nummer\n1\n");
    assert!(sandbox.run("import x.csv").fails(3).contains("--map code=COLUMN"));
}

/// Its drafts would have no text.
#[test]
fn a_table_without_a_known_message_is_refused() {
    let sandbox = sandbox();
    sandbox.write("s.csv", "Code;Titel;Nachricht;HTTP\nE-1;Falsch;Wrong {user};400\nE-2;;Gone;410\n");
    sandbox.write("s.json", r#"{"E-1": {"Nachricht": "Wrong", "HTTP": 400}, "E-2": {"Nachricht": "Gone"}}"#);
    sandbox.write("languages.json", r#"{"L-1": {"en": "Wrong", "de": "Falsch"}, "L-2": {"de": "Weg", "en": "Gone"}}"#);
    for (file, columns) in [
        ("s.csv", "`Code`, `Titel`, `Nachricht`, `HTTP`"),
        ("s.json", "`Nachricht`, `HTTP`, `code`"),
        ("languages.json", "`en`, `de`, `code`"),
    ] {
        let nested = if file == "s.csv" { "" } else { ", or write `--nested` if each text is an error" };
        let refused =
            format!("which column is the message? map it: `--map message=COLUMN`{nested}; columns: {columns}\n");
        let run = sandbox.run(&format!("import {file}"));
        assert!(run.fails(3).contains(&refused), "{run:#?}");
    }
    assert!(!sandbox.path("catalog/imported.toml").exists());
    sandbox.run("import s.csv --map message=Nachricht --map title=Titel").succeeds();
    sandbox.run("import languages.json --map message=en --into more.toml").succeeds();
    let nested = sandbox.run("import languages.json --nested --into nested.toml");
    assert!(nested.succeeds().ends_with("4 errors imported, 0 remarks, 0 left out\n"), "{nested:#?}");
    sandbox.write("list.json", r#"[{"code": "L-3", "message": "Wrong"}]"#);
    sandbox.assert_refused(&[
        ("import list.json --nested --into x.toml", 3, "it is a list: `--nested` is for texts by their keys"),
        ("import s.csv --nested --into x.toml", 3, "`--nested` is for JSON"),
        ("import s.json --nested --map message=en", 2, "cannot be used with"),
    ]);
    // Codes alone have nothing to lose.
    sandbox.write("codes.csv", "code,owner\nE-3,\n");
    sandbox.run("import codes.csv --into codes.toml").succeeds();
}

#[test]
fn nested_json_has_the_keys_of_each_text_as_its_code() {
    let sandbox = sandbox();
    let nested = r#"{
        "cart": { "limit": "At most {count}", "empty": "The cart is empty", "code": { "wrong": "Wrong code" }, "limit": "2" },
        "shop": { "title": "{{count}} in the shop", "shut": "Shut" },
        "errors": { "user.gone": "The user is gone", "steps": ["One"], "late": { "title": "Too late" } },
        "E1": { "message": "One", "owner": "ops", "status": 404 }
    }"#;
    sandbox.write("nested.json", nested);
    let run = sandbox.run("import nested.json");
    assert!(run.succeeds().contains("left out: `errors.steps` is a list, whose items have no codes\n"), "{run:#?}");
    assert!(run.stdout.contains("left out: `cart.limit`: the source has the code `dep_cart_limit` before\n"));
    let file = sandbox.read("catalog/imported.toml");
    let texts = [
        ("cart_limit", "detail = \"At most {count}\""),
        ("cart_empty", "detail = \"The cart is empty\""),
        ("cart_code_wrong", "detail = \"Wrong code\""),
        ("shop_title", "detail = \"{{count}} in the shop\""),
        ("shop_shut", "detail = \"Shut\""),
        ("errors_user_gone", "detail = \"The user is gone\""),
        ("errors_late", "title = \"Too late\""),
        ("e1", "detail = \"One\""),
    ];
    let mut rest = file.as_str();
    for (code, text) in texts {
        let (_, entry) = rest.split_once(&format!("[dep_{code}]\n")).unwrap_or_else(|| panic!("{code}\n{file}"));
        assert!(entry.split("\n\n").next().unwrap().contains(text), "{file}");
        rest = entry;
    }
    assert!(file.contains("# cart.limit\n") && file.contains("# owner: ops\n"), "{file}");
}

/// What a source has once would be in every message about a part of it.
#[test]
fn long_names_are_not_repeated() {
    let sandbox = sandbox();
    let long = "x".repeat(32_768);
    sandbox.write("wide.csv", &format!("code,{long}\nE1,One\n"));
    let run = sandbox.run("import wide.csv");
    let refused = format!("the name of the column `{}…` has 32768 bytes, and 200 are the most", "x".repeat(40));
    assert!(run.fails(3).contains(&refused), "{run:#?}");
    sandbox.write("code.csv", &format!("code,message,owner,team\n{long},One,ops,a\n"));
    let run = sandbox.run("import code.csv --into code.toml");
    assert!(run.succeeds().contains("`: owner: ops\n") && run.stdout.len() < 2_000, "{run:#?}");
    sandbox.write("long.rs", &format!("#[derive(Error)] enum {long} {{ #[error(\"a\")] A, #[error(\"b\")] B }}"));
    let run = sandbox.run("import long.rs --into long.toml");
    assert_eq!(run.code, Some(1), "{run:#?}");
    assert!(run.stdout.contains("…` (long.rs): its name is too long\n") && run.stdout.len() < 1_000, "{run:#?}");
    sandbox.write("group.json", &format!(r#"{{ "{long}": {{ "a": "A", "b": "B" }}, "cart": {{ "c": "C" }} }}"#));
    let run = sandbox.run("import group.json --into group.toml");
    let told = run.succeeds().contains("…`: the name of a group has at most 200 bytes\n");
    assert!(told && run.stdout.contains("1 error imported,") && run.stdout.len() < 1_000, "{run:#?}");
}

#[test]
fn a_rust_code_base_is_read() {
    let sandbox = sandbox();
    sandbox.write("src/lib.rs", RUST);
    sandbox.write("src/broken.rs", "enum {");
    let run = sandbox.run("import src --into rust.toml");
    assert!(run.succeeds().contains("`OpenError::Io` (src/lib.rs): its message is that of another error"), "{run:#?}");
    assert!(run.stdout.contains("`OpenError::Later` (src/lib.rs): a function writes its message\n"), "{run:#?}");
    assert!(run.stdout.contains("`src/broken.rs` is not Rust"), "{run:#?}");
    let file = sandbox.read("catalog/rust.toml");
    assert!(file.contains("# OpenError::Open\n[dep_open_error_open]\n"), "{file}");
    assert!(file.contains("detail = \"can't open {path}: tried {tries} times in {after}\"\n"), "{file}");
    assert!(
        file.contains("path = { type = \"text\" }\ntries = { type = \"u32\" }\nafter = { type = \"duration\" }\n"),
        "{file}"
    );
    assert!(file.contains("[dep_open_error_long]") && file.contains("value_1 = { type = \"u64\" }"), "{file}");
    assert!(file.contains("[dep_read_error_missing]") && file.contains("id = { type = \"i64\" }"), "{file}");
    let numbers = "clients read 12,345; for ids, ports and years write `type = \"text\"` and `sensitivity`\n";
    assert!(run.stdout.contains(numbers) && run.stdout.contains("`dep_read_error_missing.params.id`"), "{run:#?}");
    assert!(!file.contains("not_an_error"));
    assert_eq!(sandbox.run("check").code, Some(0));
    sandbox.write("notes.txt", "");
    assert!(sandbox.run("import notes.txt").fails(3).contains("its name ends in none of"));
}

/// No file is written elsewhere.
#[test]
fn the_file_of_an_import_is_in_the_catalogue_s_folder() {
    let sandbox = sandbox();
    sandbox.write("codes.csv", "code,message\nE1,One\n");
    let before = sandbox.files();
    let absolute = sandbox.path("absolute.toml");
    for into in ["../outside.toml", absolute.to_str().unwrap(), "a/../../../outside.toml"] {
        let run = sandbox.run(&format!("import codes.csv --into {into}"));
        assert!(run.fails(2).contains(&format!("`{into}` can't be a file of the catalogue")), "{run:#?}");
        assert_eq!(sandbox.files(), before);
    }
    assert!(!sandbox.root.with_file_name("outside.toml").exists());
    sandbox.run("import codes.csv --into more/codes.toml").succeeds();
}

/// A company's list: every code is there, without a fault.
#[test]
fn seven_hundred_codes_are_imported_at_once() {
    let sandbox = sandbox();
    let rows: String =
        (1..=700).map(|number| format!("E{number},Something {number} went wrong with {{thing}}\n")).collect();
    sandbox.write("codes.csv", &format!("code,message\n{rows}"));
    assert!(sandbox.run("import codes.csv").succeeds().ends_with("700 errors imported, 0 remarks, 0 left out\n"));
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.run("coverage").succeeds().contains("drafts: 700"));
}

/// Codes have 128 characters; a longer one is cut, which is said, and is not a second of the same name.
#[test]
fn a_code_has_at_most_128_characters() {
    let sandbox = sandbox();
    let [whole, long] = [124, 125].map(|length| "a".repeat(length));
    sandbox.write("codes.csv", &format!("code,message\n{whole},Whole\n{long},Long\nb{long},Other\n"));
    let run = sandbox.run("import codes.csv");
    let report = run.succeeds();
    assert!(report.ends_with("2 errors imported, 1 remark, 1 left out\n"), "{report}");
    let [code, other] = [format!("dep_{whole}"), format!("dep_b{}", &whole[1..])];
    assert_eq!((code.len(), other.len()), (128, 128));
    assert!(report.contains(&format!("`{long}`: the source has the code `{code}` before")), "{report}");
    let file = sandbox.read("catalog/imported.toml");
    assert!(file.contains(&format!("# the code is cut to 128 characters\n[{other}]\n")), "{file}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    assert!(sandbox.run(&format!("explain {code}")).succeeds().contains("DEP-0003"));
    sandbox.run("docs --out site").succeeds();
    assert!(sandbox.read("site/en/DEP-0003.html").contains(&code));
}

/// Two sources name one error in two ways: in Rust the names would be one, and nothing could be imported at all.
#[test]
fn a_code_that_is_too_near_to_another_one_is_left_out() {
    let sandbox = sandbox();
    sandbox.write("codes.csv", "code,message\ncount.open,Again\nCountOpen2,New\ncountopen2,Near\n");
    let run = sandbox.run("import codes.csv");
    let report = run.succeeds();
    assert!(report.contains("left out: `count.open`: the catalogue has a code `dep_count_open` already"), "{report}");
    assert!(
        report.contains("left out: `countopen2`: the code `dep_countopen2` is too near to `dep_count_open2`"),
        "{report}"
    );
    assert!(report.ends_with("1 error imported, 0 remarks, 2 left out\n"), "{report}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// One row that the catalogue can't have leaves the others alone, and is named with the reason.
#[test]
fn a_row_with_a_fault_is_left_out() {
    let sandbox = sandbox();
    sandbox.write("catalog/catalog.lock", "[dep_gone]\nid = \"DEP-0007\"\nremoved = \"0.1.0\"\n");
    let long = "x".repeat(4_097);
    let rows = format!("Gone,was here\nTurned,a \u{202e}b\nLong,{long}\nFine,fine\nOdd,odd {{id}}\n");
    sandbox.write("codes.csv", &format!("code,message\n{rows}"));
    let run = sandbox.run("import codes.csv");
    for line in [
        "left out: `Gone`: the code `dep_gone` was removed in 0.1.0\n",
        "left out: `Turned`: the text has a bidi control character, U+202E\n",
        "left out: `Long`: ",
        "2 errors imported, 0 remarks, 3 left out\n",
    ] {
        assert!(run.succeeds().contains(line), "{line}\n{run:#?}");
    }
    let file = sandbox.read("catalog/imported.toml");
    assert!(file.contains("[dep_fine]\nid = \"DEP-0008\"") && file.contains("[dep_odd]\nid = \"DEP-0009\""), "{file}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
    sandbox.write("gone.csv", "code,message\nGone,was here\n");
    let run = sandbox.run("import gone.csv --into gone.toml");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("nothing to import: 0 errors imported, 0 remarks, 1 left out"), "{run:#?}");
}

/// As `new` gives it to an entry of these statuses.
#[test]
fn a_status_that_needs_a_delay_gets_one() {
    let sandbox = sandbox();
    let rows = "A1,ok,404\nA2,Slow down,429\nA3,Back in {retry_after} at {place},503\nA4,fine,500\n";
    sandbox.write("codes.csv", &format!("code,message,status\n{rows}"));
    let run = sandbox.run("import codes.csv");
    assert!(run.succeeds().ends_with("4 errors imported, 1 remark, 0 left out\n"), "{run:#?}");
    assert!(run.stdout.contains("changed: `A3`: `{retry_after}` is the time to wait, a duration\n"), "{run:#?}");
    let file = sandbox.read("catalog/imported.toml");
    let delay = "retry_after = { type = \"duration\", header = \"Retry-After\", doc = \"The time to wait.\", example = \"30s\" }\n";
    let retry = "retry = { kind = \"after\", delay = \"retry_after\" }\n";
    assert!(file.contains(&format!("{retry}\n[dep_a2.params]\n{delay}\n# A3\n")), "{file}");
    assert!(file.contains(&format!("{retry}\n[dep_a3.params]\n{delay}place = {{ type = \"text\" }}\n")), "{file}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// A base's constant is one, too.
#[test]
fn a_message_that_names_a_constant_shows_it() {
    let sandbox = sandbox();
    sandbox.replace("catalog/catalog.toml", "name = \"depot\"", "name = \"depot\"\nextends = \"http\"");
    sandbox.replace("catalog/catalog.toml", "[labels]", "[constants]\nmost_shelves = 40\n\n[labels]");
    sandbox.replace("catalog/errors.toml", "close the count.", "close the count of {most_shelves}.");
    sandbox.run("sync").succeeds();
    sandbox.write("codes.csv", "code,message\nE1,{most_shelves} of {count}\nE2,Not in {auth_realm}\n");
    let run = sandbox.run("import codes.csv");
    assert!(run.succeeds().ends_with("2 errors imported, 2 remarks, 0 left out\n"), "{run:#?}");
    assert!(run.stdout.contains("changed: `E1`: `{most_shelves}` is the constant of the catalogue\n"), "{run:#?}");
    let file = sandbox.read("catalog/imported.toml");
    assert!(file.contains("[dep_e1.params]\ncount = { type = \"text\" }\n"), "{file}");
    assert!(!file.contains("most_shelves =") && !file.contains("dep_e2.params"), "{file}");
    assert_eq!(sandbox.run("check").succeeds(), "no faults\n");
}

/// The rows behind such a mark would become a part of the cell.
#[test]
fn a_quotation_mark_that_is_not_closed_is_refused_with_its_line() {
    let sandbox = sandbox();
    let before = sandbox.files();
    for (rows, fault) in [
        ("O1,\"open\nO2,x\nO3,y\n", "the quotation mark of a cell in line 2 is not closed: "),
        ("O1,\"a\nb\"\nO2,\"c\"\"\n", "the quotation mark of a cell in line 4 is not closed: "),
        ("O1,\"open\nO2,\"x\"\n", "line 3 has more text behind the quotation mark that closes the cell of line 2: "),
        ("O1,\"a\" \"b\"\n", "line 2 has more text behind the quotation mark that closes the cell of line 2: "),
    ] {
        sandbox.write("codes.csv", &format!("\u{feff}\"code\",message\n{rows}"));
        let run = sandbox.run("import codes.csv");
        assert!(run.fails(3).contains(fault), "{fault}\n{run:#?}");
        std::fs::remove_file(sandbox.path("codes.csv")).unwrap();
        assert_eq!(sandbox.files(), before);
    }
    sandbox.write("codes.csv", "\"code\";message\r\nO1;\"a; \"\"b\"\"\r\nc\" \r\nO2;5\" disk\r\n");
    let run = sandbox.run("import codes.csv");
    assert!(run.succeeds().starts_with("changed: `O1`: its line breaks became blanks"), "{run:#?}");
    let file = sandbox.read("catalog/imported.toml");
    assert!(file.contains("detail = 'a; \"b\" c'\n") && file.contains("detail = '5\" disk'\n"), "{file}");
}

/// Java's files were in ISO-8859-1, and spreadsheets write the encoding of the computer.
#[test]
fn a_file_in_another_encoding_is_refused_with_a_remedy() {
    let sandbox = sandbox();
    for file in ["messages.properties", "codes.csv"] {
        std::fs::write(sandbox.path(file), b"code,message=\xe9\n").unwrap();
        let run = sandbox.run(&format!("import {file}"));
        assert!(run.fails(3).contains("it is not UTF-8: save it in that encoding\n"), "{run:#?}");
    }
}
