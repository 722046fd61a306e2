//! The command `preview`: one error in one format, as clients get it.

use crate::arguments::PreviewArguments;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::explanation::find::Codes;
use crate::nearest;
use crate::output::CommandOutput;
use crate::rendering::Rendering;
use crate::runtime::image;
use crate::runtime::sample::Sample;
use lift_errors::{Audience, Cause, Entry, Format};
use lift_errors_codegen::CatalogSnapshot;
use std::io;

/// The most codes that a message names.
const MOST: usize = 8;

pub(super) fn preview(
    catalog: &Catalog,
    arguments: &PreviewArguments,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let CatalogSnapshot { tables, entries, field_errors, removed, .. } = catalog.snapshot()?;
    let codes = Codes { catalog: image::catalog(tables), facts: entries, field_errors, removed };
    let catalog = codes.catalog;
    let entry = entry(&codes, &arguments.code)?;
    let mut sample = Sample::new(entry).with_field_errors(&codes.field_errors);
    if let Some(id) = &arguments.cause {
        let Some(cause) = entry.causes().find(|cause| cause.id() == id) else {
            let hint = nearest::hint(id, entry.causes().map(Cause::id), "causes");
            return Err(Error::UnknownCause { code: entry.code().to_owned(), cause: id.clone(), hint });
        };
        is_visible(entry, cause, arguments.audience)?;
        sample.set_cause(cause);
    }
    for (name, value) in &arguments.values {
        sample.set(name, value)?;
    }
    for name in &arguments.without {
        sample.leave_out(name)?;
    }
    let default = catalog.locales().next().unwrap_or_default();
    let wanted = arguments.locale.unwrap_or(default);
    // A canonical entry is in all languages of its own catalogue.
    let shown = entry.catalog().locale(wanted);
    if shown != wanted {
        output.warning(format!("note: the catalogue has no `{wanted}`; these are the texts of `{shown}`"));
    }
    let rendering = Rendering {
        format: arguments.format,
        locale: wanted,
        audience: arguments.audience,
        terminal: Format::Terminal { color: output.color().is_for(&io::stdout()) },
    };
    output.rendered(rendering.render(&sample));
    Ok(())
}

/// The only entry that is called so.
fn entry(codes: &Codes, name: &str) -> Result<Entry, Error> {
    let found = codes.named(name);
    match (found.entries.as_slice(), found.removed.first()) {
        ([entry], _) => Ok(*entry),
        ([], Some(removed)) => Err(Error::Removed { code: removed.code.clone(), version: removed.removed.clone() }),
        ([], None) => {
            let hint = nearest::entry_hint(name, codes.names(), "codes and ids");
            Err(Error::UnknownCode { code: name.to_owned(), hint })
        }
        (several, _) => {
            let named: Vec<String> = several.iter().take(MOST).map(|entry| format!("`{}`", entry.code())).collect();
            let more = if several.len() > MOST { " and others" } else { "" };
            Err(Error::Ambiguous { query: name.to_owned(), count: several.len(), codes: named.join(", ") + more })
        }
    }
}

/// Refuses a cause that the reader would not see: the preview would show all causes, as if none was known.
fn is_visible(entry: Entry, cause: Cause, reader: Option<Audience>) -> Result<(), Error> {
    let is_hidden = match (cause.audience(), reader) {
        (Some(Audience::Operator), reader) => reader != Some(Audience::Operator),
        (Some(_), None | Some(Audience::Operator)) | (None, _) => false,
        (Some(audience), Some(reader)) => audience != reader,
    };
    match cause.audience().filter(|_| is_hidden) {
        Some(audience) => Err(Error::HiddenCause {
            code: entry.code().to_owned(),
            cause: cause.id().to_owned(),
            audience: audience.to_string(),
        }),
        None => Ok(()),
    }
}
