//! The command `import`: error codes from elsewhere become drafts.

use super::write;
use crate::arguments::ImportArguments;
use crate::catalog::Catalog;
use crate::count::count;
use crate::edit::files::CatalogFiles;
use crate::error::Error;
use crate::import;
use crate::import::write::TranslationFaults;
use crate::originals::Originals;
use crate::output::CommandOutput;
use std::path::Path;

/// The most lines of one kind in the report.
const MOST: usize = 20;

pub(super) fn import(catalog: &Catalog, arguments: &ImportArguments, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let known = catalog.translation_files_before()?;
    let imported = import::read(Path::new(&arguments.source), &arguments.mapping, &known)?;
    let edited = |faults: &TranslationFaults| {
        let mut files = CatalogFiles::read(catalog)?;
        let written = import::write::write(&mut files, imported.clone(), &arguments.file, &arguments.since, faults)?;
        Ok::<_, Error>((files, written))
    };
    let (mut files, mut written) = edited(&TranslationFaults::new())?;
    // A translation that the catalogue can't have is left out, and keeps nothing else from it.
    let mut faults = TranslationFaults::new();
    for tag in &written.locales {
        let of_locale = files.translation_faults(catalog, tag)?;
        faults.extend(of_locale.into_iter().map(|(address, fault)| ((tag.clone(), address), fault)));
    }
    if !faults.is_empty() {
        (files, written) = edited(&faults)?;
    }
    for (heading, lines) in [("changed", &written.changed), ("left out", &written.left_out)] {
        for line in lines.iter().take(MOST) {
            output.result(format!("{heading}: {line}"));
        }
        if lines.len() > MOST {
            output.result(format!("{heading}: {} more", lines.len() - MOST));
        }
    }
    let summary = format!(
        "{} imported, {} with a remark, {} left out",
        count(written.entries, "error"),
        written.changed.len(),
        written.left_out.len()
    );
    if written.entries == 0 {
        return Err(Error::NothingToImport(summary));
    }
    let updates = files.updates(catalog, str::to_owned)?;
    write::write(&updates, &originals, output)?;
    output.result(summary);
    Ok(())
}
