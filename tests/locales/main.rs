//! A catalogue in every locale that a catalogue can name, held against CLDR's own files. The build script writes it;
//! in every locale it has a text with one value of each kind, and in some a text with plural forms.

mod catalog;
mod cldr;
mod negotiation;
mod plurals;
mod values;

lift_errors::include_catalog!(everywhere);
include!(concat!(env!("OUT_DIR"), "/plural_locales.rs"));

use lift_errors::{Format, LiftError as _, Locale};

/// The detail in a locale, in problem details and in plain text.
fn detail(error: &everywhere::Error, locale: Locale) -> String {
    let problem = error.problem().with_locale(locale);
    let text = problem.display(Format::PlainText).to_string();
    let detail = text.lines().nth(2).expect("title, an empty line, detail").to_owned();
    let json: serde_json::Value =
        serde_json::from_str(&problem.display(Format::ProblemDetails).to_string()).expect("JSON");
    assert_eq!(json["detail"], detail, "{locale}: plain text and problem details");
    detail
}

/// The locale with a tag.
fn locale(tag: &str) -> Locale {
    tag.parse().unwrap_or_else(|_| panic!("there is no locale `{tag}`"))
}

/// The catalogue's locales that are CLDR's.
fn locales() -> impl Iterator<Item = Locale> {
    everywhere::CATALOG.locales().filter(|locale| !["en-XA", "ar-XB"].contains(&locale.tag()))
}
