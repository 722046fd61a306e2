//! The check finds the circles that are planted in small crates, and nothing in a sound one.

use super::circle::circles;
use super::crate_modules::CrateModules;
use super::imports::imports;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes a crate and tells its circles, one chain each.
fn chains(name: &str, files: &[(&str, &str)], pair: Option<[&str; 2]>) -> Vec<String> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("modules").join(name);
    let _ = fs::remove_dir_all(&root);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let pair: Option<[PathBuf; 2]> = pair.map(|pair| pair.map(|file| root.join(file)));
    let pair = pair.as_ref().map(|[one, other]| [one.as_path(), other.as_path()]);
    let circles = circles(imports(&CrateModules::read(&root.join("lib.rs"))), pair);
    circles.iter().map(|circle| circle.chain(&root)).collect()
}

const MODULES: (&str, &str) = ("lib.rs", "mod a;\nmod b;");

#[track_caller]
fn assert_circle(name: &str, a: &str, b: &str) {
    let found = chains(name, &[MODULES, ("a.rs", a), ("b.rs", b)], None);
    assert_eq!(found, ["  a.rs -> b.rs: B\n  b.rs -> a.rs: A\n"], "{name}");
}

#[test]
fn each_way_to_name_a_module_is_an_import() {
    assert_circle("crate", "use crate::b::B; pub struct A;", "use crate::a::A; pub struct B;");
    assert_circle("super", "use super::b::B; pub struct A;", "use super::a::{A}; pub struct B;");
    assert_circle("path", "pub struct A(crate::b::B);", "fn f() { super::a::A; } pub struct B;");
    assert_circle("alias", "use crate::b; pub struct A(b::B);", "use crate::a::{self}; fn f(x: &dyn a::A) {}");
    assert_circle("renamed", "use crate::b as c; type A = c::B;", "use super::a as d; type B = d::A;");
    assert_circle("local", "pub fn f() { use crate::b::B; }", "fn f() { matches!(x, crate::a::A); }");
    assert_circle(
        "macro_rules",
        "macro_rules! m { () => { $crate::b::B } }",
        "#[serde(with = \"crate::a::A\")] struct B;",
    );
    assert_circle("qualified", "fn f() { <crate::b::B as Copy>::x() }", "impl crate::a::A for B {}");
    assert_circle("inline", "use crate::b::B;", "mod inner { use super::super::a::A; }");
}

#[test]
fn a_parent_imports_the_children_that_it_exports() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod child; pub use child::Child; pub struct Parent;"),
        ("a/child.rs", "use super::Parent; pub struct Child;"),
    ];
    let found = chains("parent", &files, None);
    assert_eq!(found, ["  a/child.rs -> a/mod.rs: Parent\n  a/mod.rs -> a/child.rs: Child\n"]);
}

#[test]
fn a_declaration_alone_is_no_import() {
    let files = [
        ("lib.rs", "mod a; pub struct Root;"),
        ("a/mod.rs", "mod child; pub struct Parent;"),
        ("a/child.rs", "use super::Parent; use crate::Root;"),
    ];
    assert_eq!(chains("declared", &files, None), [""; 0]);
}

#[test]
fn macros_and_included_files_count() {
    let files = [
        ("lib.rs", "#[macro_use] mod a; mod b; pub use b::Exported; include!(\"made/lift.rs\");"),
        ("a.rs", "#[macro_export] macro_rules! m { () => { $crate::c::C } } use crate::b::B;"),
        ("b.rs", "crate::m!(); use crate::made::M;"),
        ("made/lift.rs", "pub mod made { use crate::Exported; }"),
    ];
    let found = chains("macros", &files, None);
    assert_eq!(
        found,
        ["  a.rs -> b.rs: B\n  b.rs -> a.rs: m!\n", "  b.rs -> made/lift.rs: M\n  made/lift.rs -> b.rs: Exported\n"]
    );
}

#[test]
fn three_files_are_a_circle_too() {
    let files = [
        ("lib.rs", "mod a; mod b; #[path = \"other.rs\"] mod c;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::{C, D};"),
        ("other.rs", "use crate::a::A;"),
    ];
    assert_eq!(chains("three", &files, None), ["  a.rs -> b.rs: B\n  b.rs -> other.rs: C, D\n  other.rs -> a.rs: A\n"]);
}

#[test]
fn unit_tests_and_quoted_code_are_not_read() {
    let files = [
        MODULES,
        ("a.rs", "use crate::b::B; /// [`B`](crate::b::B)\npub struct A;"),
        ("b.rs", "fn f() { quote!(crate::a::A); ::a::A; other::a::A; } #[cfg(test)] mod tests { use crate::a::A; }"),
    ];
    assert_eq!(chains("tests", &files, None), [""; 0]);
}

#[test]
fn the_allowed_pair_hides_no_circle_through_it() {
    let files = |c: &'static str| {
        [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B; use crate::c::C;"),
            ("b.rs", "use crate::a::A;"),
            ("c.rs", c),
        ]
    };
    assert_eq!(chains("pair", &files(""), Some(["a.rs", "b.rs"])), [""; 0]);
    let found = chains("pair-through", &files("use crate::b::B;"), Some(["a.rs", "b.rs"]));
    assert_eq!(found, ["  c.rs -> {a,b}.rs: B\n  {a,b}.rs -> c.rs: C\n"]);
}
