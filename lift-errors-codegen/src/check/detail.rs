//! Rules about the alternatives of a detail.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Span, Text};
use crate::read::draft::{Cause, Detail, Entry, MOST_PARAMETERS, Parameter};
use lift_errors_core::layout::Range;
use std::collections::{HashMap, HashSet};

/// The first alternative whose `when` is there and whose `cause` is known is taken; the last has neither,
/// and only the last.
pub(super) fn alternatives<'a>(context: &Context<'a>) {
    let mut sharing: HashMap<u16, usize> = HashMap::new();
    let explained = |entry: &'a Entry| entry.explained_status(context.canonical(entry)?);
    for status in context.draft.entries.iter().filter_map(explained) {
        *sharing.entry(status).or_default() += 1;
    }
    // An alias that explains a bare status does so with the parameters of its entry.
    let saying = context.draft.entries.iter().filter(|entry| entry.says_default());
    let saying: HashSet<&str> = saying.filter_map(|entry| Some(context.canonical(entry)?.code.as_str())).collect();
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry) else { continue };
        // Whether it explains a status of which nothing else is known.
        let says_so = saying.contains(canonical.code.as_str());
        let itself = usize::from(entry.explained_status(canonical).is_some());
        let is_alone = |status: u16| sharing.get(&status).is_none_or(|&count| count == itself);
        let is_status_default = canonical.http_status().is_some_and(|status| says_so || is_alone(status));
        let last = entry.details.len().saturating_sub(1);
        if entry.details.len() > Range::MOST || entry.unreadable.contains(&"detail") {
            // There are too many, which another rule reports; each would be held against all before it. Or one could not be read,
            // which was reported.
            continue;
        }
        let has_otherwise = entry.details.iter().any(Detail::is_otherwise);
        for (number, detail) in entry.details.iter().enumerate() {
            let too_many = detail.when.get(MOST_PARAMETERS);
            match too_many {
                Some(name) => context.fault(
                    Diagnostic::at(name.span, format!("too many names in `when`: `{}`", name.value.escape_debug()))
                        .help(format!("a detail requires at most {MOST_PARAMETERS} parameters")),
                ),
                None => guards(context, entry, canonical, is_status_default, (detail, number == last)),
            }
            if number == last && !has_otherwise {
                context.fault(
                    Diagnostic::at(
                        detail.span,
                        format!("the last detail of `{}` has a `when` or a `cause`", entry.code.value),
                    )
                    .help("add one without either behind it, for when neither is known"),
                );
            }
            // One that lacks the `when` for what it names is told to have it.
            if number < last && detail.is_otherwise() && unguarded(canonical, detail).next().is_none() {
                context.fault(Diagnostic::at(detail.span, "the details behind this one can never be taken").help(
                    match entry.details.last().is_some_and(Detail::is_otherwise) {
                        true => "give it a `when` or a `cause`, or remove it: the last is without either, too",
                        false => "give it a `when` or a `cause`, or make it the last",
                    },
                ));
            }
            if too_many.is_some() {
                // Each of its names would be held against all those before it.
                continue;
            }
            let names = |detail: &Detail, name: &Text| detail.when.iter().any(|other| other.value == name.value);
            let is_comparable = |before: &&Detail| !before.is_otherwise() && before.when.len() <= MOST_PARAMETERS;
            let mut before = entry.details.iter().take(number).filter(is_comparable);
            let same_cause = |before: &Detail| match (&before.cause, &detail.cause) {
                (None, _) => true,
                (Some(before), Some(cause)) => before.value == cause.value,
                (Some(_), None) => false,
            };
            if let Some(before) =
                before.find(|before| same_cause(before) && before.when.iter().all(|name| names(detail, name)))
            {
                context.fault(
                    Diagnostic::at(detail.span, "this detail can never be taken")
                        .related("all that it needs is enough for the one at", before.span)
                        .help(match same_needs(before, detail) {
                            true => "both need the same: give one another `when` or `cause`, or remove it",
                            false => "put it before that one: the first whose `when` is there is taken",
                        }),
                );
            }
        }
    }
}

/// Whether two details are taken for the same errors.
fn same_needs(one: &Detail, other: &Detail) -> bool {
    let is_within = |one: &Detail, other: &Detail| {
        one.when.iter().all(|name| other.when.iter().any(|other| other.value == name.value))
    };
    let cause = |detail: &Detail| detail.cause.as_ref().map(|cause| cause.value.clone());
    cause(one) == cause(other) && is_within(one, other) && is_within(other, one)
}

