//! Rules about links.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::read::draft::{Draft, Entry, Link};
use crate::read::template::Template;
use std::collections::HashSet;

/// A link in a text is declared: by the entry (an alias has the links of its canonical entry) or by the
/// manifest.
pub(super) fn are_declared(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry).filter(|canonical| !canonical.unreadable.contains(&"link"))
        else {
            continue;
        };
        for (_, template) in entry.texts() {
            for (id, range) in template.links().filter(|(id, _)| !id.is_empty() && !is_known(context, canonical, id)) {
                let known = canonical.links.iter().chain(&context.draft.manifest.links);
                let known: Vec<&str> = known.map(|link| link.id.as_str()).collect();
                let help = match known.is_empty() {
                    true => {
                        let code = canonical.code.value.escape_debug();
                        format!("declare it: `[[{code}.link]]` with `id = \"{id}\"`, `rel` and `href`")
                    }
                    false => context.suggest(id, known.into_iter(), "links"),
                };
                let message = format!("unknown link `@{id}`");
                context.fault(Diagnostic::at(template.text.part(range), message).help(help));
            }
        }
    }
}

/// A link in a label is the manifest's.
pub(super) fn of_labels_are_declared(context: &Context<'_>) {
    for template in context.draft.manifest.labels.iter().flat_map(|(_, plural_text)| plural_text.templates()) {
        for (id, range) in template.links().filter(|(id, _)| !id.is_empty() && !context.links.contains(id)) {
            let known = context.draft.manifest.links.iter().map(|link| link.id.as_str());
            context.fault(
                Diagnostic::at(template.text.part(range), format!("unknown link `@{id}`")).help(context.suggest(
                    id,
                    known,
                    "links of the manifest",
                )),
            );
        }
    }
}

fn is_known(context: &Context<'_>, canonical: &Entry, id: &str) -> bool {
    context.links.contains(id) || canonical.links.iter().any(|link| link.id.value == id)
}

/// A link of the manifest is in some text. An entry's own links are shown with it, named or not.
pub(super) fn are_used(context: &Context<'_>) {
    let entries = &context.draft.entries;
    // That there are no entries was reported.
    if entries.is_empty() || entries.iter().any(|entry| has_unknown_link(context, entry)) {
        return;
    }
    let named = named_in_texts(context.draft);
    // One of the base may be meant to lead elsewhere.
    let of_base = |link: &&Link| context.draft.is_inherited(link.id.span);
    let links = context.draft.manifest.links.iter().filter(of_base).map(|link| link.id.as_str());
    let others: Vec<&str> = links.filter(|id| named.contains(id)).collect();
    for link in &context.draft.manifest.links {
        if !named.contains(link.id.as_str()) {
            let message = format!("no text names the link `{}`", link.id.value.escape_debug());
            let help = match context.suggest(&link.id.value, others.iter().copied(), "links") {
                other if other.starts_with("did you mean") => other,
                _ => format!("write `[words](@{})` in a text, or remove the link", link.id.value),
            };
            context.fault(Diagnostic::at(link.id.span, message).help(help));
        }
    }
}

/// The ids of links that some text names.
pub(super) fn named_in_texts(draft: &Draft) -> HashSet<&str> {
    let of_entries = draft
        .entries
        .iter()
        .flat_map(|entry| entry.texts().flat_map(|(_, template)| template.links().map(|(id, _)| id)));
    of_entries.chain(draft.manifest.labels.iter().flat_map(|(_, plural_text)| plural_text.links())).collect()
}

/// Whether a text of the entry could not be read or names a link that nobody declared: perhaps it meant
/// the one that seems unused.
fn has_unknown_link(context: &Context<'_>, entry: &Entry) -> bool {
    let Some(canonical) = context.canonical(entry) else { return true };
    let unknown = |(_, text): (_, &Template)| text.links().any(|(id, _)| !is_known(context, canonical, id));
    !entry.unreadable.is_empty() || entry.texts().any(unknown)
}

/// Addresses are http(s), relations are words.
pub(super) fn addresses(context: &Context<'_>) {
    let links = context.draft.entries.iter().flat_map(|entry| &entry.links).chain(&context.draft.manifest.links);
    for link in links {
        if let Some(fault) = address_fault(&link.address.value) {
            let message = format!("`{}` is not a link address: {fault}", link.address.value.escape_debug());
            context.fault(
                Diagnostic::at(link.address.span, message)
                    .help("write an absolute address, such as `https://status.openboxes.cloud`"),
            );
        }
        let relation = &link.relation;
        if relation.value.is_empty() || !relation.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            let message = format!("`{}` is not a link relation", relation.value.escape_debug());
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
    if rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@')) {
        return Some("it has a user name before its host, and readers take that for the host");
    }
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if !rest.bytes().all(allowed) {
        return Some("it has a character that addresses must encode (RFC 3986 §2)");
    }
    closes_more(rest).then_some("it has a `)` without its `(`, which would end the link in Markdown: write `%29`")
}

/// Whether a parenthesis closes that none opens.
fn closes_more(address: &str) -> bool {
    let open = address.bytes().try_fold(0_usize, |open, byte| match byte {
        b'(' => Some(open + 1),
        b')' => open.checked_sub(1),
        _ => Some(open),
    });
    open.is_none()
}
