//! From a draft that passed every rule to the catalogue that is emitted: names become numbers, constants
//! are written out, aliases get what they share, general fixes come last.

use crate::catalog::{Catalog, Cause, Detail, Entry, Fix, Link, Note, Parameter, Piece, Retry};
use crate::draft::{self, Draft};
use crate::naming;
use crate::spelling::duration;
use crate::template::{self, Template};
use lift_errors_core::record::NONE;
use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, RetryKind, Severity};
use std::collections::{HashMap, HashSet};

/// Resolves a draft that passed every rule.
pub(crate) fn resolve(draft: &Draft) -> Catalog {
    let manifest = &draft.manifest;
    let string = |text: &Option<draft::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let mut entries: Vec<&draft::Entry> = draft.entries.iter().collect();
    entries.sort_by_key(|entry| entry.id.as_ref().map(draft::Text::as_str));
    let numbers: HashMap<&str, usize> =
        entries.iter().enumerate().map(|(number, entry)| (entry.code.as_str(), number)).collect();
    let id_form = string(&manifest.id_form);
    let defaults = status_defaults(&entries, &numbers);
    let mut resolver = Resolver {
        names: Names::of(manifest),
        numbers,
        entries,
        defaults,
        links: manifest.links.iter().map(link).collect(),
    };
    let resolved = (0..resolver.entries.len()).filter_map(|number| resolver.entry(number)).collect();
    Catalog {
        name: string(&manifest.name),
        code_prefix: string(&manifest.code_prefix),
        id_prefix: id_form.split_once('-').map(|(letters, _)| format!("{letters}-")).unwrap_or_default(),
        reference: string(&manifest.reference),
        derives: manifest.derives.iter().map(|name| name.value.clone()).collect(),
        constants: manifest
            .constants
            .iter()
            .map(|constant| (constant.name.value.clone(), constant.value.clone()))
            .collect(),
        links: resolver.links,
        entries: resolved,
    }
}

fn link(link: &draft::Link) -> Link {
    Link { id: link.id.value.clone(), relation: link.relation.value.clone(), address: link.address.value.clone() }
}

struct Resolver<'a> {
    names: Names<'a>,
    numbers: HashMap<&'a str, usize>,
    entries: Vec<&'a draft::Entry>,
    defaults: HashMap<u16, usize>,
    links: Vec<Link>,
}

/// The names that every text may use.
struct Names<'a> {
    /// Constants, as English shows them.
    constants: HashMap<&'a str, String>,
    /// The manifest's links, by number.
    links: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn of(manifest: &'a draft::Manifest) -> Self {
        let constants = manifest.constants.iter();
        let links = manifest.links.iter().enumerate();
        Self {
            constants: constants.map(|constant| (constant.name.as_str(), constant.value.shown())).collect(),
            links: links.map(|(number, link)| (link.id.as_str(), number)).collect(),
        }
    }
}

/// Where the names in an entry's texts lead.
struct Scope<'a> {
    names: &'a Names<'a>,
    canonical: &'a draft::Entry,
    /// The number of the canonical entry's first own link.
    own_links: usize,
}

