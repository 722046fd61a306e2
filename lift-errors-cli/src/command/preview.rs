//! The command `preview`: one error in one format, as clients get it.

use crate::arguments::PreviewArguments;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::nearest;
use crate::output::CommandOutput;
use crate::rendering::Rendering;
use crate::runtime::image;
use crate::runtime::sample::Sample;
use lift_errors::{Cause, Entry, Format};
use std::io;

pub(super) fn preview(
    catalog: &Catalog,
    arguments: &PreviewArguments,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let snapshot = catalog.snapshot()?;
    let removed = snapshot.removed;
    let catalog = image::catalog(snapshot.tables);
    let named = |entry: &Entry| {
        entry.code().eq_ignore_ascii_case(&arguments.code) || entry.id().eq_ignore_ascii_case(&arguments.code)
    };
    let Some(entry) = catalog.entries().find(named) else {
        if let Some(removed) =
            removed.iter().find(|removed| removed.code == arguments.code || removed.id == arguments.code)
        {
            return Err(Error::Removed { code: removed.code.clone(), version: removed.removed.clone() });
        }
        let names = catalog.entries().flat_map(|entry| [entry.code(), entry.id()]);
        let hint = nearest::hint(&arguments.code, names, "codes and ids");
        return Err(Error::UnknownCode { code: arguments.code.clone(), hint });
    };
    let mut sample = Sample::new(entry);
    if let Some(id) = &arguments.cause {
        let Some(cause) = entry.causes().find(|cause| cause.id() == id) else {
            let hint = nearest::hint(id, entry.causes().map(Cause::id), "causes");
            return Err(Error::UnknownCause { code: entry.code().to_owned(), cause: id.clone(), hint });
        };
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
    let shown = catalog.locale(wanted);
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
