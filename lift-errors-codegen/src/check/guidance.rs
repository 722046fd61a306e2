//! Rules about causes and fixes: that they are there, and that they form a graph.

use super::context::{Context, duplicates};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::read::draft::{Entry, Fix};
use crate::read::literal::word;
use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, Severity};
use std::collections::{HashMap, HashSet};

/// No entry without title, detail, meaning, a cause and a fix.
pub(super) fn is_there(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_draft()) {
        let shared = entry.is_alias();
        let needs = [
            (
                "meaning",
                entry.meaning.is_some() || shared,
                "what the error means, in one or two sentences: `meaning = \"…\"`",
            ),
            (
                "detail",
                !entry.details.is_empty() || shared,
                "what happened this time, in one sentence: `detail = \"…\"`",
            ),
            (
                "cause",
                !entry.causes.is_empty() || shared,
                "at least one usual cause: `[[code.cause]]` with `id`, `text` and `fixes`",
            ),
            ("fix", !entry.fixes.is_empty() || shared, "at least one fix: `[[code.fix]]` with `id` and `text`"),
        ];
        for (key, present, remedy) in needs {
            if entry.lacks(key, present) {
                let message = format!("missing key `{key}` in entry `{}`", entry.code.value.escape_debug());
                let mut remedy = remedy.replace("code", &entry.code.value);
                let named = entry.causes.iter().find_map(|cause| cause.fixes.first()).filter(|_| key == "fix");
                if let Some(named) = named {
                    remedy = remedy.replace("`id`", &format!("`id = \"{}\"`", named.value.escape_debug()));
                }
                context.fault(Diagnostic::at(entry.code.span, message).help(format!("add {remedy}")));
            }
        }
    }
}

/// Every cause has a fix: one of its own, or a general one.
pub(super) fn causes_lead_to_a_fix(context: &Context<'_>) {
    let readable = |entry: &&Entry| ["cause", "fix"].iter().all(|key| !entry.unreadable.contains(key));
    for entry in context.draft.entries.iter().filter(|entry| readable(entry) && !entry.is_draft()) {
        let named: HashSet<&str> = entry.causes.iter().flat_map(|cause| cause.fixes.iter().map(Text::as_str)).collect();
        if entry.fixes.iter().any(|fix| !named.contains(fix.id.as_str())) {
            continue;
        }
        for cause in entry.causes.iter().filter(|cause| cause.fixes.is_empty()) {
            let fault =
                Diagnostic::at(cause.id.span, format!("no fix for the cause `{}`", cause.id.value.escape_debug()));
            context.fault(match context.draft.is_inherited(cause.id.span) {
                true => fault.help(format!(
                    "leave it out, too, `without = [\"cause.{}\"]`, or add a fix that no cause names: it is shown always",
                    cause.id.value
                )),
                false => fault.help(
                    "name the fixes that do, `fixes = [\"…\"]`, or add a fix that no cause names: it is shown always",
                ),
            });
        }
    }
}

/// A cause names fixes of its entry, each once.
pub(super) fn fix_ids_are_known(context: &Context<'_>) {
    // That there are none was reported, and a draft may still get them.
    let has_fixes = |entry: &&Entry| !entry.fixes.is_empty() || entry.is_draft() || entry.is_alias();
    let entries = context.draft.entries.iter().filter(has_fixes);
    for entry in entries.filter(|entry| !entry.unreadable.contains(&"fix")) {
        let fixes = || entry.fixes.iter().map(|fix| fix.id.as_str());
        let known: HashSet<&str> = fixes().collect();
        for cause in &entry.causes {
            for cure in &cause.fixes {
                if !known.contains(cure.as_str()) {
                    let message = format!(
                        "the cause `{}` names a fix `{}` that `{}` does not have",
                        cause.id.value,
                        cure.value.escape_debug(),
                        entry.code.value
                    );
                    let is_named = |id: &str| cause.fixes.iter().any(|named| named.value == id);
                    let (code, id) = (entry.code.value.escape_debug(), cure.value.escape_debug());
                    let help = match fixes().next() {
                        Some(_) => context.suggest_absent(&cure.value, fixes(), is_named, "fixes"),
                        None => format!("add `[[{code}.fix]]` with `id = \"{id}\"` and `text`"),
                    };
                    context.fault(Diagnostic::at(cure.span, message).help(help));
                }
            }
            duplicates(cause.fixes.iter().map(|cure| (cure.as_str(), cure.span)), |cure, span, _| {
                context.fault(
                    Diagnostic::at(
                        span,
                        format!("the cause `{}` has the duplicate fix `{}`", cause.id.value, cure.escape_debug()),
                    )
                    .help("remove one of the two"),
                );
            });
        }
    }
}

/// The readers of a cause can read its fixes: these are for everyone, or for the same audience.
pub(super) fn audiences_agree(context: &Context<'_>) {
    let audience = |text: &Option<Text>| text.as_ref().and_then(|text| text.as_str().parse::<Audience>().ok());
    for entry in &context.draft.entries {
        let fixes: HashMap<&str, &Fix> = entry.fixes.iter().map(|fix| (fix.id.as_str(), fix)).collect();
        for cause in &entry.causes {
            let Some(reader) = audience(&cause.audience) else { continue };
            for cure in &cause.fixes {
                let other = fixes.get(cure.as_str()).and_then(|fix| Some((audience(&fix.audience)?, fix.id.span)));
                if let Some((other, place)) = other.filter(|(other, _)| *other != reader) {
                    let message = format!(
                        "the cause `{}` speaks to `{reader}`, its fix `{}` to `{other}`",
                        cause.id.value, cure.value
                    );
                    context.fault(
                        Diagnostic::at(cure.span, message)
                            .related("the fix is at", place)
                            .help("name a fix for the same audience, or leave the fix's `audience` out"),
                    );
                }
            }
        }
    }
}

/// Audiences, kinds of notes, severities and gRPC codes are words of their lists.
pub(super) fn words_are_known(context: &Context<'_>) {
    let audience = |text: &Option<Text>| {
        if let Some(Err(fault)) = text.as_ref().map(|text| word(text, "audience", Audience::ALL, Audience::as_str)) {
            context.fault(fault.help_more("leave `audience` out for a text that speaks to everyone"));
        }
    };
    for entry in &context.draft.entries {
        entry.causes.iter().for_each(|cause| audience(&cause.audience));
        entry.fixes.iter().for_each(|fix| audience(&fix.audience));
        for note in &entry.notes {
            audience(&note.audience);
            if let Some(Err(fault)) =
                note.kind.as_ref().map(|kind| word(kind, "note kind", NoteKind::ALL, NoteKind::as_str))
            {
                context.fault(fault);
            }
        }
        if let Some(Err(fault)) =
            entry.severity.as_ref().map(|severity| word(severity, "severity", Severity::ALL, Severity::as_str))
        {
            context.fault(fault);
        }
        if entry.lacks("severity", entry.severity.is_some() || entry.is_alias()) {
            let message = format!("missing key `severity` in entry `{}`", entry.code.value.escape_debug());
            context.fault(
                Diagnostic::at(entry.code.span, message)
                    .help("add `severity = \"warning\"`, or `info`, `error`, `critical`"),
            );
        }
        if let Some(Err(fault)) =
            entry.grpc.as_ref().map(|grpc| word(grpc, "gRPC status code", GrpcCode::ALL, GrpcCode::as_str))
        {
            context.fault(fault);
        }
    }
}
