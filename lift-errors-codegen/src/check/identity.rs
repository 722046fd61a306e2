//! Rules about what identifies an entry for ever: its id, its version, its successor.

use super::context::{Context, duplicates};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::id_form;
use crate::read::draft::Entry;
use crate::read::lock::Released;
use crate::reference::Reference;
use std::collections::{HashMap, HashSet};

/// Ids have one of the catalogue's forms.
pub(super) fn ids_have_the_form(context: &Context<'_>) {
    let forms = &context.draft.manifest.id_forms;
    if forms.is_empty() || !forms.iter().all(|form| id_form::is_form(&form.value)) {
        return;
    }
    let written: Vec<String> = forms.iter().map(|form| format!("`{}`", form.value)).collect();
    let help = match forms.as_slice() {
        [form] => match id_form::numbered(&form.value) {
            Some((text, digits)) => format!("write `{text}` and {} digits", digits.len()),
            None => id_form::SIGNS.to_owned(),
        },
        _ => id_form::SIGNS.to_owned(),
    };
    let released = context.draft.released.entries.iter().filter(|released| released.removed.is_none());
    let released = released.filter_map(|released| Some((released.code.as_str(), released.id.as_ref()?.as_str())));
    let released: HashSet<(&str, &str)> = released.collect();
    let ids_of_codes: HashMap<&str, &str> = released.iter().copied().collect();
    let is_form_of_base_changed = context.draft.entries.iter().any(|entry| {
        let id = entry.id.as_ref().filter(|id| context.draft.is_inherited(id.span));
        id.is_some_and(|id| ids_of_codes.get(entry.code.as_str()).is_some_and(|before| *before != id.value))
    });
    let mut reported = HashSet::new();
    // The ids of a base are made from the form; one that can't be was reported.
    let ids = context.draft.entries.iter().filter_map(|entry| Some((entry.code.as_str(), entry.id.as_ref()?)));
    for (code, id) in ids.filter(|(_, id)| !context.draft.is_inherited(id.span)) {
        if !forms.iter().any(|form| id_form::fits(&form.value, &id.value)) {
            if released.contains(&(code, id.as_str())) {
                // The form that the ids of the base had is reported elsewhere.
                if is_form_of_base_changed {
                    continue;
                }
                let form = id_form::of_id(&id.value);
                if reported.insert(form.clone()) {
                    context.fault(released_form(forms, id, form));
                }
                continue;
            }
            let what = if forms.len() > 1 { "has none of the forms" } else { "does not have the form" };
            let message = format!("the id `{}` {what} {}", id.value.escape_debug(), written.join(", "));
            context.fault(Diagnostic::at(id.span, message).help(help.clone()));
        }
    }
}

/// The id was released, and `id_form` has changed since: the form that it had stays one of several.
fn released_form(forms: &[Text], id: &Text, form: Option<String>) -> Diagnostic {
    let written: Vec<String> = forms.iter().map(|form| format!("`{}`", form.value)).collect();
    let message = format!("the id `{}` was released, and does not have the form {}", id.value, written.join(" or "));
    let help = match form {
        Some(form) => {
            let all: Vec<String> = forms
                .iter()
                .map(|form| form.as_str())
                .chain([form.as_str()])
                .map(|form| format!("\"{form}\""))
                .collect();
            format!("write `id_form = [{}]`: people search for it", all.join(", "))
        }
        None => format!("add its form to `id_form`: people search for it; {}", id_form::SIGNS),
    };
    Diagnostic::at(id.span, message).help(help)
}

