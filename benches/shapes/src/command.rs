//! What the command `lift-errors` reads: catalogues, and files of other tools.

use crate::catalog::{Files, MANIFEST, entry, french, manifest, many, of, translated};

/// A name, a size that is large enough, the files of a size, and the arguments of a command that succeeds.
type CommandShape = (&'static str, usize, fn(usize) -> Files, &'static str);

pub(crate) const COMMANDS: &[CommandShape] = &[
    ("moved_records", 4_000, |count| terms(count, |n| format!("\"term.t{n}y\"")), "sync"),
    ("records_of_a_merge", 4_000, |count| terms(count, |_| "\"term.t0x\"".to_owned()), "sync"),
    ("copies", 1_000, |count| translated(sentences(count), sentences_of_a_translation(count)), "coverage fr"),
    ("links_of_descriptions", 2_000, |count| of(many(count, |n| described(n, count - 1))), "explain --all"),
    ("reviews", 1_000, |count| translated(many(count, entry), many(count, french)), "review fr --all"),
    ("files", 500, files, "sync"),
    ("files_for_translators", 500, files, "export xliff fr"),
    ("aliases", 500, aliases, "export po fr"),
    ("constants_of_texts", 500, constants, "export po fr"),
    ("texts_of_po", 500, po, "import po fr.po"),
    ("texts_of_xliff", 500, xliff, "import xliff fr.xlf"),
    ("renamed_entry", 1_000, |count| of(many(count, entry)), "rename shop_e0x shop_first"),
    ("renamed_link", 500, hidden_link, "rename link.door gate"),
    ("rows", 500, |count| imported("codes.csv", rows(count)), "import codes.csv"),
    ("columns", 5_000, |count| imported("codes.csv", columns(count)), "import codes.csv"),
    ("members", 500, |count| imported("codes.json", members(count)), "import codes.json"),
    ("groups", 500, |count| imported("codes.json", groups(count)), "import codes.json"),
    ("bytes_of_addresses", 5_000, |count| imported("codes.json", addresses(count)), "import codes.json"),
    ("placeholders", 2_000, |count| imported("codes.csv", placeholders(count)), "import codes.csv"),
    (
        "placeholders_of_printf",
        5_000,
        |count| imported("errors.toml", printf(count)),
        "import errors.toml --into new.toml",
    ),
    ("open_braces", 5_000, |count| imported("codes.json", open_braces("", count)), "import codes.json"),
    (
        "open_braces_beside_double_ones",
        5_000,
        |count| imported("codes.json", open_braces("{{x}} {{y}}", count)),
        "import codes.json",
    ),
    ("placeholders_of_rust", 1_000, |count| imported("errors.rs", fields(count)), "import errors.rs"),
    ("properties", 500, properties, "import i18n/messages.properties"),
];

/// Terms with one translation for all, and records of it at other addresses, each of another text.
fn terms(count: usize, address: fn(usize) -> String) -> Files {
    let terms = many(count, |n| format!("[term.t{n}x]\nsince = \"0.1.0\"\ntext = \"door\"\n"));
    let french = many(count, |n| format!("t{n}x = \"porte\"\n"));
    let mut files = translated(entry(0) + &terms, format!("[term]\n{french}"));
    let record =
        |n| format!("{} = {{ source = \"{n:012x}\", translation = \"{PORTE}\", review = \"draft\" }}\n", address(n));
    files.push(("locales/fr.state.toml", many(count, record)));
    files
}

/// The fingerprint of `porte`.
const PORTE: &str = "5a3822d110a5";

const SENTENCE: &str = "The shop in this street is closed.";

/// Entries whose title can be copied.
fn sentences(count: usize) -> String {
    many(count, |n| entry(n).replace("\"Closed\"", &format!("\"{SENTENCE}\"")))
}

fn sentences_of_a_translation(count: usize) -> String {
    many(count, |n| format!("[shop_e{n}x]\ntitle = \"{SENTENCE}\"\n"))
}

/// An entry whose description has links to another one.
fn described(number: usize, other: usize) -> String {
    let links = format!("[closed](#shop_e{other}x) ").repeat(16);
    entry(number).replace("title", &format!("description = \"See {links}.\"\ntitle"))
}

/// A file for each entry.
fn files(count: usize) -> Files {
    let names = many(count, |n| format!("\"e{n}.toml\","));
    let manifest = manifest("locales", "locales = [\"en\", \"fr\"]");
    let manifest = manifest.replace("\"errors.toml\"", &names);
    // The names are needed to the end of the program.
    let of =
        |n: usize| [(&*format!("e{n}.toml").leak(), entry(n)), (&*format!("locales/fr/e{n}.toml").leak(), french(n))];
    (0..count).flat_map(of).chain([("catalog.toml", manifest)]).collect()
}

fn aliases(count: usize) -> Files {
    let alias = |n| {
        let id = count + n;
        format!("[shop_a{n}x]\nid = \"SHOP-{id:06}\"\nsame_as = \"shop_e{n}x\"\nsince = \"0.1.0\"\ntitle = \"A\"\n")
    };
    translated(many(count, entry) + &many(count, alias), many(count, french))
}

