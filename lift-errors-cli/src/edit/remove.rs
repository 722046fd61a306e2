//! Removes an entry, and leaves the tombstone of one that was released.

use super::files::{CatalogFiles, Role};
use crate::error::Error;
use crate::nearest;
use toml_edit::{Item, value};

/// Removes an entry from every file and locale. `version` is the one that does not have it any more.
///
/// # Errors
///
/// If there is no such entry, another one refers to it, or it was released and no version is given.
pub(crate) fn remove(files: &mut CatalogFiles, code: &str, version: Option<&str>) -> Result<(), Error> {
    let codes = files.codes();
    if !codes.iter().any(|known| known == code) {
        let hint = nearest::hint(code, codes.iter().map(String::as_str), "codes");
        return Err(Error::UnknownCode { code: code.to_owned(), hint });
    }
    for file in files.files.iter().filter(|file| file.role == Role::Errors) {
        for (other, entry) in file.document.iter() {
            for key in ["same_as", "replaced_by"] {
                if entry.get(key).and_then(Item::as_str) == Some(code) {
                    return Err(Error::InUse { code: code.to_owned(), by: other.to_owned(), key });
                }
            }
        }
    }
    if files.is_released(code) {
        let Some(version) = version else { return Err(Error::NoVersion { code: code.to_owned() }) };
        for file in files.with_role(Role::Lock) {
            if let Some(released) = file.document.get_mut(code).and_then(Item::as_table_like_mut) {
                released.insert("removed", value(version));
            }
        }
    }
    for file in files.with_entries() {
        file.document.remove(code);
    }
    Ok(())
}
