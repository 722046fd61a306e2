//! Rules about texts: the names in them, who reads them, and that they are clean.

use super::context::Context;
use super::text_row::Of;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Located, Origin, Text};
use crate::locale::language::default_locale;
use crate::noncharacter::is_noncharacter;
use crate::read::description;
use crate::read::draft::{Entry, Example, Parameter, TextRole};
use crate::read::phrase_kind::PhraseKind;
use crate::read::plural_text::PluralText;
use crate::read::template::{LONGEST, Piece, Template};
use lift_errors_core::bidi::is_bidi_control;
use lift_errors_core::vocabulary::{ParameterType, Sensitivity};

/// Every placeholder is a parameter of the entry or a constant; titles and meanings name no parameter.
pub(super) fn placeholders_are_declared(context: &Context<'_>) {
    for entry in &context.draft.entries {
        // Where the alias leads nowhere, that is the fault to report.
        let Some(canonical) = context.canonical(entry) else { continue };
        for (role, template) in entry.texts() {
            for (name, range) in template.placeholders() {
                placeholder(context, entry, canonical, role, &template.text, name, range);
            }
        }
    }
}

/// Where a parameter belongs.
const IN_DETAIL: &str = "what is particular to one goes into `detail`";

fn placeholder(
    context: &Context<'_>,
    entry: &Entry,
    canonical: &Entry,
    role: TextRole,
    text: &Text,
    name: &str,
    range: std::ops::Range<usize>,
) {
    // A placeholder without a name is broken, which was reported.
    if name.is_empty() || context.constants.contains_key(name) {
        return;
    }
    let span = text.part(range);
    let Some(parameter) = canonical.parameter(name) else {
        if !canonical.unreadable.contains(&"params") {
            let known = canonical.parameters.iter().filter(|parameter| may_name(role, parameter));
            let known: Vec<&str> = known.map(|parameter| parameter.name.as_str()).collect();
            let constants = context.draft.manifest.constants.iter().map(|constant| constant.name.as_str());
            let help = match context.suggest(name, constants, "constants") {
                constant if constant.starts_with("did you mean") => constant,
                _ if is_same_for_all(role) => {
                    format!("a text that is the same for every occurrence has no parameters; {IN_DETAIL}")
                }
                _ if known.is_empty() && context.draft.is_inherited(canonical.code.span) => {
                    "take it out: this text has no parameters, and those of the base stay as they are".to_owned()
                }
                _ if known.is_empty() => {
                    let code = canonical.code.value.escape_debug();
                    format!("declare it in `[{code}.params]`: `{name} = {{ type = \"text\", … }}`")
                }
                _ => context.suggest(name, known.into_iter(), "parameters"),
            };
            let fault = match role {
                TextRole::Description => {
                    let literal = "write `{{` and `}}` for literal braces, or put them between backticks";
                    let help = if help.starts_with("did you mean") { &help } else { literal };
                    Diagnostic::at(span, format!("`{{{name}}}` is not a constant")).help(help)
                }
                _ => {
                    let message = format!("placeholder `{{{name}}}` is not a parameter of `{}`", entry.code.value);
                    Diagnostic::at(span, message).help(help)
                }
            };
            context.fault(fault);
        }
        return;
    };
    match role {
        TextRole::Title | TextRole::Meaning | TextRole::Description => {
            // The standard speaks of titles; that the others are the same is our rule.
            let (what, standard) = match role {
                TextRole::Title => ("title", " (RFC 9457 §3.1.3)"),
                TextRole::Meaning => ("meaning", ""),
                _ => ("description", ""),
            };
            context.fault(
                Diagnostic::at(span, format!("the {what} of `{}` names the parameter `{name}`", entry.code.value))
                    .help(format!("the {what} is the same for every occurrence{standard}; {IN_DETAIL}")),
            );
        }
        TextRole::Public if canonical.may_lack(parameter) => {
            let kind = if parameter.optional { "optional parameter" } else { "parameter" };
            let may_be_required = parameter.optional && !context.draft.is_inherited(parameter.name.span);
            context.fault(Diagnostic::at(span, format!("a text names the {kind} `{name}`, which may be absent")).help(
                match may_be_required {
                    true => "name it in a `[[….detail]]` with `when`, or make the parameter required",
                    false => "name it in a `[[….detail]]` with `when` instead",
                },
            ));
        }
        _ => {}
    }
}

