//! Rules about the alternatives of a detail.

use super::Context;
use crate::diagnostic::{Diagnostic, suggest};
use crate::draft::{Detail, Entry};

/// The first alternative whose `when` is there is taken; the last has none, and only the last.
pub(super) fn alternatives(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry) else { continue };
        let last = entry.details.len().saturating_sub(1);
        for (number, detail) in entry.details.iter().enumerate() {
            guards(context, entry, canonical, detail);
            if number == last && !detail.when.is_empty() {
                context.fault(
                    Diagnostic::at(detail.span, format!("the last detail of `{}` has a `when`", entry.code.value))
                        .help("add one without `when` behind it, for when no parameter is there"),
                );
            }
            if number < last && detail.when.is_empty() {
                context.fault(
                    Diagnostic::at(detail.span, "the details behind this one can never be taken")
                        .help("give it a `when`, or make it the last"),
                );
            }
        }
    }
}

fn guards(context: &Context<'_>, entry: &Entry, canonical: &Entry, detail: &Detail) {
    let optional =
        || canonical.parameters.iter().filter(|parameter| parameter.optional).map(|parameter| parameter.name.as_str());
    for name in &detail.when {
        match canonical.parameter(name.as_str()) {
            Some(parameter) if parameter.optional => {}
            Some(_) => context.fault(
                Diagnostic::at(name.span, format!("`when` names `{}`, which is always there", name.value))
                    .help("take it out, or declare the parameter `optional = true`"),
            ),
            None => context.fault(
                Diagnostic::at(
                    name.span,
                    format!(
                        "`when` names `{}`, which is no parameter of `{}`",
                        name.value.escape_debug(),
                        entry.code.value
                    ),
                )
                .help(suggest(&name.value, optional(), "optional parameters")),
            ),
        }
    }
    for (name, range) in detail.text.placeholders() {
        let optional = canonical.parameter(name).is_some_and(|parameter| parameter.optional);
        if optional && !detail.when.iter().any(|when| when.value == name) {
            context.fault(
                Diagnostic::at(
                    detail.text.text.part(range),
                    format!("the detail names the optional parameter `{name}`, which may be absent"),
                )
                .help(format!(
                    "write a `[[{}.detail]]` with `when = [\"{name}\"]` for it, and one without behind it",
                    entry.code.value
                )),
            );
        }
    }
}
