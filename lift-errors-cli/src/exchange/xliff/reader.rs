//! Reads XLIFF files.

use super::vocabulary::{APPROVED, MARK, PLURALS, UNFINISHED};
use crate::exchange::fault::Fault;
use crate::exchange::mark;
use crate::exchange::message::{Message, language_tag, with_line_feeds};
use lift_errors_codegen::PluralCategory;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::rc::Rc;

/// The deepest nesting of elements. Files of translators' tools have about ten levels.
const DEEPEST: usize = 64;

/// An XLIFF file.
#[derive(Debug)]
pub(crate) struct XliffFile {
    /// The target language of the first file in it.
    pub(crate) locale: Option<String>,
    units: Vec<Unit>,
}

/// A `trans-unit`.
#[derive(Clone, Debug, Default)]
struct Unit {
    line: usize,
    id: String,
    name: String,
    /// The address of the group with plural forms that it is one of.
    group: Option<Rc<str>>,
    source: String,
    target: String,
    state: String,
    /// The attribute `approved`, where there is one.
    approved: Option<bool>,
    mark: Option<String>,
    was_approved: bool,
}

impl Unit {
    /// Whether somebody has found the translation right. The attribute counts before the state, unless that asks for work.
    fn is_approved(&self) -> bool {
        let state = self.state.as_str();
        let needs_work = state.starts_with("needs-") || UNFINISHED.contains(&state);
        !needs_work && self.approved.unwrap_or_else(|| APPROVED.contains(&state))
    }
}

/// Reads an XLIFF file.
///
/// # Errors
///
/// The first fault.
pub(crate) fn read(text: &str) -> Result<XliffFile, Fault> {
    let mut reader = Reader::from_str(text);
    let mut parsed = Parser {
        lines: Lines::default(),
        path: Vec::new(),
        prefix: None,
        locale: None,
        group: None,
        unit: None,
        units: Vec::new(),
        is_xliff: false,
    };
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event();
        let line = parsed.lines.of(text, before);
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => parsed.event(event, line)?,
            Err(error) => {
                let line = parsed.lines.of(text, reader.error_position().max(before));
                return Err(Fault::new(
                    line,
                    format!("the file is not XML: {error}"),
                    "the file may be cut off; export it again from your tool",
                ));
            }
        }
    }
    if let Some(open) = parsed.path.last() {
        let message = format!("the element `{}` does not end", open.escape_debug());
        return Err(Fault::new(
            text.lines().count().max(1),
            message,
            "the file may be cut off; export it again from your tool",
        ));
    }
    if !parsed.is_xliff {
        return Err(Fault::new(
            1,
            "the file has no element `xliff`",
            "XLIFF 1.2 is an XML file; start from a file of `lift-errors export xliff`",
        ));
    }
    Ok(XliffFile { locale: parsed.locale, units: parsed.units })
}

impl XliffFile {
    /// The texts with their translations. `categories` are the plural categories of the locale.
    ///
    /// # Errors
    ///
    /// A text that is there twice, or a form that the language does not have.
    pub(crate) fn messages(&self, categories: &[PluralCategory]) -> Result<Vec<Message>, Fault> {
        let mut messages: Vec<Message> = Vec::new();
        let mut places: HashMap<(&str, usize), usize> = HashMap::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for unit in &self.units {
            let (address, form) = match &unit.group {
                Some(group) => (&**group, form(unit, group, categories)?),
                None => (unit.id.as_str(), 0),
            };
            if let Some(first) = places.insert((address, form), unit.line) {
                let message = format!("`{}` is there twice, first in line {first}", unit.id.escape_debug());
                return Err(Fault::new(unit.line, message, "remove one of the two"));
            }
            let count = if unit.group.is_some() { categories.len() } else { 1 };
            let number = *numbers.entry(address).or_insert_with(|| {
                messages.push(Message {
                    line: unit.line,
                    address: address.to_owned(),
                    is_plural: unit.group.is_some(),
                    source: vec![String::new(); count],
                    target: vec![String::new(); count],
                    shared: Vec::new(),
                    is_unfinished: false,
                    is_approved: true,
                    was_approved: false,
                    marks: Vec::new(),
                });
                messages.len() - 1
            });
            let Some(message) = messages.get_mut(number) else { continue };
            for (texts, text) in [(&mut message.source, &unit.source), (&mut message.target, &unit.target)] {
                if let Some(slot) = texts.get_mut(form) {
                    *slot = with_line_feeds(text);
                }
            }
            message.is_unfinished |= UNFINISHED.contains(&unit.state.as_str());
            message.is_approved &= unit.is_approved();
            message.was_approved |= unit.was_approved;
            let is_new = |mark: &&String| !message.marks.contains(*mark);
            message.marks.extend(unit.mark.iter().find(is_new).cloned());
        }
        Ok(messages)
    }
}

