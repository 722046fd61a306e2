//! Compiles a catalogue of a shape and a size: `lift-errors-shapes SHAPE SIZE`. `lift-errors-shapes SHAPE SIZE FOLDER` writes what the
//! command `lift-errors` is to read. Without arguments the shapes are listed, each with the size at which the work counts, and with
//! the arguments of the command. `.ci/growth-of-work` counts the instructions of two sizes.

#![forbid(unsafe_code)]

mod catalog;
mod command;

use catalog::{Files, MANIFEST, entry, french, manifest, many, of, stale, translated};
use command::COMMANDS;
use lift_errors_codegen::Compiler;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

/// A name, a size that is large enough, and the catalogue of a size.
type Shape = (&'static str, usize, fn(usize) -> Files);

const SHAPES: &[Shape] = &[
    ("entries", 500, |count| of(many(count, entry))),
    ("entries_with_a_fault", 500, |count| of(many(count, |n| entry(n) + "replaced_by = 1\n"))),
    ("aliases_of_nothing", 2_000, |count| {
        of(many(count, |n| {
            format!("[shop_a{n}x]\nid = \"SHOP-{n:06}\"\nsame_as = \"shop_e{n}x\"\nsince = \"0.1.0\"\ntitle = \"A\"\n")
        }))
    }),
    ("unused_parameters", 500, |count| {
        let unused =
            |n| format!("[shop_e{n}x.params]\ndoor = {{ type = \"u32\", doc = \"The door.\", example = 1 }}\n");
        of(many(count, |n| entry(n) + &unused(n)))
    }),
    ("every_entry_twice", 500, |count| {
        let entries = many(count, entry);
        vec![
            ("catalog.toml", manifest("files", "files = [\"errors.toml\", \"more.toml\"]")),
            ("errors.toml", entries.clone()),
            ("more.toml", entries),
        ]
    }),
    ("one_key_over_and_over", 2_000, |count| of("id=1\n".repeat(count))),
    ("one_table_over_and_over", 2_000, |count| of("[shop_e1x]\nid=1\nid=2\n".repeat(count))),
    ("keys_of_a_value", 2_000, |count| of("a.b=1\na.b.c=2\n".repeat(count))),
    ("keys_of_a_table_that_is_there", 2_000, |count| of(format!("[a]\n[a]\n{}", "id=1\n".repeat(count)))),
    ("merges", 2_000, |count| of("<<<<<<< a\n>>>>>>> b\nx=\n".repeat(count))),
    ("unused_names", 1_000, |count| {
        let constants = many(count, |n| format!("fact_{n}x = {n}\n"));
        let link = |n| format!("[[link]]\nid = \"l{n}x\"\nrel = \"help\"\nhref = \"https://example.com\"\n");
        let links = many(count, link);
        vec![("catalog.toml", format!("{MANIFEST}\n[constants]\n{constants}{links}")), ("errors.toml", entry(0))]
    }),
    ("tags", 4_000, |count| {
        let tags = |sign| format!("tags = [{}]\n", many(count, |n| format!("\"t{n}{sign}\",")));
        vec![
            ("catalog.toml", MANIFEST.to_owned() + &tags("x")),
            ("errors.toml", entry(0).replacen("severity", &(tags("x") + "severity"), 1)),
        ]
    }),
    ("ids_in_two_cases", 1_000, |count| {
        let of_case = |id: &str, n| entry(n).replace(&format!("SHOP-{n:06}"), id).replace("shop_e", "shop_f");
        let manifest = manifest("id_form", "id_form = \"*\"");
        let entries =
            many(count, |n| of_case(&format!("a{n}"), n) + &of_case(&format!("A{n}"), n).replace("shop_f", "shop_g"));
        vec![("catalog.toml", manifest), ("errors.toml", entries)]
    }),
    ("released_codes_and_phrases", 2_000, |count| {
        let terms = many(count, |n| format!("[term.t{n}x]\nsince = \"0.1.0\"\ntext = \"door\"\n"));
        let released =
            many(count, |n| format!("[term.t{n}x]\n\n[shop_e{n}y]\nid = \"../{n}\"\nparams = [\"\\u001b\"]\n"));
        let mut files = of(entry(0) + &terms);
        files.push(("catalog.lock", released));
        files
    }),
    ("parameters_and_notes", 500, |count| {
        let parameter = |n| format!("p{n}x = {{ type = \"u32\", doc = \"The door.\", example = 1 }}\n");
        let note =
            |n| format!("[[shop_e0x.note]]\nid = \"n{n}x\"\nkind = \"tip\"\ntext = \"Knock {{p{}x}}.\"\n", count - 1);
        of(entry(0) + "[shop_e0x.params]\n" + &many(count, parameter) + &many(count, note))
    }),
    ("links_and_notes", 1_000, |count| {
        let link = |n| format!("[[shop_e0x.link]]\nid = \"l{n}x\"\nrel = \"help\"\nhref = \"https://example.com\"\n");
        let note =
            |n| format!("[[shop_e0x.note]]\nid = \"n{n}x\"\nkind = \"tip\"\ntext = \"[Knock](@l{}x).\"\n", count - 1);
        of(entry(0) + &many(count, link) + &many(count, note))
    }),
    ("locales", 1_000, |count| {
        let locales = many(count, |n| format!("\"x{n}\","));
        vec![
            ("catalog.toml", manifest("locales", &format!("locales = [\"en\", {locales}]"))),
            ("errors.toml", entry(0)),
        ]
    }),
    ("wrong_records", 2_000, |count| {
        let mut files = translated(entry(0), french(0));
        files.push((
            "locales/fr.state.toml",
            many(count, |n| format!("\"shop_e{n}x.title\" = {{ source = \"x\", review = 1 }}\n")),
        ));
        files
    }),
    ("lines_without_a_value", 5_000, |count| of(many(count, |n| format!("a{n} = \n")))),
    ("constants", 500, |count| {
        let manifest = format!("{MANIFEST}\n[constants]\n{}", many(count, |n| format!("fact_{n}x = {n}\n")));
        let named = |n| entry(n).replace("It is night.", &format!("It is {{fact_{n}x}}."));
        vec![("catalog.toml", manifest), ("errors.toml", many(count, named))]
    }),
    ("translations", 500, |count| translated(many(count, entry), many(count, french))),
    // The small size is one at which a rule compares as many names as it may (`COMPARISONS`): below, each unknown name is compared
    // with all codes, so that the work would grow as their product up to that bound.
    ("translations_of_nothing", 2_000, |count| {
        translated(many(count, entry), many(count, |n| format!("[shop_x{n}y]\ntitle = \"Fermé\"\n")))
    }),
    ("translations_of_unknown_fixes", 1_000, |count| {
        let fixes = many(count, |n| format!("[[shop_e0x.fix]]\nid = \"w{n}z\"\ntext = \"Wait.\"\n"));
        let ids = many(count, |n| format!("x{n}y = \"Attendez.\"\n"));
        translated(entry(0) + &fixes, format!("[shop_e0x.fix]\n{ids}"))
    }),
    ("unknown_labels", 2_000, |count| {
        translated(entry(0), format!("[labels]\n{}", many(count, |n| format!("l{n} = \"\"\n"))))
    }),
    ("stale_translations", 500, |count| stale(many(count, entry), count)),
    ("selectors_of_earlier_texts", 500, |count| {
        let forms = |n| {
            format!("[shop_e{n}x.detail]\none = \"There is {{n{n}}} shop.\"\nother = \"There are {{n{n}}} shops.\"\n")
        };
        let selected = |n| {
            let (entry, forms) = (entry(n).replace("detail = \"The shop is closed.\"\n", ""), forms(n));
            let parameter = format!("n{n} = {{ type = \"u32\", doc = \"The shops.\", example = 2 }}\n");
            format!("{entry}{forms}plural = \"n{n}\"\n[shop_e{n}x.params]\n{parameter}")
        };
        let mut files = stale(many(count, selected), 1);
        files.push(("locales/en/errors.toml", many(count, forms)));
        files
    }),
    ("wrong_translations", 500, |count| {
        let literal = |n| entry(n).replace("title = \"Closed\"", "title = \"Closed `now`\"");
        stale(many(count, literal), count)
    }),
    ("causes", 2_000, |count| {
        let cause = |n| format!("[[shop_e0x.cause]]\nid = \"c{n}x\"\ntext = \"It is night.\"\nfixes = [\"x{n}x\"]\n");
        of(entry(0) + &many(count, cause))
    }),
    ("fixes_on_one_line", 4_000, |count| {
        let items = many(count, |n| format!("\"x{n}x\","));
        of(entry(0).replace("fixes = [\"wait\"]", &format!("fixes = [{items}]")))
    }),
    ("details", 2_000, |count| {
        let detail = |n| format!("[[shop_e0x.detail]]\nid = \"d{n}x\"\nwhen = [\"a\"]\ntext = \"Closed.\"\n");
        of(entry(0).replace("detail = \"The shop is closed.\"\n", "") + &many(count, detail))
    }),
    ("open_brackets", 20_000, |count| of("[".repeat(count))),
    ("open_braces", 20_000, |count| of("a={".repeat(count))),
    ("quotation_marks", 20_000, |count| of("\"".repeat(count))),
    ("apostrophes", 20_000, |count| of("'''".repeat(count))),
    ("dotted_keys", 20_000, |count| of("a.".repeat(count))),
    ("equals_signs", 20_000, |count| of("a=".repeat(count))),
];

fn write(folder: &Path, files: Files) -> io::Result<()> {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, content)?;
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the script reads the list")]
fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(name), Some(size)) = (arguments.next(), arguments.next()) else {
        SHAPES.iter().for_each(|(name, size, _)| println!("{name} {size}"));
        COMMANDS.iter().for_each(|(name, size, _, arguments)| println!("{name} {size} {arguments}"));
        return Ok(());
    };
    let unknown = || io::Error::new(io::ErrorKind::InvalidInput, format!("there is no shape `{name}`"));
    let size = size.parse().map_err(io::Error::other)?;
    if let Some(folder) = arguments.next() {
        let (_, _, files, _) = COMMANDS.iter().find(|shape| shape.0 == name).ok_or_else(unknown)?;
        return write(Path::new(&folder), files(size));
    }
    let (_, _, files) = SHAPES.iter().find(|shape| shape.0 == name).ok_or_else(unknown)?;
    let folder: PathBuf = env::temp_dir().join(format!("lift-errors-shapes-{}", process::id()));
    write(&folder, files(size))?;
    // Whether it has faults does not matter: reporting them is work, too.
    let _ = Compiler::new(&folder, "catalog.toml").canonical().compile();
    fs::remove_dir_all(folder)
}
