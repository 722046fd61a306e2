//! Advice of the compiler, followed to the letter: the fault is gone then, and no other has come.

use crate::folder;
use lift_errors_codegen::Compiler;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// A change of a file: its name, what is there, and what replaces it everywhere.
type Edit = (&'static str, &'static str, &'static str);

const MANIFEST: &str = "catalog.toml";
const ERRORS: &str = "errors.toml";
const MORE: &str = "more.toml";
const LOCK: &str = "catalog.lock";
const FRENCH: &str = "locales/fr/errors.toml";
const FRENCH_MORE: &str = "locales/fr/more.toml";

/// The catalogue of a service, and one that extends a base.
const SHOP: &str = "advice/shop";
const DEPOT: &str = "golden/depot";

/// The changes that make one fault, the advice that the report gives, and the changes that follow it.
struct Case {
    catalog: &'static str,
    faulty: &'static [Edit],
    advice: &'static str,
    followed: &'static [Edit],
}

const fn shop(faulty: &'static [Edit], advice: &'static str, followed: &'static [Edit]) -> Case {
    Case { catalog: SHOP, faulty, advice, followed }
}

const fn depot(faulty: &'static [Edit], advice: &'static str, followed: &'static [Edit]) -> Case {
    Case { catalog: DEPOT, faulty, advice, followed }
}

const ALIAS: &str = "[shop_rack_full]";
const TITLE: &str = "title = \"Shelf full\"";
const RETRY_AFTER: &str = "kind = \"after\", delay = \"retry_after\"";
const NOT_FOUND: &str = "[not_found]\n";
const OTHERWISE: &str = "id = \"otherwise\"\n";

const CASES: &[Case] = &[
    // What was released stays.
    shop(
        &[(MANIFEST, "\"shop_\"", "\"store_\"")],
        "write `code_prefix = \"shop_\"`: ",
        &[(MANIFEST, "\"store_\"", "\"shop_\"")],
    ),
    shop(
        &[(MANIFEST, "\"SHP-0000\"", "\"ORD-0000\"")],
        "write `id_form = [\"ORD-0000\", \"SHP-0000\"]`: ",
        &[(MANIFEST, "\"ORD-0000\"", "[\"ORD-0000\", \"SHP-0000\"]")],
    ),
    depot(
        &[(MANIFEST, "\"DEPOT-0000\"", "\"ORD-0000\"")],
        "write `id_form = \"DEPOT-0000\"`: ",
        &[(MANIFEST, "\"ORD-0000\"", "\"DEPOT-0000\"")],
    ),
    depot(
        &[
            (MANIFEST, "DEPOT-0000", "DEPOT-000"),
            (ERRORS, "DEPOT-1001", "DEPOT-101"),
            (LOCK, "DEPOT-1001", "DEPOT-101"),
        ],
        "write `id_form = [\"DEPOT-0000\", \"DEPOT-000\"]`: ",
        &[(MANIFEST, "\"DEPOT-000\"", "[\"DEPOT-0000\", \"DEPOT-000\"]")],
    ),
    shop(
        &[(LOCK, "catalog = \"shop\"", "catalog = \"Shop\"")],
        "bring the line back from your version control: ",
        &[(LOCK, "catalog = \"Shop\"", "catalog = \"shop\"")],
    ),
    shop(
        &[(LOCK, "id = \"SHP-0002\"", "id = \"SHP 2\"")],
        "bring the line back from your version control: ",
        &[(LOCK, "id = \"SHP 2\"", "id = \"SHP-0002\"")],
    ),
    shop(
        &[(LOCK, "id = \"SHP-0002\"\n", "")],
        "bring the line back from your version control: ",
        &[(LOCK, "[shop_busy]\n", "[shop_busy]\nid = \"SHP-0002\"\n")],
    ),
    // Names.
    shop(
        &[
            (MORE, ALIAS, "[RackFull]"),
            (LOCK, ALIAS, "[shop_old]\nremoved = \"1.1.0\""),
            (LOCK, "SHP-0003", "SHP-0009"),
        ],
        "write `shop_rack_full`",
        &[(MORE, "[RackFull]", ALIAS)],
    ),
    shop(
        &[(MORE, ALIAS, "[type]"), (LOCK, ALIAS, "[shop_old]\nremoved = \"1.1.0\""), (LOCK, "SHP-0003", "SHP-0009")],
        "write `shop_type`",
        &[(MORE, "[type]", "[shop_type]")],
    ),
    shop(
        &[
            (MORE, ALIAS, "[with_rack]"),
            (LOCK, ALIAS, "[shop_old]\nremoved = \"1.1.0\""),
            (LOCK, "SHP-0003", "SHP-0009"),
        ],
        "write `shop_with_rack`",
        &[(MORE, "[with_rack]", "[shop_with_rack]")],
    ),
    // Texts and parameters.
    depot(
        &[(ERRORS, NOT_FOUND, "[bad_gateway]\nsupport = \"Name {upstrem}.\"\n\n[not_found]\n")],
        "take it out: ",
        &[(ERRORS, " {upstrem}", " the host")],
    ),
    shop(
        &[(ERRORS, TITLE, "title = \"Shelf full\"\ndescription = \"See {shelv}.\"")],
        "write `{{` and `}}` for literal braces, ",
        &[(ERRORS, "{shelv}", "{{shelv}}")],
    ),
    shop(
        &[(ERRORS, "Wait, please.", "Wait {kei}.")],
        "help: parameters: `retry_after`\n",
        &[(ERRORS, "{kei}", "{retry_after}")],
    ),
    shop(
        &[(ERRORS, "one = \"{queue} c", "plural = \"max_rows\", one = \"{queue} c")],
        "write `{max_rows}` in the text, or select the form by `queue`, or write one text",
        &[(ERRORS, "plural = \"max_rows\"", "plural = \"queue\"")],
    ),
    shop(
        &[(ERRORS, "title = \"Busy\"", "title = { plural = \"queu\", one = \"Busy\", other = \"Busy\" }")],
        "write one text",
        &[(ERRORS, "title = { plural = \"queu\", one = \"Busy\", other = \"Busy\" }", "title = \"Busy\"")],
    ),
    shop(
        &[(ERRORS, "{ one = \"{queue} c", "{ few = \"{queue} c")],
        "a plural table in `en` has exactly these: `one`, `other`",
        &[(ERRORS, "{ few = \"{queue} c", "{ one = \"{queue} c")],
    ),
    shop(
        &[
            (ERRORS, "queue = {", "left = { type = \"u32\", doc = \"What is left.\", example = 3 }\nqueue = {"),
            (ERRORS, "\"Wait {retry_after}.\"", "\"Wait {retry_after}, {left} is {left} orders.\""),
        ],
        "write a table with a text for each plural category of `en`: ",
        &[(
            ERRORS,
            "\"Wait {retry_after}, {left} is {left} orders.\"",
            "{ one = \"Wait {retry_after}, {left}.\", other = \"Wait {retry_after}, {left}.\" }",
        )],
    ),
    shop(
        &[
            (ERRORS, "queue = {", "of = { type = \"u32\", doc = \"All.\", example = 3 }\nqueue = {"),
            (ERRORS, "queue = {", "done = { type = \"u32\", doc = \"What is done.\", example = 3 }\nqueue = {"),
            (ERRORS, "\"Wait {retry_after}.\"", "\"Wait: {done} of {of} orders.\""),
        ],
        "write a table with `plural = \"of\"` and a text for each plural category of `en`: ",
        &[(
            ERRORS,
            "\"Wait: {done} of {of} orders.\"",
            "{ plural = \"of\", one = \"Wait: {done} of {of} order.\", other = \"Wait: {done} of {of} orders.\" }",
        )],
    ),
    shop(
        &[(
            ERRORS,
            "key = {",
            "door = { type = \"text\", sensitivity = \"public\", doc = \"A door.\", example = \"A\" }\nkey = {",
        )],
        "write `{door}` in the detail, give it a `header`, or remove it",
        &[(ERRORS, "door = { type = \"text\", sensitivity = \"public\", doc = \"A door.\", example = \"A\" }\n", "")],
    ),
    // Details.
    shop(
        &[(ERRORS, OTHERWISE, "id = \"first\"\ntext = \"Hm.\"\n\n[[shop_busy.detail]]\nid = \"otherwise\"\n")],
        "give it a `when` or a `cause`, or remove it: ",
        &[(ERRORS, "id = \"first\"\ntext = \"Hm.\"\n\n[[shop_busy.detail]]\n", "")],
    ),
    shop(
        &[(
            ERRORS,
            OTHERWISE,
            "id = \"second\"\nwhen = [\"queue\"]\ntext = \"Hm.\"\n\n[[shop_busy.detail]]\nid = \"otherwise\"\n",
        )],
        "both need the same: ",
        &[(ERRORS, "id = \"second\"\nwhen = [\"queue\"]\ntext = \"Hm.\"\n\n[[shop_busy.detail]]\n", "")],
    ),
    shop(
        &[(ERRORS, "when = [\"queue\"]", "when = \"queue\"")],
        "write `when = [\"queue\"]`",
        &[(ERRORS, "when = \"queue\"", "when = [\"queue\"]")],
    ),
    shop(
        &[(ERRORS, "when = [\"queue\"]", "when = [\"queu\"]")],
        "did you mean `queue`?",
        &[(ERRORS, "[\"queu\"]", "[\"queue\"]")],
    ),
    shop(
        &[(ERRORS, "when = [\"queue\"]\n", "")],
        "write `when = [\"queue\"]` in this detail",
        &[(ERRORS, "id = \"with_queue\"\n", "id = \"with_queue\"\nwhen = [\"queue\"]\n")],
    ),
    shop(
        &[
            (
                ERRORS,
                "queue = { type = \"u32\"",
                "door = { type = \"u32\", sensitivity = \"secret\", doc = \"A door.\", example = 1 }\nqueue = { type = \"u32\"",
            ),
            (ERRORS, "Wait {retry_after}.", "Wait {retry_after} at {door}."),
        ],
        "write `operator` for a number that clients must not see",
        &[
            (ERRORS, "sensitivity = \"secret\", doc = \"A door.\"", "sensitivity = \"operator\", doc = \"A door.\""),
            (ERRORS, " at {door}", ""),
        ],
    ),
    // Retries and headers.
    shop(
        &[(ERRORS, "[shop_busy.params]", "[shop_busy.headers]\nretry-after = \"5\"\n\n[shop_busy.params]")],
        "remove it here: the parameter with the delay carries it",
        &[(ERRORS, "[shop_busy.headers]\nretry-after = \"5\"\n\n", "")],
    ),
    shop(
        &[(ERRORS, RETRY_AFTER, "kind = \"never\"")],
        "write `retry = { kind = \"after\", delay = \"retry_after\" }`",
        &[(ERRORS, "kind = \"never\"", RETRY_AFTER)],
    ),
    shop(
        &[
            (ERRORS, RETRY_AFTER, "kind = \"never\""),
            (ERRORS, "retry_after = {", "# {"),
            (ERRORS, "Wait {retry_after}.", "Wait."),
        ],
        "write `retry = { kind = \"after\", delay = \"retry_after\" }`, and declare it in `[shop_busy.params]`: \
         `retry_after = { type = \"duration\", doc = \"…\", example = \"12s\", header = \"Retry-After\" }`",
        &[
            (ERRORS, "kind = \"never\"", RETRY_AFTER),
            (
                ERRORS,
                "[shop_busy.params]",
                "[shop_busy.params]\nretry_after = { type = \"duration\", doc = \"…\", example = \"12s\", header = \"Retry-After\" }",
            ),
        ],
    ),
    shop(
        &[
            (ERRORS, "header = \"Retry-After\"", "optional = true, header = \"Retry-After\""),
            (ERRORS, "Wait {retry_after}.", "Wait."),
        ],
        "remove `optional = true` from the parameter",
        &[(ERRORS, "optional = true, header", "header")],
    ),
    shop(
        &[(ERRORS, "status = 429", "status = 404"), (ERRORS, RETRY_AFTER, "kind = \"never\"")],
        "remove `header`",
        &[(ERRORS, ", header = \"Retry-After\"", "")],
    ),
    shop(
        &[(ERRORS, "status = 409", "status = 401\nheaders = { X-Shop = \"1\" }")],
        "add `WWW-Authenticate = 'Bearer realm=\"shop\"'` in `headers`",
        &[(ERRORS, "X-Shop = \"1\"", "X-Shop = \"1\", WWW-Authenticate = 'Bearer realm=\"shop\"'")],
    ),
    // Causes, fixes and statuses.
    shop(
        &[(ERRORS, "[\"take_another\"]", "[\"take_another\", \"take_anothr\"]")],
        "`take_another` is there, too: keep one of the two",
        &[(ERRORS, ", \"take_anothr\"", "")],
    ),
    shop(
        &[(ERRORS, "[[shop_shelf_full.fix]]\nid = \"take_another\"\ntext = \"Take another shelf.\"\n", "")],
        "add at least one fix: `[[shop_shelf_full.fix]]` with `id = \"take_another\"` and `text`",
        &[(
            ERRORS,
            "[shop_busy]\n",
            "[[shop_shelf_full.fix]]\nid = \"take_another\"\ntext = \"Take another shelf.\"\n\n[shop_busy]\n",
        )],
    ),
    shop(
        &[(ERRORS, "status = 409", "status = 409\nraised_by = \"server\"")],
        "remove the key: ",
        &[(ERRORS, "raised_by = \"server\"\n", "")],
    ),
    // The manifest.
    shop(
        &[(MANIFEST, "max_rows = 500", "max_rows = 500\nmax_row = 5")],
        "write `{max_row}` in a text, or remove the constant",
        &[(MANIFEST, "max_row = 5\n", "")],
    ),
    shop(
        &[(
            MANIFEST,
            "[[link]]",
            "[[link]]\nid = \"guides\"\nrel = \"help\"\nhref = \"https://shop.example\"\n\n[[link]]",
        )],
        "write `[words](@guides)` in a text, or remove the link",
        &[(MANIFEST, "[[link]]\nid = \"guides\"\nrel = \"help\"\nhref = \"https://shop.example\"\n\n", "")],
    ),
    depot(
        &[(MANIFEST, "[\"errors.toml\"]", "[\"errors.toml\"]\n\n[constants]\nretry_after = 5")],
        "rename the constant",
        &[(MANIFEST, "\n\n[constants]\nretry_after = 5", "")],
    ),
    shop(
        &[(MANIFEST, "locales = [\"en\", \"fr\"]\n", "")],
        "add `locales = [\"en\"]`",
        &[(MANIFEST, "files =", "locales = [\"en\"]\nfiles =")],
    ),
    shop(
        &[(ERRORS, "tags = [\"network\"]", "tags = [\"no good\"]")],
        "write a word of at most 64 letters, ",
        &[(ERRORS, "no good", "network")],
    ),
    shop(
        &[(MORE, ALIAS, "[labels]\ncauses = \"Reasons\"\n\n[shop_rack_full]")],
        "move it to the manifest",
        &[
            (MORE, "[labels]\ncauses = \"Reasons\"\n\n", ""),
            (MANIFEST, "[labels]\n", "[labels]\ncauses = \"Reasons\"\n"),
        ],
    ),
    depot(
        &[(ERRORS, "\"cause.unknown_endpoint\"", "\"cause.unknown_endpoint\", \"cause.unknown_endpoint\"")],
        "remove one of the two",
        &[(ERRORS, "\"cause.unknown_endpoint\", \"cause.unknown_endpoint\"", "\"cause.unknown_endpoint\"")],
    ),
    shop(
        &[(ERRORS, TITLE, "titel = \"Full\"\ntitle = \"Shelf full\"")],
        "`title` is there, too: keep one of the two",
        &[(ERRORS, "titel = \"Full\"\n", "")],
    ),
    shop(
        &[
            (MANIFEST, "default_locale = \"en\"", "default_locale = \"en-XA\""),
            (MANIFEST, "[\"en\", \"fr\"]", "[\"fr\"]"),
        ],
        "name the language that the entries are written in, such as `en`",
        &[(MANIFEST, "en-XA", "en"), (MANIFEST, "[\"fr\"]", "[\"en\", \"fr\"]")],
    ),
    // Translations.
    shop(
        &[(FRENCH, "many_returns =", "many_return = \"Trop.\"\nmany_returns =")],
        "`many_returns` is there, too: keep one of the two",
        &[(FRENCH, "many_return = \"Trop.\"\n", "")],
    ),
    shop(
        &[(FRENCH_MORE, "too_big =", "too_bi = \"Trop.\"\ntoo_big =")],
        "`too_big` is there, too: keep one of the two",
        &[(FRENCH_MORE, "too_bi = \"Trop.\"\n", "")],
    ),
    shop(
        &[
            (FRENCH, "[shop_busy]\n", "[labels]\nmore = \"Voir {address}\"\n\n[shop_busy]\n"),
            ("locales/fr/catalog.toml", "more =", "# "),
        ],
        "move the table to `locales/fr/catalog.toml`",
        &[(FRENCH, "[labels]\nmore = \"Voir {address}\"\n\n", ""), ("locales/fr/catalog.toml", "# ", "more =")],
    ),
    Case {
        catalog: "golden/desk",
        faulty: &[(MANIFEST, "\"lift\"", "\"lft\"")],
        advice: "did you mean `lift`?",
        followed: &[(MANIFEST, "\"lft\"", "\"lift\"")],
    },
    shop(
        &[
            (MORE, "\nparams = { max = { type = \"u32\", doc = \"Most.\", example = 3 } }", ""),
            (LOCK, "[field_error.too_big]\nparams = [\"max: u32\"]", "[field_error.too_big]"),
        ],
        "declare it in `[field_error.too_big.params]`",
        &[(
            MORE,
            "text = \"Take {max} or less.\"",
            "text = \"Take {max} or less.\"\n[field_error.too_big.params]\nmax = { type = \"u32\", doc = \"…\", example = 3 }",
        )],
    ),
    // TOML as other languages write it.
    shop(
        &[(ERRORS, TITLE, "title: Shelf full")],
        "write `title = \"Shelf full\"`",
        &[(ERRORS, "title: Shelf full", TITLE)],
    ),
    shop(
        &[(ERRORS, TITLE, "title = Shelf full")],
        "write `title = \"Shelf full\"`",
        &[(ERRORS, "title = Shelf full", TITLE)],
    ),
    shop(
        &[(ERRORS, TITLE, "title = \"Shelf full\";")],
        "write `title = \"Shelf full\"`",
        &[(ERRORS, "full\";", "full\"")],
    ),
    shop(
        &[(ERRORS, TITLE, "title = Shelf full,")],
        "write `title = \"Shelf full\"`",
        &[(ERRORS, "title = Shelf full,", TITLE)],
    ),
    shop(
        &[(ERRORS, TITLE, "title = \"Shelf full\" // short")],
        "a comment begins with `#`: `title = \"Shelf full\" # short`",
        &[(ERRORS, "// short", "# short")],
    ),
    shop(
        &[(ERRORS, TITLE, "title = \"Shelf full\"\ndescription = \"One <b>\"")],
        "write `\\<` for a `<`, or put it between backticks; a description has paragraphs, lists, fenced code blocks, `code`, \
         emphasis and links; in double quotation marks, a backslash is written twice",
        &[(ERRORS, "One <b>", "One \\\\<b>")],
    ),
];

/// Where a case of a number has its own copy of a catalogue.
fn copy(number: usize, case: &Case) -> PathBuf {
    let folder = env::temp_dir().join(format!("lift-errors-advice-{number}-{}", process::id()));
    folder::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(case.catalog), &folder);
    folder
}

