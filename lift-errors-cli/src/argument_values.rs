//! The values of parsed arguments.

use crate::exchange::message::language_tag;
use crate::import::table::ROLES;
use clap::ArgMatches;
use lift_errors::Locale;

/// A required argument.
pub(crate) fn required(matches: &ArgMatches, name: &str) -> String {
    matches.get_one::<String>(name).cloned().unwrap_or_default()
}

/// All values of an argument.
pub(crate) fn many<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<T> {
    matches.get_many::<T>(name).map(|values| values.cloned().collect()).unwrap_or_default()
}

/// A tag as catalogues write it: `fr` for `FR`, `pt-BR` for the `pt_BR` of gettext's tools, `sr-Latn` for their `sr@latin`.
pub(crate) fn usual_tag(tag: &str) -> String {
    // Without `@` it may be the path of a text, in place of a tag.
    let tag = if tag.contains('@') { language_tag(tag) } else { tag.to_owned() };
    let hyphenated = tag.replace('_', "-");
    let same = || lift_errors_codegen::same_locale(&hyphenated).map(str::to_owned);
    hyphenated.parse::<Locale>().map_or_else(|_| same().unwrap_or(tag), |locale| locale.tag().to_owned())
}

/// A locale, by a tag as people write it.
pub(crate) fn locale(tag: &str) -> Result<Locale, String> {
    let usual = usual_tag(tag);
    usual.parse().map_err(|_| lift_errors_codegen::locale_remedy(&usual))
}

/// The words of an argument as one text: a phrase needs no quotation marks.
pub(crate) fn words(matches: &ArgMatches, name: &str) -> Option<String> {
    let words: Vec<String> = many(matches, name);
    (!words.is_empty()).then(|| words.join(" "))
}

/// `name=value`.
pub(crate) fn assignment(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write the name and the value: `name=value`"),
    }
}

/// A status of an error.
pub(crate) fn error_status(text: &str) -> Result<u16, &'static str> {
    let status = text.parse().ok().filter(|status| (400..=599).contains(status));
    status.ok_or("write a number from 400 to 599")
}

/// A port.
pub(crate) fn port(text: &str) -> Result<u16, &'static str> {
    text.parse().map_err(|_| "write a number up to 65535")
}

/// `role=column`.
pub(crate) fn mapping(text: &str) -> Result<(String, String), String> {
    let (role, column) = assignment(text).map_err(|_| "write `role=column`, such as `code=number`".to_owned())?;
    match ROLES.contains(&role.as_str()) {
        true => Ok((role, column)),
        false => Err(format!("the role is one of {}", ROLES.join(", "))),
    }
}

/// An address of the web. Without its scheme, a link would lead to a place on the site itself.
fn web_address(text: &str) -> Result<String, &'static str> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    if is_web { Ok(text.to_owned()) } else { Err("an address begins with `https://` or `http://`") }
}

/// An address whose braces are `{file}` and `{line}`.
pub(crate) fn edit_address(text: &str) -> Result<String, &'static str> {
    let rest = text.replace("{file}", "").replace("{line}", "");
    if rest.contains(['{', '}']) { Err("only `{file}` and `{line}` can be in braces") } else { web_address(text) }
}
