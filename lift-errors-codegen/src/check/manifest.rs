//! Rules about the manifest itself.

use super::context::{Context, duplicates};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::diagnostic::suggest::suggest;
use crate::id_form;
use crate::locale::Locale;
use crate::naming;
use crate::read::constant::Constant;
use crate::read::draft::{Draft, Header};
use crate::reference::{Reference, ReferenceFault};
use std::collections::HashSet;

/// Derives that a catalogue may ask for on its `Error`: each costs compile time by the variant.
const DERIVES: &[&str] = &["Clone", "PartialEq"];

/// The catalogue's name, and where its entries are explained.
pub(super) fn required(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    if let Some(name) = &manifest.name {
        // The one under which it was released is right.
        let is_renamed = context.draft.released.catalog.as_ref().is_some_and(|released| released.value != name.value);
        if let Some(fault) = naming::check(&name.value).err().filter(|_| !is_renamed) {
            let message = format!("the catalogue's name `{}` {}", name.value.escape_debug(), fault.reason());
            context.fault(Diagnostic::at(name.span, message).help(fault.remedy(&name.value)));
        }
    }
    if let Some(reference) = &manifest.reference {
        let is_template = reference.value.contains('{');
        if super::link::address_fault(&reference.value.replace(['{', '}'], "")).is_some()
            || (!is_template && reference.value.contains('#'))
        {
            let message = format!("`{}` can't be the base of the entries' addresses", reference.value.escape_debug());
            context.fault(
                Diagnostic::at(reference.span, message)
                    .help("write an absolute address without a fragment, such as `https://example.com/errors`; the address of an entry is this, `#` and its id. For other addresses write `{id}`, `{id:lower}` or `{code}` in it"),
            );
        } else if let Err(fault) = Reference::parse(&reference.value) {
            let message = match fault {
                ReferenceFault::UnknownPart(name) => {
                    format!("`{{{}}}` is not a part of an entry's address", name.escape_debug())
                }
                ReferenceFault::SingleBrace => {
                    format!("a brace of `{}` lacks the other one", reference.value.escape_debug())
                }
            };
            context
                .fault(Diagnostic::at(reference.span, message).help("the parts are `{id}`, `{id:lower}` and `{code}`"));
        }
    }
}

/// The form of ids and the prefix of codes; only the canonical catalogue has no prefix.
pub(super) fn names(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    for form in manifest.id_forms.iter().filter(|form| !id_form::is_form(&form.value)) {
        context.fault(Diagnostic::at(form.span, format!("`{}` is not an id form", form.value.escape_debug())).help(
            format!("write one such as `ONB-0000` of letters, digits, `-`, `_`, `:` and `.`: {}", id_form::SIGNS),
        ));
    }
    duplicates(manifest.id_forms.iter().map(|form| (form.as_str(), form.span)), |form, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate id form `{}`", form.escape_debug()))
                .related("first at", first)
                .help("remove one of the two"),
        );
    });
    // A catalogue with a prefix is a service's, wherever it is compiled.
    let is_canonical = context.draft.is_canonical && manifest.code_prefix.is_none();
    if let Some(name) = manifest.name.as_ref().filter(|name| name.value == "lift" && !is_canonical) {
        context.fault(
            Diagnostic::at(name.span, "the name `lift` belongs to the canonical catalogue")
                .help("choose the name of your service: on the wire an error is known by catalogue and code"),
        );
        return;
    }
    let Some(prefix) = &manifest.code_prefix else {
        if let Some(name) = manifest.name.as_ref().filter(|name| name.value != "lift") {
            // The first word of a name need not be a prefix: `type` is not.
            let word = name.value.split('_').next().filter(|word| naming::is_prefix(word) && *word != "lift");
            let advice = match word {
                Some(word) => format!("add `code_prefix = \"{word}_\"`"),
                None => "add one short lower-case word and `_`, such as `code_prefix = \"onb_\"`".to_owned(),
            };
            context.fault(
                Diagnostic::at(name.span, format!("missing key `code_prefix` in the catalogue `{}`", name.value.escape_debug()))
                    .help(format!("{advice}: only the canonical catalogue's codes have none, and a new one of its codes must not collide with yours")),
            );
        }
        return;
    };
    let word = prefix.value.strip_suffix('_');
    if word == Some("with") {
        context.fault(
            Diagnostic::at(prefix.span, "the prefix `with_` belongs to the functions that add optional parameters")
                .help("choose another word, such as the name of your service"),
        );
    } else if !word.is_some_and(naming::is_prefix) {
        context.fault(
            Diagnostic::at(prefix.span, format!("`{}` is not a code prefix", prefix.value.escape_debug()))
                .help("write one short lower-case word and `_`, such as `onb_`"),
        );
    } else if word == Some("lift") {
        context.fault(
            Diagnostic::at(prefix.span, "the prefix `lift_` belongs to the canonical catalogue")
                .help("choose the name of your service"),
        );
    }
    if let Some(form) = manifest.id_forms.iter().find(|form| form.value.starts_with("LIFT-")) {
        context.fault(
            Diagnostic::at(form.span, "ids that begin with `LIFT-` belong to the canonical catalogue")
                .help("begin with letters of your service"),
        );
    }
}

