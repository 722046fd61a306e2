//! A map of the phf project with codes as keys finds each of them.

use lift_errors::lift::Code;

include!(concat!(env!("OUT_DIR"), "/teams.rs"));

/// The module of the build step. It has no warning in an older edition, either.
#[deny(warnings, missing_docs, rust_2018_idioms)]
pub mod built {
    include!("../golden/tool.rs");

    /// An error of the catalogue.
    #[derive(Debug, lift_errors::LiftError)]
    #[lift(catalog = tool, code = tool_no_remote, name = "origin {0}")]
    pub struct NoRemote(pub u8);
}

#[test]
fn a_generated_module_is_of_any_edition() {
    assert_eq!("tool_no_remote".parse::<built::tool::Code>().map(|code| code.id()), Ok("E0104"));
    assert_eq!(built::NoRemote(7).to_string(), "The repository has no remote origin 7.");
}

#[test]
fn every_code_is_found() {
    assert_eq!(TEAMS.len(), Code::COUNT);
    for code in Code::iter() {
        let expected = if code.status().is_some_and(|status| status >= 500) { "platform" } else { "orders" };
        assert_eq!(TEAMS.get(&code), Some(&expected), "{code}");
    }
}
