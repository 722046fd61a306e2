//! A map of the phf project with codes as keys finds each of them.

use lift_errors::lift::Code;

include!(concat!(env!("OUT_DIR"), "/teams.rs"));

#[test]
fn every_code_is_found() {
    assert_eq!(TEAMS.len(), Code::COUNT);
    for code in Code::iter() {
        let expected = if code.status().is_some_and(|status| status >= 500) { "platform" } else { "orders" };
        assert_eq!(TEAMS.get(&code), Some(&expected), "{code}");
    }
}
