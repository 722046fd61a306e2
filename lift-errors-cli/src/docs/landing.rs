//! The pages to which type URIs with a path lead: each goes on to the page of its error, in the reader's language.

use super::address::Address;
use super::folder::{NewFolder, WriteError, page_name};
use super::frame::{Frame, Page};
use crate::explanation::{EntryExplanation, RemovedExplanation};
use maud::{Markup, html};

/// An address that clients have of an error.
#[derive(Debug)]
pub(super) struct Landing {
    type_uri: String,
    /// Whether the entry chose the address, in place of one that `reference` gives.
    pub(super) has_own_type: bool,
    /// The name of the error's page, without its ending.
    page: String,
    title: String,
    /// The title with the mark of its language.
    heading: Markup,
}

impl Landing {
    /// The address of an entry, whose title is also given with the mark of its language.
    pub(super) fn of_entry((entry, title): (&EntryExplanation, &Markup)) -> Self {
        Self {
            type_uri: entry.type_uri.clone(),
            has_own_type: entry.has_own_type,
            page: page_name(&entry.id),
            title: entry.title.clone(),
            heading: title.clone(),
        }
    }

    pub(super) fn of_removed(code: &RemovedExplanation) -> Self {
        Self {
            type_uri: code.type_uri.clone(),
            has_own_type: code.has_own_type,
            page: page_name(&code.id),
            title: code.code.clone(),
            heading: html! { (code.code) },
        }
    }

    /// Writes the page, where there has to be one. The result is a warning if there can't be.
    pub(super) fn write(&self, frame: &Frame<'_>, folder: &NewFolder) -> Result<Option<String>, WriteError> {
        let Self { type_uri, page, title, heading, .. } = self;
        let warning = |reason| Some(format!("warning: nothing of the site is at `{type_uri}`: {reason}"));
        let file = match Address::new(frame.catalog.reference(), type_uri) {
            Address::Page(file) => file,
            Address::Unreachable => return Ok(warning("a folder can't have this name, or it is too long")),
            Address::List { .. } | Address::Elsewhere => return Ok(None),
        };
        let file_of_page = format!("{page}.html");
        if file == format!("{}/{file_of_page}", frame.tag()) {
            return Ok(None);
        }
        if folder.has(&file) {
            return Ok(warning("another page is there"));
        }
        let root = "../".repeat(file.matches('/').count());
        let target = format!("{root}{}/{file_of_page}", frame.tag());
        let html = frame.document(&Page {
            title,
            root: &root,
            file: &file_of_page,
            markdown: None,
            lands_at: Some(&target),
            content: html! { h1 { a .land href=(target) { (heading) } } },
        });
        folder.write(&file, &html)?;
        Ok(None)
    }
}
