//! Java's and Grails' `messages.properties`, with `messages_de.properties` and so on beside it.

use super::imported::{Import, Imported};
use super::placeholder::{Message, ParameterNames, Style, message_with};
use crate::argument_values::usual_tag;
use crate::error::Error;
use crate::regular_file::{is_inside, read_text};
use lift_errors_codegen::{TranslationFiles, UnknownTranslation};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

pub(super) fn read(path: &Path, text: &str, known: &TranslationFiles) -> Result<Import, Error> {
    let mut import = Import::default();
    let all = last_of_each(properties(text), &mut import.left_out, "");
    // The names of each error's parameters.
    let mut names = Vec::new();
    for (name, value) in all {
        if value.trim().is_empty() {
            import.left_out.push(format!("`{name}` has no text"));
            continue;
        }
        let mut of_error = ParameterNames::default();
        let message = text_of(&value, &mut of_error);
        import.errors.push(Imported { name, message: Some(message), ..Imported::default() });
        names.push(of_error);
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let base = without_source_tag(&stem, known);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unread = |source| Error::Read { path: folder.to_owned(), source };
    let mut beside: Vec<PathBuf> = fs::read_dir(folder).map_err(unread)?.flatten().map(|entry| entry.path()).collect();
    beside.sort();
    let numbers: HashMap<String, usize> =
        import.errors.iter().enumerate().map(|(number, error)| (error.name.clone(), number)).collect();
    let mut tags = HashSet::new();
    for file in &beside {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let tag = name.strip_prefix(base).and_then(|rest| rest.strip_suffix(".properties")?.strip_prefix('_'));
        let Some(tag) = tag.filter(|_| file.file_name() != path.file_name()) else { continue };
        let tag = tag.replace('_', "-");
        let tag = match locale(&tag, known) {
            Ok(tag) => tag,
            Err(reason) => {
                import.languages_left_out.push(format!("`{name}`: {reason}"));
                continue;
            }
        };
        if tag == known.default_tag() {
            import.languages_left_out.push(format!("`{name}`: `{tag}` is the language of the catalogue itself"));
            continue;
        }
        if !tags.insert(tag.clone()) {
            import.languages_left_out.push(format!("`{name}`: another file is in `{tag}`, too"));
            continue;
        }
        // The files may come from a stranger, and what they name must not be shown.
        if let Err(error) = is_inside(folder, file) {
            import.languages_left_out.push(format!("`{name}`: {error}"));
            continue;
        }
        let text = read_text(file).map_err(|source| Error::Read { path: file.clone(), source })?;
        let all = last_of_each(properties(&text), &mut import.left_out, &format!(" in `{tag}`"));
        for (name, value) in all.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            let number = numbers.get(&name).copied();
            match number.and_then(|number| import.errors.get_mut(number).zip(names.get_mut(number))) {
                Some((error, names)) => {
                    error.translations.insert(tag.clone(), text_of(&value, names));
                }
                None => import.left_out.push(format!("`{name}` is in `{tag}` alone")),
            }
        }
    }
    Ok(import)
}

/// A file's name without the language of the catalogue itself: the others are beside `messages_en` as they are beside `messages`.
fn without_source_tag<'a>(stem: &'a str, known: &TranslationFiles) -> &'a str {
    let language = |tag: &str| tag.split('-').next().map(str::to_owned);
    let is_source = |tag: &str| {
        locale(&tag.replace('_', "-"), known).is_ok_and(|tag| language(&tag) == language(known.default_tag()))
    };
    let mut ends = stem.match_indices('_').filter_map(|(at, _)| stem.get(..at).zip(stem.get(at + 1..)));
    ends.find(|(_, tag)| is_source(tag)).map_or(stem, |(base, _)| base)
}

/// The last value of each key. The others are left out.
fn last_of_each(all: Vec<(String, String)>, left_out: &mut Vec<String>, place: &str) -> Vec<(String, String)> {
    let last: HashMap<String, usize> =
        all.iter().enumerate().map(|(number, (name, _))| (name.clone(), number)).collect();
    let (last, earlier): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(number, (name, _))| last.get(name) == Some(number));
    for (_, (name, _)) in earlier {
        left_out.push(format!("`{name}`{place} is there again: the last one counts, as in Java"));
    }
    last.into_iter().map(|(_, property)| property).collect()
}

