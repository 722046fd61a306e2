//! The check that a generated module fits the runtime.

use super::message::equal;

/// Whether the runtime has the version of the compiler that generated a module.
pub const fn is_version(generated: &str) -> bool {
    equal(generated, env!("CARGO_PKG_VERSION"))
}