impl Scope<'_> {
    fn pieces(&self, template: &Template) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for piece in &template.pieces {
            match piece {
                template::Piece::Literal(text) => push_literal(&mut pieces, text),
                template::Piece::Placeholder(name, _) => self.placeholder(name, &mut pieces),
                template::Piece::CodeStart => pieces.push(Piece::CodeStart),
                template::Piece::CodeEnd => pieces.push(Piece::CodeEnd),
                // The link is named at its end; the start is mended there.
                template::Piece::LinkStart => pieces.push(Piece::LinkStart(NONE)),
                template::Piece::LinkEnd(id, _) => {
                    let number = self.link(id);
                    if let Some(start) = pieces.iter_mut().rev().find(|piece| matches!(piece, Piece::LinkStart(_))) {
                        *start = Piece::LinkStart(number);
                    }
                    pieces.push(Piece::LinkEnd(number));
                }
            }
        }
        pieces
    }

    fn placeholder(&self, name: &str, pieces: &mut Vec<Piece>) {
        if let Some(shown) = self.names.constants.get(name) {
            push_literal(pieces, shown);
        } else if let Some(number) = self.parameter(name) {
            pieces.push(Piece::Value(number));
        }
    }

    fn parameter(&self, name: &str) -> Option<u8> {
        let number = self.canonical.parameters.iter().position(|parameter| parameter.name.value == name)?;
        u8::try_from(number).ok()
    }

    fn link(&self, id: &str) -> u32 {
        let own =
            self.canonical.links.iter().position(|link| link.id.value == id).map(|number| number + self.own_links);
        let shared = || self.names.links.get(id).copied();
        own.or_else(shared).and_then(|number| u32::try_from(number).ok()).unwrap_or(NONE)
    }

    fn text(&self, template: &Option<Template>) -> Vec<Piece> {
        template.as_ref().map(|template| self.pieces(template)).unwrap_or_default()
    }
}

/// Literals that meet become one.
fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Literal(last)) => last.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}

impl<'a> Resolver<'a> {
    fn entry(&mut self, number: usize) -> Option<Entry> {
        let entry = *self.entries.get(number)?;
        let canonical_number = match &entry.same_as {
            Some(same_as) => *self.numbers.get(same_as.as_str())?,
            None => number,
        };
        let canonical = *self.entries.get(canonical_number)?;
        let own_links = self.links.len();
        self.links.extend(canonical.links.iter().map(link));
        let scope = Scope { names: &self.names, canonical, own_links };
        let own_or = |own: &'a Option<Template>, other: &'a Option<Template>| {
            scope.text(if own.is_some() { own } else { other })
        };
        let details = if entry.details.is_empty() { &canonical.details } else { &entry.details };
        let status = canonical.http_status();
        let fixes = ordered_fixes(canonical);
        Some(Entry {
            variant: naming::pascal_case(&entry.code.value),
            code: entry.code.value.clone(),
            id: entry.id.as_ref()?.value.clone(),
            file: entry.file.clone(),
            since: entry.since.as_ref()?.value.clone(),
            status,
            status_default: status.is_some_and(|status| self.defaults.get(&status) == Some(&number)),
            canonical: canonical_number,
            replaced_by: entry.replaced_by.as_ref().map(|text| text.value.clone()),
            severity: entry
                .severity
                .as_ref()
                .or(canonical.severity.as_ref())
                .and_then(|text| Severity::from_word(&text.value))?,
            retry: retry(canonical, &scope)?,
            grpc: match &canonical.grpc {
                Some(text) => GrpcCode::from_word(&text.value)?,
                None => status.map_or(GrpcCode::Unavailable, GrpcCode::from_status),
            },
            field_errors: canonical.field_errors.as_ref().is_some_and(|flag| flag.value),
            title: scope.text(&entry.title),
            meaning: own_or(&entry.meaning, &canonical.meaning),
            support: own_or(&entry.support, &canonical.support),
            runbook: own_or(&entry.runbook, &canonical.runbook),
            details: details.iter().map(|detail| resolve_detail(detail, &scope)).collect(),
            headers: canonical
                .headers
                .iter()
                .map(|header| (header.name.value.clone(), header.value.value.clone()))
                .collect(),
            parameters: canonical.parameters.iter().filter_map(parameter).collect(),
            causes: canonical.causes.iter().map(|cause| resolve_cause(cause, &fixes, &scope)).collect(),
            fixes: fixes.iter().map(|(fix, general)| resolve_fix(fix, *general, &scope)).collect(),
            notes: canonical.notes.iter().filter_map(|note| resolve_note(note, &scope)).collect(),
            links: own_links..own_links + canonical.links.len(),
        })
    }
}

