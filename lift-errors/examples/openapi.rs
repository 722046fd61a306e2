//! Prints an OpenAPI document with every canonical error, for descriptions that other tools write:
//!
//! ```console
//! cargo run -p lift-errors --features openapi --example openapi > errors.openapi.json
//! ```
//!
//! An endpoint then says `$ref: 'errors.openapi.json#/components/responses/TooManyRequests'`.

use lift_errors::{lift, openapi};
use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let mut document = openapi::document("Errors of OpenBoxes Lift", env!("CARGO_PKG_VERSION"), &[&lift::CATALOG]);
    let license = env!("CARGO_PKG_LICENSE");
    document["info"]["license"] = serde_json::json!({ "name": license, "identifier": license });
    writeln!(io::stdout().lock(), "{document:#}")
}
