//! Calls of the services, and what is read of their replies.

use crate::http::{Call, Reply, raw};
use serde_json::Value;
use std::net::SocketAddr;

/// The limit of bodies, in bytes.
pub(super) const BODY_LIMIT: usize = 1_024;

pub(super) fn send(address: SocketAddr, call: &Call) -> Reply {
    let reply = raw(address, &call.bytes(), false);
    Reply::parse(&reply).unwrap_or_else(|| panic!("{call:?}: {}", String::from_utf8_lossy(&reply)))
}

pub(super) fn json(path: &str, body: &str) -> Call {
    Call::anonymous("POST", path).body("application/json", body.as_bytes())
}

pub(super) fn form(body: &str) -> Call {
    Call::anonymous("POST", "/login").body("application/x-www-form-urlencoded", body.as_bytes())
}

pub(super) fn get(path: &str) -> Call {
    Call::anonymous("GET", path)
}

/// The pointers and codes of a problem document's field errors.
pub(super) fn fields(document: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = document["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}
