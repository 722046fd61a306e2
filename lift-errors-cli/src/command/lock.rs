//! The command `lock`.

use super::write;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::originals::Originals;
use crate::output::CommandOutput;
use crate::regular_file::read_text;
use crate::update::Update;

pub(super) fn lock(catalog: &Catalog, only_check: bool, output: &mut CommandOutput) -> Result<(), Error> {
    let originals = Originals::read(catalog);
    let lock = catalog.lock()?;
    let path = lock.path().to_owned();
    let updates = Update::needed(catalog.folder(), vec![(path.clone(), lock.text().to_owned())])?;
    if updates.is_empty() {
        output.result(format!("{} is current", path.display()));
        return Ok(());
    }
    // `Update::needed` has read it, if it is there.
    let before = read_text(&path).ok();
    if only_check {
        let difference = before.as_deref().map(|before| lock.difference(before)).unwrap_or_default();
        output.result(format!("would write {}{difference}", path.display()));
        return Err(if before.is_some() { Error::LockNotCurrent } else { Error::NoLock });
    }
    write::write(&updates.into(), &originals, output)?;
    match before {
        Some(_) => Ok(()),
        None => lock.show_new_file().map_err(|source| Error::Write { path: catalog.manifest().into(), source }),
    }
}
