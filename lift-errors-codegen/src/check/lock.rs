//! Rules that hold the catalogue against what was released.

use super::context::Context;
use super::header::{is_token, is_value};
use super::identity::{is_version, skeleton};
use super::link::address_fault;
use super::text::clean_released;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::id_form;
use crate::naming::{self, NameFault};
use crate::read::draft::{Entry, Phrase};
use crate::read::literal::word;
use crate::read::lock::{BROKEN, Released, ValueForm};
use crate::read::phrase_kind::PhraseKind;
use lift_errors_core::vocabulary::{GrpcCode, RetryKind, Sensitivity};
use std::collections::{HashMap, HashSet};

/// The catalogue has the name under which its errors were released.
pub(super) fn released_name_stays(context: &Context<'_>) {
    let (Some(released), Some(name)) = (&context.draft.released.catalog, &context.draft.manifest.name) else { return };
    if released.value != name.value && is_name(&released.value) {
        let message = format!("the catalogue was released as `{}`", released.value.escape_debug());
        context.fault(
            Diagnostic::at(name.span, message).related("it was released at", released.span).help(format!(
                "write `name = \"{}\"`: clients know its errors by this name and their codes; if it has no release yet, delete \
                 `catalog.lock` and write it again",
                released.value.escape_debug()
            )),
        );
    }
}

/// Released codes, names and ids have the form of those that a catalogue has, since pages and files are called by them. Other
/// values have theirs, since they are shown as they are.
pub(super) fn released_ones_are_well_formed(context: &Context<'_>) {
    let released = &context.draft.released;
    for name in released.catalog.iter().filter(|name| !is_name(&name.value)) {
        let message = format!("the released name `{}` is not in snake_case", name.value.escape_debug());
        context.fault(Diagnostic::at(name.span, message).help(BROKEN));
    }
    let codes = released.entries.iter().map(|entry| ("code", &entry.code));
    let phrases = released.phrases.iter().map(|phrase| (phrase.kind.noun(), &phrase.name));
    for (noun, name) in codes.chain(phrases) {
        // Older versions reserved fewer words.
        if let Err(fault @ (NameFault::Form | NameFault::Long(_))) = naming::check_code(&name.value) {
            let message = format!("the released {noun} `{}` {}", name.value.escape_debug(), fault.reason());
            context.fault(Diagnostic::at(name.span, message).help(BROKEN));
        }
    }
    for id in released.entries.iter().filter_map(|entry| entry.id.as_ref()).filter(|id| !id_form::is_id(&id.value)) {
        let message = format!("the released id `{}` is not an id", id.value.escape_debug());
        context.fault(Diagnostic::at(id.span, message).help(BROKEN));
    }
    for (form, value) in &released.values {
        if clean_released(context, value) {
            if let Some(fault) = form_fault(*form, value) {
                context.fault(fault);
            }
        }
    }
}

/// Why a value does not have its form. Types of parameters are any words: tombstones keep those of older versions.
fn form_fault(form: ValueForm, value: &Text) -> Option<Diagnostic> {
    let text = value.value.as_str();
    let (what, is_well_formed) = match form {
        ValueForm::GrpcCode => return word(value, "gRPC status code", GrpcCode::ALL, GrpcCode::as_str).err(),
        ValueForm::RetryKind => return word(value, "retry kind", RetryKind::ALL, RetryKind::as_str).err(),
        ValueForm::Version => ("a version", is_version(text)),
        ValueForm::TypeUri => ("a released type", address_fault(text).is_none()),
        ValueForm::Parameter => ("a released parameter", is_parameter(text)),
        ValueForm::Header => ("a released header", is_header(text)),
        ValueForm::Cause => ("a released cause", is_name(text)),
    };
    let help = match form {
        ValueForm::Version => "write the version of the catalogue that removed it, such as `1.2.0`",
        _ => BROKEN,
    };
    let fault = || Diagnostic::at(value.span, format!("`{}` is not {what}", text.escape_debug())).help(help);
    (!is_well_formed).then(fault)
}

