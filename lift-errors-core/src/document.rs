//! The members of the JSON documents: problem details (RFC 9457 §3) with their extensions, and the Lift envelope.
//!
//! The compiler writes the constant part of each document, the runtime the rest, `serde` the whole, and an OpenAPI schema
//! describes it. A test compares all four with these lists. The order is that of the schema.

/// A member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: &'static str,
    /// Whether every response has it.
    pub is_required: bool,
}

const fn required(name: &'static str) -> Member {
    Member { name, is_required: true }
}

const fn optional(name: &'static str) -> Member {
    Member { name, is_required: false }
}

/// Problem details, whose extension members have names of at least three letters (RFC 9457 §3.2). An error that only clients raise is not a response and has no `status`.
pub const PROBLEM: &[Member] = &[
    required("type"),
    required("title"),
    required("status"),
    required("detail"),
    optional("instance"),
    required("catalog"),
    required("code"),
    required("error_id"),
    optional("request_id"),
    required("retry"),
    required("causes"),
    required("fixes"),
    optional("notes"),
    optional("errors"),
    optional("params"),
];

/// The member `retry` of problem details.
pub const RETRY: &[Member] = &[required("kind"), optional("after")];

/// An item of `causes`.
pub const CAUSE: &[Member] = &[required("id"), required("text"), optional("audience"), required("fixes")];

/// An item of `fixes`.
pub const FIX: &[Member] = &[required("id"), required("text"), optional("audience"), optional("href")];

/// An item of `notes`.
pub const NOTE: &[Member] = &[required("id"), required("text"), optional("audience"), required("kind")];

/// An item of `errors` in problem details.
pub const FIELD_ERROR: &[Member] = &[
    required("field"),
    required("pointer"),
    optional("label"),
    required("code"),
    optional("params"),
    required("message"),
];

/// The Lift envelope.
pub const ENVELOPE: &[Member] = &[
    required("errorCode"),
    required("errorMessage"),
    optional("errorMessages"),
    optional("errors"),
    required("catalog"),
    required("code"),
    required("errorId"),
    optional("requestId"),
    optional("retryAfter"),
];

/// An item of `errors` in the envelope.
pub const ENVELOPE_FIELD_ERROR: &[Member] = &[required("field"), required("message")];

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9457 §3.2: "they SHOULD be at least three characters long", of letters, digits and `_`, beginning with a letter.
    #[test]
    fn extension_members_are_named_as_the_rfc_recommends() {
        for Member { name, .. } in PROBLEM.iter().chain(ENVELOPE) {
            let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            assert!(name.len() >= 3 && is_word && name.as_bytes()[0].is_ascii_alphabetic(), "{name}");
        }
    }
}
