//! The name by which a package knows the runtime: `lift_errors`, or what its `Cargo.toml` renames it to.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::fs;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const RUNTIME: &str = "lift-errors";

/// The path of the runtime in a package's code. A manifest that can't be read changes nothing: cargo reports it.
pub(crate) fn runtime_path(package: &Path) -> TokenStream {
    let manifest = read(package);
    let manifest = manifest.as_deref().and_then(parse);
    let name = manifest.and_then(|manifest| renamed(&manifest, package)).unwrap_or_else(|| RUNTIME.into());
    let name = Ident::new(&name.replace('-', "_"), Span::call_site());
    quote!(::#name)
}

fn read(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join("Cargo.toml")).ok()
}

fn parse(manifest: &str) -> Option<DeTable<'_>> {
    DeTable::parse(manifest).ok().map(Spanned::into_inner)
}

/// The key of the dependency, if it is another one than the package's name.
fn renamed(manifest: &DeTable<'_>, package: &Path) -> Option<String> {
    let targets = table(manifest, "target").into_iter().flatten().filter_map(|(_, target)| target.get_ref().as_table());
    let dependencies = targets.chain([manifest]).filter_map(|of_target| table(of_target, "dependencies")).flatten();
    let dependencies = dependencies.map(|(key, value)| (key.get_ref().as_ref(), value.get_ref()));
    let named: Vec<&str> = dependencies
        .filter(|(key, value)| is_runtime(key, value) || is_inherited(key, value, package))
        .map(|(key, _)| key)
        .collect();
    // The usual name wins, as it does for other macros.
    let is_usual = named.contains(&RUNTIME);
    named.first().filter(|key| !is_usual && is_name(key)).map(|key| (*key).into())
}

fn table<'a, 't>(table: &'a DeTable<'t>, name: &str) -> Option<&'a DeTable<'t>> {
    table.get(name)?.get_ref().as_table()
}

/// Whether a dependency is the runtime.
fn is_runtime(key: &str, value: &DeValue<'_>) -> bool {
    let package = value.get("package").and_then(|package| package.get_ref().as_str());
    package.map_or(key == RUNTIME, |package| package == RUNTIME)
}

/// Whether a dependency is the runtime by what the workspace says of it.
fn is_inherited(key: &str, value: &DeValue<'_>, package: &Path) -> bool {
    if value.get("workspace").and_then(|workspace| workspace.get_ref().as_bool()) != Some(true) {
        return false;
    }
    package.ancestors().filter_map(read).any(|manifest| {
        let manifest = parse(&manifest).unwrap_or_default();
        let dependencies = table(&manifest, "workspace").and_then(|workspace| table(workspace, "dependencies"));
        dependencies
            .and_then(|dependencies| dependencies.get(key))
            .is_some_and(|value| is_runtime(key, value.get_ref()))
    })
}

fn is_name(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(manifest: &str) -> Option<String> {
        renamed(&parse(manifest).unwrap(), Path::new("/nowhere"))
    }

    #[test]
    fn a_renamed_runtime_is_found() {
        for (manifest, expected) in [
            ("[dependencies]\nlift-errors = \"1\"", None),
            ("[dependencies]\nle = { package = \"lift-errors\", version = \"1\" }", Some("le")),
            ("[target.'cfg(unix)'.dependencies]\nle = { package = \"lift-errors\" }", Some("le")),
            ("[dependencies]\nle = { package = \"lift-errors\" }\nlift-errors = \"1\"", None),
            ("[dependencies]\nlift-errors = { package = \"other\" }", None),
            ("[dependencies]\nserde = { workspace = true }", None),
            ("[package]\nname = \"x\"", None),
        ] {
            assert_eq!(name(manifest).as_deref(), expected, "{manifest}");
        }
    }
}