fn is_same_for_all(role: TextRole) -> bool {
    matches!(role, TextRole::Title | TextRole::Meaning | TextRole::Description)
}

/// Whether a text may name a parameter. A detail may name one that is not always there.
fn may_name(role: TextRole, parameter: &Parameter) -> bool {
    let sensitivity = parameter.sensitivity().unwrap_or(Sensitivity::Public);
    match role {
        TextRole::Title | TextRole::Meaning | TextRole::Description => false,
        TextRole::Operator => sensitivity != Sensitivity::Secret,
        TextRole::Detail => sensitivity == Sensitivity::Public,
        TextRole::Public => sensitivity == Sensitivity::Public && !parameter.optional && !parameter.is_lackable_in_base,
    }
}

/// Texts for clients contain no parameter that clients must not see.
pub(super) fn public_texts_name_public_parameters(context: &Context<'_>) {
    for entry in &context.draft.entries {
        let Some(canonical) = context.canonical(entry) else { continue };
        for (role, template) in entry.texts() {
            for (name, range) in template.placeholders() {
                // A draft's texts show no value that nobody has decided about.
                let parameter = canonical.parameter(name).filter(|parameter| !parameter.is_undecided());
                // That only texts are secrets is another fault.
                let parameter = parameter.filter(|parameter| {
                    parameter.sensitivity() != Some(Sensitivity::Secret)
                        || parameter.parameter_type() == Some(ParameterType::Text)
                });
                let Some(sensitivity) = parameter.and_then(Parameter::sensitivity) else { continue };
                let (allowed, reader) = match role {
                    // They name no parameter at all, which is another rule.
                    TextRole::Title | TextRole::Meaning | TextRole::Description => continue,
                    TextRole::Operator => (sensitivity != Sensitivity::Secret, "operators read"),
                    _ => (sensitivity == Sensitivity::Public, "clients read"),
                };
                if !allowed {
                    context.fault(
                        Diagnostic::at(
                            template.text.part(range),
                            format!("a text that {reader} names the {sensitivity} parameter `{name}`"),
                        )
                        .help("take the placeholder out; what clients must not see goes to the log by itself"),
                    );
                }
            }
        }
    }
}

/// A detail or a field error says something whatever its parameters hold, in every language: clients show it, and it must
/// not be blank.
pub(super) fn messages_have_words(context: &Context<'_>) {
    context.each_text(|instance| match instance.of {
        Of::Phrase(phrase) if phrase.kind == PhraseKind::FieldError => {
            have_words(context, instance.plural_text, "the field error");
        }
        _ if instance.is_detail() => have_words(context, instance.plural_text, "the detail"),
        _ => {}
    });
}

fn have_words(context: &Context<'_>, plural_text: &PluralText, what: &str) {
    for template in plural_text.templates().filter(|_| !plural_text.is_broken()) {
        let has_words =
            |piece: Piece<&str>| matches!(piece, Piece::Literal(text) if text.chars().any(char::is_alphanumeric));
        // That it is empty is a fault of its own.
        if !template.text.value.trim().is_empty() && !template.pieces().any(has_words) {
            context.fault(
                Diagnostic::at(template.text.span, format!("{what} has no words of its own"))
                    .help("write a sentence around the placeholder: a parameter's value may be empty"),
            );
        }
    }
}