/// No two entries have one id, nor ids that one file or fragment can't tell apart.
pub(super) fn ids_are_unique(context: &Context<'_>) {
    let ids = || context.draft.entries.iter().filter_map(|entry| entry.id.as_ref());
    let mut same = HashSet::new();
    duplicates(ids().map(|id| (id.as_str(), id.span)), |id, span, first| {
        same.insert(span);
        context.fault(
            Diagnostic::at(span, format!("duplicate id `{}`", id.escape_debug()))
                .related("first at", first)
                .help("give the newer entry a number that was never used"),
        );
    });
    let others = ids().filter(|id| !same.contains(&id.span));
    let ids_by_span: HashMap<_, _> = others.clone().map(|id| (id.span, id.as_str())).collect();
    duplicates(others.map(|id| (skeleton(&id.value), id.span)), |_, span, first| {
        let id_at = |span| ids_by_span.get(&span).copied().unwrap_or_default().escape_debug();
        context.fault(
            Diagnostic::at(span, format!("the id `{}` is too near to `{}`", id_at(span), id_at(first)))
                .related("first at", first)
                .help(
                    "two ids must differ in more than case, and `:` for `_`: pages of documentation are called by them",
                ),
        );
    });
}

/// The part of an id that no other has: files and fragments can't tell more apart.
pub(super) fn skeleton(id: &str) -> String {
    id.to_ascii_lowercase().replace(':', "_")
}

/// The type of an entry is an address of its own, which stays.
pub(super) fn types(context: &Context<'_>) {
    let released: HashMap<&str, &Released> =
        context.draft.released.entries.iter().map(|released| (released.code.as_str(), released)).collect();
    let types = context.draft.entries.iter().filter_map(|entry| entry.type_uri.as_ref());
    duplicates(types.map(|uri| (without_slash(uri.as_str()), uri.span)), |uri, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate type `{}`", uri.escape_debug()))
                .related("first at", first)
                .help("clients tell errors apart by the type; leave one out to have that of `reference`"),
        );
    });
    types_of_others(context);
    for entry in &context.draft.entries {
        if let Some(uri) = &entry.type_uri {
            if let Some(fault) = super::link::address_fault(&uri.value) {
                let message = format!("`{}` can't be the type of `{}`", uri.value.escape_debug(), entry.code.value);
                context.fault(
                    Diagnostic::at(uri.span, message)
                        .help(format!("{fault}; write the whole address of the page that explains it")),
                );
            }
        }
        let Some(before) = released.get(entry.code.as_str()).filter(|released| !released.is_draft) else { continue };
        let own = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        if own(&before.type_uri) == own(&entry.type_uri) || entry.unreadable.contains(&"type") {
            continue;
        }
        let help = match &before.type_uri {
            Some(uri) => format!("write `type = \"{}\"`: clients know the error by it", uri.value.escape_debug()),
            None => "remove it: clients know the error by the address of `reference`".to_owned(),
        };
        let place = entry.type_uri.as_ref().map_or(entry.code.span, |uri| uri.span);
        context.fault(
            Diagnostic::at(place, format!("`{}` was released with another type", entry.code.value))
                .related("it was released at", before.code.span)
                .help(help),
        );
    }
}

/// An address without slashes at the end of its path: servers have one page for both.
fn without_slash(uri: &str) -> String {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let rest = uri.strip_prefix(path).unwrap_or_default();
    path.trim_end_matches('/').to_owned() + rest
}

