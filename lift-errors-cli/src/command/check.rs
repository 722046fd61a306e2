//! The command `check`.

use crate::catalog::Catalog;
use crate::count::count;
use crate::error::Error;
use crate::output::CommandOutput;
use lift_errors_codegen::{CheckedPart, CompileErrors, EntryFilter, Warnings};

pub(super) fn check(
    catalog: &Catalog,
    deny_drafts: bool,
    only: &EntryFilter,
    output: &mut CommandOutput,
) -> Result<(), Error> {
    if only.is_empty() {
        let checked = if deny_drafts { catalog.check_for_release() } else { catalog.check() };
        return report(checked, "no faults".to_owned(), output);
    }
    let CheckedPart { entries, all_entries, other_faults, other_warnings, checked, .. } =
        catalog.check_part(only, deny_drafts)?;
    if entries == 0 {
        return Err(Error::NothingLeft);
    }
    report(checked, format!("no faults in {entries} of {}", count(all_entries, "error")), output)?;
    // A part without faults is not a catalogue without faults: services don't compile it.
    if other_faults + other_warnings > 0 {
        let others = [count(other_faults, "fault"), count(other_warnings, "warning")];
        output.result(format!("the others have {}", others.join(" and ")));
    }
    Ok(())
}

fn report(checked: Result<Warnings, CompileErrors>, fine: String, output: &mut CommandOutput) -> Result<(), Error> {
    let warnings = match &checked {
        Ok(warnings) => warnings,
        Err(faults) => faults.warnings(),
    };
    for warning in warnings.shown() {
        output.warning(warning);
        output.warning("");
    }
    match checked?.count() {
        0 => output.result(fine),
        warnings => output.result(format!("{fine}, {}", count(warnings, "warning"))),
    }
    Ok(())
}
