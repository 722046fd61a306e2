//! The commands for translators' tools: `export` and `import` of PO and XLIFF.

use super::write::write;
use crate::argument_values::usual_tag;
use crate::catalog::Catalog;
use crate::count::count;
use crate::edit::files::CatalogFiles;
use crate::edit::translation;
use crate::error::Error;
use crate::exchange::fault::{self, Fault};
use crate::exchange::file::{ExchangeFile, Format};
use crate::exchange::merge::{Change, Merge};
use crate::originals::Originals;
use crate::output::CommandOutput;
use crate::regular_file;
use crate::translation_arguments::{TranslationsExport, TranslationsImport};
use crate::update::{self, Updates};
use lift_errors_codegen::{TranslationUnit, TranslationUnits, UnitText};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::slice;

/// The most addresses in a list.
const MOST: usize = 20;

pub(super) fn export(
    catalog: &Catalog,
    arguments: &TranslationsExport,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let mut units = catalog.translation_files_with(arguments.locale.as_deref())?.units(arguments.locale.as_deref())?;
    let is_for_later = |unit: &TranslationUnit| unit.is_of_draft && unit.translation.is_none();
    if !arguments.with_drafts {
        let (left_out, exported): (Vec<_>, Vec<_>) = units.units.into_iter().partition(is_for_later);
        units.units = exported;
        report_drafts(&left_out, output);
    }
    if units.without_file > 0 {
        let left_out = count(units.without_file, "text");
        output.warning(format!(
            "warning: {left_out} of the base left out: no file can have the translations\n  = help: write \
             `files = [\"errors.toml\"]` in the manifest, and make that file beside it, which may be empty"
        ));
    }
    let locale = units.locale.as_deref();
    let path = Path::new(arguments.out.as_deref().unwrap_or("-"));
    let unwritten = |source| Error::Write { path: path.to_owned(), source };
    let text = arguments.format.write(&units, locale).map_err(unwritten)?;
    if arguments.out.is_none() {
        output.rendered(text.trim_end_matches('\n'));
        return Ok(());
    }
    if Originals::read(catalog).contain(path) {
        return Err(Error::FileOfCatalog { path: path.to_owned() });
    }
    update::write_alone(path, &text)?;
    let translated = units.units.iter().filter(|unit| unit.translation.is_some()).count();
    let stale = units.units.iter().filter(|unit| unit.is_stale).count();
    let texts = count(units.units.len(), "text");
    output.result(format!("wrote {}: {texts}, {translated} translated, {stale} stale", path.display()));
    Ok(())
}

/// Says which texts nobody has to translate yet.
fn report_drafts(left_out: &[TranslationUnit], output: &mut CommandOutput) {
    let code = |unit: &TranslationUnit| unit.address.split('.').next().unwrap_or_default().to_owned();
    let codes: BTreeSet<String> = left_out.iter().map(code).collect();
    if codes.is_empty() {
        return;
    }
    let named: Vec<String> = codes.iter().take(MOST).map(|code| format!("`{code}`")).collect();
    let more = codes.len().checked_sub(MOST).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
    let (texts, drafts) = (count(left_out.len(), "text"), count(codes.len(), "draft"));
    output.warning(format!(
        "note: {texts} of {drafts} left out: {}{more}\n  = help: `--drafts` exports them, too",
        named.join(", ")
    ));
}

