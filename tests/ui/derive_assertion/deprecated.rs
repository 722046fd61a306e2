//! Uses of a deprecated entry: each warns once, at the user's word. Nothing warns that the user did not write.
#![deny(deprecated)]

use lift_errors::LiftError;

mod catalog {
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "onboarding/catalog.toml")]
    #[deprecated]
    pub struct Onboarding;
}

use catalog::onboarding;

#[derive(Debug, LiftError)]
#[lift(catalog = onboarding)]
enum Import {
    #[lift(code = onb_old_import, cause = old_script)]
    Old {
        #[source]
        source: std::io::Error,
    },
    #[lift(transparent, codes = [onb_old_import, onb_form_invalid])]
    Listed(Box<dyn LiftError>),
    #[allow(deprecated)]
    #[lift(code = onb_old_import)]
    Allowed,
    #[deprecated]
    #[lift(code = onb_old_import)]
    DeprecatedToo,
}

#[derive(Debug, LiftError)]
#[allow(deprecated)]
#[lift(catalog = onboarding, code = onb_old_import)]
struct Allowed;

fn main() {
    let _ = onboarding::onb_old_import::ENTRY;
    let error = onboarding::Error::onb_old_import();
    if let onboarding::Error::OnbOldImport { .. } = error {}
    if error.code() == onboarding::Code::OnbOldImport {}
    let _ = onboarding::onb_old_import::Cause::OldScript;
}