/// A detail that requires a known cause names one of the entry's that is not for operators.
pub(super) fn causes_are_known(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry).filter(|entry| !entry.unreadable.contains(&"cause")) else {
            continue;
        };
        for id in entry.details.iter().filter_map(|detail| detail.cause.as_ref()) {
            let is_public = |cause: &&Cause| cause.audience.as_ref().is_none_or(|it| it.value != "operator");
            let causes = || canonical.causes.iter().filter(is_public).map(|cause| cause.id.as_str());
            match canonical.causes.iter().find(|cause| cause.id.value == id.value) {
                None => context.fault(
                    Diagnostic::at(
                        id.span,
                        format!("`{}` is not a cause of `{}`", id.value.escape_debug(), canonical.code.value),
                    )
                    .help(context.suggest(&id.value, causes(), "causes")),
                ),
                Some(cause) if cause.audience.as_ref().is_some_and(|audience| audience.value == "operator") => context
                    .fault(
                        Diagnostic::at(
                            id.span,
                            format!("a detail that clients read speaks of `{}`, which is for operators", id.value),
                        )
                        .help("take the `cause` out, or the `audience` of that cause"),
                    ),
                Some(_) => {}
            }
        }
    }
}

/// Each detail comes with whether it is the last.
fn guards(
    context: &Context<'_>,
    entry: &Entry,
    canonical: &Entry,
    is_status_default: bool,
    (detail, is_last): (&Detail, bool),
) {
    if canonical.unreadable.contains(&"params") {
        return;
    }
    let optional =
        || canonical.parameters.iter().filter(|parameter| parameter.optional).map(|parameter| parameter.name.as_str());
    for name in &detail.when {
        match canonical.parameter(name.as_str()) {
            Some(parameter) if parameter.optional => {}
            // A bare status shows what its headers say, and no more. An entry of a base has details for it, whichever entry explains it.
            Some(parameter) if parameter.is_lackable_in_base => {}
            Some(parameter) if is_status_default && canonical.is_lackable(parameter) => {}
            Some(parameter) => {
                let fault = Diagnostic::at(name.span, format!("`when` names `{}`, which is always there", name.value));
                let is_delay = canonical.retry.as_ref().and_then(|retry| retry.delay.as_ref());
                let is_delay = is_delay.is_some_and(|delay| delay.value == name.value);
                context.fault(fault.help(match is_delay || context.draft.is_inherited(parameter.name.span) {
                    true => "take it out",
                    false => {
                        "take it out, or declare the parameter `optional = true`; only where the entry explains a bare status may \
                         a required parameter be absent"
                    }
                }));
            }
            None => context.fault(
                Diagnostic::at(
                    name.span,
                    format!(
                        "`when` names `{}`, which is not a parameter of `{}`",
                        name.value.escape_debug(),
                        entry.code.value
                    ),
                )
                .help(context.suggest(&name.value, optional(), "optional parameters")),
            ),
        }
    }
    // One that is misspelt may be the one that the text names.
    if detail.when.iter().any(|name| canonical.parameter(name.as_str()).is_none()) {
        return;
    }
    let mut reported = HashSet::new();
    for (parameter, place) in unguarded(canonical, detail) {
        let name = parameter.name.as_str();
        // Each form of the text names it.
        if !reported.insert(name) {
            continue;
        }
        let kind = if parameter.optional { "optional parameter" } else { "parameter" };
        let names = detail.when.iter().map(Text::as_str).chain([name]);
        let when = names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let help = match is_last {
            true => {
                let code = &entry.code.value;
                format!("write a `[[{code}.detail]]` with `when = [{when}]` for it, and one without behind it")
            }
            false => format!("write `when = [{when}]` in this detail"),
        };
        let message = format!("the detail names the {kind} `{name}`, which may be absent");
        context.fault(Diagnostic::at(place, message).help(help));
    }
}

/// The parameters that a detail names although an error may lack them, each with its place.
fn unguarded<'a>(canonical: &'a Entry, detail: &'a Detail) -> impl Iterator<Item = (&'a Parameter, Span)> {
    let named = detail
        .text
        .templates()
        .flat_map(|template| template.placeholders().map(move |(name, range)| (name, template.text.part(range))));
    let lackable = named.filter_map(|(name, place)| {
        Some((canonical.parameter(name).filter(|parameter| canonical.may_lack(parameter))?, place))
    });
    lackable.filter(|(parameter, _)| detail.when.iter().all(|when| when.value != parameter.name.value))
}
