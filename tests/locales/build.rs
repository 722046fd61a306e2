//! Writes a catalogue that names every locale it can, and compiles it as a service's build script would. With
//! `EVERYWHERE_LOCALES`, tags with spaces between them, it names those alone: `.ci/locale-sizes` compares.

use lift_errors_cldr::plural::{self, Category, Rules};
use lift_errors_cldr::{Locale, duration};
use lift_errors_codegen::Compiler;
use lift_errors_core::tag::TagKey;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The entries in English. The forms of the plural are the categories' names.
const ENTRIES: &str = r#"
[everywhere_values]
id = "EVERYWHERE-0001"
status = 400
since = "0.1.0"
severity = "error"
title = "Values"
detail = "Values: {count}|{delta}|{delay}|{name}"
meaning = "A text with values."
retry = { kind = "never" }

[everywhere_values.params]
count = { type = "u64", doc = "A number.", example = 1000 }
delta = { type = "i64", doc = "A number that may be negative.", example = -1000 }
delay = { type = "duration", doc = "A delay.", example = "1h 5m" }
name = { type = "text", sensitivity = "public", doc = "A name.", example = "Depot 7" }

[[everywhere_values.cause]]
id = "test"
text = "A test."

[[everywhere_values.fix]]
id = "none"
text = "None."

[everywhere_plural]
id = "EVERYWHERE-0002"
status = 409
since = "0.1.0"
severity = "error"
title = "Plural"
detail = { one = "one {count}", other = "other {count}" }
meaning = "A text with a form for each category."
retry = { kind = "never" }
params = { count = { type = "u64", doc = "A number.", example = 1000 } }

[[everywhere_plural.cause]]
id = "test"
text = "A test."

[[everywhere_plural.fix]]
id = "none"
text = "None."
"#;

/// The same with a number that may be a fraction.
const FIELD_ERROR: &str = r#"
[field_error.everywhere_limit]
since = "0.1.0"
text = { one = "one {limit}", other = "other {limit}" }
params = { limit = { type = "u64", doc = "A number.", example = 2 } }
"#;

/// The variable that names the locales.
const LOCALES: &str = "EVERYWHERE_LOCALES";

fn main() -> Result<(), Box<dyn Error>> {
    // Nothing else is read that cargo does not know of.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={LOCALES}");
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("no `OUT_DIR`")?);
    let catalog = folder.join("catalog");
    if catalog.exists() {
        fs::remove_dir_all(&catalog)?;
    }
    write(&catalog, &locales(), &folder)?;
    let module = Compiler::new(&catalog, "catalog.toml").compile().map_err(|faults| faults.to_string())?;
    assert!(module.warnings().is_empty(), "{:?}", module.warnings());
    fs::write(folder.join("everywhere.rs"), module.to_source())?;
    Ok(())
}

/// The locales that texts can be in: those with plural rules and words for durations, and without a variant.
fn locales() -> Vec<Locale> {
    let wanted = env::var(LOCALES).ok();
    let is_wanted = |tag| wanted.as_ref().is_none_or(|tags| tags.split(' ').any(|wanted| wanted == tag));
    let has_no_variant = |locale: Locale| TagKey::parse_whole(locale.tag()).is_some();
    let can_be_named = |locale| plural::rules(locale).is_some() && duration::words(locale).is_some();
    Locale::all().filter(|&locale| can_be_named(locale) && has_no_variant(locale) && is_wanted(locale.tag())).collect()
}

/// Writes the catalogue, and the list of the locales that have a plural text of their own.
fn write(catalog: &Path, locales: &[Locale], out: &Path) -> Result<(), Box<dyn Error>> {
    let pseudolocales: &[&str] = if locales.len() > 1 { &["en-XA", "ar-XB"] } else { &[] };
    let tags: Vec<&str> = locales.iter().map(|locale| locale.tag()).chain(pseudolocales.iter().copied()).collect();
    let manifest = format!(
        "[catalog]\nname = \"everywhere\"\nid_form = \"EVERYWHERE-0000\"\ncode_prefix = \"everywhere_\"\n\
         reference = \"https://example.com/everywhere\"\ndefault_locale = \"en\"\nlocales = {tags:?}\n\
         files = [\"errors.toml\"]\n"
    );
    fs::create_dir_all(catalog)?;
    fs::write(catalog.join("catalog.toml"), manifest)?;
    fs::write(catalog.join("errors.toml"), format!("{ENTRIES}{FIELD_ERROR}"))?;

    let mut seen: Vec<Rules> = Vec::new();
    let mut with_plural = Vec::new();
    for locale in locales.iter().filter(|locale| locale.tag() != "en") {
        // A text that is not translated is in English, and so are its numbers.
        let mut text = "[everywhere_values]\ndetail = \"Values: {count}|{delta}|{delay}|{name}\"\n".to_owned();
        if let Some(rules) = plural::rules(*locale).filter(|rules| !seen.contains(rules)) {
            seen.push(rules);
            with_plural.push(locale.tag());
            for (text_of, number) in [("everywhere_plural.detail", "count"), ("field_error.everywhere_limit", "limit")]
            {
                writeln!(text, "\n[{text_of}]")?;
                for category in rules.categories().collect::<Vec<Category>>() {
                    writeln!(text, "{category} = \"{category} {{{number}}}\"")?;
                }
            }
        }
        let folder = catalog.join("locales").join(locale.tag());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("errors.toml"), text)?;
    }
    let list = format!(
        "/// The locales that the plural text is translated into: one for each set of rules.\n\
         pub const PLURAL_LOCALES: &[&str] = &{with_plural:?};\n"
    );
    fs::write(out.join("plural_locales.rs"), list)?;
    Ok(())
}
