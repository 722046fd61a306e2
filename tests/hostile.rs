//! Catalogues that no one writes by accident: the compiler answers each with a clear fault or with correct
//! work, and never with a panic or a hang. `.ci/growth-of-work` counts the work that large ones cost.

use lift_errors_codegen::Compiler;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, process, thread};

const MANIFEST: &str = r#"[catalog]
name = "shop"
id_form = "SHOP-000000"
code_prefix = "shop_"
reference = "https://example.com/errors"
default_locale = "en"
locales = ["en"]
files = ["errors.toml"]
"#;

/// A good entry. It has no status, so that any number of them need no `status_default`.
fn entry(code: &str, number: usize) -> String {
    format!(
        "[{code}]\nid = \"SHOP-{number:06}\"\nraised_by = \"client\"\nsince = \"0.1.0\"\nseverity = \"error\"\n\
         title = \"Closed\"\ndetail = \"The shop is closed.\"\nmeaning = \"It is night.\"\nretry = {{ kind = \"never\" }}\n\
         [[{code}.cause]]\nid = \"night\"\ntext = \"It is night.\"\nfixes = [\"wait\"]\n\
         [[{code}.fix]]\nid = \"wait\"\ntext = \"Wait.\"\n\n"
    )
}

/// A good entry with another line for one of its keys.
fn entry_with(key: &str, line: &str) -> String {
    let text = entry("shop_closed", 1);
    let old = text.lines().find(|old| old.starts_with(&format!("{key} = "))).unwrap();
    text.replacen(old, line, 1)
}

/// A catalogue in a folder of its own, which goes away with it.
struct Catalogue(PathBuf);

impl Catalogue {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("lift-errors-hostile-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder).with("catalog.toml", MANIFEST)
    }

    /// The catalogue with these entries.
    fn of(entries: impl AsRef<[u8]>) -> Self {
        Self::new().with("errors.toml", entries)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The catalogue with another line for one of the manifest's keys.
    fn manifest(self, key: &str, line: &str) -> Self {
        let old = MANIFEST.lines().find(|old| old.starts_with(key)).unwrap();
        self.with("catalog.toml", MANIFEST.replacen(old, line, 1))
    }

    /// Compiles the catalogue, in limited time.
    fn compile(&self) -> Result<(), String> {
        let (folder, (sender, receiver)) = (self.0.clone(), mpsc::channel());
        let compile = move || Compiler::new(folder, "catalog.toml").canonical().compile();
        thread::spawn(move || sender.send(compile().map(|_| ()).map_err(|faults| faults.to_string())));
        receiver.recv_timeout(Duration::from_secs(300)).expect("a panic or a hang")
    }

    /// The report, which has these words in it and nothing that a terminal would act on.
    #[track_caller]
    fn refused(&self, words: &[&str]) -> String {
        let report = self.compile().expect_err("the catalogue has a fault");
        for word in words {
            assert!(report.contains(word), "{word:?} is not in\n{report:.3000}");
        }
        let acts = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2066}';
        assert!(!report.contains(acts), "{report:?}");
        report
    }

    /// The report has one fault, with these words.
    #[track_caller]
    fn refused_once(&self, words: &[&str]) {
        let report = self.refused(words);
        assert!(report.lines().last().unwrap().starts_with("error: 1 fault"), "{report}");
    }

    #[track_caller]
    fn accepted(&self) {
        self.compile().unwrap_or_else(|report| panic!("{report}"));
    }
}