pub(super) fn import(
    catalog: &Catalog,
    arguments: &TranslationsImport,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let path = Path::new(&arguments.file);
    let at_line = |fault: Fault| Error::Exchange { path: path.to_owned(), fault };
    let (text, format) = (read(path)?, arguments.format);
    let file = ExchangeFile::read(format, &text).map_err(|fault| match Format::of(&text) {
        Some(other) if other != format => Error::OtherFormat { path: path.to_owned(), format: other },
        _ => at_line(fault),
    })?;
    let tag = arguments.locale.as_deref().or(file.locale());
    let tag = tag.ok_or_else(|| Error::NoLanguage { path: path.to_owned() })?;
    let tag = usual_tag(tag);
    let units = catalog.translation_files_with(Some(&tag))?.units(Some(&tag));
    let units = units.map_err(|fault| match arguments.locale {
        Some(_) => fault.into(),
        None => Error::LanguageOfFile { path: path.to_owned(), fault },
    })?;
    let tag = units.locale.clone().unwrap_or_default();
    let mut merge = file.merge(&units).map_err(at_line)?;

    let mut files = with_changes(catalog, &tag, &units, &merge)?;
    let mut faults = files.translation_faults(catalog, slice::from_ref(&tag))?;
    let fault_of = |faults: &HashMap<(String, String), String>, change: &Change| {
        let address = units.units.get(change.unit).map(|unit| unit.address.clone())?;
        faults.get(&(tag.clone(), address)).cloned()
    };
    // The fault may be that of a form for fractions, which the file does not have: its text was the one before.
    let mut has_fewer_forms = false;
    for change in merge.changes.iter_mut().filter(|change| fault_of(&faults, change).is_some()) {
        has_fewer_forms |= change.remove_forms_for_fractions(&units.categories);
    }
    if has_fewer_forms {
        files = with_changes(catalog, &tag, &units, &merge)?;
        faults = files.translation_faults(catalog, slice::from_ref(&tag))?;
    }
    let mut wrong = Vec::new();
    // Of very many faults the first are known: the others show when those are gone.
    loop {
        let before = merge.changes.len();
        for change in std::mem::take(&mut merge.changes) {
            match fault_of(&faults, &change) {
                Some(fault) => {
                    let address = units.units.get(change.unit).map_or("", |unit| &unit.address);
                    wrong.push((change.line, format!("`{address}`: {fault}")));
                }
                None => merge.changes.push(change),
            }
        }
        if merge.changes.len() == before {
            break;
        }
        files = with_changes(catalog, &tag, &units, &merge)?;
        faults = files.translation_faults(catalog, slice::from_ref(&tag))?;
    }
    wrong.append(&mut merge.left_out);
    wrong.sort();
    for (line, fault) in &wrong {
        output.warning(format!("warning: {}:{line}: left out: {fault}", path.display()));
    }
    let updates = updates(catalog, &tag, &units, &merge, &files)?;
    write(&updates, &originals, output)?;
    report(&tag, &units, &merge, output);
    if files.must_be_complete() {
        report_incomplete(catalog, &tag, output)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::LeftOut { texts: wrong.len(), gone: merge.gone }) }
}

fn read(path: &Path) -> Result<String, Error> {
    let bytes = regular_file::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    fault::text(bytes).map_err(|fault| Error::Exchange { path: path.to_owned(), fault })
}

/// The files of the catalogue with the changes.
fn with_changes(catalog: &Catalog, tag: &str, units: &TranslationUnits, merge: &Merge) -> Result<CatalogFiles, Error> {
    let mut files = CatalogFiles::read(catalog)?;
    // One that was taken off the list for a while comes back with its translations.
    if !merge.changes.is_empty() || merge.unchanged > 0 {
        files.add_locale(tag)?;
    }
    // The copies of the texts are written anew, and the records of other locales may need those of before.
    files.add_unlisted_locales()?;
    for change in &merge.changes {
        if let Some(unit) = units.units.get(change.unit) {
            translation::set(&mut files, tag, unit, &change.text)?;
        }
    }
    Ok(files)
}