/// No entry has the type of a removed code, or as its own type the address of another code.
fn types_of_others(context: &Context<'_>) {
    let reference = context.draft.manifest.reference.as_ref();
    let reference = reference.and_then(|reference| Reference::parse(&reference.value).ok());
    let address = |id: &Option<Text>, code: &Text| Some(reference.as_ref()?.address(&id.as_ref()?.value, &code.value));
    let removed = || context.draft.released.entries.iter().filter(|released| released.removed.is_some());
    let own = removed().filter_map(|released| Some((released.type_uri.as_ref()?.as_str(), &released.code)));
    let own: HashMap<String, &Text> = own.map(|(uri, code)| (without_slash(uri), code)).collect();
    let without = removed().filter(|released| released.type_uri.is_none());
    let without = without.map(|released| (&released.id, &released.code));
    let entries = context.draft.entries.iter().filter(|entry| entry.type_uri.is_none());
    let all = entries.map(|entry| (&entry.id, &entry.code)).chain(without);
    let addresses = all.filter_map(|(id, code)| Some((without_slash(&address(id, code)?), code)));
    let addresses: HashMap<String, &Text> = addresses.collect();
    for entry in &context.draft.entries {
        let by_reference = || address(&entry.id, &entry.code);
        let Some(uri) = entry.type_uri.as_ref().map(|uri| uri.value.clone()).or_else(by_reference) else { continue };
        let compared = without_slash(&uri);
        let of_reference = || addresses.get(&compared).filter(|_| entry.type_uri.is_some());
        let other = own.get(&compared).or_else(of_reference);
        if let Some(other) = other.filter(|other| other.value != entry.code.value) {
            let place = entry.type_uri.as_ref().map_or(entry.code.span, |uri| uri.span);
            let message = format!("the type `{}` belongs to `{}`", uri.escape_debug(), other.value.escape_debug());
            context.fault(
                Diagnostic::at(place, message)
                    .related("that code is at", other.span)
                    .help("clients tell errors apart by the type; choose one that no code ever had"),
            );
        }
    }
}

/// `since` is a version of three numbers.
pub(super) fn since_is_a_version(context: &Context<'_>) {
    let of_entries = context.draft.entries.iter().map(|entry| &entry.since);
    let all = of_entries.chain(context.draft.phrases.iter().map(|phrase| &phrase.since));
    for since in all.flatten() {
        if !is_version(&since.value) {
            context.fault(
                Diagnostic::at(since.span, format!("`{}` is not a version", since.value.escape_debug()))
                    .help("write the version of the catalogue that first has it, such as `0.1.0`"),
            );
        }
    }
}

/// Whether a text is a version of three numbers.
pub(super) fn is_version(text: &str) -> bool {
    let numbers: Vec<&str> = text.split('.').collect();
    let is_number = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit()) && number.parse::<u32>().is_ok();
    numbers.len() == 3 && numbers.iter().all(is_number)
}

/// The entry that has taken a deprecated one's place is there, and does not lead back.
pub(super) fn replacements_exist(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(other) = &entry.replaced_by else { continue };
        let fault = if other.value == entry.code.value {
            Diagnostic::at(other.span, format!("`{}` is replaced by itself", entry.code.value))
                .help("name the entry that has taken its place, or remove the key")
        } else if !context.codes.contains_key(other.as_str()) {
            Diagnostic::at(other.span, format!("`{}` is not an entry of the catalogue", other.value.escape_debug()))
                .help(context.suggest(&other.value, context.other_codes(entry), "codes"))
        } else {
            continue;
        };
        context.fault(fault);
    }
    replacements_end(context);
}

/// No successors lead back to an entry by way of others.
fn replacements_end(context: &Context<'_>) {
    let next = |entry: &Entry| context.codes.get(entry.replaced_by.as_ref()?.as_str()).copied();
    let mut passed: HashMap<&str, usize> = HashMap::new();
    for (number, entry) in context.draft.entries.iter().enumerate() {
        let mut path: Vec<&Entry> = Vec::new();
        // Each is passed once, whatever leads to it.
        let mut at = Some(entry);
        while let Some(entry) = at.filter(|entry| !passed.contains_key(entry.code.as_str())) {
            passed.insert(&entry.code.value, number);
            path.push(entry);
            at = next(entry);
        }
        let begins = at.filter(|entry| passed.get(entry.code.as_str()) == Some(&number));
        let circle = path.iter().skip_while(|entry| begins.is_none_or(|begins| begins.code.value != entry.code.value));
        let [first, others @ ..] = &*circle.collect::<Vec<_>>() else { continue };
        let (Some(other), false) = (&first.replaced_by, others.is_empty()) else { continue };
        let codes: Vec<String> = others.iter().map(|entry| format!("`{}`", entry.code.value)).collect();
        let message = format!("`{}` is replaced by itself, by way of {}", first.code.value, codes.join(", "));
        context.fault(Diagnostic::at(other.span, message).help("remove the key from the one that is to be used"));
    }
}
