//! A catalogue that passed every rule: nothing is missing, names are resolved to numbers, entries are
//! in the order of their ids.

use crate::check;
use crate::constant::ConstantValue;
use crate::decode::duration;
use crate::draft::{self, Draft};
use crate::naming;
use crate::template::{self, Template};
use lift_errors_core::record::NONE;
use lift_errors_core::vocabulary::{Audience, GrpcCode, NoteKind, ParameterType, RetryKind, Sensitivity, Severity};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) name: String,
    pub(crate) code_prefix: String,
    pub(crate) id_prefix: String,
    pub(crate) reference: String,
    pub(crate) derives: Vec<String>,
    pub(crate) constants: Vec<(String, ConstantValue)>,
    pub(crate) links: Vec<Link>,
    pub(crate) entries: Vec<Entry>,
}

#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) id: String,
    pub(crate) relation: String,
    pub(crate) address: String,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) code: String,
    pub(crate) variant: String,
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) since: String,
    pub(crate) status: Option<u16>,
    pub(crate) status_default: bool,
    /// The number of the entry whose parameters and remedies this one has: itself, unless an alias.
    pub(crate) canonical: usize,
    pub(crate) replaced_by: Option<String>,
    pub(crate) severity: Severity,
    pub(crate) retry: Retry,
    pub(crate) grpc: GrpcCode,
    pub(crate) field_errors: bool,
    pub(crate) title: Vec<Piece>,
    pub(crate) meaning: Vec<Piece>,
    pub(crate) support: Vec<Piece>,
    pub(crate) runbook: Vec<Piece>,
    pub(crate) details: Vec<Detail>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) fixes: Vec<Fix>,
    pub(crate) notes: Vec<Note>,
    /// The numbers of the entry's own links.
    pub(crate) links: std::ops::Range<usize>,
}

/// A piece of a text, with names resolved and constants written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Literal(String),
    /// A parameter by number.
    Value(u8),
    CodeStart,
    CodeEnd,
    /// A link by number.
    LinkStart(u32),
    LinkEnd(u32),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Retry {
    Never,
    AfterChange,
    /// The least number of seconds to wait, where the catalogue has one.
    Idempotent(Option<u32>),
    /// The number of the parameter that says how long.
    After(u8),
}

impl Retry {
    pub(crate) fn kind(self) -> RetryKind {
        match self {
            Self::Never => RetryKind::Never,
            Self::AfterChange => RetryKind::AfterChange,
            Self::Idempotent(_) => RetryKind::Idempotent,
            Self::After(_) => RetryKind::After,
        }
    }

    pub(crate) fn argument(self) -> u32 {
        match self {
            Self::Idempotent(Some(seconds)) => seconds,
            Self::After(parameter) => u32::from(parameter),
            _ => NONE,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: ParameterType,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) optional: bool,
    pub(crate) header: Option<String>,
    pub(crate) doc: String,
}

#[derive(Debug)]
pub(crate) struct Detail {
    pub(crate) id: String,
    pub(crate) when: u32,
    /// The number of the known cause that it speaks of.
    pub(crate) cause: Option<usize>,
    pub(crate) text: Vec<Piece>,
}

#[derive(Debug)]
pub(crate) struct Cause {
    pub(crate) id: String,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
    /// The numbers of its fixes within the entry.
    pub(crate) cures: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Fix {
    pub(crate) id: String,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
    pub(crate) general: bool,
}

impl Fix {
    /// The first link in the text.
    pub(crate) fn link(&self) -> Option<u32> {
        self.text.iter().find_map(|piece| match piece {
            Piece::LinkStart(link) => Some(*link),
            _ => None,
        })
    }
}

#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) kind: NoteKind,
    pub(crate) audience: Option<Audience>,
    pub(crate) text: Vec<Piece>,
}

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
    let mut resolver = Resolver { draft, numbers, entries, defaults, links: manifest.links.iter().map(link).collect() };
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
    draft: &'a Draft,
    numbers: HashMap<&'a str, usize>,
    entries: Vec<&'a draft::Entry>,
    defaults: HashMap<u16, usize>,
    links: Vec<Link>,
}

/// Where the names in an entry's texts lead.
struct Scope<'a> {
    draft: &'a Draft,
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
        if let Some(constant) = self.draft.manifest.constants.iter().find(|constant| constant.name.value == name) {
            push_literal(pieces, &constant.value.shown());
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
        let shared = || self.draft.manifest.links.iter().position(|link| link.id.value == id);
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
        let scope = Scope { draft: self.draft, canonical, own_links };
        let own_or = |own: &'a Option<Template>, other: &'a Option<Template>| {
            scope.text(if own.is_some() { own } else { other })
        };
        let details = if entry.details.is_empty() { &canonical.details } else { &entry.details };
        let status = canonical.http_status();
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
            causes: canonical.causes.iter().map(|cause| resolve_cause(cause, canonical, &scope)).collect(),
            fixes: canonical.fixes.iter().map(|fix| resolve_fix(fix, canonical, &scope)).collect(),
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
        kind: check::parameter_type(parameter)?,
        sensitivity: check::sensitivity(parameter)?,
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

fn resolve_cause(cause: &draft::Cause, entry: &draft::Entry, scope: &Scope<'_>) -> Cause {
    let number = |name: &draft::Text| entry.fixes.iter().position(|fix| fix.id.value == name.value);
    Cause {
        id: cause.id.value.clone(),
        audience: audience(&cause.audience),
        text: scope.pieces(&cause.text),
        cures: cause.fixes.iter().filter_map(number).collect(),
    }
}

fn resolve_fix(fix: &draft::Fix, entry: &draft::Entry, scope: &Scope<'_>) -> Fix {
    Fix {
        id: fix.id.value.clone(),
        audience: audience(&fix.audience),
        text: scope.pieces(&fix.text),
        general: !entry.causes.iter().any(|cause| cause.fixes.iter().any(|name| name.value == fix.id.value)),
    }
}

fn resolve_note(note: &draft::Note, scope: &Scope<'_>) -> Option<Note> {
    Some(Note {
        id: note.id.value.clone(),
        kind: NoteKind::from_word(note.kind.as_ref()?.as_str())?,
        audience: audience(&note.audience),
        text: scope.pieces(&note.text),
    })
}
