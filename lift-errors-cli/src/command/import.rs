//! The command `import`: error codes from elsewhere become drafts.

use super::write;
use crate::catalog::Catalog;
use crate::count::count;
use crate::edit::files::CatalogFiles;
use crate::error::Error;
use crate::import;
use crate::import::write::{ImportFaults, ImportTarget};
use crate::import_arguments::ImportArguments;
use crate::originals::Originals;
use crate::output::CommandOutput;
use std::borrow::Cow;
use std::path::Path;

/// The most lines of one kind in the report.
const MOST: usize = 20;

/// The most names in one line of it.
const MOST_NAMES: usize = 5;

pub(super) fn import(catalog: &Catalog, arguments: &ImportArguments, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let known = catalog.translation_files_before()?;
    let imported = import::read(Path::new(&arguments.source), &arguments.form, &known)?;
    let target = ImportTarget { file: &arguments.file, since: &arguments.since, constants: &known.constants() };
    let edited = |faults: &ImportFaults| {
        let mut files = CatalogFiles::read(catalog)?;
        let written = import::write::write(&mut files, imported.clone(), &target, faults)?;
        Ok::<_, Error>((files, written))
    };
    // An error or a translation that the catalogue can't have is left out, and keeps nothing else from it.
    let mut faults = ImportFaults::default();
    let (files, written) = loop {
        let (files, written) = edited(&faults)?;
        let before = faults.len();
        // Of several faults the first is told.
        for (code, fault) in files.entry_faults(catalog, &arguments.file)? {
            if written.codes.contains(&code) {
                faults.entries.entry(code).or_insert(fault);
            }
        }
        if !written.locales.is_empty() {
            for (text, fault) in files.translation_faults(catalog, &written.locales)? {
                faults.translations.entry(text).or_insert(fault);
            }
        }
        if faults.len() == before {
            break (files, written);
        }
    };
    // A language is more than a line, and there are few.
    for line in &written.languages_left_out {
        output.result(format!("left out: {line}"));
    }
    for (heading, lines) in [("changed", &written.changed), ("left out", &written.left_out)] {
        for line in lines.iter().take(MOST) {
            output.result(format!("{heading}: {}", shortened(line)));
        }
        if lines.len() > MOST {
            output.result(format!("{heading}: {} more", lines.len() - MOST));
        }
    }
    let summary = format!(
        "{} imported, {}, {} left out",
        count(written.codes.len(), "error"),
        count(written.changed.len(), "remark"),
        written.languages_left_out.len() + written.left_out.len()
    );
    if written.codes.is_empty() {
        return Err(Error::NothingToImport(summary));
    }
    let updates = files.updates(catalog, str::to_owned)?;
    write::write(&updates, &originals, output)?;
    if written.without_status > 0 {
        let drafts = count(written.without_status, "draft");
        output.result(format!(
            "{drafts} without a status: 500, and never tried again, until you write `status` and `retry`"
        ));
    }
    if written.hidden_texts > 0 {
        let texts = count(written.hidden_texts, "text parameter");
        output.result(format!("{texts} for operators only: clients read `…` instead, until you write `sensitivity`"));
    }
    if !written.numbers.is_empty() {
        output.result(numbers(&written.numbers));
    }
    if let Some(hint) = imported.hint {
        output.result(hint);
    }
    output.result(summary);
    Ok(())
}

/// The longest line about a text, in characters: a message may have very many placeholders. The file has the remarks as a whole.
const LONGEST_LINE: usize = 1_000;

fn shortened(line: &str) -> Cow<'_, str> {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()).into(),
        None => line.into(),
    }
}

/// What clients read of numbers: the source may have meant ids.
fn numbers(addresses: &[String]) -> String {
    let shown: Vec<&str> = addresses.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = match addresses.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "{} ({}{more}): clients read 12,345; for ids, ports and years write `type = \"text\"` and `sensitivity`",
        count(addresses.len(), "number parameter"),
        shown.join(", ")
    )
}