/// The number of the category that a unit of a group is for: by its name, `address.few`, or its id, `address[1]`.
fn form(unit: &Unit, group: &str, categories: &[PluralCategory]) -> Result<usize, Fault> {
    let name = unit.name.strip_prefix(group).and_then(|rest| rest.strip_prefix('.'));
    let by_name = name.and_then(|name| categories.iter().position(|category| category.name == name));
    let index = unit.id.strip_suffix(']').and_then(|id| id.rsplit_once('[')).and_then(|(_, index)| index.parse().ok());
    by_name.or_else(|| index.filter(|index: &usize| name.is_none() && *index < categories.len())).ok_or_else(|| {
        let message = format!("`{}` is not a plural form of the language", unit.id.escape_debug());
        Fault::new(unit.line, message, "start from a file of `lift-errors export xliff` for this language")
    })
}

/// Line numbers of positions, which only grow.
#[derive(Default)]
struct Lines {
    at: usize,
    line: usize,
}

impl Lines {
    fn of(&mut self, text: &str, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(text.len());
        if let Some(passed) = text.as_bytes().get(self.at..position) {
            self.line += passed.iter().filter(|&&byte| byte == b'\n').count();
            self.at = position;
        }
        self.line + 1
    }
}

struct Parser {
    lines: Lines,
    /// The names of the open elements: those of XLIFF without a prefix, others with theirs.
    path: Vec<String>,
    /// The prefix of XLIFF's own elements.
    prefix: Option<Vec<u8>>,
    locale: Option<String>,
    /// The id of the group with plural forms, and its depth.
    group: Option<(Rc<str>, usize)>,
    unit: Option<Unit>,
    units: Vec<Unit>,
    is_xliff: bool,
}

