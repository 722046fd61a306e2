//! The commands that write files: `init`, `new`, `fmt`, `rename`, `remove`.

use crate::catalog::Catalog;
use crate::count::count;
use crate::edit::files::CatalogFiles;
use crate::edit::init::{self as new_catalog, NewCatalog};
use crate::edit::new_entry::{self, NewEntry};
use crate::edit::target::Target;
use crate::edit::{format, remove as removal, rename as renaming};
use crate::error::Error;
use crate::output::CommandOutput;
use crate::update::{self, Update};

pub(super) fn init(new: &NewCatalog, output: &mut CommandOutput) -> Result<(), Error> {
    let files = new_catalog::files(new)?;
    write(&files, output)?;
    let folder = &new.folder;
    if files.iter().any(|file| file.path().starts_with("tests")) {
        output.result(
            "add `lift-errors-codegen` to the dev-dependencies; `LIFT_ERRORS_BLESS=1 cargo test` writes the lock file",
        );
    }
    output.result(format!(
        "next: change the example in `{folder}/errors.toml`, and run `lift-errors check` and `lift-errors preview`"
    ));
    Ok(())
}

pub(super) fn new(catalog: &Catalog, new: &NewEntry, output: &mut CommandOutput) -> Result<(), Error> {
    let mut files = CatalogFiles::read(catalog)?;
    let (id, is_draft) = new_entry::add(&mut files, new)?;
    let updates = files.updates(catalog, str::to_owned)?;
    write(&updates, output)?;
    let kind = if is_draft { "as a draft: complete it, then remove `draft = true`" } else { "complete" };
    output.result(format!("added `{}` with the id {id}, {kind}", new.code));
    Ok(())
}

pub(super) fn fmt(catalog: &Catalog, only_check: bool, output: &mut CommandOutput) -> Result<(), Error> {
    let files = CatalogFiles::read(catalog)?;
    let formatted = files.files.iter().map(|file| {
        let path = files.path(&file.name);
        let text = format::formatted(file.text()).map_err(|error| Error::Toml { path: path.clone(), error })?;
        Ok((path, text))
    });
    let updates = Update::needed(catalog.folder(), formatted.collect::<Result<_, Error>>()?)?;
    if updates.is_empty() {
        output.result(format!("{} in the usual layout", count(files.files.len(), "file")));
    } else if only_check {
        for update in &updates {
            output.result(format!("would format {}", update.path().display()));
        }
        return Err(Error::Unformatted(count(updates.len(), "file")));
    }
    write(&updates, output)
}

pub(super) fn rename(catalog: &Catalog, old: &Target, name: &str, output: &mut CommandOutput) -> Result<(), Error> {
    let mut files = CatalogFiles::read(catalog)?;
    renaming::rename(&mut files, old, name)?;
    let updates = files.updates(catalog, |address| renaming::address(address, old, name))?;
    write(&updates, output)?;
    output.result(format!("renamed `{old}` to `{}`", old.with_name(name)));
    if matches!(old, Target::Entry(_) | Target::Part { .. }) {
        output.result("Rust that uses the name must follow: the compiler shows where");
    }
    Ok(())
}

pub(super) fn remove(
    catalog: &Catalog,
    code: &str,
    version: Option<&str>,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let mut files = CatalogFiles::read(catalog)?;
    let was_released = files.is_released(code);
    removal::remove(&mut files, code, version)?;
    let updates = files.updates(catalog, str::to_owned)?;
    write(&updates, output)?;
    output.result(match version.filter(|_| was_released) {
        Some(version) => format!("removed `{code}`; `catalog.lock` keeps its id and that {version} removed it"),
        None => format!("removed `{code}`, which was never released"),
    });
    Ok(())
}

/// Writes all files, or none.
fn write(updates: &[Update], output: &mut CommandOutput) -> Result<(), Error> {
    update::write_all(updates)?;
    for update in updates {
        output.result(format!("wrote {}", update.path().display()));
    }
    Ok(())
}
