//! Every fact of the public error reference is in the catalogue: `facts.toml` says where and in which
//! words, this test reads the compiled texts.

use lift_errors::{Audience, Cause, Entry, Fix, Note, lift};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One fact, as the file states it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    entry: String,
    text: Option<String>,
    #[serde(default)]
    says: Vec<String>,
    audience: Option<String>,
    #[serde(default)]
    cured_by: Vec<String>,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    places: Vec<Mention>,
    status: Option<u16>,
    raised_by: Option<String>,
    same_as: Option<String>,
}

/// The place of a fact that several texts contain.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mention {
    text: String,
    says: Vec<String>,
    audience: Option<String>,
}

/// How many facts the reference has under each heading: none may go missing from the file either.
const FACTS: [(&str, usize); 11] = [
    ("F401", 7),
    ("F403", 7),
    ("F404", 7),
    ("F500", 8),
    ("F502", 5),
    ("F504", 7),
    ("F429", 7),
    ("FSES", 4),
    ("FPER", 2),
    ("FIMP", 3),
    ("FCON", 4),
];

/// The part of an entry that a path such as `cause.other_tab` names.
struct Found {
    words: String,
    audience: Option<Audience>,
    fixes: Vec<&'static str>,
    general: bool,
}

impl Found {
    fn words(words: impl ToString) -> Self {
        Self { words: words.to_string(), audience: None, fixes: Vec::new(), general: false }
    }

    fn cause(cause: Cause) -> Self {
        Self { audience: cause.audience(), fixes: cause.fixes().map(Fix::id).collect(), ..Self::words(cause.text()) }
    }

    fn fix(fix: Fix) -> Self {
        Self { audience: fix.audience(), general: fix.is_general(), ..Self::words(fix.text()) }
    }

    fn note(note: Note) -> Self {
        Self { audience: note.audience(), ..Self::words(note.text()) }
    }
}

fn find(entry: Entry, path: &str) -> Option<Found> {
    match path.split_once('.').unwrap_or((path, "")) {
        ("title", _) => Some(Found::words(entry.title())),
        ("meaning", _) => Some(Found::words(entry.meaning())),
        ("support", _) => Some(Found::words(entry.support())),
        ("detail", id) => entry.details().find(|(detail, _)| *detail == id).map(|(_, text)| Found::words(text)),
        ("cause", id) => entry.causes().find(|cause| cause.id() == id).map(Found::cause),
        ("fix", id) => entry.fixes().find(|fix| fix.id() == id).map(Found::fix),
        ("note", id) => entry.notes().find(|note| note.id() == id).map(Found::note),
        ("link", id) => {
            let named = entry.fixes().filter_map(Fix::link);
            entry.links().chain(named).find(|link| link.id() == id).map(|link| Found::words(link.href()))
        }
        _ => None,
    }
}

/// The fault of one place of a fact.
fn check(entry: Entry, path: &str, says: &[String], audience: Option<&str>) -> Result<Found, String> {
    let found = find(entry, path).ok_or_else(|| format!("`{}` has no `{path}`", entry.code()))?;
    if let Some(words) = says.iter().find(|words| !found.words.contains(words.as_str())) {
        return Err(format!("`{path}` of `{}` does not say \"{words}\": {}", entry.code(), found.words));
    }
    match audience {
        Some(audience) if found.audience.map(Audience::as_str) != Some(audience) => {
            Err(format!("`{path}` of `{}` is not for `{audience}`", entry.code()))
        }
        _ => Ok(found),
    }
}

impl Fact {
    fn check(&self) -> Result<(), String> {
        let code: lift::Code = self.entry.parse().map_err(|error| format!("`{}`: {error}", self.entry))?;
        let entry = code.entry();
        if self.text.is_none() && self.places.is_empty() && self.same_as.is_none() {
            return Err("the fact names no place".to_owned());
        }
        if let Some(path) = &self.text {
            let found = check(entry, path, &self.says, self.audience.as_deref())?;
            if let Some(fix) = self.cured_by.iter().find(|fix| !found.fixes.contains(&fix.as_str())) {
                return Err(format!("`{path}` of `{code}` is not cured by `{fix}`"));
            }
            if self.general && !found.general {
                return Err(format!("`{path}` of `{code}` is not a general fix"));
            }
        }
        for place in &self.places {
            check(entry, &place.text, &place.says, place.audience.as_deref())?;
        }
        if self.status.is_some() && entry.status() != self.status {
            return Err(format!("`{code}` has another status"));
        }
        if self.raised_by.is_some() && entry.status().is_some() {
            return Err(format!("`{code}` has a status: it is not raised by clients alone"));
        }
        match &self.same_as {
            Some(same_as) if entry.canonical().code() != same_as => {
                Err(format!("`{code}` is not an alias of `{same_as}`"))
            }
            _ => Ok(()),
        }
    }
}

#[test]
fn every_fact_is_said() {
    let facts: BTreeMap<String, Fact> = toml::from_str(include_str!("facts.toml")).unwrap();
    let ids = FACTS.iter().flat_map(|&(heading, count)| (1..=count).map(move |number| format!("{heading}.{number}")));
    let mut faults = Vec::new();
    for id in ids {
        match facts.get(&id) {
            Some(fact) => faults.extend(fact.check().err().map(|fault| format!("{id}: {fault}"))),
            None => faults.push(format!("{id}: no place in the catalogue is named for it")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(
        facts.len(),
        FACTS.iter().map(|(_, count)| count).sum::<usize>(),
        "a fact that the reference does not have"
    );
}

#[test]
fn titles_are_those_that_users_search_for() {
    let titles = [
        (lift::Code::Unauthorized, "Unauthorized"),
        (lift::Code::Forbidden, "Forbidden"),
        (lift::Code::NotFound, "Not Found"),
        (lift::Code::InternalServerError, "Internal Server Error"),
        (lift::Code::BadGateway, "Bad Gateway"),
        (lift::Code::GatewayTimeout, "Gateway Timeout"),
        (lift::Code::TooManyRequests, "Too Many Requests"),
        (lift::Code::SessionExpired, "Session Expired"),
        (lift::Code::PermissionDenied, "You do not have permission to perform this action"),
        (lift::Code::ImportFailed, "Import failed: Invalid file format"),
        (lift::Code::ConnectionFailed, "Unable to connect to server"),
    ];
    for (code, title) in titles {
        assert_eq!(code.entry().title().to_string(), title);
    }
    // The detail of an application error begins with its literal message.
    for code in [
        lift::Code::SessionExpired,
        lift::Code::PermissionDenied,
        lift::Code::ImportFailed,
        lift::Code::ConnectionFailed,
    ] {
        let title = code.entry().title().to_string();
        for (id, detail) in code.entry().details() {
            assert!(detail.to_string().starts_with(&title), "{code} {id}: {detail}");
        }
    }
}
