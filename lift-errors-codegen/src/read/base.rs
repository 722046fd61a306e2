//! Catalogues that others extend. Their files are part of this crate, so that no checkout is needed.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Located, Span, Text};
use crate::diagnostic::suggest::{nearest, suggest};
use crate::id_form;
use crate::locale::Locale;
use crate::read::draft::{Cause, Detail, Draft, Entry, Fix, Header, Manifest, Parameter, Phrase};
use crate::read::overlay::label_address;
use std::collections::{HashMap, HashSet};
use toml::de::DeTable;

/// Files, each with its name.
type Files = &'static [(&'static str, &'static str)];

/// A catalogue that can be extended.
#[derive(Debug)]
pub(crate) struct Base {
    /// The name, as `extends` has it.
    pub(crate) name: &'static str,
    pub(crate) manifest: &'static str,
    /// The files that the manifest lists, by name.
    pub(crate) files: Files,
    /// The translated files of each locale, by the names of the files that they translate.
    pub(crate) translations: &'static [(&'static str, Files)],
}

/// The catalogues that others can extend. `base_list.rs` writes the list of their files.
pub(crate) const BASES: &[Base] = &include!("base_files.rs");

impl Base {
    /// The base that a manifest extends.
    pub(crate) fn named(name: &Text) -> Result<&'static Self, Diagnostic> {
        BASES.iter().find(|base| base.name == name.value).ok_or_else(|| {
            let message = format!("`extends` names `{}`, which is not a base catalogue", name.value.escape_debug());
            Diagnostic::at(name.span, message).help(suggest(
                &name.value,
                BASES.iter().map(|base| base.name),
                "base catalogues",
            ))
        })
    }

    /// The codes of its entries.
    fn codes(&self) -> impl Iterator<Item = String> {
        let tables = self.files.iter().filter_map(|(_, text)| DeTable::parse(text).ok());
        tables.flat_map(|table| {
            table.into_inner().into_iter().map(|(code, _)| code.into_inner().into_owned()).collect::<Vec<_>>()
        })
    }

    /// The languages that it is in, by its manifest.
    pub(crate) fn locales(&self, manifest: &Manifest) -> impl Iterator<Item = Locale> {
        let default = manifest.default_locale.as_ref().map(Text::as_str);
        default.into_iter().chain(self.translations.iter().map(|(tag, _)| *tag)).filter_map(Locale::from_tag)
    }

    /// The translated files that a locale takes over, with the tag of theirs: its own, or those of the nearest locale that it falls
    /// back to. If that one `is_listed`, it takes them over itself, and the locale falls back to it.
    pub(crate) fn translations(
        &self,
        locale: Locale,
        is_listed: impl Fn(Locale) -> bool,
    ) -> Option<(&'static str, Files)> {
        let of = |locale: Locale| self.translations.iter().find(|(tag, _)| *tag == locale.tag()).copied();
        locale.fallback().take_while(|other| *other == locale || !is_listed(*other)).find_map(of)
    }
}

/// The codes of the base that a manifest extends; none if it extends none.
#[derive(Debug, Default)]
pub(crate) struct BaseCodes<'a> {
    name: &'a str,
    codes: HashSet<String>,
    /// The prefix of the service's own codes.
    prefix: Option<&'a str>,
}

impl<'a> BaseCodes<'a> {
    pub(crate) fn of(base: Option<&'a Base>, manifest: &'a Manifest) -> Self {
        let prefix = manifest.code_prefix.as_ref().map(Text::as_str);
        Self {
            name: base.map_or("", |base| base.name),
            codes: base.iter().flat_map(|base| base.codes()).collect(),
            prefix,
        }
    }