/// `carrier?: operator text, header x-carrier`: the name and the type, and what is not as usual.
fn is_parameter(text: &str) -> bool {
    let Some((name, about)) = text.split_once(": ") else { return false };
    let (about, header) = about.split_once(", header ").map_or((about, None), |(about, header)| (about, Some(header)));
    let (readers, kind) = about.split_once(' ').map_or((None, about), |(readers, kind)| (Some(readers), kind));
    is_name(name.strip_suffix('?').unwrap_or(name))
        && readers.is_none_or(|readers| readers.parse::<Sensitivity>().is_ok())
        && is_name(kind)
        && header.is_none_or(is_token)
}

/// `upgrade: websocket`.
fn is_header(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(name, value)| is_token(name) && is_value(value))
}

/// Whether a text has the form of a name. Older versions reserved fewer words.
fn is_name(text: &str) -> bool {
    !matches!(naming::check(text), Err(NameFault::Form | NameFault::Long(_)))
}

/// A released code is still there, or left a tombstone.
pub(super) fn released_codes_stay(context: &Context<'_>) {
    for released in &context.draft.released.entries {
        let present = context.codes.get(released.code.as_str());
        match (present, &released.removed) {
            (None, None) if context.draft.may_lack_released => {}
            (None, None) => {
                let message = format!("the code `{}` was released and is gone", released.code.value.escape_debug());
                // A draft may be here before a release has it.
                let unreleased =
                    if released.is_draft { "; or delete this table, if no release has the draft" } else { "" };
                let help = lacking_in_base(context, &released.code).unwrap_or_else(|| {
                    format!(
                        "put the entry back, perhaps with `replaced_by`; or leave a tombstone here: `removed = \"1.2.0\"`, \
                         the version that removes it{unreleased}"
                    )
                });
                context.fault(Diagnostic::at(released.code.span, message).help(help));
            }
            (Some(entry), Some(removed)) => {
                let status = context.canonical(entry).and_then(Entry::http_status).map(i64::from);
                let has_id = entry.id.as_ref().map(Text::as_str) == released.id.as_ref().map(Text::as_str);
                let is_alike = has_id && status == released.contract.status;
                context.fault(returned(context, "code", &entry.code, &released.code, removed, is_alike));
            }
            _ => {}
        }
    }
}

/// The remedy for what a base lacks although the lock file has it.
const NEWER: &str = "a newer lift-errors wrote the lock file: use one version of the command and the library";

/// The remedy for a released code that can only be one of the base, since it lacks the prefix of the catalogue's own.
fn lacking_in_base(context: &Context<'_>, code: &Text) -> Option<String> {
    let (base, prefix) = (context.draft.manifest.extends.as_ref()?, context.draft.manifest.code_prefix.as_ref()?);
    let (base, shown) = (base.value.escape_debug(), prefix.value.escape_debug());
    let is_own = code.value.starts_with(&prefix.value);
    (!is_own).then(|| {
        format!("it does not begin with `{shown}`, and the base `{base}` of this version lacks it, so {NEWER}")
    })
}

/// A released field error or term is still there, or left a tombstone.
pub(super) fn released_phrases_stay(context: &Context<'_>) {
    let mut present: HashMap<(PhraseKind, &str), &Phrase> = HashMap::new();
    for phrase in &context.draft.phrases {
        present.entry((phrase.kind, phrase.name.as_str())).or_insert(phrase);
    }
    for released in &context.draft.released.phrases {
        let (noun, name) = (released.kind.noun(), released.name.value.escape_debug());
        match (present.get(&(released.kind, released.name.as_str())), &released.removed) {
            (None, None) if context.draft.may_lack_released => {}
            (None, None) => {
                // The catalogue's own ones have no prefix.
                let base = context.draft.manifest.extends.as_ref();
                let of_base =
                    base.map(|base| format!("; if it is one of the base `{}`, {NEWER}", base.value.escape_debug()));
                let help = format!(
                    "put it back; or leave a tombstone here: `removed = \"1.2.0\"`, the version that removes it{}",
                    of_base.unwrap_or_default()
                );
                let message = format!("the {noun} `{name}` was released and is gone");
                context.fault(Diagnostic::at(released.name.span, message).help(help));
            }
            (Some(phrase), Some(removed)) => {
                let is_alike = has_parameters(phrase, &released.parameters);
                context.fault(returned(context, noun, &phrase.name, &released.name, removed, is_alike));
            }
            _ => {}
        }
    }
}