impl Parser {
    fn event(&mut self, event: Event<'_>, line: usize) -> Result<(), Fault> {
        match event {
            Event::Start(element) => self.start(&element, line, false),
            Event::Empty(element) => self.start(&element, line, true),
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| not_text(line, &error))?;
                self.push(&text);
                Ok(())
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| not_text(line, &error))?;
                self.push(&text);
                Ok(())
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    Ok(None) => {
                        let name = reference.decode().map_err(|error| not_text(line, &error))?;
                        let known = quick_xml::escape::resolve_predefined_entity(&name);
                        known.map(str::to_owned).ok_or_else(|| {
                            let message = format!("the entity `&{};` is not known", name.escape_debug());
                            Fault::new(line, message, "XML has `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`; write any other character itself")
                        })?
                    }
                    Err(error) => return Err(not_text(line, &error)),
                };
                self.push(&character);
                Ok(())
            }
            // Entities could make a small file endless, or read other files.
            Event::DocType(_) => {
                Err(Fault::new(line, "the file has a document type", "remove `<!DOCTYPE …>`: XLIFF 1.2 needs none"))
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, line: usize, is_empty: bool) -> Result<(), Fault> {
        let (prefix, own) = (element.name().prefix().map(|prefix| prefix.as_ref().to_vec()), element.local_name());
        if self.path.is_empty() {
            self.prefix.clone_from(&prefix);
        }
        let is_own = prefix == self.prefix;
        let name = if is_own { own.as_ref().to_vec() } else { element.name().as_ref().to_vec() };
        let name = String::from_utf8_lossy(&name).into_owned();
        let attribute = |name: &str| -> Result<Option<String>, Fault> {
            let attribute = element.try_get_attribute(name).map_err(|error| not_text(line, &error))?;
            let value = attribute.map(|attribute| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0));
            value.transpose().map(|value| value.map(|value| value.into_owned())).map_err(|error| not_text(line, &error))
        };
        if self.path.len() >= DEEPEST {
            return Err(Fault::new(
                line,
                format!("more than {DEEPEST} levels of elements"),
                "XLIFF needs no more than about ten",
            ));
        }
        match name.as_str() {
            "xliff" if self.path.is_empty() => {
                let version = attribute("version")?.unwrap_or_default();
                if !version.starts_with("1.") {
                    let message = format!("the version of XLIFF is `{}`", version.escape_debug());
                    return Err(Fault::new(line, message, "save the file as XLIFF 1.2"));
                }
                self.is_xliff = true;
            }
            // `po2xliff` writes the tag of the PO file.
            "file" => match (&self.locale, attribute("target-language")?.map(|tag| language_tag(&tag))) {
                (Some(first), Some(other)) if !first.eq_ignore_ascii_case(&other) => {
                    let message =
                        format!("the file is in `{}` and in `{}`", first.escape_debug(), other.escape_debug());
                    return Err(Fault::new(line, message, "import a file for each language"));
                }
                (None, language) => self.locale = language,
                _ => {}
            },
            "group" if attribute("restype")?.as_deref() == Some(PLURALS) => {
                let id = attribute("resname")?.filter(|name| !name.is_empty()).or(attribute("id")?).unwrap_or_default();
                self.group = Some((id.into(), self.path.len()));
            }
            "trans-unit" => {
                let id = attribute("id")?.unwrap_or_default();
                if id.is_empty() {
                    return Err(Fault::new(
                        line,
                        "a `trans-unit` has no `id`",
                        "start from a file of `lift-errors export xliff`: the id says which text it is",
                    ));
                }
                let approved = attribute("approved")?.map(|word| word == "yes");
                let (name, group) =
                    (attribute("resname")?.unwrap_or_default(), self.group.as_ref().map(|(id, _)| Rc::clone(id)));
                let mark = attribute(MARK)?;
                let (mark, was_approved) = mark.as_deref().and_then(mark::read).unzip();
                let (mark, was_approved) = (mark.map(str::to_owned), was_approved.unwrap_or_default());
                self.unit = Some(Unit { line, id, name, group, approved, mark, was_approved, ..Unit::default() });
            }
            "target" if self.path.last().is_some_and(|parent| parent == "trans-unit") => {
                let state = attribute("state")?.unwrap_or_default();
                if let Some(unit) = &mut self.unit {
                    unit.state = state;
                }
            }
            // They mark words of the text.
            "mrk" | "g" => {}
            inline if self.open_text().is_some() => {
                let message = format!("the text has the element `{}`", inline.escape_debug());
                return Err(Fault::new(
                    line,
                    message,
                    "write `{names}`, `[words](@links)` and `` `literals` `` as plain text, as the file had them",
                ));
            }
            _ => {}
        }
        self.path.push(name);
        if is_empty {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        let name = self.path.pop().unwrap_or_default();
        if name == "trans-unit" {
            self.units.extend(self.unit.take());
        }
        if self.group.as_ref().is_some_and(|(_, depth)| *depth == self.path.len()) {
            self.group = None;
        }
    }

    /// The text of a unit that is open. Other elements have sources and targets of their own: `alt-trans`, and those of tools.
    fn open_text(&self) -> Option<OpenText> {
        let mut around = self.path.iter().rev().map(String::as_str).skip_while(|name| matches!(*name, "mrk" | "g"));
        match (around.next()?, around.next()?) {
            ("source", "trans-unit") => Some(OpenText::Source),
            ("target", "trans-unit") => Some(OpenText::Target),
            _ => None,
        }
    }

    /// Adds words to the text that is open.
    fn push(&mut self, text: &str) {
        match (self.open_text(), &mut self.unit) {
            (Some(OpenText::Source), Some(unit)) => unit.source.push_str(text),
            (Some(OpenText::Target), Some(unit)) => unit.target.push_str(text),
            _ => {}
        }
    }
}

