//! The commands that write files: `init`, `new`, `fmt`, `rename`, `remove`.

use super::again::again_if_changed;
use super::translations::remove_leftovers;
use super::write::write;
use crate::catalog::Catalog;
use crate::count::count;
use crate::edit::files::CatalogFiles;
use crate::edit::init::{self as new_catalog, NewCatalog};
use crate::edit::interview::Interview;
use crate::edit::new_entry::{self, Added, NewEntry};
use crate::edit::target::Target;
use crate::edit::text_address::Removed;
use crate::edit::{format, remove as removal, rename as renaming};
use crate::error::Error;
use crate::originals::Originals;
use crate::output::CommandOutput;
use crate::terminal;
use crate::update::Update;
use std::io::{self, IsTerminal as _};
use std::path::Path;

pub(super) fn init(new: &NewCatalog, output: &mut CommandOutput) -> Result<(), Error> {
    let files = new_catalog::files(new)?;
    let code = new_catalog::example_code(new)?;
    let originals = Originals::absent(Path::new("."), files.iter().map(Update::path));
    let has_test = files.iter().any(|file| file.path().starts_with("tests"));
    write(&files.into(), &originals, output)?;
    let errors = Path::new(&new.folder).join("errors.toml");
    if has_test {
        output.result(
            "add `lift-errors-codegen` to the dev-dependencies; `LIFT_ERRORS_BLESS=1 cargo test` writes the lock file",
        );
    }
    let option = new.manifest_option();
    output.result(format!(
        "next: change the example in `{}`, and run `lift-errors check{option}` and `lift-errors preview {code}{option}`",
        errors.display()
    ));
    Ok(())
}

pub(super) fn new(
    catalog: &Catalog,
    code: Option<&str>,
    entry: &NewEntry,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if is_terminal && (code.is_none() || entry.is_empty()) {
        return ask(catalog, code, entry, output);
    }
    match code {
        Some(code) => add(catalog, code, entry, output),
        None => {
            let prefix = CatalogFiles::read(catalog)?.string_of_manifest("code_prefix").unwrap_or_default();
            Err(Error::NoCode { example: format!("{prefix}not_found") })
        }
    }
}

/// Adds an entry to the files as they are now.
fn add(catalog: &Catalog, code: &str, entry: &NewEntry, output: &mut CommandOutput) -> Result<(), Error> {
    again_if_changed(catalog, output, |output| {
        let originals = Originals::read(catalog);
        let mut files = CatalogFiles::read(catalog)?;
        let added = new_entry::add(&mut files, code, entry)?;
        let updates = files.updates(catalog, str::to_owned)?;
        write(&updates, &originals, output)?;
        report(code, &added, output);
        if files.must_be_complete() && !added.is_draft {
            report_untranslated(catalog, code, output)?;
        }
        Ok(())
    })
}

/// Says that `check` will fail: the manifest does not allow texts without their translations.
fn report_untranslated(catalog: &Catalog, code: &str, output: &mut CommandOutput) -> Result<(), Error> {
    let coverage = catalog.coverage()?;
    let is_of_entry = |address: &String| address.split('.').next() == Some(code);
    if coverage.locales.iter().any(|locale| locale.missing.iter().any(is_of_entry)) {
        output.warning(format!(
            "warning: the manifest has `complete = true`, so `lift-errors check` fails until `{code}` is translated\n  \
             = help: translate it, or write `draft = true` into its table until then"
        ));
    }
    Ok(())
}

/// Asks for each part of an entry, until the entry has no fault.
fn ask(catalog: &Catalog, code: Option<&str>, entry: &NewEntry, output: &mut CommandOutput) -> Result<(), Error> {
    let mut interview = Interview::new(io::stdin().lock(), io::stderr().lock(), terminal::stderr_columns());
    let (mut asked, mut entry) = (code.unwrap_or_default().to_owned(), entry.clone());
    if let Some(code) = code {
        new_entry::check_new_code(&CatalogFiles::read(catalog)?, code)?;
    }
    let mut is_code_known = code.is_some();
    loop {
        let mut files = CatalogFiles::read(catalog)?;
        interview.introduce()?;
        if !is_code_known {
            interview.ask_code(&files, &mut asked)?;
        }
        interview.ask_entry(&files, &mut entry)?;
        let added = new_entry::add(&mut files, &asked, &entry)?;
        match files.updates(catalog, str::to_owned) {
            Ok(_) => {
                interview.say(&format!("\n{}", added.text))?;
                added.status_default().map_or(Ok(()), |line| interview.say(&line))?;
                if interview.confirm(&format!("Write this to `{}`?", added.file))? {
                    // An editor may have saved the files meanwhile.
                    return add(catalog, &asked, &entry, output);
                }
                output.result("nothing was written");
                return Ok(());
            }
            Err(faults @ Error::WouldBeFaulty(_)) => {
                interview.say(&catalog.advised(&format!("\n{faults}\n")))?;
                if !interview.confirm("Change the answers?")? {
                    return Err(faults);
                }
                is_code_known = false;
            }
            Err(other) => return Err(other),
        }
    }
}