/// The files to write. A changed translation is a new one; of the others everything that was recorded stays.
fn updates(
    catalog: &Catalog,
    tag: &str,
    units: &TranslationUnits,
    merge: &Merge,
    files: &CatalogFiles,
) -> Result<Updates, Error> {
    if merge.changes.is_empty() && merge.approved.is_empty() && !files.has_new_locale() {
        return Ok(Updates::default());
    }
    let address = |change: &Change| units.units.get(change.unit).map(|unit| unit.address.clone());
    let changed: HashSet<String> = merge.changes.iter().filter_map(address).collect();
    let approved = merge.changes.iter().filter(|change| change.is_approved).filter_map(address);
    let approved: Vec<String> = approved.chain(merge.approved.iter().cloned()).collect();
    let carried = |locale: &str, address: &str| {
        let is_changed = locale == tag && changed.contains(address);
        (!is_changed).then(|| address.to_owned())
    };
    files.updates_with(catalog, carried, |mut records| {
        for change in &merge.changes {
            if let Some((address, text)) = address(change).zip(change.made_from.clone()) {
                records = records.made_from(tag, &address, text);
            }
        }
        if approved.is_empty() { Ok(records) } else { records.review(tag, &approved) }
    })
}

fn report(tag: &str, units: &TranslationUnits, merge: &Merge, output: &mut CommandOutput) {
    let is_new = |change: &&Change| units.units.get(change.unit).is_some_and(|unit| unit.translation.is_none());
    let new = merge.changes.iter().filter(is_new).count();
    let changed = merge.changes.len() - new;
    let mut facts =
        vec![format!("{new} new"), format!("{changed} changed"), format!("{} as they were", merge.unchanged)];
    for (count, fact) in [
        (merge.newer.len(), "older than the catalogue's and left out"),
        (merge.untranslated, "not translated"),
        (merge.unfinished.len(), "not finished and left out"),
    ] {
        if count > 0 {
            facts.push(format!("{count} {fact}"));
        }
    }
    let reviewed = merge.approved.len() + merge.changes.iter().filter(|change| change.is_approved).count();
    if reviewed > 0 {
        facts.push(format!("{reviewed} reviewed"));
    }
    output.result(format!("`{tag}`: {}", facts.join(", ")));
    let earlier = merge.changes.iter().filter(|change| change.made_from.is_some()).count();
    if earlier > 0 {
        output.result(format!(
            "{} made from an earlier source, so stale: `lift-errors export` has the present one",
            count(earlier, "translation")
        ));
    }
    let changed = merge.changes.iter().filter(|change| change.has_old_approval);
    let drafts = changed.filter_map(|change| Some((change.line, units.units.get(change.unit)?.address.clone())));
    let drafts: Vec<(usize, String)> = drafts.collect();
    if !drafts.is_empty() {
        output.result(format!(
            "{} changed since the review, to be read again and reviewed by `lift-errors review {tag} TEXT`:",
            count(drafts.len(), "translation")
        ));
        list("draft", &drafts, output);
    }
    report_renamed(merge, output);
    report_replaced(units, merge, output);
    report_removed_forms(units, merge, output);
    if !merge.newer.is_empty() {
        let texts = count(merge.newer.len(), "translation");
        output.result(format!("{texts} left as in the catalogue, newer than in the file:"));
        list("kept", &merge.newer, output);
    }
    if !merge.unfinished.is_empty() {
        output.result(format!(
            "{} that the file calls unfinished (`fuzzy` in PO, `state` in XLIFF); take that away where the work is done, and import \
             again:",
            count(merge.unfinished.len(), "translation")
        ));
        list("unfinished", &merge.unfinished, output);
    }
    if !merge.still_stale.is_empty() {
        let remedy = match merge.still_stale.iter().any(|(_, fits)| *fits) {
            true => format!("; if a translation is right nevertheless, run `lift-errors accept {tag} TEXT`"),
            false => String::new(),
        };
        let texts = count(merge.still_stale.len(), "text");
        output.result(format!("{texts} still stale, as the file did not change{remedy}:"));
        for (address, fits) in merge.still_stale.iter().take(MOST) {
            let reason = if *fits { "" } else { ": the translation does not fit the text" };
            output.result(format!("stale {address}{reason}"));
        }
        if let Some(more) = merge.still_stale.len().checked_sub(MOST).filter(|more| *more > 0) {
            output.result(format!("{more} more: `lift-errors coverage {tag}` lists them"));
        }
    }
}

