//! Writes XLIFF files.

use super::vocabulary::{APPROVED, MARK, PLURALS, UNFINISHED};
use crate::exchange::mark::{mark, reviewed};
use crate::exchange::message::{forms, is_plural, target_of};
use lift_errors_codegen::{TranslationUnit, TranslationUnits};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

/// The texts as an XLIFF file; without a locale, without a target language.
///
/// # Errors
///
/// None: it writes into memory.
pub(crate) fn write(units: &TranslationUnits, locale: Option<&str>) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("version", "1.2"), ("xmlns", "urn:oasis:names:tc:xliff:document:1.2")];
    start(&mut writer, "xliff", root)?;
    // In the order of the first text of each.
    let mut files: Vec<(&str, Vec<&TranslationUnit>)> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for unit in &units.units {
        let number = *numbers.entry(&unit.file).or_insert_with(|| {
            files.push((&unit.file, Vec::new()));
            files.len() - 1
        });
        files.get_mut(number).into_iter().for_each(|(_, units)| units.push(unit));
    }
    if files.is_empty() {
        // A file names the language, and XLIFF has at least one: a catalogue may take all texts from its base.
        files.push((&units.catalog, Vec::new()));
    }
    for (file, texts) in files {
        let target = locale.map(|locale| ("target-language", locale));
        let attributes = [("original", file), ("source-language", &units.source_locale), ("datatype", "plaintext")];
        start(&mut writer, "file", attributes.into_iter().chain(target).chain([("xml:space", "preserve")]))?;
        start(&mut writer, "header", [])?;
        let tool =
            [("tool-id", "lift-errors"), ("tool-name", "lift-errors"), ("tool-version", env!("CARGO_PKG_VERSION"))];
        writer.create_element("tool").with_attributes(tool).write_empty()?;
        end(&mut writer, "header")?;
        start(&mut writer, "body", [])?;
        for unit in texts {
            let target = unit.translation.as_ref().and_then(|it| target_of(it, is_plural(unit), &units.categories));
            let mark = mark(&unit.address, &target.unwrap_or_default());
            let mark = if unit.is_reviewed { reviewed(&mark) } else { mark };
            match is_plural(unit) {
                true => group(&mut writer, unit, units, &mark)?,
                false => {
                    let one = Form {
                        id: unit.address.clone(),
                        name: unit.address.clone(),
                        source: unit.source.form("other"),
                        previous: unit.previous.as_ref().map(|text| text.form("other")),
                        target: unit.translation.as_ref().map_or("", |text| text.form("other")),
                    };
                    trans_unit(&mut writer, unit, &one, &mark, &unit.comments)?;
                }
            }
        }
        end(&mut writer, "body")?;
        end(&mut writer, "file")?;
    }
    end(&mut writer, "xliff")?;
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned() + "\n")
}

/// A unit of XLIFF: a text, or a form of one.
struct Form<'a> {
    id: String,
    name: String,
    source: &'a str,
    previous: Option<&'a str>,
    target: &'a str,
}

fn group(writer: &mut Writer<Vec<u8>>, unit: &TranslationUnit, units: &TranslationUnits, mark: &str) -> io::Result<()> {
    start(writer, "group", [("id", unit.address.as_str()), ("resname", &unit.address), ("restype", PLURALS)])?;
    for comment in &unit.comments {
        note(writer, comment)?;
    }
    let targets = unit.translation.as_ref().map(|text| forms(text, &units.categories));
    for (index, category) in units.categories.iter().enumerate() {
        let numbers: Vec<String> = category.numbers.iter().map(u64::to_string).collect();
        let form = Form {
            id: format!("{}[{index}]", unit.address),
            name: format!("{}.{}", unit.address, category.name),
            source: unit.source.form(category.name),
            previous: unit.previous.as_ref().map(|text| text.form(category.name)),
            target: targets.as_ref().and_then(|forms| forms.get(index)).map_or("", String::as_str),
        };
        let comment = format!("The form `{}`, for numbers such as {}.", category.name, numbers.join(", "));
        trans_unit(writer, unit, &form, mark, &[comment])?;
    }
    end(writer, "group")
}

fn trans_unit(
    writer: &mut Writer<Vec<u8>>,
    unit: &TranslationUnit,
    form: &Form<'_>,
    mark: &str,
    comments: &[String],
) -> io::Result<()> {
    let approved = unit.is_reviewed.then_some(("approved", "yes"));
    let names = [("id", form.id.as_str()), ("resname", &form.name)];
    let attributes = names.into_iter().chain(approved).chain([(MARK, mark)]);
    start(writer, "trans-unit", attributes)?;
    text(writer, "source", [], form.source)?;
    let state = match (form.target.is_empty(), unit.is_stale, unit.is_reviewed) {
        (true, ..) => None,
        (_, true, _) => Some(UNFINISHED[2]),
        (_, _, true) => Some(APPROVED[0]),
        _ => Some("translated"),
    };
    if let Some(state) = state {
        text(writer, "target", [("state", state)], form.target)?;
    }
    for comment in comments {
        note(writer, comment)?;
    }
    if let Some(previous) = form.previous {
        start(writer, "alt-trans", [("alttranstype", "previous-version")])?;
        text(writer, "source", [], previous)?;
        text(writer, "target", [], form.target)?;
        end(writer, "alt-trans")?;
    }
    end(writer, "trans-unit")
}

fn note(writer: &mut Writer<Vec<u8>>, comment: &str) -> io::Result<()> {
    text(writer, "note", [("from", "developer")], comment)
}

fn text<'a>(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
    text: &str,
) -> io::Result<()> {
    writer.create_element(name).with_attributes(attributes).write_text_content(BytesText::new(&written(text)))?;
    Ok(())
}

fn start<'a>(
    writer: &mut Writer<Vec<u8>>,
    name: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> io::Result<()> {
    let mut element = BytesStart::new(name);
    attributes.into_iter().for_each(|(name, value)| element.push_attribute((name, written(value).as_ref())));
    writer.write_event(Event::Start(element))
}

fn end(writer: &mut Writer<Vec<u8>>, name: &str) -> io::Result<()> {
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// A text in characters that XML 1.0 has (§2.2). Texts of a catalogue without faults have no others, but names of files may.
fn written(text: &str) -> Cow<'_, str> {
    let is_refused = |character: char| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{7f}'..)
            || matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_refused) { Cow::Owned(text.replace(is_refused, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_character_that_xml_does_not_have_is_replaced() {
        assert_eq!(written("a\tb\u{85}\u{fffd}😀"), "a\tb\u{85}\u{fffd}😀");
        assert_eq!(written("a\u{fffe}b\u{ffff}c\u{b}d\u{1b}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
    }
}
