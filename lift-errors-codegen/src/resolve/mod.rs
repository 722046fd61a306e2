//! From a draft that passed every rule to the catalogue that is emitted: names become numbers, constants
//! are written out, aliases get what they share, general fixes come last.

pub(crate) mod catalog;
mod column;
pub(crate) mod description;
mod draft_text;
pub(crate) mod localize;
mod order;

use crate::diagnostic::span::Text;
use crate::footprint;
use crate::id_form;
use crate::locale::Locale;
use crate::locale::language::default_locale;
use crate::naming;
use crate::parallel;
use crate::read::draft::{self, Draft};
use crate::read::literal::duration;
use crate::read::plural_text::PluralText;
use crate::read::text_key::TextKey;
use crate::reference::Reference;
use crate::resolve::catalog::{
    Catalog, Cause, Column, Detail, Entry, Fix, Link, Localised, Note, Parameter, Phrase, Piece, Retry, Transport,
};
use crate::resolve::localize::{Localizer, NameResolver};
use crate::resolve::order::{Order, ordered_fixes, ordered_phrases};
use lift_errors_core::vocabulary::{Audience, GrpcCode, Label, ParameterType, RetryKind, Severity};
use std::sync::Arc;

/// Resolves a draft that passed every rule.
pub(crate) fn resolve(draft: &Draft) -> Localised {
    let default = default_locale(draft);
    let order = Order::of(draft);
    let locales = columns(draft, Locale::Cldr(default));
    let source = Arc::new(catalog(draft, &order, &Localizer::new(draft, Locale::Cldr(default), default)));
    let column = |&locale: &Locale| {
        let nearest = |parent: Locale| locales.iter().position(|&other| other == parent);
        let fallback = locale.fallback().skip(1).find_map(nearest).unwrap_or(0);
        match locale == Locale::Cldr(default) {
            true => Column { locale, fallback: 0, texts: Vec::new() },
            false => {
                let texts = column::texts(draft, &order, &source, &Localizer::new(draft, locale, default));
                Column { locale, fallback, texts }
            }
        }
    };
    let columns = parallel::map(&locales, column);
    Localised { source, columns }
}

/// The locales of the columns: the default first, each behind those that it inherits from.
fn columns(draft: &Draft, default: Locale) -> Vec<Locale> {
    let listed = draft.manifest.locales.iter().filter_map(|tag| Locale::from_tag(&tag.value));
    let mut locales: Vec<Locale> = [default].into_iter().chain(listed.filter(|&locale| locale != default)).collect();
    // The sort is stable, and a parent's chain is the shorter one.
    locales.sort_by_key(|&locale| (locale != default, locale.fallback().count()));
    locales
}

fn catalog(draft: &Draft, order: &Order<'_>, speech: &Localizer<'_>) -> Catalog {
    let manifest = &draft.manifest;
    let string = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let numbered = manifest.id_forms.iter().find_map(|form| id_form::numbered(&form.value));
    let has_prefix = manifest.code_prefix.is_some();
    let links = manifest.links.iter().map(link).collect();
    let mut resolver = Resolver { speech, order, draft, links, has_prefix };
    let entries = (0..order.entries.len()).filter_map(|number| resolver.entry(number)).collect();
    Catalog {
        name: string(&manifest.name),
        code_prefix: string(&manifest.code_prefix),
        // Where ids do not begin alike, the codes' prefix says it all.
        id_prefix: match numbered {
            Some((text, _)) if !text.is_empty() => text.to_owned(),
            _ => string(&manifest.code_prefix),
        },
        reference: Reference::parse(&string(&manifest.reference)).unwrap_or_default(),
        derives: manifest.derives.iter().map(|name| name.value.clone()).collect(),
        constants: manifest
            .constants
            .iter()
            .map(|constant| (constant.name.value.clone(), constant.value.clone()))
            .collect(),
        links: resolver.links,
        entries,
        phrases: phrases(draft, speech),
        labels: Label::ALL.iter().map(|&label| speech.label(label).unwrap_or_default()).collect(),
    }
}

fn phrases(draft: &Draft, speech: &Localizer<'_>) -> Vec<Phrase> {
    let phrase = |phrase: &draft::Phrase| Phrase {
        kind: phrase.kind,
        name: phrase.name.value.clone(),
        parameters: phrase.parameters.iter().filter_map(|it| parameter(it, false)).collect(),
        text: speech.phrase(phrase).unwrap_or_default(),
    };
    ordered_phrases(draft).into_iter().map(phrase).collect()
}

fn link(link: &draft::Link) -> Link {
    Link { id: link.id.value.clone(), relation: link.relation.value.clone(), address: link.address.value.clone() }
}