/// Whether a phrase has the parameters that a lock file records, by their names.
fn has_parameters(phrase: &Phrase, recorded: &[String]) -> bool {
    let name = |parameter: &'_ String| parameter.split(['?', ':']).next().map(str::to_owned);
    let recorded: HashSet<String> = recorded.iter().filter_map(name).collect();
    recorded == phrase.parameters.iter().map(|parameter| parameter.name.value.clone()).collect()
}

/// What left a tombstone is there again. In a base it is what it was; in a file of the service it may be anything, unless it
/// `is_alike`.
fn returned(
    context: &Context<'_>,
    noun: &str,
    name: &Text,
    tombstone: &Text,
    removed: &Text,
    is_alike: bool,
) -> Diagnostic {
    let message = format!("the {noun} `{}` was removed in {}", name.value.escape_debug(), removed.value.escape_debug());
    if context.draft.is_inherited(name.span) {
        let fault = Diagnostic::at(removed.span, message).related("the base catalogue has it at", name.span);
        return fault.help("remove `removed`: it is still what clients know");
    }
    let (what, kind) = if noun == "code" { ("error", "code") } else { (noun, "name") };
    let help = match is_alike {
        true => format!(
            "if it is the same {what} again, delete the line `removed` in `catalog.lock`; if not, choose another {kind}"
        ),
        false => format!("choose another {kind}: clients know this one as something else"),
    };
    Diagnostic::at(name.span, message).related("its tombstone is at", tombstone.span).help(help)
}

/// An id belongs to one code for ever, and a code to one id.
pub(super) fn released_ids_stay(context: &Context<'_>) {
    // The ids of a base follow from the form, so all of them have one remedy.
    let mut is_form_reported = false;
    let mut by_id: HashMap<String, Vec<(&Text, &Released)>> = HashMap::new();
    for released in &context.draft.released.entries {
        if let Some(id) = &released.id {
            by_id.entry(skeleton(&id.value)).or_default().push((id, released));
        }
    }
    let mut twice = HashSet::new();
    let owners = context.draft.released.entries.iter().filter_map(|released| Some((released.id.as_ref()?, released)));
    let mut first: HashMap<&str, &Released> = HashMap::new();
    for (id, released) in owners {
        match first.get(id.as_str()) {
            Some(other) if other.code.value != released.code.value => {
                twice.extend([other.code.as_str(), released.code.as_str()]);
                context.fault(given_twice(id, released, other));
            }
            Some(_) => {}
            None => _ = first.insert(id.as_str(), released),
        }
    }
    // That the code of a tombstone is there again was reported.
    let present = context.draft.released.entries.iter().filter(|released| released.removed.is_none());
    let by_code: HashMap<&str, &Released> = present.map(|released| (released.code.as_str(), released)).collect();
    for entry in &context.draft.entries {
        let Some(id) = &entry.id else { continue };
        // That the form gives the base no ids was reported.
        if form_of_base(context, id).is_some_and(|form| !id_form::fits(&form.value, &id.value)) {
            continue;
        }
        if twice.contains(entry.code.as_str()) {
            continue;
        }
        let released = by_id.get(&skeleton(&id.value)).map_or(&[][..], Vec::as_slice);
        let is_own =
            |(known, released): &(&Text, &Released)| known.value == id.value && released.code.value == entry.code.value;
        let others = released.iter().filter(|(_, other)| other.code.value != entry.code.value);
        // Two that only case tells apart may both be released: older versions allowed it.
        let near = !released.iter().any(is_own);
        if let Some((known, other)) = others.into_iter().find(|(known, _)| near || known.value == id.value) {
            if let Some(form) = form_of_base(context, id) {
                context.fault(
                    Diagnostic::at(
                        form.span,
                        format!("with this form `{}` has the id of `{}`", entry.code.value, other.code.value),
                    )
                    .related("it was released at", other.code.span)
                    .help("choose letters that no released id begins with"),
                );
                continue;
            }
            let near = if known.value == id.value {
                String::new()
            } else {
                format!(" as `{}`: two ids must differ in more than case, and `:` for `_`", known.value.escape_debug())
            };
            context.fault(
                Diagnostic::at(
                    id.span,
                    format!("the id `{}` belongs to `{}`{near}", id.value.escape_debug(), other.code.value),
                )
                .related("it was released at", other.code.span)
                .help("give the entry a number that was never used"),
            );
            continue;
        }
        let released = by_code.get(entry.code.as_str()).and_then(|released| released.id.as_ref());
        // That it is not an id was reported.
        if let Some(before) = released.filter(|before| before.value != id.value && id_form::is_id(&before.value)) {
            if let Some(form) = form_of_base(context, id) {
                if !std::mem::replace(&mut is_form_reported, true) {
                    context.fault(changed_form(context, form, entry, before));
                }
                continue;
            }
            context.fault(
                Diagnostic::at(
                    id.span,
                    format!("the code `{}` had the id `{}`", entry.code.value, before.value.escape_debug()),
                )
                .related("it was released at", before.span)
                .help(format!("write `id = \"{}\"`: people search for it", before.value)),
            );
        }
    }
}

