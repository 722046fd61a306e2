//! The commands for translators: coverage, the files for their tools, and what they say about texts.

use super::{exchange, write};
use crate::catalog::Catalog;
use crate::count::count;
use crate::error::Error;
use crate::originals::Originals;
use crate::output::CommandOutput;
use crate::regular_file::read_text;
use crate::schema::FileKind;
use crate::translation_arguments::TranslationCommand;
use crate::update::{self, Update, Updates};
use lift_errors_codegen::{EntryFilter, TranslationFiles};
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

pub(super) fn run(catalog: &Catalog, command: &TranslationCommand, output: &mut CommandOutput) -> Result<(), Error> {
    match command {
        TranslationCommand::Coverage { locale, only } => coverage(catalog, locale.as_deref(), only, output),
        TranslationCommand::Sync { only_check } => sync(catalog, *only_check, output),
        TranslationCommand::Accept { locale, texts } => accept(catalog, locale.as_deref(), texts, output),
        TranslationCommand::Review { locale, texts } if texts.is_empty() => review_all(catalog, locale, output),
        TranslationCommand::Review { locale, texts } => review(catalog, locale, texts, output),
        TranslationCommand::Export(arguments) => exchange::export(catalog, arguments, output),
        TranslationCommand::Import(arguments) => exchange::import(catalog, arguments, output),
    }
}

fn coverage(
    catalog: &Catalog,
    locale: Option<&str>,
    only: &EntryFilter,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let coverage = if only.is_empty() { catalog.coverage()? } else { catalog.coverage_of_part(only)? };
    // The locale is looked up first: a misspelt one fails without a table.
    let locale = locale.map(|tag| coverage.locale(tag)).transpose()?;
    output.result(coverage.to_string());
    let Some(locale) = locale else { return Ok(()) };
    output.result("");
    let copied: HashSet<&String> = locale.copied.iter().collect();
    for address in &locale.missing {
        let copied = if copied.contains(address) { ": a copy of the source" } else { "" };
        output.result(format!("missing {address}{copied}"));
    }
    for address in &locale.stale {
        output.result(format!("stale {address}"));
    }
    if locale.missing.is_empty() && locale.stale.is_empty() {
        output.result("nothing is missing");
    }
    Ok(())
}

fn sync(catalog: &Catalog, only_check: bool, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let files = catalog.translation_files()?;
    if !only_check {
        return write(catalog, &originals, &files, output);
    }
    let leftovers = files.leftovers();
    let mut current = generated(catalog, &files);
    let number = current.len();
    current.extend(unlisted_records(catalog, &files));
    let updates = Update::needed(catalog.folder(), current)?;
    for update in &updates {
        output.result(format!("would write {}", update.path().display()));
    }
    for path in &leftovers {
        output.result(format!("would remove {}", path.display()));
    }
    match updates.len() + leftovers.len() {
        0 => output.result(all_current(number)),
        1 => return Err(Error::NotCurrent),
        updates => return Err(Error::SeveralNotCurrent(updates)),
    }
    Ok(())
}

fn accept(catalog: &Catalog, locale: Option<&str>, texts: &[String], output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let files = catalog.translation_files_to_mark(locale, texts)?;
    let texts = &files.addresses(texts);
    let locale = locale.map(|tag| files.listed(tag).map(str::to_owned)).transpose()?;
    let files = match &locale {
        Some(locale) => files.accept(locale, texts)?,
        None => files.accept_in_all_locales(texts)?,
    };
    write(catalog, &originals, &files, output)?;
    let place = match (locale, texts.len()) {
        (Some(locale), _) => format!("`{locale}`"),
        (None, 1) => "every locale that has it".to_owned(),
        (None, _) => "every locale that has them".to_owned(),
    };
    output.result(format!("accepted {} in {place}", count(texts.len(), "text")));
    Ok(())
}

fn review(catalog: &Catalog, locale: &str, texts: &[String], output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let coverage = catalog.coverage()?;
    let known = coverage.locale(locale)?;
    let locale = known.tag.as_str();
    let files = catalog.translation_files_to_mark(Some(locale), texts)?;
    let texts = files.addresses(texts);
    let named: HashSet<&String> = texts.iter().collect();
    let stale: Vec<&String> = known.stale.iter().filter(|address| named.contains(address)).collect();
    let files = files.review(locale, &texts)?;
    write(catalog, &originals, &files, output)?;
    output.result(format!("reviewed {} in `{locale}`", count(texts.len(), "text")));
    for address in stale {
        output.result(format!("{address} was stale; it now counts as a translation of the current source"));
    }
    Ok(())
}