struct Resolver<'a> {
    speech: &'a Localizer<'a>,
    order: &'a Order<'a>,
    draft: &'a Draft,
    links: Vec<Link>,
    has_prefix: bool,
}

impl Resolver<'_> {
    fn constant_in_header(&self, name: &str) -> Option<String> {
        self.draft.constant(name).map(|constant| constant.value.in_header())
    }

    fn entry(&mut self, number: usize) -> Option<Entry> {
        let entry = *self.order.entries.get(number)?;
        let canonical_number = match &entry.same_as {
            Some(same_as) => *self.order.numbers.get(same_as.as_str())?,
            None => number,
        };
        let canonical = *self.order.entries.get(canonical_number)?;
        let own_links = self.links.len();
        self.links.extend(canonical.links.iter().map(link));
        let texts = Texts {
            speech: self.speech,
            names: NameResolver {
                manifest_links: &self.speech.links,
                canonical: Some(canonical),
                own_links,
                label: None,
                phrase: None,
            },
        };
        let own_or_shared = |text: fn(&draft::Entry) -> &Option<PluralText>, key| match (text(entry), text(canonical)) {
            (Some(plural_text), _) => texts.of(entry, key, plural_text),
            (None, Some(plural_text)) => texts.of(canonical, key, plural_text),
            (None, None) => Vec::new(),
        };
        let with_details = if entry.details.is_empty() { canonical } else { entry };
        let status = canonical.http_status();
        let transport = match status {
            Some(status) => Transport::Http(status),
            None if canonical.has_no_transport() => Transport::None,
            None => Transport::Client,
        };
        let fixes = ordered_fixes(canonical);
        let mut resolved = Entry {
            variant: naming::pascal_case(&entry.code.value),
            code: entry.code.value.clone(),
            id: entry.id.as_ref()?.value.clone(),
            own_type: entry.type_uri.as_ref().map(|text| text.value.clone()),
            class: entry.class.as_ref().or(canonical.class.as_ref()).map(|text| text.value.clone()),
            tags: if entry.tags.is_empty() { &canonical.tags } else { &entry.tags }
                .iter()
                .map(|tag| tag.value.clone())
                .collect(),
            file: entry.file.clone(),
            since: entry.since.as_ref()?.value.clone(),
            is_draft: canonical.is_draft(),
            transport,
            status_default: status.is_some_and(|status| self.order.defaults.get(&status) == Some(&number)),
            canonical: canonical_number,
            replaced_by: entry.replaced_by.as_ref().map(|text| text.value.clone()),
            severity: entry
                .severity
                .as_ref()
                .or(canonical.severity.as_ref())
                .and_then(|text| text.value.parse::<Severity>().ok())?,
            retry: retry(canonical, &texts.names)?,
            grpc: match &canonical.grpc {
                Some(text) => text.value.parse::<GrpcCode>().ok()?,
                None => match transport {
                    Transport::Http(status) => GrpcCode::from_status(status),
                    Transport::Client => GrpcCode::Unavailable,
                    Transport::None => GrpcCode::Unknown,
                },
            },
            field_errors: canonical.field_errors.as_ref().is_some_and(|flag| flag.value),
            title: draft_text::or_code(own_or_shared(|entry| &entry.title, TextKey::Title), &entry.code.value),
            meaning: own_or_shared(|entry| &entry.meaning, TextKey::Meaning),
            support: own_or_shared(|entry| &entry.support, TextKey::Support),
            runbook: own_or_shared(|entry| &entry.runbook, TextKey::Runbook),
            details: with_details.details.iter().map(|detail| texts.detail(with_details, detail)).collect(),
            headers: canonical
                .headers
                .iter()
                .map(|header| (header.name.value.clone(), header.filled(|name| self.constant_in_header(name))))
                .collect(),
            parameters: parameters(canonical, self.has_prefix),
            causes: canonical.causes.iter().map(|cause| texts.cause(canonical, cause, &fixes)).collect(),
            fixes: fixes.iter().map(|(fix, general)| texts.fix(canonical, fix, *general)).collect(),
            notes: canonical.notes.iter().filter_map(|note| texts.note(canonical, note)).collect(),
            links: own_links..own_links + canonical.links.len(),
        };
        if canonical.is_draft() {
            draft_text::complete(&mut resolved);
        }
        Some(resolved)
    }
}

