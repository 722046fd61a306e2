//! Rules about links.

use super::Context;
use crate::diagnostic::{Diagnostic, suggest};
use crate::draft::{Entry, Link};
use std::collections::HashSet;

/// The links that the texts of `entry` may name: its own (an alias has those of its canonical entry)
/// and the manifest's.
fn in_reach<'a>(context: &'a Context<'a>, entry: &'a Entry) -> impl Iterator<Item = &'a Link> {
    let own = context.canonical(entry).map(|canonical| canonical.links.as_slice()).unwrap_or_default();
    own.iter().chain(&context.draft.manifest.links)
}

/// A link in a text is declared.
pub(super) fn are_declared(context: &Context<'_>) {
    for entry in &context.draft.entries {
        for (_, template) in entry.texts() {
            for (id, range) in template.links().filter(|(id, _)| !id.is_empty()) {
                if !in_reach(context, entry).any(|link| link.id.value == id) {
                    let known = in_reach(context, entry).map(|link| link.id.as_str());
                    let message = format!("the link `@{}` is declared nowhere", id.escape_debug());
                    context.fault(Diagnostic::at(template.text.part(range), message).help(suggest(id, known, "links")));
                }
            }
        }
    }
}

/// A link of the manifest is in some text. An entry's own links are shown with it, named or not.
pub(super) fn are_used(context: &Context<'_>) {
    let named: HashSet<&str> = context
        .draft
        .entries
        .iter()
        .flat_map(|entry| entry.texts().flat_map(|(_, template)| template.links().map(|(id, _)| id)))
        .collect();
    for link in &context.draft.manifest.links {
        if !named.contains(link.id.as_str()) {
            let message = format!("no text names the link `{}`", link.id.value.escape_debug());
            context.fault(
                Diagnostic::at(link.id.span, message)
                    .help(format!("write `[words](@{})` in a text, or remove the link", link.id.value)),
            );
        }
    }
}

/// Addresses are http(s), relations are words.
pub(super) fn addresses(context: &Context<'_>) {
    let links = context.draft.entries.iter().flat_map(|entry| &entry.links).chain(&context.draft.manifest.links);
    for link in links {
        if let Some(fault) = address_fault(&link.address.value) {
            let message = format!("`{}` is no address for a link: {fault}", link.address.value.escape_debug());
            context.fault(
                Diagnostic::at(link.address.span, message)
                    .help("write an absolute address, such as `https://status.openboxes.cloud`"),
            );
        }
        let relation = &link.relation;
        if relation.value.is_empty() || !relation.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            let message = format!("`{}` is no relation of a link", relation.value.escape_debug());
            context.fault(
                Diagnostic::at(relation.span, message)
                    .help("write one of the registered words, such as `help` or `related` (RFC 8288 §2.1)"),
            );
        }
    }
}

/// Why an address can't be linked to.
pub(super) fn address_fault(address: &str) -> Option<&'static str> {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        return Some("it is not http or https");
    };
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        return Some("it names no host");
    }
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    (!rest.bytes().all(allowed)).then_some("it has a character that addresses must encode (RFC 3986 §2)")
}
