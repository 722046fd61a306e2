//! Causes, fixes and notes with the texts of another service.

use super::lenient_json::{self, Members};
use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::text::Text;
use lift_errors_core::vocabulary::Audience;
use std::string::{String, ToString as _};
use std::vec::Vec;

/// A cause, a fix or a note with the text of another service, in its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    id: String,
    text: String,
    audience: Option<String>,
    href: Option<String>,
    kind: Option<String>,
    fixes: Vec<String>,
}

impl Guidance {
    pub(super) fn of_cause(cause: Cause) -> Self {
        let fixes = cause.fixes().map(|fix| fix.id().into()).collect();
        Self { fixes, ..Self::new(cause.id(), cause.text(), cause.audience()) }
    }

    pub(super) fn of_fix(fix: Fix) -> Self {
        let href = fix.link().map(|link| link.href().into());
        Self { href, ..Self::new(fix.id(), fix.text(), fix.audience()) }
    }

    pub(super) fn of_note(note: Note) -> Self {
        Self { kind: Some(note.kind().as_str().into()), ..Self::new(note.id(), note.text(), note.audience()) }
    }

    fn new(id: &str, text: Text, audience: Option<Audience>) -> Self {
        let audience = audience.map(|audience| audience.as_str().into());
        Self { id: id.into(), text: text.to_string(), audience, href: None, kind: None, fixes: Vec::new() }
    }

    /// Reads a list. It counts as read if all of its items have our format.
    pub(super) fn read_list(document: &Members<'_>, name: &str) -> Vec<Self> {
        let items = document.items(name).unwrap_or_default();
        let read: Vec<Self> = items.iter().filter_map(|json| Self::read(json)).collect();
        if !items.is_empty() && read.len() == items.len() {
            document.set_read(name);
        }
        read
    }

    fn read(json: &str) -> Option<Self> {
        let members = Members::read(json);
        let fixes = members.items("fixes").unwrap_or_default();
        Some(Self {
            id: members.text("id").unwrap_or_default(),
            text: members.text("text")?,
            audience: members.text("audience"),
            href: members.text("href"),
            kind: members.text("kind"),
            fixes: fixes.into_iter().filter_map(lenient_json::text).collect(),
        })
    }

    /// The id; empty if the service sent none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The text as it came. `Display` is for terminals and logs.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The reader of the text: `browser`, `api`, or a word that this version does not know. `None` is everyone.
    pub fn audience(&self) -> Option<&str> {
        self.audience.as_deref()
    }

    /// The link of a fix. The other service wrote it: check the scheme before you open it.
    pub fn href(&self) -> Option<&str> {
        self.href.as_deref()
    }

    /// The kind of a note: `tip`, `warning`, or a word that this version does not know.
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The ids of the fixes for a cause.
    pub fn fixes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.fixes.iter().map(String::as_str)
    }
}
