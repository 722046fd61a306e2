//! The checks of a generated module: that it fits the runtime, among others.

use super::message::equal;

/// Whether the runtime has the version of the compiler that generated a module.
pub const fn is_version(generated: &str) -> bool {
    equal(generated, env!("CARGO_PKG_VERSION"))
}

/// Stops the compiler with a message, unless the condition is true. In a crate of the edition 2018, `assert!` in the module itself
/// would find two macros named `panic`.
#[track_caller]
#[allow(clippy::panic, reason = "it is evaluated at compile time, where a panic shows the message")]
pub const fn require(condition: bool, message: &str) {
    if !condition {
        panic!("{}", message)
    }
}
