//! Rules about what identifies an entry for ever: its id, its version, its successor.

use super::context::{Context, duplicates};
use super::manifest;
use crate::diagnostic::Diagnostic;

/// Ids have the catalogue's form.
pub(super) fn ids_have_the_form(context: &Context<'_>) {
    let Some(form) = &context.draft.manifest.id_form else { return };
    let Some(letters) = manifest::id_letters(&form.value) else { return };
    let digits = form.value.len() - letters.len() - 1;
    for id in context.draft.entries.iter().filter_map(|entry| entry.id.as_ref()) {
        let number = id.value.strip_prefix(letters).and_then(|rest| rest.strip_prefix('-'));
        if number.is_none_or(|number| number.len() != digits || !number.bytes().all(|byte| byte.is_ascii_digit())) {
            let message = format!("the id `{}` does not have the form `{}`", id.value.escape_debug(), form.value);
            context.fault(Diagnostic::at(id.span, message).help(format!("write `{letters}-` and {digits} digits")));
        }
    }
}

/// No two entries have one id.
pub(super) fn ids_are_unique(context: &Context<'_>) {
    let ids = context.draft.entries.iter().filter_map(|entry| entry.id.as_ref());
    duplicates(ids.map(|id| (id.as_str(), id.span)), |id, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate id `{}`", id.escape_debug()))
                .related("first at", first)
                .help("give the newer entry a number that was never used"),
        );
    });
}

/// `since` is a version of three numbers.
pub(super) fn since_is_a_version(context: &Context<'_>) {
    let of_entries = context.draft.entries.iter().map(|entry| &entry.since);
    let all = of_entries.chain(context.draft.phrases.iter().map(|phrase| &phrase.since));
    for since in all.flatten() {
        let numbers: Vec<&str> = since.value.split('.').collect();
        let is_number =
            |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit()) && number.parse::<u32>().is_ok();
        if numbers.len() != 3 || !numbers.iter().all(is_number) {
            context.fault(
                Diagnostic::at(since.span, format!("`{}` is not a version", since.value.escape_debug()))
                    .help("write the version of the catalogue that first has it, such as `0.1.0`"),
            );
        }
    }
}

/// The entry that has taken a deprecated one's place is there.
pub(super) fn replacements_exist(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(other) = &entry.replaced_by else { continue };
        let fault = if other.value == entry.code.value {
            Diagnostic::at(other.span, format!("`{}` is replaced by itself", entry.code.value))
                .help("name the entry that has taken its place, or remove the key")
        } else if !context.codes.contains_key(other.as_str()) {
            Diagnostic::at(other.span, format!("`{}` is not an entry of the catalogue", other.value.escape_debug()))
                .help(context.suggest(&other.value, context.all_codes(), "codes"))
        } else {
            continue;
        };
        context.fault(fault);
    }
}
