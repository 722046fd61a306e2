//! Writes PO files.

use crate::exchange::mark::{form_mark, mark};
use crate::exchange::message::{forms, is_plural, target_of};
use lift_errors_codegen::{TranslationUnit, TranslationUnits, UnitText};
use std::fmt::Write as _;

/// The texts as a PO file; without a locale, as a template.
pub(crate) fn write(units: &TranslationUnits, locale: Option<&str>) -> String {
    let mut out = String::new();
    header(units, locale, &mut out);
    for unit in &units.units {
        entry(unit, units, locale.is_some(), &mut out);
    }
    out
}

/// The text of a unit as `msgid`, and `msgid_plural` where it has forms. PO has room for two forms of the source.
pub(crate) fn source(text: &UnitText, is_plural: bool) -> Vec<String> {
    match is_plural {
        true => vec![
            text.form(text.forms.first().map_or("", |(category, _)| category)).to_owned(),
            text.form("other").to_owned(),
        ],
        false => vec![text.form("other").to_owned()],
    }
}

fn header(units: &TranslationUnits, locale: Option<&str>, out: &mut String) {
    let forms = match locale {
        Some(_) => format!("nplurals={}; plural={};", units.categories.len(), units.plural_rule),
        None => "nplurals=INTEGER; plural=EXPRESSION;".to_owned(),
    };
    // gettext's tools complain about a header without the dates and names, and so they are there, as `msginit` writes them.
    let fields = [
        format!("Project-Id-Version: {}", units.catalog),
        "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE".to_owned(),
        "Last-Translator: FULL NAME <EMAIL@ADDRESS>".to_owned(),
        "Language-Team: LANGUAGE".to_owned(),
        // gettext separates by underscores: pt_PT.
        format!("Language: {}", locale.unwrap_or_default().replace('-', "_")),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=UTF-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
        format!("Plural-Forms: {forms}"),
        format!("X-Generator: lift-errors {}", env!("CARGO_PKG_VERSION")),
    ];
    out.push_str("# In a translation, {names}, [words](@links) and `literals` are those of the text. Translate the words in brackets;\n");
    out.push_str("# leave names, addresses and literals as they are, in any order.\n");
    out.push_str("# `exported` above a text shows whether its translation has changed since: leave it, too.\n");
    if locale.is_none() {
        out.push_str("#, fuzzy\n");
    }
    out.push_str("msgid \"\"\nmsgstr \"\"\n");
    for field in fields {
        string(out, "", &format!("{field}\n"));
    }
}

fn entry(unit: &TranslationUnit, units: &TranslationUnits, has_locale: bool, out: &mut String) {
    out.push('\n');
    let is_plural = is_plural(unit);
    let target = unit.translation.as_ref().and_then(|it| target_of(it, is_plural, &units.categories));
    let target = target.unwrap_or_default();
    // A translator's comment, because gettext's tools keep those with the translation, and take the others from the template.
    // Writing to a `String` can't fail.
    let _ = writeln!(out, "# {}", mark(&unit.address, &target));
    if target.len() > 1 {
        for (category, form) in target.iter().enumerate() {
            let _ = writeln!(out, "# {}", form_mark(&unit.address, category, form));
        }
    }
    for comment in &unit.comments {
        let _ = writeln!(out, "#. {comment}");
    }
    if is_plural && has_locale {
        for (index, category) in units.categories.iter().enumerate() {
            let numbers: Vec<String> = category.numbers.iter().map(u64::to_string).collect();
            let _ = writeln!(
                out,
                "#. msgstr[{index}] is the form `{}`, for numbers such as {}.",
                category.name,
                numbers.join(", ")
            );
        }
    }
    let _ = writeln!(out, "#: {}", unit.place);
    if unit.is_stale {
        out.push_str("#, fuzzy\n");
        for (keyword, text) in
            ["msgid", "msgid_plural"].into_iter().zip(unit.previous.iter().flat_map(|it| source(it, is_plural)))
        {
            string(out, &format!("#| {keyword} "), &text);
        }
    }
    string(out, "msgctxt ", &unit.address);
    for (keyword, text) in ["msgid ", "msgid_plural "].into_iter().zip(source(&unit.source, is_plural)) {
        string(out, keyword, &text);
    }
    match (&unit.translation, is_plural) {
        (translation, true) => {
            let empty = UnitText::plain(String::new());
            // A template has two forms, as gettext's own.
            let forms = match has_locale {
                true => forms(translation.as_ref().unwrap_or(&empty), &units.categories),
                false => vec![String::new(); 2],
            };
            for (index, text) in forms.iter().enumerate() {
                string(out, &format!("msgstr[{index}] "), text);
            }
        }
        (translation, false) => string(out, "msgstr ", translation.as_ref().map_or("", |text| text.form("other"))),
    }
}

/// A line with a string in quotation marks.
fn string(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            character => out.push(character),
        }
    }
    out.push_str("\"\n");
}