/// Names the texts that got another name since the export: their translations are the file's.
fn report_renamed(merge: &Merge, output: &mut CommandOutput) {
    if merge.renamed.is_empty() {
        return;
    }
    let texts = count(merge.renamed.len(), "text");
    output.result(format!("{texts} of the file found by the source text, under another name:"));
    let texts = merge.renamed.iter().map(|(line, old, new)| (*line, format!("{} as {new}", old.escape_debug())));
    list("renamed", &texts.collect::<Vec<_>>(), output);
}

/// The texts of a kind with their lines in the file.
fn list(kind: &str, texts: &[(usize, String)], output: &mut CommandOutput) {
    for (line, address) in texts.iter().take(MOST) {
        output.result(format!("{kind} {address} (line {line} of the file)"));
    }
    if let Some(more) = texts.len().checked_sub(MOST).filter(|more| *more > 0) {
        output.result(format!("{more} more"));
    }
}

/// Says that `check` will fail: the manifest does not allow a part of a translation.
fn report_incomplete(catalog: &Catalog, tag: &str, output: &mut CommandOutput) -> Result<(), Error> {
    let coverage = catalog.coverage()?;
    let missing = coverage.locales.iter().find(|locale| locale.tag == tag).map_or(0, |locale| locale.missing.len());
    if missing > 0 {
        output.warning(format!(
            "warning: `{tag}` lacks {}, and the manifest has `complete = true`, so `lift-errors check` fails\n  = help: \
             remove that line while you translate; `lift-errors coverage {tag}` lists the missing texts",
            count(missing, "text")
        ));
    }
    Ok(())
}

/// Names the forms for fractions that do not fit a new translation any more. Files for translators do not have them.
fn report_removed_forms(units: &TranslationUnits, merge: &Merge, output: &mut CommandOutput) {
    for change in merge.changes.iter().filter(|change| !change.removed_forms.is_empty()) {
        let Some(unit) = units.units.get(change.unit) else { continue };
        let forms: Vec<String> = change.removed_forms.iter().map(|form| format!("`{form}`")).collect();
        output.warning(format!(
            "warning: {} of `{}`, a form for fractions, is removed: it does not fit the text, and the file does not have it\n  \
             = help: if the text needs it, write it into the catalogue's file by hand",
            forms.join(" and "),
            unit.address
        ));
    }
}

/// Names the translations that were somebody's work and are not in the catalogue any more. Where the file does not show which ones it
/// has changed, these are all changes: every reviewed translation is named, and the first of the others.
fn report_replaced(units: &TranslationUnits, merge: &Merge, output: &mut CommandOutput) {
    let mut replaced: Vec<&Change> = merge.changes.iter().filter(|change| change.replaces_work).collect();
    if replaced.is_empty() {
        return;
    }
    let reason = match merge.is_marked {
        true => "that the catalogue had changed since the export",
        false => "by a file that does not show which ones it has changed",
    };
    output.result(format!("{} replaced {reason}:", count(replaced.len(), "translation")));
    let mut listed = replaced.len();
    if !merge.is_marked {
        let is_reviewed = |change: &Change| units.units.get(change.unit).is_some_and(|unit| unit.is_reviewed);
        replaced.sort_by_key(|change| !is_reviewed(change));
        listed = replaced.iter().filter(|change| is_reviewed(change)).count().max(MOST);
    }
    for change in replaced.iter().take(listed) {
        let Some(unit) = units.units.get(change.unit) else { continue };
        let before = unit.translation.as_ref().map(shown).unwrap_or_default();
        output.result(format!("replaced {}\n  was: {before}\n  is now: {}", unit.address, shown(&change.text)));
    }
    if let Some(more) = replaced.len().checked_sub(listed).filter(|more| *more > 0) {
        output.result(format!("{more} more: `git diff` shows them"));
    }
}

/// A text on one line.
fn shown(text: &UnitText) -> String {
    let on_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.forms.as_slice() {
        [(_, form)] => on_line(form),
        forms => {
            let forms = forms.iter().map(|(category, form)| format!("{category}: {}", on_line(form)));
            forms.collect::<Vec<_>>().join(" | ")
        }
    }
}
