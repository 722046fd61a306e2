//! Parameters that are missing, of another type, or always there.

use lift_errors::{FieldErrors, LiftError, Secret};
use std::time::Duration;

mod catalog {
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "onboarding/catalog.toml")]
    pub struct Onboarding;
}

#[derive(Debug, LiftError)]
#[lift(catalog = catalog::onboarding)]
enum Parameters {
    #[lift(code = onb_import_busy)]
    MissingAll,
    #[lift(code = onb_import_busy)]
    MissingOne { running: u32, queued: u64, balance: i64 },
    #[lift(code = onb_site_unknown)]
    MissingText { host: String },
    #[lift(code = onb_import_invalid)]
    MissingSecret,
    #[lift(code = onb_storage_down)]
    AlwaysThere { retry_after: Option<Duration> },
    #[lift(code = onb_site_unknown, host = "{site:?}")]
    AlwaysThereToo { site: Option<String> },
    #[lift(code = onb_no_answer)]
    OfClients { limit: Duration },
    #[lift(code = onb_login_needed)]
    Fields(#[lift(field_errors)] FieldErrors),
}

#[derive(Debug, LiftError)]
#[lift(catalog = catalog::onboarding)]
enum Types {
    #[lift(code = onb_import_busy)]
    Numbers { running: u64, queued: i64, balance: u64, retry_after: u32 },
    #[lift(code = onb_import_invalid)]
    Open { api_key: String },
    #[lift(code = onb_import_invalid)]
    Optional { api_key: Secret<String>, line: Option<String> },
    #[lift(code = onb_site_unknown)]
    NoDisplay { site: Vec<u8>, host: String },
}

fn main() {}