    pub(crate) fn contains(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// What is wrong with a table that is meant to change an entry of the base: its code is nearly one of the base's, and it has
    /// neither the prefix nor the id of an entry of the service.
    pub(crate) fn misspelt(&self, code: &Text, table: &DeTable<'_>) -> Option<Diagnostic> {
        let is_own = self.prefix.is_some_and(|prefix| code.value.starts_with(prefix));
        let known = Some(&self.codes).filter(|_| !is_own && table.get("id").is_none())?;
        let nearest = nearest(&code.value, known.iter().map(String::as_str))?;
        let message = format!("`{}` is not a code of `{}`", code.value.escape_debug(), self.name);
        let prefix = self
            .prefix
            .map(|prefix| format!("a code that begins with `{}`, and ", prefix.escape_debug()))
            .unwrap_or_default();
        let help = format!("did you mean `{nearest}`? an entry of your own has {prefix}an `id`");
        Some(Diagnostic::at(code.span, message).help(help))
    }
}

/// The entries of a service that replace parts of its base's.
#[derive(Debug)]
pub(crate) struct Override {
    /// The parts that the service writes; the rest is that of the base.
    pub(crate) entry: Entry,
    /// The parts of the base's entry that are left out, such as `cause.many_tabs`.
    pub(crate) without: Vec<Text>,
}

/// Takes over what `own` says nothing about. The result has the entries of the base first.
pub(crate) fn inherit(own: &mut Draft, overrides: Vec<Override>, base: Draft, faults: &mut Vec<Diagnostic>) {
    let Draft { manifest, mut entries, phrases, overlays, .. } = base;
    number(own, &mut entries, faults);
    entries.iter_mut().for_each(keep_lackable);
    // The addresses of texts that the service replaces: the base's translations of them no longer apply.
    let labels = own.manifest.labels.iter().map(|(name, _)| label_address(&name.value));
    let mut replaced: HashSet<String> = labels.chain(own.phrases.iter().map(Phrase::address)).collect();
    let mut seen: HashMap<String, Span> = HashMap::new();
    for Override { entry, without } in overrides {
        if let Some(first) = seen.get(&entry.code.value) {
            let message = format!("duplicate code `{}`", entry.code.value.escape_debug());
            let fault = Diagnostic::at(entry.code.span, message).related("first at", *first);
            faults.push(fault.help("change the base's entry in one place"));
            continue;
        }
        seen.insert(entry.code.value.clone(), entry.code.span);
        let Some(inherited) = entries.iter_mut().find(|inherited| inherited.code.value == entry.code.value) else {
            continue;
        };
        own.changed.push(entry.code.clone());
        fixed(&entry, faults);
        let code = &entry.code.value;
        replaced.extend(entry.plural_texts().map(|(key, ..)| format!("{code}.{key}")));
        if !entry.details.is_empty() {
            replaced.extend(inherited.details.iter().map(|detail| format!("{code}.{}", detail.key())));
        }
        replaced.extend(without.iter().map(|name| format!("{code}.{}", name.value)));
        let of_causes = inherited.details.iter().filter(|detail| requires_one_of(detail, &without));
        replaced.extend(of_causes.map(|detail| format!("{code}.{}", detail.key())));
        let of_base = named_fixes(inherited);
        let own: HashSet<String> = entry.fixes.iter().map(|fix| fix.id.value.clone()).collect();
        leave_out(inherited, &without, faults);
        replace(inherited, entry);
        let code = &inherited.code.value;
        replaced.extend(
            drop_lost_fixes(&mut inherited.fixes, &inherited.causes, |id| of_base.contains(id) && !own.contains(id))
                .iter()
                .map(|id| format!("{code}.fix.{id}")),
        );
    }
    for overlay in overlays {
        if let Some(place) = own.overlays.iter_mut().find(|own| own.locale == overlay.locale) {
            place.inherit(overlay, &replaced);
        }
    }
    defaults(&mut entries, &own.entries);
    entries.append(&mut own.entries);
    own.entries = entries;
    let mut kept = Vec::new();
    for phrase in phrases {
        let is_same = |own: &&mut Phrase| own.kind == phrase.kind && own.name.value == phrase.name.value;
        match own.phrases.iter_mut().find(is_same) {
            Some(new) => parameters_stay(new, phrase, faults),
            None => kept.push(phrase),
        }
    }
    own.phrases.splice(0..0, kept);
    constants_have_their_kind(&own.manifest, &manifest, faults);
    facts(own, manifest);
}

/// Gives a text in the place of the base's the parameters of that one. Extractors and validators give their values, so others are
/// reported: no error would have the text.
fn parameters_stay(phrase: &mut Phrase, base: Phrase, faults: &mut Vec<Diagnostic>) {
    let names = |phrase: &Phrase| -> Vec<String> {
        let name = |it: &Parameter| format!("{}: {}", it.name.value, it.kind.as_ref().map_or("", Text::as_str));
        phrase.parameters.iter().map(name).collect()
    };
    let Some(first) = phrase.parameters.first() else {
        if !phrase.unreadable.contains(&"params") {
            phrase.parameters = base.parameters;
        }
        return;
    };
    let (stated, expected) = (names(phrase), names(&base));
    if stated != expected && phrase.unreadable.is_empty() {
        let list = |names: &[String]| match names {
            [] => "none".to_owned(),
            names => names.iter().map(|name| format!("`{}`", name.escape_debug())).collect::<Vec<_>>().join(", "),
        };
        let message = format!(
            "the {} has the parameters {}, and the base's has {}",
            phrase.what(),
            list(&stated),
            list(&expected)
        );
        let help =
            format!("remove `params`: it has those of the base; another {} has another name", phrase.kind.noun());
        faults.push(Diagnostic::at(first.name.span, message).help(help));
    }
}

/// Reports a constant in the place of the base's that is of another kind: the base's texts are written around a number, a duration or
/// words.
fn constants_have_their_kind(own: &Manifest, base: &Manifest, faults: &mut Vec<Diagnostic>) {
    for constant in &own.constants {
        let Some(other) = base.constants.iter().find(|other| other.name.value == constant.name.value) else { continue };
        let (kind, expected) = (constant.value.kind(), other.value.kind());
        if kind != expected && !constant.is_unreadable {
            let name = &constant.name.value;
            let message = format!("the constant `{name}` is {kind}, and the base's is {expected}");
            let help = format!(
                "write {expected}, which the base's texts are written for; a constant of your own has another name"
            );
            faults.push(Diagnostic::at(constant.name.span, message).help(help));
        }
    }
}

/// Gives the base's entries ids in the form of the service's: the number stays.
fn number(own: &Draft, entries: &mut [Entry], faults: &mut Vec<Diagnostic>) {
    let Some(form) = own.manifest.id_forms.first() else { return };
    let Some((letters, digits)) = id_form::numbered(&form.value) else {
        let message = format!("the ids of a base do not have the form `{}`", form.value.escape_debug());
        return faults.push(
            Diagnostic::at(form.span, message).help("begin `id_form` with one that ends in digits, such as `ORD-0000`"),
        );
    };
    for id in entries.iter_mut().filter_map(|entry| entry.id.as_mut()) {
        let Some((_, number)) = id.value.split_once('-') else { continue };
        if number.len() != digits.len() {
            let message = format!("`id_form` has {} digits, and the base has ids of {}", digits.len(), number.len());
            let new = format!("{letters}{}", "0".repeat(number.len()));
            // The ids that the service has keep their form.
            let is_needed = |form: &&Text| {
                form.value != new
                    && own
                        .entries
                        .iter()
                        .any(|it| it.id.as_ref().is_some_and(|id| id_form::fits(&form.value, &id.value)))
            };
            let kept = own.manifest.id_forms.iter().filter(is_needed).map(|form| format!(", \"{}\"", form.value));
            let kept: String = kept.collect();
            let help = match kept.as_str() {
                "" => format!("write `id_form = \"{new}\"`"),
                kept => format!("write `id_form = [\"{new}\"{kept}]`: the base's ids have the first form"),
            };
            return faults.push(Diagnostic::at(form.span, message).help(help));
        }
        id.value = format!("{letters}{number}");
    }
}

/// Marks the parameters that the base's details do not rely on: a service may replace all of the details.
fn keep_lackable(entry: &mut Entry) {
    let lackable: Vec<bool> = entry.parameters.iter().map(|parameter| entry.is_lackable(parameter)).collect();
    for (parameter, is_lackable) in entry.parameters.iter_mut().zip(lackable) {
        parameter.is_lackable_in_base = is_lackable;
    }
}

/// An entry of the base explains its status, unless an entry of the service says that it does.
fn defaults(inherited: &mut [Entry], own: &[Entry]) {
    let all = inherited.iter().chain(own);
    let statuses: HashMap<String, u16> =
        all.filter_map(|entry| Some((entry.code.value.clone(), entry.http_status()?))).collect();
    let status = |entry: &Entry| match &entry.same_as {
        Some(code) => statuses.get(&code.value).copied(),
        None => entry.http_status(),
    };
    let of_own = |number: u16| own.iter().filter(move |entry| status(entry) == Some(number));
    let explained: HashSet<u16> = inherited.iter().filter(|entry| entry.says_default()).filter_map(status).collect();
    for entry in inherited {
        let Some(number) = status(entry) else { continue };
        let value = if of_own(number).any(Entry::says_default) {
            false
        } else if of_own(number).next().is_some() && !explained.contains(&number) && !entry.is_alias() {
            true
        } else {
            continue;
        };
        entry.status_default = Some(Located { value, span: entry.code.span });
    }
}

/// Reports what can't be changed: clients of every service rely on it.
fn fixed(entry: &Entry, faults: &mut Vec<Diagnostic>) {
    let keys: [(&str, Option<Span>); 14] = [
        ("draft", entry.draft.as_ref().map(|it| it.span)),
        ("id", entry.id.as_ref().map(|it| it.span)),
        ("type", entry.type_uri.as_ref().map(|it| it.span)),
        ("status", entry.status.as_ref().map(|it| it.span)),
        ("status_default", entry.status_default.as_ref().map(|it| it.span)),
        ("raised_by", entry.raised_by.as_ref().map(|it| it.span)),
        ("transport", entry.transport.as_ref().map(|it| it.span)),
        ("since", entry.since.as_ref().map(|it| it.span)),
        ("retry", entry.retry.as_ref().map(|it| it.span)),
        ("grpc", entry.grpc.as_ref().map(|it| it.span)),
        ("field_errors", entry.field_errors.as_ref().map(|it| it.span)),
        ("same_as", entry.same_as.as_ref().map(|it| it.span)),
        ("replaced_by", entry.replaced_by.as_ref().map(|it| it.span)),
        ("params", entry.parameters.first().map(|it| it.name.span)),
    ];
    for (key, span) in keys.into_iter().filter_map(|(key, span)| Some((key, span?))) {
        let message = format!("`{key}` of `{}` is that of the base catalogue", entry.code.value.escape_debug());
        faults.push(Diagnostic::at(span, message).help("remove it; an error of another kind is an entry of its own"));
    }
}

/// Whether a detail requires a cause that is left out.
fn requires_one_of(detail: &Detail, without: &[Text]) -> bool {
    let is_left_out = |cause: &Text| without.iter().any(|name| name.value.strip_prefix("cause.") == Some(&cause.value));
    detail.cause.as_ref().is_some_and(is_left_out)
}

/// Removes the causes, fixes, notes and links that a service does not want, and the details of removed causes.
fn leave_out(entry: &mut Entry, without: &[Text], faults: &mut Vec<Diagnostic>) {
    entry.details.retain(|detail| !requires_one_of(detail, without));
    let mut left_out = HashSet::new();
    for name in without {
        if !left_out.insert(name.as_str()) {
            let fault =
                Diagnostic::at(name.span, format!("duplicate part `{}` in `without`", name.value.escape_debug()));
            faults.push(fault.help("remove one of the two"));
            continue;
        }
        let before = (entry.causes.len(), entry.fixes.len(), entry.notes.len(), entry.links.len());
        match name.value.split_once('.') {
            Some(("cause", id)) => entry.causes.retain(|it| it.id.value != id),
            Some(("fix", id)) => {
                entry.fixes.retain(|it| it.id.value != id);
                for cause in &mut entry.causes {
                    cause.fixes.retain(|fix| fix.value != id);
                }
            }
            Some(("note", id)) => entry.notes.retain(|it| it.id.value != id),
            Some(("link", id)) => entry.links.retain(|it| it.id.value != id),
            _ => {}
        }
        if before == (entry.causes.len(), entry.fixes.len(), entry.notes.len(), entry.links.len()) {
            let causes = entry.causes.iter().map(|it| format!("cause.{}", it.id.value));
            let fixes = entry.fixes.iter().map(|it| format!("fix.{}", it.id.value));
            let notes = entry.notes.iter().map(|it| format!("note.{}", it.id.value));
            let links = entry.links.iter().map(|it| format!("link.{}", it.id.value));
            let parts: Vec<String> = causes.chain(fixes).chain(notes).chain(links).collect();
            let message =
                format!("`without` names `{}`, which the base's entry does not have", name.value.escape_debug());
            faults.push(Diagnostic::at(name.span, message).help(suggest(
                &name.value,
                parts.iter().map(String::as_str),
                "parts of the entry",
            )));
        }
    }
}

/// The fixes that causes name.
fn named_fixes(entry: &Entry) -> HashSet<String> {
    entry.causes.iter().flat_map(|cause| &cause.fixes).map(|fix| fix.value.clone()).collect()
}

/// Removes the base's fixes of causes that are gone, and returns their ids: without a cause they would be shown for all of them.
/// `is_of_cause` tells the base's fixes of some cause. If none would be left, all stay.
fn drop_lost_fixes(fixes: &mut Vec<Fix>, causes: &[Cause], is_of_cause: impl Fn(&str) -> bool) -> Vec<String> {
    let is_named = |id: &str| causes.iter().flat_map(|cause| &cause.fixes).any(|fix| fix.value == id);
    let is_lost = |fix: &Fix| is_of_cause(&fix.id.value) && !is_named(&fix.id.value);
    if fixes.iter().all(is_lost) {
        return Vec::new();
    }
    let lost = fixes.iter().filter(|fix| is_lost(fix)).map(|fix| fix.id.value.clone()).collect();
    fixes.retain(|fix| !is_lost(fix));
    lost
}

/// Puts the parts of `new` in the place of those of the same name, and adds the others.
fn replace(entry: &mut Entry, new: Entry) {
    entry.file = new.file;
    entry.unreadable.extend(new.unreadable);
    let or = |place: &mut Option<_>, new: Option<_>| *place = new.or(place.take());
    or(&mut entry.title, new.title);
    or(&mut entry.meaning, new.meaning);
    or(&mut entry.description, new.description);
    or(&mut entry.support, new.support);
    or(&mut entry.runbook, new.runbook);
    entry.severity = new.severity.or(entry.severity.take());
    entry.class = new.class.or(entry.class.take());
    if !new.tags.is_empty() {
        entry.tags = new.tags;
    }
    if !new.details.is_empty() {
        entry.details = new.details;
    }
    merge(&mut entry.causes, new.causes, |cause| cause.id.value.clone());
    merge(&mut entry.fixes, new.fixes, |fix| fix.id.value.clone());
    merge(&mut entry.notes, new.notes, |note| note.id.value.clone());
    merge(&mut entry.links, new.links, |link| link.id.value.clone());
    merge(&mut entry.headers, new.headers, |header| header.name.value.to_ascii_lowercase());
}

fn merge<T>(items: &mut Vec<T>, new: Vec<T>, name: impl Fn(&T) -> String) {
    for item in new {
        match items.iter_mut().find(|old| name(old) == name(&item)) {
            Some(place) => *place = item,
            None => items.push(item),
        }
    }
}

/// Takes over the labels, and the constants and links that texts still name.
fn facts(own: &mut Draft, base: Manifest) {
    let labels = base.labels.into_iter();
    let new = labels.filter(|(name, _)| own.manifest.labels.iter().all(|(own, _)| own.value != name.value));
    let new: Vec<_> = new.collect();
    own.manifest.labels.extend(new);
    let (mut names, mut links) = (HashSet::new(), HashSet::new());
    let texts = own.entries.iter().flat_map(|entry| entry.plural_texts().map(|(.., text)| text));
    let phrases = own.phrases.iter().map(|phrase| &phrase.text);
    for text in texts.chain(phrases).chain(own.manifest.labels.iter().map(|(_, text)| text)) {
        names.extend(text.placeholders().into_iter().map(str::to_owned));
        names.extend(text.selector.iter().map(|selector| selector.value.clone()));
        links.extend(text.links().into_iter().map(str::to_owned));
    }
    let headers = own.entries.iter().flat_map(|entry| &entry.headers);
    names.extend(headers.flat_map(Header::names).map(str::to_owned));
    let constants = base.constants.into_iter().filter(|it| names.contains(&it.name.value));
    let new = constants.filter(|it| own.manifest.constants.iter().all(|own| own.name.value != it.name.value));
    let new: Vec<_> = new.collect();
    own.manifest.constants.extend(new);
    let new = base.links.into_iter().filter(|it| links.contains(&it.id.value));
    let new: Vec<_> = new.filter(|it| own.manifest.links.iter().all(|own| own.id.value != it.id.value)).collect();
    own.manifest.links.extend(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Base {
        /// Every file, with its name.
        fn texts(&self) -> impl Iterator<Item = (String, &'static str)> {
            let translations = self.translations.iter().flat_map(|(tag, files)| {
                files.iter().map(move |(name, text)| (format!("locales/{tag}/{name}"), *text))
            });
            let files = self.files.iter().map(|(name, text)| ((*name).to_owned(), *text));
            std::iter::once(("catalog.toml".to_owned(), self.manifest)).chain(files).chain(translations)
        }
    }

    #[test]
    fn the_neutral_catalogue_names_no_product() {
        let http = BASES.iter().find(|base| base.name == "http").unwrap();
        for (name, text) in http.texts() {
            for word in ["OpenBoxes", "openboxes", "Lift"] {
                assert!(!text.contains(word), "`bases/http/{name}` contains `{word}`");
            }
        }
    }

    /// Another product that extends the canonical catalogue replaces its names in the manifest alone.
    #[test]
    fn the_canonical_catalogue_names_its_product_only_in_its_manifest() {
        let lift = BASES.iter().find(|base| base.name == "lift").unwrap();
        for (name, text) in lift.texts().filter(|(name, _)| name != "catalog.toml") {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            // `Lift-Error` and `Lift-Retry` are headers of the wire format.
            let lines = lines.map(|line| line.replace("`Lift-Error`", "").replace("`Lift-Retry`", "")).enumerate();
            for (number, line) in lines {
                for word in ["OpenBoxes", "openboxes", "Lift"] {
                    assert!(!line.contains(word), "line {number} of `{name}` contains `{word}`: {line}");
                }
            }
        }
    }
}