enum OpenText {
    Source,
    Target,
}

fn not_text(line: usize, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(line, format!("the file is not XML: {error}"), "write `&amp;` for `&` and `&lt;` for `<`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories() -> Vec<PluralCategory> {
        [("one", 1), ("few", 2), ("many", 5)]
            .map(|(name, number)| PluralCategory { name, numbers: vec![number] })
            .into()
    }

    fn whole(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n<file target-language=\"pl\"><body>\n{body}\n</body></file></xliff>"
        )
    }

    #[test]
    fn units_and_groups_are_read() {
        let text = whole(
            "<trans-unit id=\"a.title\" approved=\"yes\"><source>A &amp; B</source><target state=\"final\">A i <mrk mtype=\"x\">B</mrk> &#x142;</target>\
             <alt-trans><source>old</source><target>older</target></alt-trans></trans-unit>\n\
             <group restype=\"x-gettext-plurals\" id=\"a.detail\">\n\
             <trans-unit id=\"a.detail[0]\"><source>{n} day</source><target>{n} dzień</target></trans-unit>\n\
             <trans-unit id=\"7\" resname=\"a.detail.many\"><source>{n} days</source><target state=\"needs-adaptation\">{n} dni</target></trans-unit>\n\
             </group>\n<trans-unit id=\"b\"><source>B</source></trans-unit>",
        );
        let file = read(&text).unwrap();
        assert_eq!(file.locale.as_deref(), Some("pl"));
        let messages = file.messages(&categories()).unwrap();
        let [title, detail, b] = messages.as_slice() else { panic!("{messages:?}") };
        assert_eq!((title.source[0].as_str(), title.target[0].as_str()), ("A & B", "A i B ł"));
        assert_eq!((title.line, title.is_approved, title.is_unfinished), (4, true, false));
        assert_eq!(detail.address, "a.detail");
        assert_eq!(detail.target, ["{n} dzień", "", "{n} dni"]);
        assert_eq!((detail.is_approved, detail.is_unfinished), (false, true));
        assert_eq!(b.target, [""]);
    }

    #[test]
    fn the_attribute_approved_counts_before_the_state() {
        let body = |attribute: &str, state: &str| {
            format!("<trans-unit id=\"a\"{attribute}><source>A</source><target{state}>B</target></trans-unit>")
        };
        for (attribute, state, expected) in [
            ("", "", false),
            ("", " state=\"final\"", true),
            (" approved=\"yes\"", "", true),
            (" approved=\"yes\"", " state=\"translated\"", true),
            (" approved=\"yes\"", " state=\"needs-review-translation\"", false),
            (" approved=\"yes\"", " state=\"new\"", false),
            (" approved=\"no\"", " state=\"final\"", false),
        ] {
            let messages = read(&whole(&body(attribute, state))).unwrap().messages(&categories()).unwrap();
            assert_eq!(messages[0].is_approved, expected, "{attribute}{state}");
        }
    }

    #[test]
    fn elements_of_tools_and_ends_of_lines_change_no_text() {
        let body = "<trans-unit id=\"a\"><source>A</source><target>B\r\nC\rD&#13;&#10;E&#xd;F</target>\
                    <okp:prev><okp:target>old</okp:target></okp:prev><okp:target>other</okp:target></trans-unit>";
        let text = whole(body).replace("<xliff ", "<xliff xmlns:okp=\"urn:okp\" ");
        let prefixed = text.replace("</", "<//").replace('<', "<x:").replace("<x://", "</x:").replace("<x:?", "<?");
        let prefixed = prefixed.replace("x:okp:", "okp:").replace("xmlns=", "xmlns:x=");
        for text in [&text, &prefixed] {
            let messages = read(text).unwrap().messages(&categories()).unwrap();
            assert_eq!(
                (messages[0].source[0].as_str(), messages[0].target[0].as_str()),
                ("A", "B\nC\nD\nE\nF"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_is_in_one_language() {
        let second = |language: &str| {
            let file = format!("</body></file>\n<file target-language=\"{language}\"><body></body></file></xliff>");
            read(&whole("").replace("</body></file></xliff>", &file))
        };
        assert_eq!(second("PL").unwrap().locale.as_deref(), Some("pl"));
        let fault = second("de").unwrap_err();
        assert_eq!((fault.line, fault.message.as_str()), (6, "the file is in `pl` and in `de`"));
    }

    #[test]
    fn hostile_files_get_a_message_with_a_line() {
        let deep = "<g>".repeat(100_000);
        for (text, line, message) in [
            (String::new(), 1, "no element `xliff`"),
            ("<html></html>".to_owned(), 1, "no element `xliff`"),
            ("<xliff version=\"2.0\"></xliff>".to_owned(), 1, "the version of XLIFF is `2.0`"),
            (
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<xliff version=\"1.2\"/>".to_owned(),
                1,
                "document type",
            ),
            (whole("<trans-unit id=\"a\"><source>&b;</source></trans-unit>"), 4, "the entity `&b;` is not known"),
            (whole("<trans-unit><source>a</source></trans-unit>"), 4, "has no `id`"),
            (whole("<trans-unit id=\"a\"><source>a</target></trans-unit>"), 4, "the file is not XML"),
            (
                whole("<trans-unit id=\"a\"><source>a <x id=\"1\"/></source></trans-unit>"),
                4,
                "the text has the element `x`",
            ),
            (whole("<trans-unit id=\"a\"><source>&#xFFFFFFFF;</source></trans-unit>"), 4, "the file is not XML"),
            (whole("").replace("</body></file></xliff>", ""), 4, "does not end"),
            (whole(&deep), 4, "levels of elements"),
        ] {
            let fault = read(&text).unwrap_err();
            assert!(fault.message.contains(message), "{text:.200}: {fault}");
            assert_eq!(fault.line, line, "{text:.200}: {fault}");
        }
        for (body, message) in [
            (
                "<trans-unit id=\"a\"><source>a</source></trans-unit>\n<trans-unit id=\"a\"><source>a</source></trans-unit>",
                "there twice",
            ),
            (
                "\n<group restype=\"x-gettext-plurals\" id=\"a\"><trans-unit id=\"a[7]\"/></group>",
                "is not a plural form",
            ),
        ] {
            let fault = read(&whole(body)).unwrap().messages(&categories()).unwrap_err();
            assert_eq!(fault.line, 5, "{body}: {fault}");
            assert!(fault.message.contains(message), "{fault}");
        }
    }

    /// The fuzzer found one: XML's own messages quote the file.
    #[test]
    fn a_fault_does_not_control_a_terminal() {
        let text = whole("<trans-unit id=\"a\"><source>b</source><note\u{1b}[2J from=\"c\">d</note></trans-unit>");
        let fault = read(&text).unwrap_err().to_string();
        assert!(fault.contains("</note\\u{1b}[2J") && !fault.contains('\u{1b}'), "{fault}");
    }

    #[test]
    fn a_cut_or_changed_file_never_panics() {
        let text = whole(
            "<group restype=\"x-gettext-plurals\" id=\"a\"><trans-unit id=\"a[0]\"><source>é &lt;</source><target state=\"new\">b</target></trans-unit></group>",
        );
        for (at, _) in text.char_indices() {
            let cut = &text[..at];
            let _ = read(cut).and_then(|file| file.messages(&categories()));
            for inserted in ["<", ">", "&", "\"", "</", "\u{0}", "<!--", "<![CDATA["] {
                let changed = format!("{cut}{inserted}{}", &text[at..]);
                let _ = read(&changed).and_then(|file| file.messages(&categories()));
            }
        }
    }
}