fn edit(folder: &Path, edits: &[Edit]) {
    for (name, old, new) in edits {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "`{name}` does not contain `{old}`");
        fs::write(path, text.replace(old, new)).unwrap();
    }
}

/// The faults, or the warnings where there are none, and the number of faults.
fn report(folder: &Path) -> (String, usize) {
    match Compiler::new(folder, "catalog.toml").check() {
        Ok(warnings) => (warnings.shown().join("\n"), 0),
        Err(faults) => {
            let (text, warnings) = (faults.to_string(), faults.warnings().shown().join("\n"));
            let count = text.lines().filter(|line| line.starts_with("error: ")).count() - 1;
            // It would follow from the fault.
            assert!(!warnings.contains("no text is translated into"), "{text}\n{warnings}");
            (text, count)
        }
    }
}

#[test]
fn advice_that_is_followed_to_the_letter_mends_the_fault() {
    let mut failures = String::new();
    for (number, case) in CASES.iter().enumerate() {
        let folder = copy(number, case);
        edit(&folder, case.faulty);
        let (before, count) = report(&folder);
        if !before.contains(case.advice) || count > 1 {
            failures += &format!("not once: {}\n{before}\n\n", case.advice);
        }
        edit(&folder, case.followed);
        let (after, count) = report(&folder);
        if count > 0 || after.contains(case.advice) {
            failures += &format!("followed in vain: {}\n{after}\n\n", case.advice);
        }
        fs::remove_dir_all(folder).unwrap();
    }
    assert!(failures.is_empty(), "{failures}");
}