/// The locales are known, the default is one of them, none is there twice.
pub(super) fn locales(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    let bidi_controls = manifest.bidi_controls.iter();
    for tag in manifest.locales.iter().chain(&manifest.default_locale).chain(bidi_controls) {
        if let Some(fault) = locale_fault(tag) {
            context.fault(fault);
        }
    }
    if let Some(default) = &manifest.default_locale {
        let locale = Locale::from_tag(&default.value);
        if locale.is_some_and(Locale::is_pseudolocale) {
            context.fault(
                Diagnostic::at(
                    default.span,
                    format!("the default locale `{}` is made from the default", default.value),
                )
                .help("name the language that the entries are written in, such as `en`"),
            );
        }
        let listed = manifest.locales.iter().any(|tag| tag.value.eq_ignore_ascii_case(&default.value));
        // That there are none was reported.
        if locale.is_some_and(|locale| !locale.is_pseudolocale()) && !listed && !manifest.locales.is_empty() {
            let message = format!("the default locale `{}` is not among `locales`", default.value.escape_debug());
            context.fault(Diagnostic::at(default.span, message).help("add it to `locales`"));
        }
        if let Some(fault) = locale.and_then(|locale| other_language(context, default, locale)) {
            context.fault(fault);
        }
    }
    duplicates(manifest.locales.iter().map(|tag| (tag.as_str(), tag.span)), |tag, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate locale `{}`", tag.escape_debug()))
                .related("first at", first)
                .help("remove one of the two"),
        );
    });
}

/// The texts that a catalogue takes over are in the language of its base.
fn other_language(context: &Context<'_>, default: &Text, locale: Locale) -> Option<Diagnostic> {
    let (base, name) = (*context.draft.base_locales.first()?, context.draft.manifest.extends.as_ref()?);
    if locale.is_pseudolocale() || locale.language() == base.language() {
        return None;
    }
    let (tag, base) = (default.value.escape_debug(), base.tag());
    let message = format!("the default locale is `{tag}`, and the texts of `{}` are in `{base}`", name.value);
    let is_listed = context.draft.manifest.locales.iter().any(|known| known.value == base);
    let listed = if is_listed { String::new() } else { format!(", and add `\"{base}\"` to `locales`") };
    Some(Diagnostic::at(default.span, message).help(format!(
        "write `default_locale = \"{base}\"`{listed}; `{tag}` stays one of the `locales`, with its texts in `locales/{tag}`"
    )))
}

/// Why texts can't be in a locale.
fn locale_fault(tag: &Text) -> Option<Diagnostic> {
    let Some(locale) = Locale::from_tag(&tag.value) else {
        let message = format!("`{}` is not a locale", tag.value.escape_debug());
        return Some(Diagnostic::at(tag.span, message).help(Locale::remedy(&tag.value)));
    };
    if locale.tag() != tag.value {
        let message = format!("the locale `{}` is written `{}`", tag.value.escape_debug(), locale.tag());
        return Some(
            Diagnostic::at(tag.span, message)
                .help("write it like that; the folder of its translations has the same name"),
        );
    }
    let message = format!("the locale `{}` has no {} in CLDR", tag.value, locale.lacks()?);
    Some(Diagnostic::at(tag.span, message).help("name a related locale that its readers know"))
}

