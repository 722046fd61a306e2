//! Callers and their permissions: API keys, people, roles and tiers, and the errors that refuse access.

use crate::secret::Digest;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, request::Parts};
use lift_errors::LiftError;
use std::fmt;

/// A role. Each includes the permissions of the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Reads and places orders.
    Browser,
    /// Approves, deletes, and reads reports.
    Manager,
    /// Operates the gateway.
    Admin,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The plan of an organization, which sets its number of requests.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tier {
    Shared,
    Dedicated,
}

/// The kind of a caller: a script reads the errors of HTTP, a person the application's own messages.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Script,
    Person,
}

/// The sender of a request. A handler that takes a `Caller` refuses unknown senders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    pub(crate) name: &'static str,
    pub(crate) organization: &'static str,
    pub(crate) role: Role,
    pub(crate) tier: Tier,
    kind: Kind,
}

/// Why access is refused.
#[derive(Clone, Debug, LiftError)]
pub(crate) enum AccessError {
    #[lift(code = unauthorized)]
    Unknown,
    #[lift(code = unauthorized, cause = wrong_credentials)]
    WrongCredentials,
    #[lift(code = session_expired, cause = session_timed_out)]
    SessionExpired,
    #[lift(code = forbidden, cause = role_lacks_permission)]
    ScriptLacksRole { required_role: Role },
    #[lift(code = permission_denied, cause = role_lacks_permission)]
    PersonLacksRole { required_role: Role },
    #[lift(code = forbidden, cause = other_organization)]
    OtherOrganization,
    #[lift(code = forbidden)]
    OtherOrigin,
}

impl Caller {
    const fn new(name: &'static str, organization: &'static str, role: Role, tier: Tier, kind: Kind) -> Self {
        Self { name, organization, role, tier, kind }
    }

    /// Refuses a caller whose role is less than `required_role`.
    pub(crate) fn require(&self, required_role: Role) -> Result<(), AccessError> {
        match self.kind {
            _ if self.role >= required_role => Ok(()),
            Kind::Script => Err(AccessError::ScriptLacksRole { required_role }),
            Kind::Person => Err(AccessError::PersonLacksRole { required_role }),
        }
    }

    /// Refuses a caller of another organization than the owner's.
    pub(crate) fn belong_to(&self, organization: &str) -> Result<(), AccessError> {
        if self.organization == organization { Ok(()) } else { Err(AccessError::OtherOrganization) }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = AccessError;

    /// `limit::admit` identifies the caller first, because it counts by caller.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AccessError> {
        let found = parts.extensions.get::<Result<Self, AccessError>>();
        found.cloned().unwrap_or(Err(AccessError::Unknown))
    }
}

/// The demonstration's API keys. A real service keeps their digests in a database.
const KEYS: [(&str, Caller); 3] = [
    ("shared-5a7c01", Caller::new("erp-sync", "Acme", Role::Browser, Tier::Shared, Kind::Script)),
    ("dedicated-93ac44", Caller::new("planner", "Acme", Role::Manager, Tier::Dedicated, Kind::Script)),
    ("operator-c50e9b", Caller::new("operator", "Lift", Role::Admin, Tier::Dedicated, Kind::Script)),
];

/// The demonstration's people, with their passwords.
const PEOPLE: [(&str, &str, Caller); 2] = [
    ("maya", "blue-pallet", Caller::new("maya", "Acme", Role::Browser, Tier::Dedicated, Kind::Person)),
    ("omar", "red-forklift", Caller::new("omar", "Acme", Role::Manager, Tier::Dedicated, Kind::Person)),
];

/// The holder of the API key in an `Authorization` header.
pub(crate) fn key_holder(credentials: &HeaderValue) -> Option<Caller> {
    let (scheme, given) = credentials.to_str().ok()?.split_once(' ')?;
    let key = scheme.eq_ignore_ascii_case("Bearer").then(|| Digest::of(given.trim()))?;
    holder(KEYS.map(|(known, caller)| (Digest::of(known), caller)), key)
}

/// The person with a name and a password.
pub(crate) fn person(name: &str, password: &str) -> Option<Caller> {
    let of = |name: &str, password: &str| Digest::of(&format!("{name}\n{password}"));
    holder(PEOPLE.map(|(name, password, caller)| (of(name, password), caller)), of(name, password))
}

/// The caller with a secret. All are compared, so that the time does not tell which one it was, or that it is unknown.
fn holder<const N: usize>(known: [(Digest, Caller); N], given: Digest) -> Option<Caller> {
    known.into_iter().fold(None, |found, (digest, caller)| if digest.matches(&given) { Some(caller) } else { found })
}
