//! A rule about descriptions, the paragraphs that only the documentation shows.

use super::context::Context;
use super::link::address_fault;
use crate::diagnostic::Diagnostic;
use crate::read::description::Description;

/// A link leads to an address of the web, to a mailbox, or to another error of the catalogue.
pub(super) fn links_lead_somewhere(context: &Context<'_>) {
    context.each_text(|instance| {
        for template in instance.plural_text.templates().filter(|template| template.is_description) {
            let text = &template.text;
            for (target, place) in Description::parse(&text.value).addresses() {
                let Some((message, help)) = fault(context, target) else { continue };
                let fault = Diagnostic::at(text.part(place), message).help(help);
                // Its text may have named an error that is gone.
                match target.starts_with('#') {
                    true => context.fault_of(instance, fault),
                    false => context.fault(fault),
                }
            }
        }
    });
}

/// Why a link leads nowhere, and the remedy.
fn fault(context: &Context<'_>, target: &str) -> Option<(String, String)> {
    let shown = target.escape_debug();
    if let Some(code) = target.strip_prefix('#') {
        let is_known = context.codes.contains_key(code);
        return (!is_known).then(|| {
            let help = context.suggest(code, context.all_codes(), "codes");
            (format!("`{shown}` is not a code of the catalogue"), help)
        });
    }
    let fault = match target.strip_prefix("mailto:") {
        Some(mailbox) => (!is_mailbox(mailbox)).then_some("it is not a mailbox")?,
        None => address_fault(target)?,
    };
    let help = "write an absolute address, such as `https://status.openboxes.cloud`, `mailto:help@example.com`, `#` with the code of \
        another error, or `@` with the id of a link";
    Some((format!("`{shown}` is not a link address: {fault}"), help.to_owned()))
}

fn is_mailbox(mailbox: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte))
    };
    mailbox.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host))
}
