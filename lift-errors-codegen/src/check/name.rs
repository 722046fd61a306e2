//! Rules about codes and about the ids within an entry.

use super::context::{Context, duplicates};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::naming::{self, NameFault};
use crate::read::draft::Entry;
use lift_errors_core::layout::Range;
use std::collections::{HashMap, HashSet};

/// Types that Rust has without an import: the module of an entry with such a code would hide one from
/// generated code.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8",
    "usize",
];

/// Codes are snake_case and nothing that Rust or translators' tools take for something else.
pub(super) fn codes(context: &Context<'_>) {
    let prefix = context.draft.manifest.code_prefix.as_ref().map_or("", Text::as_str);
    let prefix = if prefix.strip_suffix('_').is_some_and(naming::is_prefix) { prefix } else { "" };
    for entry in &context.draft.entries {
        report_with(context, prefix, &entry.code, "the code", naming::check_code(&entry.code.value));
        let code = entry.code.as_str();
        // One that lacks the prefix gets another code for that reason.
        if !code.starts_with(prefix) && !context.draft.is_inherited(entry.code.span) {
            continue;
        }
        let taken = if PRIMITIVES.contains(&code) {
            "is a type of Rust"
        } else if code.starts_with("with_") {
            "begins like the functions that add optional parameters"
        } else {
            continue;
        };
        context.fault(
            Diagnostic::at(entry.code.span, format!("the code `{code}` {taken}"))
                .help("choose a code that describes the error"),
        );
    }
}

fn named_well(context: &Context<'_>, name: &Text, what: &str) {
    report(context, name, what, naming::check(&name.value));
}

fn report(context: &Context<'_>, name: &Text, what: &str, checked: Result<(), NameFault>) {
    report_with(context, "", name, what, checked);
}

fn report_with(context: &Context<'_>, prefix: &str, name: &Text, what: &str, checked: Result<(), NameFault>) {
    if let Err(fault) = checked {
        let message = format!("{what} `{}` {}", name.value.escape_debug(), fault.reason());
        context.fault(Diagnostic::at(name.span, message).help(fault.remedy_with(prefix, &name.value)));
    }
}

/// No two codes are the same, or become the same name in Rust, or are told apart by an underscore alone.
pub(super) fn codes_are_unique(context: &Context<'_>) {
    unique(context, context.draft.entries.iter().map(|entry| &entry.code), "the code");
}

/// Names are snake_case and unique. `what` is what messages call one.
pub(super) fn check_all<'a>(context: &Context<'_>, names: impl Iterator<Item = &'a Text> + Clone, what: &str) {
    names.clone().for_each(|name| named_well(context, name, what));
    unique(context, names, what);
}

fn unique<'a>(context: &Context<'_>, names: impl Iterator<Item = &'a Text> + Clone, what: &str) {
    let mut same = HashSet::new();
    duplicates(names.clone().map(|name| (name.as_str(), name.span)), |name, span, first| {
        same.insert(span);
        context.fault(
            Diagnostic::at(span, format!("duplicate {} `{}`", what.trim_start_matches("the "), name.escape_debug()))
                .related("first at", first)
                .help("rename one, or remove it"),
        );
    });
    let others = names.filter(|name| !same.contains(&name.span) && naming::check_code(&name.value).is_ok());
    let names_by_span: HashMap<_, _> = others.clone().map(|name| (name.span, name.as_str())).collect();
    duplicates(others.map(|name| (naming::skeleton(&name.value), name.span)), |_, span, first| {
        let name_at = |span| names_by_span.get(&span).copied().unwrap_or_default().escape_debug();
        context.fault(
            Diagnostic::at(span, format!("{what} `{}` is too near to `{}`", name_at(span), name_at(first)))
                .related("first at", first)
                .help("two names must differ in more than `_` and case: in Rust they would be one"),
        );
    });
}

/// The codes of a service's catalogue carry its prefix.
pub(super) fn codes_carry_the_prefix(context: &Context<'_>) {
    let Some(prefix) = &context.draft.manifest.code_prefix else { return };
    let is_prefix = prefix.value.strip_suffix('_').is_some_and(naming::is_prefix);
    let named_well = |entry: &&Entry| naming::check_code(entry.code.as_str()).is_ok();
    let own = context.draft.entries.iter().filter(|entry| !context.draft.is_inherited(entry.code.span));
    let released = context.draft.released.entries.iter().filter(|released| released.removed.is_none());
    let released: HashSet<&str> = released.map(|released| released.code.as_str()).collect();
    let mut is_reported = false;
    for entry in own.filter(|_| is_prefix).filter(named_well) {
        if !entry.code.value.starts_with(&prefix.value) {
            let before = entry.code.value.split_once('_').map(|(word, _)| word).filter(|word| naming::is_prefix(word));
            if let Some(before) = before.filter(|_| released.contains(entry.code.as_str())) {
                // All of them have one remedy.
                if !std::mem::replace(&mut is_reported, true) {
                    let message = format!("the code `{}` was released with another prefix", entry.code.value);
                    let help = format!("write `code_prefix = \"{before}_\"`: clients know its errors by their codes");
                    context.fault(Diagnostic::at(prefix.span, message).related("it is at", entry.code.span).help(help));
                }
                continue;
            }
            let message = format!(
                "the code `{}` does not begin with `{}`",
                entry.code.value.escape_debug(),
                prefix.value.escape_debug()
            );
            context.fault(
                Diagnostic::at(entry.code.span, message).help(format!("write `{}{}`", prefix.value, entry.code.value)),
            );
        }
    }
}

/// The ids of details, causes, fixes, notes, links and the names of parameters.
pub(super) fn ids_within_entries(context: &Context<'_>) {
    for entry in &context.draft.entries {
        for (what, names) in lists(entry) {
            for name in &names {
                named_well(context, name, what);
            }
            unique(context, names.iter().copied(), what);
            if let Some(name) = names.get(Range::MOST) {
                context.fault(
                    Diagnostic::at(name.span, format!("too many ids: {what} `{}`", name.value))
                        .help("an entry has at most 255 of a kind"),
                );
            }
        }
    }
    let links = || context.draft.manifest.links.iter().map(|link| &link.id);
    links().for_each(|name| named_well(context, name, "the link id"));
    unique(context, links(), "the link id");
}

fn lists(entry: &Entry) -> [(&'static str, Vec<&Text>); 6] {
    [
        ("the detail id", entry.details.iter().filter_map(|detail| detail.id.as_ref()).collect()),
        ("the cause id", entry.causes.iter().map(|cause| &cause.id).collect()),
        ("the fix id", entry.fixes.iter().map(|fix| &fix.id).collect()),
        ("the note id", entry.notes.iter().map(|note| &note.id).collect()),
        ("the link id", entry.links.iter().map(|link| &link.id).collect()),
        ("the parameter's name", entry.parameters.iter().map(|parameter| &parameter.name).collect()),
    ]
}
