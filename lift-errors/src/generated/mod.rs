//! The canonical catalogue, compiled. `lift.rs` is written by
//! `cargo run -p lift-errors-codegen --example regenerate`, and a test holds it against the TOML.

include!("lift.rs");
