//! Writes the catalogues of the benchmarks, compiles them as a service's build script would, and writes the same codes
//! and texts in the form that the peers need.

use lift_errors::lift::Code;
use lift_errors_codegen::Compiler;
use lift_errors_inputs::{Entry, Shape, entries, write};
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The numbers of codes in the lookup tables.
const SIZES: [usize; 4] = [11, 100, 1_000, 10_000];

/// If this variable is set, `match` and strum are also built with 10,000 codes. rustc needs 20 minutes for them.
const LONG: &str = "LIFT_ERRORS_LONG_MATCH";

/// The number of entries in the catalogues for rendering.
const RENDERED: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={LONG}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("this is a build script")?);
    for size in SIZES {
        let name = format!("codes_{size}");
        let entries = entries(size, &[Shape::Plain]);
        catalogue(&out, &name, &entries)?;
        fs::write(out.join(format!("{name}_peers.rs")), peers(&entries)?)?;
    }
    for (name, shape) in [("numbers", Shape::Numbers), ("texts", Shape::Text)] {
        let entries = entries(RENDERED, &[shape]);
        catalogue(&out, name, &entries)?;
        fs::write(out.join(format!("{name}_peers.rs")), texts(&entries)?)?;
    }
    fs::write(out.join("status_peers.rs"), statuses())?;
    Ok(())
}

/// The entries of the canonical catalogue that explain a status, as arguments of a macro.
fn statuses() -> String {
    let mut list = "peers! {\n".to_owned();
    for (status, code) in (400..600).filter_map(|status| Some((status, Code::from_status(status)?))) {
        let variant: String = code.as_str().split('_').map(capitalized).collect();
        list += &format!("    {status}_u16 => {variant} {:?},\n", code.id());
    }
    list + "}\n"
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Compiles our catalogue.
fn catalogue(out: &Path, name: &str, entries: &[Entry]) -> Result<(), Box<dyn Error>> {
    let folder = out.join("catalogues").join(name);
    write(&folder, name, entries, &["en"])?;
    let module = Compiler::new(&folder, "catalog.toml").tables_in_files().compile();
    Ok(module.map_err(|faults| faults.to_string())?.write_into(out)?)
}

/// The codes with their numbers, variants and statuses, as arguments of the macros that define the peers.
fn peers(entries: &[Entry]) -> Result<String, Box<dyn Error>> {
    let mut list = String::new();
    for (number, entry) in entries.iter().enumerate() {
        writeln!(list, "    {:?} => {number}u16, {}, {},", entry.code, entry.variant(), entry.status)?;
    }
    let is_linear = entries.len() < 10_000 || env::var_os(LONG).is_some();
    let linear = if is_linear { list.as_str() } else { "" };
    Ok(format!("pub const COUNT: usize = {};\n\npeers! {{\n{list}}}\n\nlinear_peers! {{\n{linear}}}\n", entries.len()))
}

/// The texts of the entries as constants of the struct `Texts`, and our errors in the same order.
fn texts(entries: &[Entry]) -> Result<String, Box<dyn Error>> {
    let mut source = "pub static TEXTS: &[Texts] = &[\n".to_owned();
    for entry in entries {
        let texts = entry.texts("en");
        let pieces: Vec<&str> = texts.detail.split(['{', '}']).step_by(2).collect();
        writeln!(
            source,
            "    Texts {{ kind: \"https://docs.example.com/support/error-reference#{}\", code: {:?}, id: {:?}, status: {}, title: {:?}, detail: &{pieces:?}, causes: [{:?}, {:?}], \
             fixes: [{:?}, {:?}] }},",
            entry.id,
            entry.code,
            entry.id,
            entry.status,
            texts.title,
            texts.causes[0],
            texts.causes[1],
            texts.fixes[0],
            texts.fixes[1]
        )?;
    }
    source += "];\n\n/// Ours, in the same order.\npub fn errors() -> Vec<Error> {\n    vec![\n";
    for entry in entries {
        let arguments = match entry.shape {
            Shape::Plain => "",
            Shape::Numbers => "LIMIT, WAITING",
            Shape::Text => "RESOURCE",
        };
        writeln!(source, "        Error::{}({arguments}),", entry.code)?;
    }
    Ok(source + "    ]\n}\n")
}
