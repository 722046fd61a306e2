//! Names: their form in the catalogue, and what they become in Rust.

/// Words that Rust keeps for itself, in any edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that generated code, the wire formats or translators' files need for themselves.
const RESERVED: &[&str] = &[
    "catalog",
    "code",
    "cause",
    "error",
    "entry",
    "field_error",
    "field_errors",
    "term",
    "about_blank",
    "other_",
    "core",
    "alloc",
    "std",
    "lift_errors",
    "doc",
    "support",
    "runbook",
    "title",
    "meaning",
    "detail",
    "labels",
    "plural",
];

/// What no code can be, either: the lock file has it as a key beside the codes.
const RESERVED_CODES: &[&str] = &["reference"];

/// CLDR's plural categories: a translators' tool takes a table with such keys for a plural.
pub const PLURAL_CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// The longest name of a parameter, a cause or the like, in bytes.
const LONGEST: usize = 64;

/// The longest code, in bytes: codes are older than the catalogue, and some are sentences.
pub(crate) const LONGEST_CODE: usize = 128;

/// Why a name can't be used.
pub(crate) enum NameFault {
    Form,
    /// It is longer than this.
    Long(usize),
    Keyword,
    Reserved,
    PluralCategory,
}

impl NameFault {
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Form => "is not in snake_case".to_owned(),
            Self::Long(longest) => format!("is longer than {longest} characters"),
            Self::Keyword => "is a keyword of Rust".to_owned(),
            Self::Reserved => "is reserved for generated code".to_owned(),
            Self::PluralCategory => "is a plural category, which translators' tools take for a plural".to_owned(),
        }
    }

    pub(crate) fn remedy(&self, name: &str) -> String {
        self.remedy_with("", name)
    }

    /// The remedy for a name that has to begin with a prefix.
    pub(crate) fn remedy_with(&self, prefix: &str, name: &str) -> String {
        match self {
            Self::Form => match snake_case(prefix, name) {
                Some(better) => format!("write `{better}`"),
                None => "write lower-case words of `a`–`z` and `0`–`9`, joined by single `_`, the first beginning with a letter".to_owned(),
            },
            Self::Long(_) => "choose a shorter name".to_owned(),
            Self::Keyword | Self::Reserved | Self::PluralCategory if !name.starts_with(prefix) => format!("write `{prefix}{name}`"),
            Self::Keyword | Self::Reserved | Self::PluralCategory => format!("add a word, such as `{name}_value` or a more specific one"),
        }
    }
}

/// Checks the name of a parameter, a cause or another part of an entry, or of a catalogue.
pub(crate) fn check(name: &str) -> Result<(), NameFault> {
    check_within(LONGEST, name)
}

/// Checks the code of an entry.
pub(crate) fn check_code(code: &str) -> Result<(), NameFault> {
    check_within(LONGEST_CODE, code)?;
    if RESERVED_CODES.contains(&code) { Err(NameFault::Reserved) } else { Ok(()) }
}

/// Whether codes can begin with this word and `_`.
pub(crate) fn is_prefix(word: &str) -> bool {
    // `Error` has functions `with_…`.
    check(word).is_ok() && !word.contains('_') && word != "with"
}

fn check_within(longest: usize, name: &str) -> Result<(), NameFault> {
    if !is_snake_case(name) {
        return Err(NameFault::Form);
    }
    if name.len() > longest {
        return Err(NameFault::Long(longest));
    }
    for (list, fault) in [
        (KEYWORDS, NameFault::Keyword),
        (RESERVED, NameFault::Reserved),
        (PLURAL_CATEGORIES, NameFault::PluralCategory),
    ] {
        if list.contains(&name) {
            return Err(fault);
        }
    }
    Ok(())
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .split('_')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// The name in snake_case with a prefix, where it has a form that shows how.
fn snake_case(prefix: &str, name: &str) -> Option<String> {
    let mut snake = String::new();
    let mut lower_before = false;
    for character in name.trim_start_matches("r#").chars().take(2 * LONGEST_CODE) {
        if character.is_ascii_uppercase() && lower_before {
            snake.push('_');
        }
        lower_before = character.is_ascii_lowercase() || character.is_ascii_digit();
        match character {
            '-' | ' ' | '.' | '_' if !snake.ends_with('_') => snake.push('_'),
            '-' | ' ' | '.' | '_' => {}
            _ => snake.push(character.to_ascii_lowercase()),
        }
    }
    let snake = snake.trim_matches('_');
    let snake = if snake.starts_with(prefix) { snake.to_owned() } else { format!("{prefix}{snake}") };
    check_code(&snake).is_ok().then_some(snake)
}

/// `too_many_requests` as a type or variant: `TooManyRequests`.
pub(crate) fn pascal_case(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut characters = word.chars();
            characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters)
        })
        .collect()
}

/// The part that two names must not share: letters and digits alone, so that `a_b1` and `ab_1` are near-duplicates.
pub(crate) fn skeleton(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_snake_case_and_no_keywords() {
        for good in ["a", "not_found", "http_2", "row3"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "", "_", "a_", "_a", "a__b", "2a", "A", "é", "r#type", "type", "Self", "self", "gen", "other", "code",
            "a-b", "a b",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        // A parameter may be one, such as that of a payment.
        assert!(check("reference").is_ok() && check_code("reference").is_err());
        for (length, is_name, is_code) in [(64, true, true), (65, false, true), (128, false, true), (129, false, false)]
        {
            let name = "a".repeat(length);
            assert_eq!((check(&name).is_ok(), check_code(&name).is_ok()), (is_name, is_code), "{length}");
        }
    }

    #[test]
    fn names_are_converted() {
        assert_eq!(pascal_case("too_many_requests"), "TooManyRequests");
        for (prefix, name, snake) in [
            ("", "NotFound", Some("not_found")),
            ("", "not-found", Some("not_found")),
            ("", "Self", None),
            ("shop_", "Self", Some("shop_self")),
            ("shop_", "ShopClosed", Some("shop_closed")),
            ("shop_", "Closed", Some("shop_closed")),
        ] {
            assert_eq!(snake_case(prefix, name).as_deref(), snake, "{name}");
        }
        assert_eq!(skeleton("ab_1"), skeleton("a_b1"));
    }
}