/// Reviews every translation of a locale but stale ones and copies. A reader of the translations alone does not see that their
/// sources have changed, or that nobody has translated them yet, and a review would hide it.
fn review_all(catalog: &Catalog, tag: &str, output: &mut CommandOutput) -> Result<(), Error> {
    let coverage = catalog.coverage()?;
    let locale = coverage.locale(tag)?;
    let tag = locale.tag.as_str();
    let files = catalog.translation_files()?;
    let mut texts = files.translated(tag);
    // Nobody can say that these are right.
    let wrong: HashSet<String> = files.disagreeing(Some(tag), &locale.stale).into_iter().collect();
    let left_out: HashSet<&String> = locale.stale.iter().chain(&locale.copied).collect();
    texts.retain(|address| !left_out.contains(address));
    review(catalog, tag, &texts, output)?;
    for (word, addresses, reason, to_review) in [
        ("stale", &locale.stale, "the source has changed", "one anyway"),
        ("copied", &locale.copied, "nobody has translated it", "one that is right in both languages"),
    ] {
        if addresses.is_empty() {
            continue;
        }
        let texts = count(addresses.len(), &format!("{word} text"));
        let remedy = match addresses.iter().all(|address| wrong.contains(address)) {
            true => String::new(),
            false => format!("; to review {to_review}, name it"),
        };
        output.result(format!("{texts} left out because {reason}{remedy}:"));
        for address in addresses {
            let fault = if wrong.contains(address) { ": the translation does not fit the text" } else { "" };
            output.result(format!("{word} {address}{fault}"));
        }
    }
    Ok(())
}

/// Writes the files that are not current, and lists them.
fn write(
    catalog: &Catalog,
    originals: &Originals,
    files: &TranslationFiles,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let leftovers = files.leftovers();
    let mut current = generated(catalog, files);
    let number = current.len();
    current.extend(unlisted_records(catalog, files));
    let updates = Update::needed(catalog.folder(), current)?;
    if updates.is_empty() && leftovers.is_empty() {
        output.result(all_current(number));
    }
    write::write(&Updates::from(updates).since(files, catalog), originals, output)?;
    remove_leftovers(catalog, files, output)
}

/// Removes the generated files that are not needed any more.
pub(super) fn remove_leftovers(
    catalog: &Catalog,
    files: &TranslationFiles,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    for path in &files.leftovers() {
        update::remove(catalog.folder(), path)?;
        output.set_written();
        output.result(format!("removed {}, which is not needed any more", path.display()));
    }
    Ok(())
}

/// The files for translators, and the schemas for editors where the catalogue has them.
fn generated(catalog: &Catalog, files: &TranslationFiles) -> Vec<(PathBuf, String)> {
    let schemas = FileKind::ALL.iter().map(|kind| (catalog.path(&kind.path()), kind.schema()));
    files.files().into_iter().chain(schemas.filter(|(path, _)| path.exists())).collect()
}

/// The records of locales that were taken off the list for a while: the copies that are written now no longer have the texts that
/// stale translations were made from. Records of translations that can't be read stay as they are.
fn unlisted_records(catalog: &Catalog, files: &TranslationFiles) -> Vec<(PathBuf, String)> {
    let current: HashSet<PathBuf> = files.files().into_iter().map(|(path, _)| path).collect();
    let entries = fs::read_dir(catalog.path("locales")).into_iter().flatten().flatten();
    let states = entries
        .filter_map(|entry| entry.file_name().into_string().ok()?.strip_suffix(".state.toml").map(str::to_owned));
    let is_unlisted = |tag: &String| !current.contains(&catalog.path(&format!("locales/{tag}.state.toml")));
    let tags: Vec<String> = states.filter(is_unlisted).collect();
    if tags.is_empty() {
        return Vec::new();
    }
    let records = |text: &str| text.lines().filter(|line| line.starts_with('"')).count();
    let all = catalog.unchecked_translation_files(&tags).files().into_iter();
    let others = all.filter(|(path, _)| tags.iter().any(|tag| path.ends_with(format!("{tag}.state.toml"))));
    others.filter(|(path, text)| read_text(path).is_ok_and(|before| records(&before) <= records(text))).collect()
}

fn all_current(files: usize) -> String {
    match files {
        0 => "the catalogue has one language: there are no files for translators".to_owned(),
        1 => "the file is current".to_owned(),
        files => format!("all {files} files are current"),
    }
}
