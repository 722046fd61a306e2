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
    let document = openapi::document("Errors of OpenBoxes Lift", env!("CARGO_PKG_VERSION"), &[&lift::CATALOG]);
    writeln!(io::stdout().lock(), "{document:#}")
}