/// The traits to derive on `Error` are ones that can be.
pub(super) fn derives(context: &Context<'_>) {
    let names = context.draft.manifest.derives.iter().map(|name| (name.as_str(), name.span));
    duplicates(names, |name, span, first| {
        context.fault(
            Diagnostic::at(span, format!("duplicate derive `{}`", name.escape_debug()))
                .related("first at", first)
                .help("remove one of the two"),
        );
    });
    for name in &context.draft.manifest.derives {
        if !DERIVES.contains(&name.as_str()) {
            let message = format!("`{}` can't be derived for the catalogue's `Error`", name.value.escape_debug());
            context.fault(Diagnostic::at(name.span, message).help(suggest(
                &name.value,
                DERIVES.iter().copied(),
                "traits",
            )));
        }
    }
}

/// Constants are named as parameters are.
pub(super) fn constants_are_named_well(context: &Context<'_>) {
    for constant in &context.draft.manifest.constants {
        if let Err(fault) = naming::check(&constant.name.value) {
            let message = format!("the constant's name `{}` {}", constant.name.value.escape_debug(), fault.reason());
            context.fault(Diagnostic::at(constant.name.span, message).help(fault.remedy(&constant.name.value)));
        }
    }
}

/// Every constant is in some text or header.
pub(super) fn constants_are_used(context: &Context<'_>) {
    let entries = &context.draft.entries;
    // That there are no entries was reported.
    if entries.is_empty() || !entries.iter().all(|entry| context.names_are_known(entry)) {
        return;
    }
    let used = named_in_texts(context.draft);
    // One of the base may be meant to have another value.
    let of_base = |constant: &&Constant| context.draft.is_inherited(constant.name.span);
    let names = context.draft.manifest.constants.iter().filter(of_base).map(|constant| constant.name.as_str());
    let others: Vec<&str> = names.filter(|name| used.contains(name)).collect();
    for constant in &context.draft.manifest.constants {
        if !used.contains(constant.name.as_str()) {
            let message = format!("no text uses the constant `{}`", constant.name.value.escape_debug());
            let help = match context.suggest(&constant.name.value, others.iter().copied(), "constants") {
                other if other.starts_with("did you mean") => other,
                _ => format!("write `{{{}}}` in a text, or remove the constant", constant.name.value),
            };
            context.fault(Diagnostic::at(constant.name.span, message).help(help));
        }
    }
}

/// The names of constants that some text or header has.
pub(super) fn named_in_texts(draft: &Draft) -> HashSet<&str> {
    draft
        .entries
        .iter()
        .flat_map(|entry| {
            // The selector of a plural form is used, too.
            let selectors = entry.plural_texts().filter_map(|(_, _, plural_text)| plural_text.selector.as_deref());
            let named = entry.texts().flat_map(|(_, template)| template.placeholders().map(|(name, _)| name));
            let in_headers = entry.headers.iter().flat_map(Header::names);
            selectors.map(Text::as_str).chain(named).chain(in_headers)
        })
        .chain(draft.manifest.labels.iter().flat_map(|(_, plural_text)| {
            plural_text.placeholders().into_iter().chain(plural_text.selector.as_deref().map(Text::as_str))
        }))
        .chain(draft.phrases.iter().flat_map(|phrase| phrase.text.placeholders()))
        .collect()
}

/// A catalogue without entries says nothing.
pub(super) fn has_entries(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    let Some(span) = manifest.span else { return };
    if context.draft.entries.is_empty() {
        if context.draft.may_be_empty {
            return;
        }
        let prefix = manifest.code_prefix.as_ref().map_or("", Text::as_str);
        let help = if !context.draft.released.entries.is_empty() {
            "none of those in the lock file is left, and a catalogue without entries can't be compiled: add another entry first; or \
             delete the catalogue, and never use its `code_prefix` again"
                .to_owned()
        } else if manifest.files.is_empty() {
            format!(
                "list its files: `files = [\"errors.toml\"]`; every table of such a file is an entry, `[{prefix}not_found]`"
            )
        } else {
            format!("add one to a file of `files`: every table there is an entry, `[{prefix}not_found]`")
        };
        context.fault(Diagnostic::at(span, "the catalogue has no entries").help(help));
    } else if context.draft.entries.len() > usize::from(u16::MAX) {
        context.fault(
            Diagnostic::at(span, format!("the catalogue has {} entries", context.draft.entries.len()))
                .help("65,535 are the most; make two catalogues"),
        );
    }
}
