//! The member `debug` of a JSON response, for developers. Only a debug build of this crate has the code that writes it.

use crate::problem::lift_error::LiftError as _;
use crate::server::error_response::ErrorResponse;
use crate::server::telemetry::Sources;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use lift_errors_core::escape;

/// Appends the member to a whole JSON object: the variant, the place where the error became a response, and its sources.
pub(super) fn append(error: &ErrorResponse, document: &mut Vec<u8>) {
    if document.pop() != Some(b'}') {
        return;
    }
    let mut member = String::from(",\"debug\":{\"sources\":[");
    let sources = Sources::of(error.error());
    for (number, text) in sources.iter().flat_map(Sources::texts).enumerate() {
        member += if number > 0 { "," } else { "" };
        string(text, &mut member);
    }
    member += "]";
    for (name, value) in [
        (",\"variant\":", error.__log_facts().variant.map(|variant| format!("{variant}"))),
        (",\"place\":", error.origin().place.map(|place| format!("{place}"))),
    ] {
        if let Some(value) = value {
            member += name;
            string(&value, &mut member);
        }
    }
    member += "}}";
    document.extend_from_slice(member.as_bytes());
}

fn string(text: &str, member: &mut String) {
    *member += "\"";
    escape::json(text, &mut |piece| *member += piece);
    *member += "\"";
}
