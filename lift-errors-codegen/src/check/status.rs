//! Rules about statuses and who raises an error.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many codes a message names.
const NAMED: usize = 8;

/// An entry has an error status, or says that clients raise it, or that it has nothing to do with HTTP.
pub(super) fn one_or_raised_by_client(context: &Context<'_>) {
    for entry in context.draft.entries.iter().filter(|entry| !entry.is_alias()) {
        if let Some(status) = entry.status.as_ref().filter(|_| entry.http_status().is_none()) {
            let message = format!("{} is not an error status", status.value);
            context
                .fault(Diagnostic::at(status.span, message).help("write one from 400 to 599 (RFC 9110 §15.5, §15.6)"));
        }
        let raised_by = entry.raised_by.as_ref().filter(|raised_by| raised_by.value == "client");
        if let (Some(_), Some(raised_by)) = (&entry.status, raised_by) {
            let message = format!("entry `{}` has a status and is raised by clients", entry.code.value);
            context.fault(
                Diagnostic::at(raised_by.span, message)
                    .help("remove one of the two: an error that clients raise never was a response"),
            );
        }
        if let (true, Some(transport)) = (entry.status.is_some() || entry.raised_by.is_some(), &entry.transport) {
            let other = if entry.status.is_some() { "status" } else { "raised_by" };
            let message = format!("entry `{}` has both `{other}` and `transport`", entry.code.value);
            context.fault(
                Diagnostic::at(transport.span, message)
                    .help(format!("remove one of the two: an error without HTTP has no `{other}`")),
            );
        }
        let is_readable = ["status", "raised_by", "transport"].iter().all(|key| !entry.unreadable.contains(key));
        if is_readable && entry.status.is_none() && entry.raised_by.is_none() && entry.transport.is_none() {
            context.fault(
                Diagnostic::at(
                    entry.code.span,
                    format!("missing key `status` in entry `{}`", entry.code.value.escape_debug()),
                )
                .help("add `status = 404` or the like, `raised_by = \"client\"` where no response ever arrived, or `transport = \"none\"` where there is no HTTP"),
            );
        }
        if let Some(raised_by) = entry.raised_by.as_ref().filter(|raised_by| raised_by.value != "client") {
            let message = format!("`{}` can't raise errors", raised_by.value.escape_debug());
            context.fault(Diagnostic::at(raised_by.span, message).help(match entry.status {
                Some(_) => "remove the key: an error with a `status` is a response of the service",
                None => "write `client`, or remove the key and give the entry a `status`",
            }));
        }
    }
}

/// The only transport to name is none, and an error without one has nothing of a response.
pub(super) fn without_transport_there_is_no_response(context: &Context<'_>) {
    // A default is reported once.
    let mut reported = HashSet::new();
    for entry in &context.draft.entries {
        let Some(transport) = &entry.transport else { continue };
        if !entry.has_no_transport() {
            if reported.insert(transport.span) {
                let message = format!("`{}` is not a transport", transport.value.escape_debug());
                context.fault(Diagnostic::at(transport.span, message).help(
                    "write `none` for an error that has nothing to do with HTTP, or a `status` instead of the key",
                ));
            }
            continue;
        }
        let headers = entry.headers.iter().map(|header| &header.name);
        let headers = headers.chain(entry.parameters.iter().filter_map(|parameter| parameter.header.as_ref()));
        for header in headers {
            let message = format!(
                "the header `{}` of `{}`, which is never a response",
                header.value.escape_debug(),
                entry.code.value.escape_debug()
            );
            context.fault(
                Diagnostic::at(header.span, message)
                    .help("remove it, or give the entry a `status` in place of `transport = \"none\"`"),
            );
        }
    }
}

/// Of several entries with one status exactly one is the default.
pub(super) fn defaults(context: &Context<'_>) {
    let mut sharing: BTreeMap<u16, Vec<_>> = BTreeMap::new();
    // How many have each status, with the drafts that need not say whether they explain it.
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry) else { continue };
        if let Some(status) = canonical.http_status() {
            *counts.entry(status).or_default() += 1;
        }
        if let Some(status) = entry.explained_status(canonical) {
            sharing.entry(status).or_default().push(entry);
        }
        let flag = entry.status_default.as_ref().filter(|flag| flag.value);
        let has_none = canonical.status.is_none() && (canonical.raised_by.is_some() || canonical.transport.is_some());
        if let (Some(flag), true) = (flag, has_none) {
            context.fault(
                Diagnostic::at(flag.span, "an entry without a status can't be a status default")
                    .help("remove `status_default`"),
            );
        }
    }
    // An alias that leads nowhere may have been meant to share a status.
    let all_lead_somewhere = context.draft.entries.iter().all(|entry| context.canonical(entry).is_some());
    for (status, entries) in sharing {
        let defaults: Vec<_> =
            entries.iter().filter_map(|entry| entry.status_default.as_ref().filter(|flag| flag.value)).collect();
        match defaults.as_slice() {
            [only] if counts.get(&status) == Some(&1) && all_lead_somewhere => context.fault(
                Diagnostic::at(only.span, format!("no other entry has the status {status}"))
                    .help("remove `status_default`: it tells several entries apart"),
            ),
            [_] => {}
            [] if entries.len() > 1 => {
                let named = entries.iter().take(NAMED).map(|entry| format!("`{}`", entry.code.value));
                let codes = named.collect::<Vec<_>>().join(", ");
                let more = if entries.len() > NAMED { " or another" } else { "" };
                if let Some(first) = entries.first() {
                    context.fault(
                        Diagnostic::at(
                            first.code.span,
                            format!("{} entries share the status {status}, and none is its default", entries.len()),
                        )
                        .help(format!(
                            "add `status_default = true` to the one that explains a bare {status}: {codes}{more}"
                        )),
                    );
                }
            }
            [] => {}
            [first, rest @ ..] => {
                for second in rest {
                    context.fault(
                        Diagnostic::at(second.span, format!("the status {status} has two defaults"))
                            .related("first at", first.span)
                            .help("remove `status_default` from one of them"),
                    );
                }
            }
        }
    }
}