/// A constant for each entry.
fn constants(count: usize) -> Files {
    let named = |n| entry(n).replace("It is night.", &format!("It is {{fact_{n}x}}."));
    let mut files = translated(many(count, named), many(count, french));
    let constants = many(count, |n| format!("fact_{n}x = {n}\n"));
    files.iter_mut().take(1).for_each(|(_, manifest)| *manifest += &format!("\n[constants]\n{constants}"));
    files
}

fn po(count: usize) -> Files {
    let unit = |n| format!("msgctxt \"shop_e{n}x.title\"\nmsgid \"Closed\"\nmsgstr \"Clos\"\n\n");
    let mut files = translated(many(count, entry), many(count, french));
    files.push(("fr.po", format!("msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n{}", many(count, unit))));
    files
}

fn xliff(count: usize) -> Files {
    let unit =
        |n| format!("<trans-unit id=\"shop_e{n}x.title\"><source>Closed</source><target>Clos</target></trans-unit>\n");
    let mut files = translated(many(count, entry), many(count, french));
    let body = many(count, unit);
    files.push((
        "fr.xlf",
        format!("<xliff version=\"1.2\"><file target-language=\"fr\"><body>{body}</body></file></xliff>"),
    ));
    files
}

/// An entry with a link that hides the manifest's.
fn with_link(number: usize) -> String {
    let href = "https://example.com/door";
    entry(number).replace("shop is", "[shop](@door) is")
        + &format!("[[shop_e{number}x.link]]\nid = \"door\"\nrel = \"help\"\nhref = \"{href}\"\n")
}

fn hidden_link(count: usize) -> Files {
    let link = "[[link]]\nid = \"door\"\nrel = \"help\"\nhref = \"https://example.com\"\n";
    let last = entry(count).replace("shop is", "[shop](@door) is");
    vec![("catalog.toml", format!("{MANIFEST}\n{link}")), ("errors.toml", many(count, with_link) + &last)]
}

/// A small catalogue that allows drafts, and a file beside it.
fn imported(name: &'static str, text: String) -> Files {
    let manifest = manifest("default_locale", "default_locale = \"en\"\ndrafts = \"allow\"");
    let manifest = manifest.replace("errors.toml", "own.toml");
    vec![("catalog.toml", manifest), ("own.toml", entry(0)), (name, text)]
}

/// Rows with a cell that has no place in a catalogue.
fn rows(count: usize) -> String {
    format!("code,message,owner\n{}", many(count, |n| format!("E{n},The shop {n} is closed.,ops\n")))
}

fn columns(count: usize) -> String {
    format!("code,message{}\nE1,Closed.{}\n", many(count, |n| format!(",c{n}")), ",x".repeat(count))
}

/// Objects, each with a member of its own.
fn members(count: usize) -> String {
    let row = |n| format!("{{\"code\": \"E{n}\", \"message\": \"Closed.\", \"m{n}\": 1}},");
    format!("[{}{{\"code\": \"F\"}}]", many(count, row))
}

/// Texts by their keys, of which one is called as a column is.
fn groups(count: usize) -> String {
    let group =
        |n| format!("\"g{n}\": {{\"title\": \"Shop.\", \"t{n}\": \"Closed.\", \"deep\": {{\"u{n}\": \"Open.\"}}}},");
    format!("{{{}\"last\": \"Last.\"}}", many(count, group))
}

/// One address, and as many.
fn addresses(count: usize) -> String {
    let [one, several] = ["%2f", "https://e.com/a%2Fb "].map(|part| part.repeat(count));
    format!("{{\"E1\": \"Closed.\", \"E2\": \"Closed https://e.com/{one} {several}\"}}")
}

/// A message with placeholders that lose their formats. It is too long, and left out.
fn placeholders(count: usize) -> String {
    format!("code,message\nE1,Closed.\nE2,\"Closed {}\"\n", many(count, |n| format!("{{p{n}:x}}")))
}

fn open_braces(beside: &str, count: usize) -> String {
    format!("{{\"E1\": \"Closed. {beside}\", \"E2\": \"Closed {}\"}}", "{p:x ".repeat(count))
}

fn printf(count: usize) -> String {
    format!("[E1]\nerror = \"Closed.\"\n[E2]\nerror = \"Closed {}\"\n", "%s %d".repeat(count))
}

/// A message with all fields of an error, and with as many parts of one field.
fn fields(count: usize) -> String {
    let names = many(count, |n| format!("{{f{n}}}{{}}"));
    let parts = many(count, |n| format!(", .first.p{n}"));
    let fields = many(count, |n| format!(", f{n}: u32"));
    format!(
        "#[derive(Error)] enum E {{ #[error(\"Closed.\")] A, #[error(\"Closed {names}\"{parts})] B {{ first: P{fields} }} }}"
    )
}

fn properties(count: usize) -> Files {
    let mut files =
        imported("i18n/messages.properties", many(count, |n| format!("shop.e{n}=The shop {{0}} is closed.\n")));
    for name in ["i18n/messages_de.properties", "i18n/messages_fr.properties"] {
        files.push((name, many(count, |n| format!("shop.e{n}=Closed: {{0}}.\nshop.x{n}=Gone.\n"))));
    }
    files
}