impl Drop for Catalogue {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn codes_that_are_one_in_rust() {
    Catalogue::of(entry("shop_closed", 1) + &entry("shop_clo_sed", 2)).refused_once(&[
        "`shop_clo_sed` is too near to `shop_closed`",
        "errors.toml:1:2",
        "errors.toml:18:2",
    ]);
    Catalogue::of(entry("shop_a1_b", 1) + &entry("shop_a_1b", 2)).refused_once(&["too near"]);
    Catalogue::of(entry("shop_closed", 1) + &entry("shop_closed", 2))
        .refused(&["duplicate table `shop_closed`", "errors.toml:18:2"]);
    Catalogue::of(entry("shop_closed", 1) + &entry("SHOP_CLOSED", 2)).refused_once(&["write `shop_closed`"]);
}

#[test]
fn codes_that_mean_something_else_in_rust() {
    let canonical = |code: &str| {
        let manifest = MANIFEST.replace("code_prefix = \"shop_\"\n", "").replace("\"shop\"", "\"lift\"");
        Catalogue::of(entry(code, 1)).with("catalog.toml", manifest)
    };
    canonical("closed").accepted();
    for code in
        ["match", "self", "async", "gen", "union", "core", "std", "lift_errors", "other", "u32", "str", "with_x"]
    {
        canonical(code).refused_once(&[&format!("the code `{code}` "), "errors.toml:1:2"]);
    }
    for code in
        ["Self", "\"r#type\"", "\"r#match\"", "\"\"", "\"closed\\u0000\"", "\"\\u001b[2J\"", "\"é\"", "\"a b\"", "_"]
    {
        canonical(code).refused_once(&["is not in snake_case"]);
    }
}

#[test]
fn tables_without_end() {
    let deep = |open: &str, close: &str| format!("a = {}{}\n", open.repeat(30_000), close.repeat(30_000));
    let dotted = ["a"; 30_000].join(".");
    for entries in [
        format!("[{dotted}]\n"),
        format!("[[{dotted}]]\n"),
        format!("{dotted} = 1\n"),
        format!("b = {{ {dotted} = 1 }}\n"),
    ] {
        Catalogue::of(&entries).refused_once(&["invalid TOML", "no more than four levels"]);
        Catalogue::new().with("catalog.toml", &entries).refused_once(&["invalid TOML", "no more than four levels"]);
    }
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[{ a = ", " }]"), ("[", ""), ("{ a = ", "")] {
        Catalogue::of(deep(open, close)).refused(&["invalid TOML"]);
    }
    // As deep as the parser lets it through, by header, dotted key and inline table in one.
    let seventy = ["a"; 70].join(".");
    let nested = format!("[{seventy}]\n{seventy} = {}1{}\n", format!("{{ {seventy} = ").repeat(70), " }".repeat(70));
    Catalogue::of(nested).refused(&["missing key `id` in entry `a`"]);
}

#[test]
fn aliases_that_lead_nowhere() {
    let alias = |code: &str, number: usize, of: &str| {
        format!(
            "[{code}]\nid = \"SHOP-{number:06}\"\nsame_as = \"{of}\"\nsince = \"0.1.0\"\ntitle = \"Shut\"\ndetail = \"Door {{door}}\"\n"
        )
    };
    let of = |aliases: &[String]| Catalogue::of(entry("shop_closed", 1) + &aliases.concat());
    of(&[alias("shop_a", 2, "shop_a")]).refused_once(&["`shop_a` is an alias of itself"]);
    let cycle = of(&[alias("shop_a", 2, "shop_b"), alias("shop_b", 3, "shop_c"), alias("shop_c", 4, "shop_a")]);
    assert!(cycle.refused(&["`shop_a` is an alias itself", "`shop_b` is", "`shop_c` is"]).contains("error: 3 faults"));
    of(&[alias("shop_a", 2, "shop_clsed")]).refused_once(&["did you mean `shop_closed`?"]);
}

#[test]
fn texts_with_broken_markup() {
    let of = |text: &str| Catalogue::of(entry_with("detail", &format!("detail = {text}")));
    of(r#""More than {limit requests.""#).refused_once(&["never closes", "errors.toml:7:21"]);
    of(r#""A {{""#).accepted();
    of(r#""{{limit}} `}}` [1] ](@x)""#).accepted();
    of(r#""A {{{limit}}}""#).refused_once(&["`{limit}` is not a parameter"]);
    of(r#""{""#).refused_once(&["never closes"]);
    of(r#""A }""#).refused_once(&["without a `{`"]);
    of(r#""{limit""#).refused_once(&["never closes"]);
    of(r#""${7*7} ""#).refused(&["not a name"]);
    for bidi in ["\u{202e}", "\\u202e", "\u{2066}"] {
        of(&format!("\"Open{bidi}desolc\"")).refused_once(&["bidi control character, U+20"]);
    }
    for control in ["\\u0000", "\\u001b[2J", "\\u0085", "\\u2028", "\\r\\nSet-Cookie: x", "\\u007f", "\\u009b"] {
        of(&format!("\"Open{control}closed\"")).refused_once(&["errors.toml:7:15"]);
    }
    Catalogue::of(entry_with("detail", "detail = \"Open\u{7}closed\"")).refused_once(&["invalid TOML"]);
    for megabyte in ["x", "}", "{", "`", r"\\", r"\\`", r"\\[", "[", "](", "{a}", "\u{301}", "é"] {
        of(&format!("\"{}\"", megabyte.repeat((1 << 20) / megabyte.len()))).refused_once(&["the text is too long"]);
    }
}

#[test]
fn values_of_other_types() {
    for value in ["9223372036854775808", "-99999999999999999999999", "0xffffffffffffffffff"] {
        Catalogue::of(entry_with("raised_by", &format!("status = {value}"))).refused_once(&["more than 64 bits"]);
    }
    for value in ["404.0", "nan", "-inf", "1979-05-27", "07:32:00", "true", "[404]", "{}"] {
        Catalogue::of(entry_with("raised_by", &format!("status = {value}")))
            .refused_once(&["`status` of entry", "= help"]);
        Catalogue::of(entry_with("title", &format!("title = {value}"))).refused_once(&["`title` of entry", "= help"]);
    }
    for status in ["0", "-1", "200", "399", "600", "65940", "9223372036854775807"] {
        Catalogue::of(entry_with("raised_by", &format!("status = {status}"))).refused_once(&["not an error status"]);
    }
    for status in ["0x199", "4_0_9", "0b110011001", "+409"] {
        Catalogue::of(entry_with("raised_by", &format!("status = {status}"))).accepted();
    }
    let parameter = "\n[shop_closed.params]\ndoor = { type = \"u128\", doc = \"The door.\", example = 1 }\n";
    Catalogue::of(entry_with("detail", "detail = \"Door {door}\"") + parameter)
        .refused_once(&["`u128` is not a parameter type"]);
    for example in ["10\\u001b]0;x\\u0007", "1\\n2", "\\u202eA"] {
        let parameter = format!(
            "\n[shop_closed.params]\ndoor = {{ type = \"text\", sensitivity = \"public\", doc = \"The door.\", example = \"{example}\" }}\n"
        );
        Catalogue::of(entry_with("detail", "detail = \"Door {door}\"") + &parameter).refused_once(&["the text has a "]);
    }
}

#[test]
fn locales_that_are_not_there() {
    let one = || Catalogue::of(entry("shop_closed", 1));
    one().manifest("locales", "").refused_once(&["missing key `locales` in `[catalog]`"]);
    one().manifest("locales", "locales = []").refused_once(&["missing key `locales` in `[catalog]`"]);
    one().manifest("default_locale", "").refused_once(&["missing key `default_locale` in `[catalog]`"]);
    for locale in ["xx", "en-", "../en", "../../etc", "en\\u0000", "e\\u202en", ""] {
        let locales = format!("locales = [\"en\", \"{locale}\"]");
        one().manifest("locales", &locales).refused_once(&["is not a locale"]);
    }
    one().manifest("locales", "locales = [\"en\", \"EN-gb\"]").refused(&["the locale `EN-gb` is written `en-GB`"]);
    let french = || one().manifest("locales", "locales = [\"en\", \"fr\"]");
    french().accepted();
    french()
        .with("locales/french/errors.toml", "")
        .refused_once(&["missing folder `locales/fr`", "name the folder `locales/french` so"]);
    french().with("locales/fr", "").refused_once(&["missing folder `locales/fr`"]);
}

#[test]
fn bytes_that_are_no_text() {
    Catalogue::of(b"[shop_closed]\nid = \"\xff\"\n").refused_once(&["it is not UTF-8", "offset 20, on line 2"]);
    Catalogue::of(b"\xff\xfe[\0a\0]\0").refused_once(&["it is not UTF-8"]);
    Catalogue::of(b"\0").refused(&["the character U+0000 in a key"]);
    // A Cyrillic letter that looks like `a`.
    Catalogue::of(entry_with("raised_by", "st\u{430}tus = 404"))
        .refused_once(&["the character `\u{430}`, U+0430, in a key"]);
    Catalogue::of("[shop_closed]\rid = 1\r").refused(&["a lone carriage return"]);
    Catalogue::of("").refused_once(&["the catalogue has no entries"]);
    Catalogue::new().with("catalog.toml", "").refused_once(&["missing table `[catalog]` in the manifest"]);
    Catalogue::new()
        .with("catalog.toml", b"\xff")
        .refused_once(&["can't read the catalogue", "save the file as UTF-8"]);
    Catalogue::of("\u{feff}".to_owned() + &entry("shop_closed", 1)).accepted();
    Catalogue::of("\u{feff}".to_owned() + &entry("shop-closed", 1))
        .refused_once(&["errors.toml:1:2\n", "1 | [shop-closed]"]);
    Catalogue::of(entry("shop_closed", 1).replace('\n', "\r\n"))
        .with("catalog.toml", MANIFEST.replace('\n', "\r\n"))
        .accepted();
    let text = entry_with("detail", "detail = \"Ünder {limit}.\"").replace('\n', "\r\n");
    Catalogue::of(text).refused_once(&[
        "errors.toml:7:17\n",
        "7 | detail = \"Ünder {limit}.\"\n",
        "\n  |                 ^^^^^^^\n",
    ]);
}

#[test]
fn lines_of_a_megabyte() {
    let long = "x".repeat(1 << 20);
    for entries in [
        entry(&long, 1),
        entry_with("id", &format!("id = \"{long}\"")),
        entry_with("since", &format!("since = \"{long}\"")),
        entry_with("title", &format!("{long} = 1")),
        entry_with("detail", &format!("detail = [{}]", "1,".repeat(1 << 19))),
        format!("{}# {long}\n\"{long}\" = 5\n", entry("shop_closed", 1)),
    ] {
        let report = Catalogue::of(entries).refused(&["errors.toml:"]);
        assert!(report.len() < 20 << 20 && report.lines().all(|line| line.len() < 10_000));
    }
    Catalogue::of(format!("# {long}\n{}", entry("shop_closed", 1))).accepted();
}

#[test]
fn files_that_are_not_ours_to_read() {
    let listing = |files: &str| Catalogue::of(entry("shop_closed", 1)).manifest("files", &format!("files = [{files}]"));
    for file in [
        "../errors.toml",
        "/etc/passwd",
        "a/../errors.toml",
        "./errors.toml",
        "",
        ".",
        "errors.toml\\u0000.toml",
        "C:\\\\a.toml",
    ] {
        listing(&format!("\"errors.toml\", \"{file}\"")).refused_once(&["TOML files in the folder of its manifest"]);
    }
    // A build script prints the names of files to cargo.
    for name in ["a\ncargo::rustc-link-arg=x.toml", "a\u{1b}[31m.toml", "a\u{202e}.toml"] {
        let escaped = name.replace('\n', "\\n").replace('\u{1b}', "\\u001b");
        let catalogue = listing(&format!("\"errors.toml\", \"{escaped}\"")).with(name, entry("shop_open", 2));
        catalogue.refused_once(&["its name has a control character"]);
    }
    listing("\"error.toml\"").refused_once(&["the file does not exist", "did you mean `errors.toml`?"]);
    listing("\"errors.toml\", \"catalog.toml\"").refused_once(&["it is the manifest"]);
    listing("\"errors.toml\", \"errors.toml\"").refused_once(&["duplicate file `errors.toml`"]);
    let folder = listing("\"errors.toml\", \"more.toml\"").with("more.toml/errors.toml", "");
    folder.refused_once(&["can't read `more.toml`: it is a folder"]);
    let missing = Catalogue::new();
    fs::remove_file(missing.0.join("catalog.toml")).unwrap();
    missing.refused_once(&["can't read the catalogue `catalog.toml`: the file does not exist"]);
    fs::create_dir(missing.0.join("catalog.toml")).unwrap();
    missing.refused_once(&["can't read the catalogue `catalog.toml`: it is a folder"]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_locked_files() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let outside = Catalogue::of(entry("shop_closed", 1));
    let catalogue = Catalogue::of(entry("shop_closed", 1)).manifest("files", "files = [\"more.toml\"]");
    let link = catalogue.0.join("more.toml");
    symlink(outside.0.join("errors.toml"), &link).unwrap();
    catalogue.refused_once(&["a symbolic link out of the catalogue's folder"]);
    fs::remove_file(&link).unwrap();
    symlink("errors.toml", &link).unwrap();
    catalogue.accepted();
    fs::remove_file(&link).unwrap();
    symlink("more.toml", &link).unwrap();
    catalogue.refused_once(&["can't read `more.toml`"]);
    fs::remove_file(&link).unwrap();
    // Nor are the names of files outside shown.
    let catalogue = catalogue.manifest("files", "files = [\"sub/x.toml\"]");
    symlink(&outside.0, catalogue.0.join("sub")).unwrap();
    let report = catalogue.refused(&["can't read `sub/x.toml`: it is a symbolic link out of the catalogue's folder"]);
    assert!(!report.contains("errors.toml"), "{report}");
    let catalogue = catalogue.manifest("files", "files = [\"more.toml\"]");
    // Whoever opens a pipe waits for its other end.
    if process::Command::new("mkfifo").arg(&link).status().is_ok_and(|status| status.success()) {
        catalogue.refused_once(&["it is not a regular file"]);
        fs::remove_file(&link).unwrap();
    }
    fs::write(&link, entry("shop_closed", 1)).unwrap();
    fs::set_permissions(&link, fs::Permissions::from_mode(0o0)).unwrap();
    // Root reads it all the same.
    if fs::read(&link).is_err() {
        catalogue.refused_once(&["permission denied"]);
    }
}

/// Whoever names a folder names what it leads to; the manifest in it may be a link within.
#[cfg(unix)]
#[test]
fn the_manifest_is_in_its_folder() {
    use std::os::unix::fs::symlink;
    let outside = Catalogue::of(entry("shop_closed", 1)).with("secret", "password = 'hunter2'\n");
    let catalogue = Catalogue::of(entry("shop_closed", 1));
    let manifest = catalogue.0.join("catalog.toml");
    for target in ["secret", "catalog.toml"] {
        fs::remove_file(&manifest).unwrap();
        symlink(outside.0.join(target), &manifest).unwrap();
        let report = catalogue.refused(&["can't read the catalogue", "a symbolic link out of the catalogue's folder"]);
        assert!(!report.contains("hunter2"), "{report}");
    }
    fs::remove_file(&manifest).unwrap();
    let catalogue = catalogue.with("main.toml", MANIFEST);
    symlink("main.toml", &manifest).unwrap();
    catalogue.accepted();
    let named = Catalogue::new().with("below/x.toml", "");
    symlink(&outside.0, named.0.join("catalog")).unwrap();
    for path in ["catalog/catalog.toml", "below/../catalog/catalog.toml"] {
        Compiler::new(&named.0, path).canonical().compile().unwrap();
    }
}

/// Other catalogues may be above this one. They are looked at only to say that this file is none.
#[cfg(unix)]
#[test]
fn a_pipe_above_the_folder_is_not_read() {
    let outside = Catalogue::new();
    let pipe = outside.0.join("catalog.toml");
    fs::remove_file(&pipe).unwrap();
    let below = outside.with("below/catalog.toml", "[x]\n");
    if process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        let compile = Compiler::new(&below.0, "below/catalog.toml").compile();
        assert!(compile.is_err_and(|faults| faults.to_string().contains("missing table `[catalog]`")));
    }
}

#[cfg(unix)]
#[test]
fn a_lock_file_behind_a_link_out_of_the_folder_is_not_read() {
    let outside = Catalogue::of("").with("secret", "password = 'hunter2'\n");
    let catalogue = Catalogue::of(entry("shop_closed", 1));
    std::os::unix::fs::symlink(outside.0.join("secret"), catalogue.0.join("catalog.lock")).unwrap();
    let report = catalogue.refused(&["can't read `catalog.lock`: it is a symbolic link out of the catalogue's folder"]);
    assert!(!report.contains("hunter2"), "{report}");
}

#[test]
fn a_lock_file_is_written_as_it_can_be_read() {
    let lock = "[old_code]\nid = \"LIFT-0900\"\nheaders = [\"a: 1.0\\\"\\\\\"]\nremoved = \"1.0.0\"\n";
    let catalogue = Catalogue::of(entry("shop_closed", 1)).with("catalog.lock", lock);
    let write = |catalogue: &Catalogue| {
        let module = Compiler::new(&catalogue.0, "catalog.toml").canonical().compile();
        module.map(|module| module.lock().to_owned()).map_err(|faults| faults.to_string()).unwrap()
    };
    let once = write(&catalogue);
    let quoted = ["[\"a: 1.0\\\"\\\\\"]\n", "['a: 1.0\"\\']\n"];
    assert!(quoted.iter().any(|list| once.contains(&format!("headers = {list}"))), "{once}");
    let catalogue = catalogue.with("catalog.lock", &once);
    assert_eq!(write(&catalogue), once);
    // A checkout may change line endings, and an editor may add a byte order mark.
    let catalogue = catalogue.with("catalog.lock", format!("\u{feff}{}", once.replace('\n', "\r\n")));
    assert_eq!(write(&catalogue), once);
    lift_errors_codegen::assert_lock(catalogue.0.join("catalog.toml"));
}

#[test]
fn a_lock_file_that_no_tool_wrote() {
    let locked = |lock: &str| Catalogue::of(entry("shop_closed", 1)).with("catalog.lock", lock);
    let old = |key: &str, value: &str| {
        let lock = "[shop_old]\nid = \"SHOP-000009\"\nremoved = \"1.0.0\"\nretry = \"never\"\nparams = [\"a: text\"]\n";
        let line = lock.lines().find(|line| line.starts_with(key)).unwrap();
        locked(&lock.replace(line, &format!("{key}{value}")))
    };
    old("id", " = \"SHOP-000009\"").accepted();
    for id in ["../../README", "..", "", "a/b", "a\\u001b[2J", "\\u202e"] {
        old("id", &format!(" = \"{id}\"")).refused_once(&["is not an id", "catalog.lock:2:6"]);
    }
    for code in ["\"../old\"]", "\"a b\"]", "\"\\u001b[2J\"]", "\"<img>\"]"] {
        old("[", code).refused_once(&["is not in snake_case", "catalog.lock:1:2"]);
    }
    locked("[term.\"a\\u001b\"]\nremoved = \"1.0.0\"\n").refused_once(&["the released term", "is not in snake_case"]);
    for (key, value) in [
        ("removed", " = \"1.0\\u001b[2J\""),
        ("retry", " = \"never\\u202e\""),
        ("params", " = [\"a: text\", \"b\\u0007\"]"),
    ] {
        old(key, value).refused_once(&["control character, U+"]);
    }
}

/// The work for very many faults of one kind. `.ci/growth-of-work` counts it; here none of it may hang.
#[test]
fn very_many_faults_of_one_kind() {
    Catalogue::of("id=1\n".repeat(20_000)).refused(&["duplicate key `id`", "errors.toml:1:1"]);
    Catalogue::of("[shop_e1x]\nid=1\nid=2\n".repeat(20_000))
        .refused(&["duplicate table `shop_e1x`", "errors.toml:1:1"]);
    Catalogue::of(format!("[a]\n[a]\n{}", "id=1\n".repeat(20_000))).refused(&["duplicate table `a`"]);
    Catalogue::of("a.b=1\na.b.c=2\n".repeat(20_000)).refused(&["duplicate key"]);
    Catalogue::of("<<<<<<< a\n>>>>>>> b\nx=\n".repeat(20_000)).refused(&["an unresolved merge"]);
    Catalogue::of(format!("a = {{ {} }}\n", "b = 1, ".repeat(20_000))).refused(&["duplicate key"]);
}

/// Documentation of Rust is Markdown, whose code runs as a test.
#[test]
fn texts_are_not_run_by_cargo_test() {
    let code = "      std::fs::write('x', '1').unwrap();";
    let entries =
        entry_with("title", &format!("title = \"-{code}\"")).replace("meaning = \"", &format!("meaning = \"1.{code} "));
    let doc = |mark: &str| {
        format!("{{ type = \"text\", sensitivity = \"public\", doc = \"{mark}{code}\", example = \"1\" }}\n")
    };
    let entries = entries.replace("detail = \"", "detail = \"{door} ") + "[shop_closed.params]\ndoor = " + &doc("+");
    let field_error = format!("[field_error.late]\nsince = \"0.1.0\"\ntext = \"+{code}\"\n");
    let term = format!("[term.door]\nsince = \"0.1.0\"\ntext = \"-{code}\"\n");
    let catalogue = Catalogue::of(entries + &field_error + &term);
    let module = Compiler::new(&catalogue.0, "catalog.toml").canonical().compile();
    let source = module.unwrap_or_else(|faults| panic!("{faults}")).to_source();
    let texts: Vec<&str> = source.lines().map(str::trim).filter(|line| line.contains("std::fs::write")).collect();
    assert!(texts.iter().filter(|line| line.starts_with("///")).count() > 6, "{texts:#?}");
    let is_list = |text: &str| ["- ", "+ ", "1. "].iter().any(|mark| text.starts_with(mark));
    for text in texts.iter().filter_map(|line| line.strip_prefix("///")) {
        assert!(!is_list(text.trim_start()), "{text}");
    }
}

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

#[test]
fn ten_thousand_entries() {
    Catalogue::of(many(10_000, |number| entry(&format!("shop_e{number}x"), number))).accepted();
    let faulty =
        |count| Catalogue::of(many(count, |n| entry(&format!("shop_e{n}x"), n).replace("[\"wait\"]", "[\"wiat\"]")));
    let report = faulty(10_000).refused(&["error: 10000 faults in `catalog.toml`"]);
    // The first are shown, and all are counted by their kind.
    assert_eq!(report.matches("did you mean `wait`?").count(), 50);
    assert!(report.contains("  = 10000 × the cause `…` names a fix `…`"), "{}", &report[report.len() - 500..]);
}

#[test]
#[cfg(unix)]
fn translations_stay_in_their_folder() {
    let outside = Catalogue::of("").with("errors.toml", "[shop_e0x]\ntitle = \"Fermé\"\n");
    let catalogue = Catalogue::of(entry("shop_e0x", 0)).manifest("locales", "locales = [\"en\", \"fr\"]");
    fs::create_dir(catalogue.0.join("locales")).unwrap();
    std::os::unix::fs::symlink(&outside.0, catalogue.0.join("locales/fr")).unwrap();
    catalogue.refused_once(&["can't read the folder `locales/fr`", "out of the catalogue's folder"]);
    let catalogue = Catalogue::of(entry("shop_e0x", 0)).manifest("locales", "locales = [\"en\", \"fr\"]");
    fs::create_dir_all(catalogue.0.join("locales/fr")).unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", catalogue.0.join("locales/fr/errors.toml")).unwrap();
    catalogue.refused_once(&["can't read `locales/fr/errors.toml`"]);
    // Nor are the names of folders outside shown.
    let outside = Catalogue::new().with("french/errors.toml", "");
    let catalogue = Catalogue::of(entry("shop_e0x", 0)).manifest("locales", "locales = [\"en\", \"fr\"]");
    std::os::unix::fs::symlink(&outside.0, catalogue.0.join("locales")).unwrap();
    let compiled = Compiler::new(&catalogue.0, "catalog.toml").canonical().compile();
    let said = compiled.map_or_else(|faults| faults.to_string(), |module| module.warnings().join("\n"));
    assert!(!said.contains("french"), "{said}");
}
