//! Rules about drafts: entries that may lack their guidance until somebody writes it.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::read::draft::Entry;
use crate::read::draft_policy::DraftPolicy;
use std::collections::HashMap;

/// How many codes a message names.
const NAMED: usize = 5;

/// The manifest's policy about drafts is known, and what it says.
pub(super) fn policy(context: &Context<'_>) {
    if let Some(found) = summary(context.draft.entries.iter(), context.draft.manifest.drafts) {
        context.fault(found);
    }
}

/// How many entries are drafts, where the policy objects to them.
pub(crate) fn summary<'a>(entries: impl Iterator<Item = &'a Entry>, policy: DraftPolicy) -> Option<Diagnostic> {
    let drafts: Vec<_> = entries.filter(|entry| entry.is_draft()).collect();
    let first = drafts.first()?;
    let codes: Vec<String> = drafts.iter().take(NAMED).map(|entry| format!("`{}`", entry.code.value)).collect();
    let more = if drafts.len() > NAMED { " and others" } else { "" };
    let message = match drafts.len() {
        1 => format!("the entry {} is a draft", codes.join("")),
        count => format!("{count} entries are drafts: {}{more}", codes.join(", ")),
    };
    let (lacking, code) = if drafts.len() == 1 { ("it lacks", first.code.as_str()) } else { ("they lack", "CODE") };
    let help =
        format!("write what {lacking} (`lift-errors explain {code}` shows what is there), then remove `draft = true`");
    match policy {
        DraftPolicy::Allow => None,
        DraftPolicy::Warn => Some(Diagnostic::warning(first.code.span, message).help(help)),
        DraftPolicy::Deny => Some(Diagnostic::at(first.code.span, message).help(help)),
    }
}

/// An entry that was released as complete stays complete: clients have its guidance.
pub(super) fn released_ones_stay_complete(context: &Context<'_>) {
    let released = context.draft.released.entries.iter();
    let complete: HashMap<&str, _> = released
        .filter(|released| !released.is_draft && released.removed.is_none())
        .map(|released| (released.code.as_str(), released.code.span))
        .collect();
    // That an alias is a draft is a fault of its own.
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias()) {
        let Some(flag) = entry.draft.as_ref().filter(|flag| flag.value) else { continue };
        if let Some(&span) = complete.get(entry.code.as_str()) {
            context.fault(
                Diagnostic::at(flag.span, format!("`{}` was released as complete, and is a draft", entry.code.value))
                    .related("it was released at", span)
                    .help("remove `draft = true`, and put back what was taken out"),
            );
        }
    }
}
