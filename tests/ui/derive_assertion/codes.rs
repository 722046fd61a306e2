//! Codes in the wrong case, or of another catalogue.

use lift_errors::LiftError;

mod catalog {
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "onboarding/catalog.toml")]
    pub struct Onboarding;
}

#[derive(Debug, LiftError)]
enum Canonical {
    #[lift(code = NotFound)]
    WrongCase,
    #[lift(code = onb_site_unknown)]
    OtherCatalogue { site: String, host: String },
    #[lift(code = catalog::onboarding::onb_site_unknown)]
    Path { site: String, host: String },
    #[lift(catalog = "catalog::onboarding", code = onb_login_needed)]
    Quoted,
}

#[derive(Debug, LiftError)]
#[lift(catalog = catalog::onboarding)]
enum WrongCase {
    #[lift(code = OnbLoginNeeded)]
    OfOwnCatalogue,
}

#[derive(Debug, LiftError)]
#[lift(catalog = catalog::onboarding)]
enum Own {
    #[lift(code = onb_login_neded)]
    NoSuchCode,
    #[lift(code = forbidden)]
    OfLift { required_role: String },
}

fn main() {}
