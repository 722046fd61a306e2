//! The command `check`.

use crate::catalog::Catalog;
use crate::count::count;
use crate::error::Error;
use crate::output::CommandOutput;

pub(super) fn check(catalog: &Catalog, deny_drafts: bool, output: &mut CommandOutput) -> Result<(), Error> {
    let checked = if deny_drafts { catalog.check_for_release() } else { catalog.check() };
    let warnings = match &checked {
        Ok(warnings) => warnings,
        Err(faults) => faults.warnings(),
    };
    for warning in warnings.shown() {
        output.warning(warning);
        output.warning("");
    }
    match checked?.count() {
        0 => output.result("no faults"),
        warnings => output.result(format!("no faults, {}", count(warnings, "warning"))),
    }
    Ok(())
}