/// What each status alone stands for: of several entries the one that says so, else the only one.
fn status_defaults(entries: &[&draft::Entry], numbers: &HashMap<&str, usize>) -> HashMap<u16, usize> {
    let mut defaults = HashMap::new();
    for says_so in [false, true] {
        for (number, entry) in entries.iter().enumerate() {
            let canonical = entry
                .same_as
                .as_ref()
                .and_then(|code| numbers.get(code.as_str()))
                .and_then(|&number| entries.get(number));
            let status = canonical.unwrap_or(entry).http_status();
            if let Some(status) =
                status.filter(|_| entry.status_default.as_ref().is_some_and(|flag| flag.value) == says_so)
            {
                defaults.insert(status, number);
            }
        }
    }
    defaults
}

fn retry(entry: &draft::Entry, scope: &Scope<'_>) -> Option<Retry> {
    let retry = entry.retry.as_ref()?;
    Some(match RetryKind::from_word(retry.kind.as_ref()?.as_str())? {
        RetryKind::AfterChange => Retry::AfterChange,
        RetryKind::Idempotent => {
            let wait = retry.wait.as_ref().and_then(|wait| duration(&wait.value));
            Retry::Idempotent(wait.and_then(|wait| u32::try_from(wait.as_secs()).ok()))
        }
        RetryKind::After => Retry::After(scope.parameter(retry.delay.as_ref()?.as_str())?),
        _ => Retry::Never,
    })
}

fn parameter(parameter: &draft::Parameter) -> Option<Parameter> {
    Some(Parameter {
        name: parameter.name.value.clone(),
        kind: parameter.parameter_type()?,
        sensitivity: parameter.sensitivity()?,
        optional: parameter.optional,
        header: parameter.header.as_ref().map(|text| text.value.clone()),
        doc: parameter.doc.as_ref()?.value.clone(),
    })
}

fn audience(text: &Option<draft::Text>) -> Option<Audience> {
    Audience::from_word(text.as_ref()?.as_str())
}

fn resolve_detail(detail: &draft::Detail, scope: &Scope<'_>) -> Detail {
    let cause = |id: &draft::Text| scope.canonical.causes.iter().position(|cause| cause.id.value == id.value);
    let bits = detail.when.iter().filter_map(|name| scope.parameter(name.as_str()));
    Detail {
        id: detail.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        when: bits.fold(0, |mask, number| mask | 1_u32.checked_shl(u32::from(number)).unwrap_or(0)),
        cause: detail.cause.as_ref().and_then(cause),
        text: scope.pieces(&detail.text),
    }
}

/// The fixes in the order in which readers see them, each with whether no cause names it: those come last.
fn ordered_fixes(entry: &draft::Entry) -> Vec<(&draft::Fix, bool)> {
    let named: HashSet<&str> =
        entry.causes.iter().flat_map(|cause| cause.fixes.iter().map(draft::Text::as_str)).collect();
    let mut fixes: Vec<_> = entry.fixes.iter().map(|fix| (fix, !named.contains(fix.id.as_str()))).collect();
    fixes.sort_by_key(|(_, general)| *general);
    fixes
}

fn resolve_cause(cause: &draft::Cause, fixes: &[(&draft::Fix, bool)], scope: &Scope<'_>) -> Cause {
    let number = |name: &draft::Text| fixes.iter().position(|(fix, _)| fix.id.value == name.value);
    Cause {
        id: cause.id.value.clone(),
        audience: audience(&cause.audience),
        text: scope.pieces(&cause.text),
        cures: cause.fixes.iter().filter_map(number).collect(),
    }
}

fn resolve_fix(fix: &draft::Fix, general: bool, scope: &Scope<'_>) -> Fix {
    Fix { id: fix.id.value.clone(), audience: audience(&fix.audience), text: scope.pieces(&fix.text), general }
}

fn resolve_note(note: &draft::Note, scope: &Scope<'_>) -> Option<Note> {
    Some(Note {
        id: note.id.value.clone(),
        kind: NoteKind::from_word(note.kind.as_ref()?.as_str())?,
        audience: audience(&note.audience),
        text: scope.pieces(&note.text),
    })
}