fn text_of(value: &str, names: &mut ParameterNames) -> Message {
    message_with(value, Style::Java, &|_| "text", names)
}

/// The catalogue's locale for a tag, such as `he` for Java's `iw` and `zh-Hans` for its `zh_CN`, or why it can have none.
fn locale(tag: &str, known: &TranslationFiles) -> Result<String, String> {
    let tag = usual_tag(tag);
    match known.units(Some(&tag)) {
        Ok(units) => Ok(units.locale.unwrap_or_default()),
        Err(UnknownTranslation::SourceLocale { tag }) => Ok(tag),
        Err(UnknownTranslation::Locale { tag, hint, .. }) => {
            Err(format!("`{}` can't be a locale: {hint}", tag.escape_debug()))
        }
        Err(other) => Err(other.to_string()),
    }
}

/// The keys and values of a file (java.util.Properties: comments, continued lines, escapes).
fn properties(text: &str) -> Vec<(String, String)> {
    let mut properties = Vec::new();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    while let Some(line) = lines.next() {
        let mut piece = line.trim_start_matches(is_blank);
        if piece.is_empty() || piece.starts_with(['#', '!']) {
            continue;
        }
        let mut line = String::new();
        while let Some(continued) = continued(piece) {
            line.push_str(continued);
            piece = lines.next().unwrap_or_default().trim_start_matches(is_blank);
        }
        line.push_str(piece);
        let (mut key, mut value) = (String::new(), String::new());
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\\' => escape(&mut characters, &mut key),
                '=' | ':' => break,
                character if is_blank(character) => {
                    while characters.next_if(|next| is_blank(*next)).is_some() {}
                    characters.next_if(|next| matches!(next, '=' | ':'));
                    break;
                }
                character => key.push(character),
            }
        }
        while characters.next_if(|next| is_blank(*next)).is_some() {}
        while let Some(character) = characters.next() {
            match character {
                '\\' => escape(&mut characters, &mut value),
                character => value.push(character),
            }
        }
        // A name is on one line.
        properties.push((key.replace('\n', " "), value));
    }
    properties
}

/// Java's white space within a line. Other blanks are a part of the text.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{c}')
}

/// A line that the next one continues, without the backslash at its end.
fn continued(line: &str) -> Option<&str> {
    let is_escaped = line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0;
    line.strip_suffix('\\').filter(|_| !is_escaped)
}

/// Reads what follows a backslash.
fn escape(characters: &mut Peekable<Chars<'_>>, text: &mut String) {
    match characters.next() {
        Some('u') => {
            // Characters above U+FFFF are pairs of escapes.
            let mut units = vec![unit(characters)];
            while characters.clone().take(2).eq(['\\', 'u']) {
                characters.by_ref().take(2).for_each(drop);
                units.push(unit(characters));
            }
            text.push_str(&String::from_utf16_lossy(&units));
        }
        Some('n' | 'r') => text.push('\n'),
        Some('t' | 'f') => text.push(' '),
        other => text.extend(other),
    }
}

/// The number in an escape. What is not one becomes U+FFFD.
fn unit(characters: &mut Peekable<Chars<'_>>) -> u16 {
    let digits: String = characters.by_ref().take(4).collect();
    u16::from_str_radix(&digits, 16).unwrap_or(0xfffd)
}

#[cfg(test)]
mod tests {
    #[test]
    fn properties_are_read_as_java_does() {
        let text = "# no\n! no\na.b = one \\\n   two\nc: three\nd\\ e four\nempty=\nf=caf\\u00e9\\n\\\\\ng=\\ud83d\\ude00\\u\nk\\u00e9y\\tz=h\nx=1\\\\\\\n  \\\n2\nn=\u{3000}y\n";
        let found = super::properties(text);
        let expected = [
            ("a.b", "one two"),
            ("c", "three"),
            ("d e", "four"),
            ("empty", ""),
            ("f", "café\n\\"),
            ("g", "😀\u{fffd}"),
            ("kéy z", "h"),
            // Each line has backslashes of its own.
            ("x", "1\\2"),
            ("n", "\u{3000}y"),
        ];
        assert_eq!(found, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}