/// One paragraph without controls, not empty, not endless.
pub(super) fn are_clean(context: &Context<'_>) {
    let manifest = &context.draft.manifest;
    let bidi_allowed = manifest.default_locale.as_ref().is_none_or(|tag| allows_bidi_controls(context, tag));
    for entry in &context.draft.entries {
        for (_, template) in entry.texts() {
            clean_template(context, template, bidi_allowed);
        }
        for text in entry.parameters.iter().filter_map(|parameter| parameter.doc.as_ref()) {
            clean(context, text, bidi_allowed);
        }
    }
    for phrase in &context.draft.phrases {
        let docs = phrase.parameters.iter().filter_map(|parameter| parameter.doc.as_ref());
        let texts = phrase.text.templates().map(|template| &template.text);
        texts.chain(docs).for_each(|text| clean(context, text, bidi_allowed));
    }
    for template in manifest.labels.iter().flat_map(|(_, plural_text)| plural_text.templates()) {
        clean(context, &template.text, bidi_allowed);
    }
    for parameter in context.parameters() {
        if let Some(Located { value: Example::Text(value), span }) = &parameter.example {
            let example = Text { value: value.clone(), span: *span, origin: Origin::Elsewhere, is_escaped: false };
            clean_characters(context, &example, bidi_allowed, &ONE_LINE);
        }
    }
    for constant in &manifest.constants {
        let shown = Text { value: constant.value.shown(default_locale(context.draft)), ..constant.name.clone() };
        clean(context, &Text { origin: Origin::Elsewhere, ..shown }, bidi_allowed);
    }
    for overlay in &context.draft.overlays {
        let bidi_allowed = allows_bidi_controls(context, &overlay.tag);
        for template in overlay.plural_texts().flat_map(|(_, plural_text)| plural_text.templates()) {
            clean_template(context, template, bidi_allowed);
        }
    }
}

fn allows_bidi_controls(context: &Context<'_>, tag: &Text) -> bool {
    context.draft.manifest.bidi_controls.iter().any(|allowed| allowed.value == tag.value)
}

fn clean_template(context: &Context<'_>, template: &Template, bidi_allowed: bool) {
    if template.is_description {
        clean_as(context, &template.text, bidi_allowed, &PARAGRAPHS);
    } else {
        clean(context, &template.text, bidi_allowed);
    }
}

fn clean(context: &Context<'_>, text: &Text, bidi_allowed: bool) {
    clean_as(context, text, bidi_allowed, &ONE_LINE);
}

/// The size of a text.
struct Size {
    longest: usize,
    has_lines: bool,
    /// What a text of this size is, for messages.
    is: &'static str,
}

const ONE_LINE: Size = Size { longest: LONGEST, has_lines: false, is: "a text is one paragraph" };

const PARAGRAPHS: Size = Size {
    longest: description::LONGEST,
    has_lines: true,
    is: "a description is a page at most, and can link to more",
};

fn clean_as(context: &Context<'_>, text: &Text, bidi_allowed: bool, size: &Size) {
    if text.value.trim().is_empty() {
        context.fault(
            Diagnostic::at(text.span, "the text is empty")
                .help("write a sentence, or remove the key where it is optional"),
        );
    } else if text.value.trim() != text.value {
        context.fault(
            Diagnostic::at(text.span, "the text begins or ends with white space")
                .help("remove it: each format adds its own"),
        );
    }
    if text.value.len() > size.longest {
        context.fault(
            Diagnostic::at(text.span, format!("the text is too long: {} bytes", text.value.len()))
                .help(format!("{} are the most; {}", size.longest, size.is)),
        );
    }
    clean_characters(context, text, bidi_allowed, size);
}

/// A word of what was released, as it is in messages and on pages. Whether it is clean.
pub(super) fn clean_released(context: &Context<'_>, text: &Text) -> bool {
    clean_characters(context, text, false, &ONE_LINE)
}

/// No character of the text would act on a terminal, or reorder what is around it. Whether that is so.
fn clean_characters(context: &Context<'_>, text: &Text, bidi_allowed: bool, size: &Size) -> bool {
    if text.value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    for (at, character) in text.value.char_indices() {
        let line_break = matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let message = match character {
            '\n' if size.has_lines => continue,
            _ if line_break => "the text has a line break".to_owned(),
            _ if character.is_control() => format!("the text has a control character, U+{:04X}", character as u32),
            _ if is_noncharacter(character) => {
                format!("the text has U+{:04X}, which is not a character", character as u32)
            }
            _ if is_bidi_control(character) && !bidi_allowed => {
                format!("the text has a bidi control character, U+{:04X}", character as u32)
            }
            _ => continue,
        };
        let remedy = if line_break {
            if size.has_lines {
                "end lines with U+000A, as editors do"
            } else {
                "a text is one paragraph on one line; formats break it where they need to"
            }
        } else if character == '\t' {
            "write spaces"
        } else if character.is_control() || is_noncharacter(character) {
            "remove it"
        } else {
            "remove it; a locale that needs them is listed in the manifest's `bidi_controls`"
        };
        context.fault(Diagnostic::at(text.part(at..at + character.len_utf8()), message).help(remedy));
        return false;
    }
    true
}
