//! Requests to the gateway.

use super::DEDICATED_KEY;
use crate::http::Call;

/// A call with the key of a manager.
pub(super) fn call(method: &'static str, path: &str) -> Call {
    Call::anonymous(method, path).key(DEDICATED_KEY)
}

pub(super) fn get(path: &str) -> Call {
    call("GET", path)
}

pub(super) fn import(file: impl AsRef<[u8]>) -> Call {
    call("POST", "/imports/stock").body("text/csv", file.as_ref())
}