/// Two codes of the lock file have one id: each branch of a merge gave it to its own.
fn given_twice(id: &Text, released: &Released, other: &Released) -> Diagnostic {
    let (code, other_code) = (released.code.value.escape_debug(), other.code.value.escape_debug());
    let message = format!("the lock file has the id `{}` for `{other_code}` and for `{code}`", id.value.escape_debug());
    Diagnostic::at(id.span, message).related("the other one is at", other.code.span).help(
        "keep the table of the code that was there first, such as on the main branch; delete that of the other one here, and give \
         its entry an id that was never used",
    )
}

/// The form that an id has its letters from, if it is a base's.
fn form_of_base<'a>(context: &Context<'a>, id: &Text) -> Option<&'a Text> {
    context.draft.manifest.id_forms.first().filter(|_| context.draft.is_inherited(id.span))
}

/// The form gives an entry of the base another id than the released one.
fn changed_form(context: &Context<'_>, form: &Text, entry: &Entry, before: &Text) -> Diagnostic {
    let message = format!("the code `{}` had the id `{}`", entry.code.value, before.value.escape_debug());
    let letters = before.value.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let released = format!("{letters}{}", "0".repeat(before.value.len() - letters.len()));
    let help = match context.draft.manifest.id_forms.as_slice() {
        [_] => format!("write `id_form = \"{released}\"`: people search for the ids of the base's entries, too"),
        _ => format!("begin `id_form` with `\"{released}\"`: people search for the ids of the base's entries, too"),
    };
    Diagnostic::at(form.span, message).related("it was released at", before.span).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms that some version wrote, and none that would be markup.
    #[test]
    fn parameters_of_all_versions() {
        for text in [
            "shelf: text",
            "limit?: u64",
            "min: number",
            "match: text",
            "api_key: secret text",
            "path?: operator text",
            "allow: text, header Allow",
            "retry_after: duration, header retry-after",
            "carrier?: operator text, header x-carrier",
        ] {
            assert!(is_parameter(text), "{text}");
        }
        for text in [
            "",
            "shelf",
            "shelf:text",
            "<b>: text",
            "shelf: <b>",
            "shelf: text ",
            "shelf: text, header <b>",
            "shelf: a text",
            "shelf??: text",
            "shelf: operator secret text",
            "`: text",
        ] {
            assert!(!is_parameter(text), "{text}");
        }
        for (text, is) in [("upgrade: websocket", true), ("Allow: GET, HEAD", true), ("<b>: a", false), ("a: ", false)]
        {
            assert_eq!(is_header(text), is, "{text}");
        }
    }
}