fn report(code: &str, added: &Added, output: &mut CommandOutput) {
    let kind = if added.is_draft { "as a draft: complete it, then remove `draft = true`" } else { "complete" };
    output.result(format!("added `{code}` with the id {}, {kind}", added.id));
    if let Some(default) = added.status_default() {
        output.result(default);
    }
    if !added.parameters.is_empty() {
        let names: Vec<String> = added.parameters.iter().map(|name| format!("`{name}`")).collect();
        output.result(format!("give each parameter its type, sensitivity, doc and example: {}", names.join(", ")));
    }
}

pub(super) fn fmt(catalog: &Catalog, only_check: bool, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let files = CatalogFiles::read(catalog)?;
    let formatted = files.files.iter().map(|file| {
        let path = files.path(&file.name);
        let text = format::formatted(file.text()).map_err(|error| Error::Toml { path: path.clone(), error })?;
        Ok((path, file.written_as_before(&text)))
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
    write(&updates.into(), &originals, output)
}

pub(super) fn rename(catalog: &Catalog, old: &Target, name: &str, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let mut files = CatalogFiles::read(catalog)?;
    files.add_unlisted_locales()?;
    renaming::rename(&mut files, old, name)?;
    let updates = files.updates(catalog, |address| renaming::address(address, old, name))?;
    write(&updates, &originals, output)?;
    output.result(format!("renamed `{old}` to `{}`", old.with_name(name)));
    if !matches!(old, Target::Link(_)) {
        output.result("Rust that uses the name must follow: the compiler shows where");
    }
    tell_of_clients(&files, &old.to_string(), output);
    Ok(())
}

/// Says that programs know the cause which is gone from an address.
fn tell_of_clients(files: &CatalogFiles, address: &str, output: &mut CommandOutput) {
    if files.is_released_cause(address) {
        output.result(format!("`{address}` was released: clients that match the cause must follow, too"));
    }
}

pub(super) fn remove(
    catalog: &Catalog,
    what: &Removed,
    version: Option<&str>,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let catalog = &catalog.before_tombstones();
    let originals = Originals::read(catalog);
    let mut files = CatalogFiles::read(catalog)?;
    files.add_unlisted_locales()?;
    let is_undone = |code: &String| version.is_none() && removal::changes_base(&files, code);
    let is_undone = matches!(what, Removed::Entry(code) if is_undone(code));
    let removed = match what {
        Removed::Entry(code) if is_undone => {
            removal::undo(&mut files, code);
            format!("removed what the catalogue changes of `{code}`: the base's is back")
        }
        Removed::Entry(code) => {
            removal::remove(&mut files, code, version)?;
            match files.removed_in(code) {
                Some(version) => format!("removed `{code}`; `catalog.lock` keeps its id and that {version} removed it"),
                None => format!("removed `{code}`, which was never released"),
            }
        }
        Removed::Text(address) => {
            removal::remove_text(&mut files, address, version)?;
            format!("removed `{address}`")
        }
    };
    let removed_code = match what {
        Removed::Entry(code) if !is_undone => Some(code.as_str()),
        _ => None,
    };
    let unused = removal::remove_unused(&mut files, removed_code)?;
    // What was recorded of a removed translation says nothing about another one that is the same.
    // Those of the base's own texts stay.
    let carried = |_: &str, address: &str| (is_undone || !what.contains(address)).then(|| address.to_owned());
    let updates = files.updates_with(catalog, carried, Ok)?;
    write(&updates, &originals, output)?;
    output.result(removed);
    remove_leftovers(catalog, &catalog.translation_files_before()?, output)?;
    for what in unused {
        output.result(format!("removed {what}"));
    }
    if let Removed::Text(address) = what {
        tell_of_clients(&files, &address.to_string(), output);
    }
    Ok(())
}
