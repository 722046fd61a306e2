//! Reads PO files.

use super::entry::Entry;
use super::plural_rule::PluralRule;
use crate::exchange::fault::Fault;
use crate::exchange::mark::is_mark;
use crate::exchange::message::{Message, language_tag, with_line_feeds};
use lift_errors_codegen::PluralCategory;
use std::collections::HashMap;

/// A PO file.
#[derive(Debug)]
pub(crate) struct PoFile {
    /// The value of `Language` in the header.
    pub(crate) locale: Option<String>,
    rule: Option<PluralRule>,
    entries: Vec<Entry>,
}

/// Reads a PO file. Obsolete entries (`#~`) are left out.
///
/// # Errors
///
/// The first fault.
pub(crate) fn read(text: &str) -> Result<PoFile, Fault> {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.line(number + 1, line.trim())?;
    }
    reader.end_entry()?;
    let Reader { mut entries, .. } = reader;
    let header = entries.iter().position(|entry| entry.context.is_none() && entry.id.is_empty());
    let header = header.map(|place| entries.remove(place));
    let text = header.as_ref().and_then(|header| header.strings.first()).map_or("", |(_, text)| text.as_str());
    let field = |name: &str| {
        let mut fields = text.lines().filter_map(|line| line.split_once(':'));
        fields.find(|(known, _)| known.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let line = header.as_ref().map_or(1, |header| header.line);
    let charset = field("Content-Type").and_then(|value| Some(value.split_once("charset=")?.1.trim().to_owned()));
    if let Some(charset) =
        charset.filter(|it| !["utf-8", "utf8", "ascii", "us-ascii", "charset"].contains(&it.to_lowercase().as_str()))
    {
        let message = format!("the header says that the file is in `{}`", charset.escape_debug());
        return Err(Fault::new(line, message, "convert it to UTF-8: `msgconv --to-code=UTF-8`"));
    }
    Ok(PoFile {
        locale: field("Language").filter(|tag| !tag.is_empty()).map(|tag| language_tag(&tag)),
        rule: field("Plural-Forms").and_then(|value| PluralRule::parse(&value)),
        entries,
    })
}

impl PoFile {
    /// The texts with their translations. `categories` are the plural categories of the locale.
    ///
    /// # Errors
    ///
    /// An entry without an address, a second one with the same address, or one with other plural forms than the header says.
    pub(crate) fn messages(&self, categories: &[PluralCategory]) -> Result<Vec<Message>, Fault> {
        let numbers = categories.iter().map(|category| category.numbers.as_slice()).collect::<Vec<_>>();
        let indices = self.rule.as_ref().map(|rule| indices(&numbers, |number| rule.index(number))).unwrap_or_default();
        let shared = shared(&indices);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        self.entries
            .iter()
            .map(|entry| {
                let Some(address) = entry.context.as_deref() else {
                    let message = format!("the entry `{}` has no `msgctxt`", shortened(&entry.id));
                    return Err(Fault::new(
                        entry.line,
                        message,
                        "start from a file of `lift-errors export po`: `msgctxt` says which text it is",
                    ));
                };
                if let Some(first) = seen.insert(address, entry.line) {
                    let message = format!("`{}` is there twice, first in line {first}", address.escape_debug());
                    return Err(Fault::new(entry.line, message, "remove one of the two; `msguniq` merges them"));
                }
                Ok(Message {
                    line: entry.line,
                    address: address.to_owned(),
                    is_plural: entry.plural.is_some(),
                    source: [entry.id.clone()].into_iter().chain(entry.plural.clone()).collect(),
                    target: self.target(entry, categories, &indices)?,
                    shared: entry.plural.iter().flat_map(|_| shared.iter().copied()).collect(),
                    is_unfinished: entry.is_fuzzy,
                    is_approved: false,
                    was_approved: false,
                    marks: entry.marks.clone(),
                })
            })
            .collect()
    }

    /// The translation by the categories of the locale, each with its index in the file.
    fn target(
        &self,
        entry: &Entry,
        categories: &[PluralCategory],
        indices: &[Option<usize>],
    ) -> Result<Vec<String>, Fault> {
        let text = |index: usize| entry.strings.iter().find(|(known, _)| *known == index).map(|(_, text)| text.clone());
        if entry.plural.is_none() {
            return Ok(vec![text(0).unwrap_or_default()]);
        }
        let forms = self.rule.as_ref().map_or(categories.len(), |rule| rule.forms);
        if let Some((index, _)) = entry.strings.iter().find(|(index, _)| *index >= forms) {
            let message = format!("`msgstr[{index}]` is one too many: the language has {forms} plural forms");
            let help = match self.rule {
                Some(_) => "the header's `Plural-Forms` says how many there are",
                None => {
                    "take it out, or write a `Plural-Forms` with a number into the header: `nplurals=2; plural=n != 1;`"
                }
            };
            return Err(Fault::new(entry.line, message, help));
        }
        let of_category = |number| text(indices.get(number).copied().flatten().unwrap_or(number)).unwrap_or_default();
        let mut target: Vec<String> = (0..categories.len()).map(of_category).collect();
        // A tool may have two forms for a language without any, and a translator fill in the first.
        if let [only] = target.as_mut_slice() {
            if only.is_empty() {
                let written = entry.strings.iter().map(|(_, text)| text).find(|text| !text.is_empty());
                *only = written.cloned().unwrap_or_default();
            }
        }
        Ok(target)
    }
}

/// The categories whose form is another one's: of those with one form the last, which is the general one.
fn shared(indices: &[Option<usize>]) -> Vec<(usize, usize)> {
    let owner = |index: &Option<usize>| indices.iter().rposition(|other| index.is_some() && other == index);
    let categories = indices.iter().enumerate().filter_map(|(category, index)| Some((category, owner(index)?)));
    categories.filter(|(category, owner)| category != owner).collect()
}

/// For each category, given by some of its numbers, the form that a rule other than CLDR's has for it.
fn indices(categories: &[&[u64]], index: impl Fn(u64) -> Option<usize>) -> Vec<Option<usize>> {
    let of_category = |numbers: &&[u64]| match numbers.iter().find(|number| **number == 1) {
        // A language without plural forms: in a file for two, the one for many numbers is right for most.
        Some(_) if categories.len() == 1 => numbers.last().and_then(|&number| index(number)),
        // Some categories have 0 and 1, which other rules put into two forms: the one for 1 is the singular.
        Some(&one) => index(one),
        // One number that the rule puts elsewhere must not decide for the others.
        None => most(numbers.iter().filter_map(|&number| index(number))),
    };
    let mut chosen: Vec<Option<usize>> = categories.iter().map(of_category).collect();
    for (at, numbers) in categories.iter().enumerate().filter(|(_, numbers)| !numbers.contains(&1)) {
        let is_shared = chosen.iter().filter(|other| chosen.get(at) == Some(other)).count() > 1;
        let first = numbers.first().map(|&number| index(number));
        // A form that would be lost is that of the first number: in Latvian 0 has one of its own.
        if let (Some(first), Some(place)) =
            (first.filter(|first| is_shared && !chosen.contains(first)), chosen.get_mut(at))
        {
            *place = first;
        }
    }
    chosen
}

/// The index that is there most often; of several the first.
fn most(indices: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for index in indices {
        match counts.iter_mut().find(|(known, _)| *known == index) {
            Some((_, count)) => *count += 1,
            None => counts.push((index, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(index, _)| index)
}

fn shortened(text: &str) -> String {
    text.chars().take(60).map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// The keyword whose strings follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Field {
    #[default]
    None,
    Context,
    Id,
    Plural,
    String(usize),
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    entry: Entry,
    field: Field,
    has_id: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), Fault> {
        if line.is_empty() {
            return self.end_if_complete();
        }
        if line.starts_with("#~") {
            self.end_if_complete()?;
            // Flags and marks before it are those of the obsolete entry.
            self.entry.is_fuzzy = false;
            self.entry.marks.clear();
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            self.end_if_complete()?;
            if self.field != Field::None {
                return Err(Fault::new(number, "a comment within an entry", "comments come before `msgctxt`"));
            }
            if let Some(flags) = comment.strip_prefix(',') {
                self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            } else if is_mark(comment.trim()) {
                self.entry.marks.push(comment.trim().to_owned());
            }
            return Ok(());
        }
        if !line.starts_with('"') {
            let (keyword, rest) =
                line.split_at(line.find(|it: char| it == '"' || it.is_whitespace()).unwrap_or(line.len()));
            self.keyword(number, keyword)?;
            return self.string(number, rest.trim_start());
        }
        self.string(number, line)
    }

    fn keyword(&mut self, number: usize, keyword: &str) -> Result<(), Fault> {
        let field = match keyword {
            "msgctxt" => Field::Context,
            "msgid" => Field::Id,
            "msgid_plural" => Field::Plural,
            "msgstr" => Field::String(0),
            _ => match keyword.strip_prefix("msgstr[").and_then(|rest| rest.strip_suffix(']')) {
                Some(index) => Field::String(index.parse().ok().filter(|index| *index < 10).ok_or_else(|| {
                    let message = format!("`{}` is not a plural form", shortened(keyword));
                    Fault::new(number, message, "the forms are `msgstr[0]`, `msgstr[1]` and so on")
                })?),
                None => {
                    let message = format!("`{}` is not a keyword of PO", shortened(keyword));
                    return Err(Fault::new(
                        number,
                        message,
                        "a line is a comment with `#`, a keyword with a string, or a string in quotation marks",
                    ));
                }
            },
        };
        if matches!(field, Field::Context | Field::Id) && !self.entry.strings.is_empty() {
            self.end_entry()?;
        }
        let is_repeated = match field {
            Field::None => false,
            Field::Context => self.entry.context.is_some(),
            Field::Id => self.has_id,
            Field::Plural => self.entry.plural.is_some(),
            Field::String(index) => self.entry.strings.iter().any(|(known, _)| *known == index),
        };
        if is_repeated {
            let message = format!("a second `{}` in one entry", shortened(keyword));
            return Err(Fault::new(number, message, "each entry has one; a merge may have left lines of both sides"));
        }
        let is_out_of_order = match field {
            Field::Plural | Field::String(_) => !self.has_id,
            Field::Context => self.has_id,
            _ => false,
        };
        if is_out_of_order {
            let message = format!("`{}` is not where it belongs", shortened(keyword));
            return Err(Fault::new(
                number,
                message,
                "an entry is `msgctxt`, `msgid`, perhaps `msgid_plural`, then `msgstr`",
            ));
        }
        match field {
            Field::Context => self.entry.context = Some(String::new()),
            Field::Id => (self.has_id, self.entry.line) = (true, number),
            Field::Plural => self.entry.plural = Some(String::new()),
            Field::String(index) => self.entry.strings.push((index, String::new())),
            Field::None => {}
        }
        self.field = field;
        Ok(())
    }

    fn string(&mut self, number: usize, line: &str) -> Result<(), Fault> {
        let text = unquoted(line).map_err(|message| {
            Fault::new(number, message, "a string is in quotation marks on one line; inside, write `\\\"` and `\\\\`")
        })?;
        let target = match self.field {
            Field::Context => self.entry.context.as_mut(),
            Field::Id => Some(&mut self.entry.id),
            Field::Plural => self.entry.plural.as_mut(),
            Field::String(_) => self.entry.strings.last_mut().map(|(_, text)| text),
            Field::None => None,
        };
        let Some(target) = target else {
            return Err(Fault::new(number, "a string without a keyword", "write `msgid` or `msgstr` before it"));
        };
        target.push_str(&text);
        Ok(())
    }

    fn end_if_complete(&mut self) -> Result<(), Fault> {
        if self.entry.strings.is_empty() { Ok(()) } else { self.end_entry() }
    }

    fn end_entry(&mut self) -> Result<(), Fault> {
        let mut entry = std::mem::take(&mut self.entry);
        let (field, has_id) = (std::mem::take(&mut self.field), std::mem::take(&mut self.has_id));
        if field == Field::None {
            return Ok(());
        }
        if !has_id || entry.strings.is_empty() {
            return Err(Fault::new(
                entry.line.max(1),
                "the entry is not complete",
                "an entry has a `msgid` and a `msgstr`; the end of the file may be missing",
            ));
        }
        let texts = entry.strings.iter_mut().map(|(_, text)| text).chain([&mut entry.id]).chain(&mut entry.plural);
        texts.for_each(|text| *text = with_line_feeds(text));
        self.entries.push(entry);
        Ok(())
    }
}

/// The text of a string in quotation marks (GNU gettext manual: the escapes of C).
fn unquoted(line: &str) -> Result<String, String> {
    let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).filter(|_| line.len() > 1);
    let inner = inner.ok_or_else(|| format!("`{}` is not a string", shortened(line)))?;
    let mut text = Vec::new();
    let mut characters = inner.chars().peekable();
    let mut written = [0; 4];
    while let Some(character) = characters.next() {
        let character = match character {
            '"' => return Err("a quotation mark within a string".to_owned()),
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(character @ ('"' | '\\')) => character,
                // `msgcat --escape` writes the bytes of other letters than those of ASCII.
                Some(first @ '0'..='7') => {
                    let mut digits = String::from(first);
                    while let Some(digit) = characters.next_if(|next| digits.len() < 3 && next.is_digit(8)) {
                        digits.push(digit);
                    }
                    let byte = u8::from_str_radix(&digits, 8).map_err(|_| not_an_escape(&digits))?;
                    text.push(byte);
                    continue;
                }
                Some(other) => return Err(not_an_escape(other.encode_utf8(&mut written))),
                None => return Err("the string does not end".to_owned()),
            },
            character => character,
        };
        text.extend_from_slice(character.encode_utf8(&mut written).as_bytes());
    }
    String::from_utf8(text).map_err(|_| "the escapes are not UTF-8".to_owned())
}

fn not_an_escape(escape: &str) -> String {
    format!("`\\{}` is not an escape of PO", escape.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories(names: &[(&'static str, u64)]) -> Vec<PluralCategory> {
        names.iter().map(|&(name, number)| PluralCategory { name, numbers: vec![number] }).collect()
    }

    const HEADER: &str =
        "msgid \"\"\nmsgstr \"Language: pt_PT\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n";

    #[test]
    fn entries_are_read_with_their_flags_and_lines() {
        let text = format!(
            "{HEADER}# exported 00000000000a\n# exported by hand\n#. a comment\n#: a.toml:1\n#, fuzzy, c-format\n#| msgid \"Old\"\nmsgctxt \"a.title\"\nmsgid \"\"\n\"New \"\n\"text\"\nmsgstr \"Novo \\\"texto\\\"\"\n\
             msgctxt \"a.detail\"\nmsgid \"{{n}} day\"\nmsgid_plural \"{{n}} days\"\nmsgstr[0] \"{{n}} dia\"\nmsgstr[1] \"{{n}} dias\"\n#~ msgid \"gone\"\n#~ msgstr \"foi\"\n"
        );
        let file = read(&text).unwrap();
        assert_eq!(file.locale.as_deref(), Some("pt-PT"));
        let messages = file.messages(&categories(&[("one", 1), ("many", 1_000_000), ("other", 2)])).unwrap();
        let [title, detail] = messages.as_slice() else { panic!("{messages:?}") };
        assert_eq!((title.line, title.is_unfinished, title.source[0].as_str()), (12, true, "New text"));
        assert_eq!((title.marks.as_slice(), detail.marks.len()), (["exported 00000000000a".to_owned()].as_slice(), 0));
        assert_eq!(title.target, ["Novo \"texto\""]);
        // The header has two forms; the third category of the language has the form of its numbers.
        assert_eq!(detail.target, ["{n} dia", "{n} dias", "{n} dias"]);
        assert_eq!(detail.source, ["{n} day", "{n} days"]);
    }

    #[test]
    fn ends_of_lines_are_line_feeds() {
        let text = "msgctxt \"a\"\nmsgid \"b\\r\\nc\"\nmsgstr \"d\\r\\n\"\n\"e\\r\"\n\"\\nf\\rg\"\n";
        let messages = read(text).unwrap().messages(&[]).unwrap();
        assert_eq!((messages[0].source[0].as_str(), messages[0].target[0].as_str()), ("b\nc", "d\ne\nf\ng"));
    }

    #[test]
    fn escapes_of_bytes_are_letters() {
        let text = "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\\303\\2441 \\342\\200\\224\\0\"\n";
        assert_eq!(read(text).unwrap().messages(&[]).unwrap()[0].target, ["ä1 —\0"]);
    }

    /// In Brazilian Portuguese and Hindi 0 is `one`, in gettext's own rule for them it is not.
    #[test]
    fn a_category_with_zero_and_one_has_the_singular() {
        let text =
            format!("{HEADER}msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"c\"\nmsgstr[0] \"d\"\nmsgstr[1] \"e\"\n");
        let categories = [("one", vec![0, 1]), ("many", vec![1_000_000]), ("other", vec![2, 3])];
        let categories = categories.map(|(name, numbers)| PluralCategory { name, numbers });
        assert_eq!(read(&text).unwrap().messages(&categories).unwrap()[0].target, ["d", "e", "e"]);
    }

    /// The forms that the categories of a language get by a rule of gettext's, each form written as its number.
    fn forms_by_rule(forms: usize, rule: &str, categories: &[(&'static str, &[u64])]) -> Vec<String> {
        let header = HEADER.replace("nplurals=2; plural=(n != 1);", &format!("nplurals={forms}; plural=({rule});"));
        let texts: String = (0..forms).map(|form| format!("msgstr[{form}] \"{form}\"\n")).collect();
        let text = format!("{header}msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"c\"\n{texts}");
        let categories = categories.iter().map(|&(name, numbers)| PluralCategory { name, numbers: numbers.to_vec() });
        let categories: Vec<PluralCategory> = categories.collect();
        read(&text).unwrap().messages(&categories).unwrap()[0].target.clone()
    }

    #[test]
    fn a_number_that_a_rule_puts_elsewhere_mixes_no_forms_up() {
        let [one, two] = [("one", &[1][..]), ("two", &[2][..])];
        let irish = [one, two, ("few", &[3, 4, 5, 6]), ("many", &[7, 8, 9, 10]), ("other", &[0, 11, 12, 13])];
        let rule = "n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4";
        assert_eq!(forms_by_rule(5, rule, &irish), ["0", "1", "2", "3", "4"]);
        let latvian = [("zero", &[0, 10, 11, 12][..]), ("one", &[1, 21, 31]), ("other", &[2, 3, 4, 5])];
        let rule = "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2";
        assert_eq!(forms_by_rule(3, rule, &latvian), ["2", "0", "1"]);
        for rule in ["n > 1", "n != 1"] {
            assert_eq!(forms_by_rule(2, rule, &[("other", &[0, 1, 2, 3])]), ["1"]);
        }
    }

    #[test]
    fn an_obsolete_entry_keeps_its_flags() {
        let text = "# exported 00000000000a\n#, fuzzy\n#~ msgid \"gone\"\n#~ msgstr \"foi\"\n\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n";
        let messages = read(text).unwrap().messages(&[]).unwrap();
        assert!(!messages[0].is_unfinished && messages[0].marks.is_empty());
    }

    #[test]
    fn hostile_files_get_a_message_with_a_line() {
        for (text, line, message) in [
            ("msgid \"a\nmsgstr \"\"", 1, "is not a string"),
            ("msgid \"a\"\nmsgstr \"\\q\"", 2, "`\\q` is not an escape of PO"),
            ("msgid \"a\"\nmsgstr \"\\400\"", 2, "`\\400` is not an escape of PO"),
            ("msgid \"a\"\nmsgstr \"\\303a\"", 2, "the escapes are not UTF-8"),
            ("msgid \"a\"\n", 1, "the entry is not complete"),
            ("msgstr \"a\"\n", 1, "`msgstr` is not where it belongs"),
            ("\"a\"\n", 1, "a string without a keyword"),
            ("msgid \"a\"\nmsgid \"b\"\nmsgstr \"\"", 2, "a second `msgid` in one entry"),
            ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[99999999999999999999] \"\"", 3, "is not a plural form"),
            ("hello", 1, "`hello` is not a keyword of PO"),
            ("<<<<<<< HEAD", 1, "`<<<<<<<` is not a keyword of PO"),
            (
                "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-2\\n\"",
                1,
                "the file is in `ISO-8859-2`",
            ),
            ("msgid \"a\"\nmsgstr \"b\"c\"", 2, "a quotation mark within a string"),
            ("msgid \"a\"\nmsgstr \"b\\\"", 2, "the string does not end"),
        ] {
            let fault = read(text).unwrap_err();
            assert_eq!(fault.line, line, "{text}: {fault}");
            assert!(fault.message.contains(message), "{text}: {fault}");
        }
        for (text, line) in [
            ("msgid \"a\"\nmsgstr \"b\"\n", 1),
            ("msgctxt \"a\"\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgctxt \"a\"\nmsgid \"a\"\nmsgstr \"b\"", 6),
            ("msgctxt \"a\"\nmsgid \"a\"\nmsgid_plural \"a\"\nmsgstr[5] \"b\"", 2),
        ] {
            let fault = read(text).unwrap().messages(&categories(&[("other", 0)])).unwrap_err();
            assert_eq!(fault.line, line, "{text}: {fault}");
        }
    }

    #[test]
    fn a_cut_or_changed_file_never_panics() {
        let text = format!(
            "{HEADER}#, fuzzy\nmsgctxt \"a\"\nmsgid \"é {{n}}\"\nmsgid_plural \"és\"\nmsgstr[0] \"à\\n\"\nmsgstr[1] \"b\"\n"
        );
        let categories = categories(&[("one", 1), ("other", 2)]);
        for (at, _) in text.char_indices() {
            let cut = &text[..at];
            let _ = read(cut).and_then(|file| file.messages(&categories));
            for inserted in ["\"", "\\", "#", "[", "\n", "\u{0}", "msgid "] {
                let changed = format!("{cut}{inserted}{}", &text[at..]);
                let _ = read(&changed).and_then(|file| file.messages(&categories));
            }
        }
    }
}