/// Puts texts on the heap where the entry would make `Error` too large.
fn parameters(entry: &draft::Entry, has_prefix: bool) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> =
        entry.parameters.iter().filter_map(|it| parameter(it, entry.is_lackable(it))).collect();
    let types = parameters.iter().map(|parameter| (parameter.kind, parameter.may_lack()));
    let has_field_errors = entry.field_errors.as_ref().is_some_and(|flag| flag.value);
    if footprint::is_boxed(types, has_field_errors, has_prefix) {
        let texts = parameters.iter_mut().filter(|parameter| parameter.kind == ParameterType::Text);
        texts.for_each(|parameter| parameter.is_boxed = true);
    }
    parameters
}

fn retry(entry: &draft::Entry, names: &NameResolver<'_>) -> Option<Retry> {
    let retry = entry.retry.as_ref()?;
    Some(match retry.kind.as_ref()?.as_str().parse().ok()? {
        RetryKind::AfterChange => Retry::AfterChange,
        RetryKind::Idempotent => {
            let wait = retry.wait.as_ref().and_then(|wait| duration(&wait.value));
            Retry::Idempotent(wait.and_then(|wait| u32::try_from(wait.as_secs()).ok()))
        }
        RetryKind::After => Retry::After(names.parameter(retry.delay.as_ref()?.as_str())?),
        _ => Retry::Never,
    })
}

fn parameter(parameter: &draft::Parameter, lackable: bool) -> Option<Parameter> {
    Some(Parameter {
        name: parameter.name.value.clone(),
        kind: parameter.parameter_type()?,
        sensitivity: parameter.sensitivity()?,
        optional: parameter.optional,
        is_boxed: false,
        lackable,
        header: parameter.header.as_ref().map(|text| text.value.clone()),
        // Only a draft's parameters have neither.
        doc: parameter.doc.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        example: match &parameter.example {
            Some(given) => example(&given.value, parameter.parameter_type()?)?,
            None => String::new(),
        },
    })
}

/// A rule has seen that the example is a value of the type.
fn example(example: &draft::Example, kind: ParameterType) -> Option<String> {
    Some(match (example, kind) {
        (draft::Example::Text(text), ParameterType::Duration) => duration(text)?.as_secs().to_string(),
        (draft::Example::Text(text), _) => text.clone(),
        (draft::Example::Integer(number), _) => number.to_string(),
    })
}

fn audience(text: &Option<Text>) -> Option<Audience> {
    text.as_ref()?.as_str().parse().ok()
}

/// The texts of one entry in one locale.
struct Texts<'a> {
    speech: &'a Localizer<'a>,
    names: NameResolver<'a>,
}

impl Texts<'_> {
    fn of(&self, entry: &draft::Entry, key: TextKey<'_>, plural_text: &PluralText) -> Vec<Piece> {
        let text = self.speech.text(&self.names, plural_text, |overlay| overlay.text(&entry.code.value, key));
        text.unwrap_or_default()
    }

    fn detail(&self, entry: &draft::Entry, detail: &draft::Detail) -> Detail {
        let causes = self.names.canonical.map(|canonical| canonical.causes.as_slice()).unwrap_or_default();
        let cause = |id: &Text| causes.iter().position(|cause| cause.id.value == id.value);
        let bits = detail.when.iter().filter_map(|name| self.names.parameter(name.as_str()));
        Detail {
            id: detail.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            when: bits.fold(0, |mask, number| mask | 1_u32.checked_shl(u32::from(number)).unwrap_or(0)),
            cause: detail.cause.as_ref().and_then(cause),
            text: self.of(entry, detail.key(), &detail.text),
        }
    }

    fn cause(&self, entry: &draft::Entry, cause: &draft::Cause, fixes: &[(&draft::Fix, bool)]) -> Cause {
        let number = |name: &Text| fixes.iter().position(|(fix, _)| fix.id.value == name.value);
        Cause {
            id: cause.id.value.clone(),
            audience: audience(&cause.audience),
            text: self.of(entry, TextKey::Cause(cause.id.as_str()), &cause.text),
            fix_ids: cause.fixes.iter().filter_map(number).collect(),
        }
    }

    fn fix(&self, entry: &draft::Entry, fix: &draft::Fix, general: bool) -> Fix {
        let text = self.of(entry, TextKey::Fix(fix.id.as_str()), &fix.text);
        let link = fix.text.templates().find_map(|template| template.links().next());
        let link = link.map(|(id, _)| self.names.link(id));
        Fix { id: fix.id.value.clone(), audience: audience(&fix.audience), text, general, link }
    }

    fn note(&self, entry: &draft::Entry, note: &draft::Note) -> Option<Note> {
        Some(Note {
            id: note.id.value.clone(),
            kind: note.kind.as_ref()?.as_str().parse().ok()?,
            audience: audience(&note.audience),
            text: self.of(entry, TextKey::Note(note.id.as_str()), &note.text),
        })
    }
}
