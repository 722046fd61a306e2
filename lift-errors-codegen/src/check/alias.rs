//! Rules about aliases: other names for an entry, with a title of their own and nothing else.

use super::context::Context;
use crate::diagnostic::Diagnostic;

/// An alias names an entry that is not an alias itself, so that there are no chains and no cycles.
pub(super) fn lead_to_an_entry(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(same_as) = &entry.same_as else { continue };
        let fault = match context.codes.get(same_as.as_str()) {
            None => Diagnostic::at(
                same_as.span,
                format!("`{}` is not an entry of the catalogue", same_as.value.escape_debug()),
            )
            .help(context.suggest(&same_as.value, context.other_codes(entry), "codes")),
            Some(other) if other.code.value == entry.code.value => {
                Diagnostic::at(same_as.span, format!("`{}` is an alias of itself", entry.code.value))
                    .help("name the entry whose causes and fixes it shares, or write them here")
            }
            Some(other) if other.is_alias() => {
                Diagnostic::at(same_as.span, format!("`{}` is an alias itself", same_as.value))
                    .related("it is declared at", other.code.span)
                    .help("name the entry that has the causes and fixes")
            }
            Some(_) => continue,
        };
        context.fault(fault);
    }
}

/// An alias does not declare texts that it shares.
pub(super) fn declare_nothing_shared(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| entry.is_alias()) {
        let shared = [
            ("draft", entry.draft.as_ref().map(|flag| flag.span)),
            ("status", entry.status.as_ref().map(|status| status.span)),
            ("raised_by", entry.raised_by.as_ref().map(|text| text.span)),
            ("transport", entry.transport.as_ref().map(|text| text.span)),
            ("retry", entry.retry.as_ref().map(|retry| retry.span)),
            ("grpc", entry.grpc.as_ref().map(|text| text.span)),
            ("field_errors", entry.field_errors.as_ref().map(|flag| flag.span)),
            ("params", entry.parameters.first().map(|parameter| parameter.name.span)),
            ("headers", entry.headers.first().map(|header| header.name.span)),
            ("cause", entry.causes.first().map(|cause| cause.id.span)),
            ("fix", entry.fixes.first().map(|fix| fix.id.span)),
            ("note", entry.notes.first().map(|note| note.id.span)),
            ("link", entry.links.first().map(|link| link.id.span)),
        ];
        for (key, span) in shared {
            if let Some(span) = span {
                context.fault(Diagnostic::at(span, format!("the alias `{}` declares `{key}`", entry.code.value)).help(
                    "an alias shares parameters, causes, fixes, status and retry; remove the key here, or `same_as`",
                ));
            }
        }
    }
}
