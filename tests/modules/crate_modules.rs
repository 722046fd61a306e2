//! Reads the modules of one crate: follows `mod x;`, `#[path]` and `include!` from the crate's root file.

use super::use_tree::for_each_leaf;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Attribute, Item, ItemMod, Meta};

/// A module's names from the crate's root: `["render", "html"]`; the root itself is empty.
pub(super) type ModulePath = Vec<String>;

/// Some items of one file that are in one module.
pub(super) struct ModuleItems {
    pub(super) file: PathBuf,
    pub(super) module: ModulePath,
    pub(super) items: Vec<Item>,
}

/// The sources of one crate, without the modules that only its unit tests have.
#[derive(Default)]
pub(super) struct CrateModules {
    pub(super) parts: Vec<ModuleItems>,
    /// The file in which each module begins.
    pub(super) modules: BTreeMap<ModulePath, PathBuf>,
    /// The file that defines each macro. A name that two files define is `None`.
    pub(super) macros: HashMap<String, Option<PathBuf>>,
    /// The files that the crate's files take in with `include!`: who includes, what.
    pub(super) included: Vec<(PathBuf, PathBuf)>,
    /// The names that `use` items bring into each module, and where each is: a path that begins with `crate`, or
    /// `None` for names of other crates.
    pub(super) exports: HashMap<ModulePath, HashMap<String, Option<Vec<String>>>>,
}

impl CrateModules {
    /// Reads the crate of a root file, `src/lib.rs` for instance.
    pub(super) fn read(root: &Path) -> Self {
        let mut source = Self::default();
        source.file(root, Vec::new(), true);
        for part in &source.parts {
            for item in &part.items {
                let Item::Use(item) = item else { continue };
                for_each_leaf(&item.tree, &mut Vec::new(), &mut |path, name| {
                    if let Some(name) = name {
                        let path = absolute(&source.modules, &part.module, path);
                        source.exports.entry(part.module.clone()).or_default().insert(name, path);
                    }
                });
            }
        }
        source
    }

    fn file(&mut self, file: &Path, module: ModulePath, owns_folder: bool) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items;
        let folder = file.parent().unwrap();
        let children = if owns_folder { folder.to_owned() } else { folder.join(file.file_stem().unwrap()) };
        self.modules.entry(module.clone()).or_insert_with(|| file.to_owned());
        self.items(file, module, items, &children);
    }

    /// Takes in the items of a module. `children` is the folder for files of modules that are declared in it.
    fn items(&mut self, file: &Path, module: ModulePath, items: Vec<Item>, children: &Path) {
        let mut own = Vec::new();
        for item in items {
            match item {
                Item::Mod(child) if is_for_tests(&child.attrs) => {}
                Item::Mod(child) => self.child(file, &module, child, children),
                Item::Macro(item) if item.mac.path.is_ident("include") && included(&item, file).is_some() => {
                    let included = included(&item, file).unwrap();
                    self.included.push((file.to_owned(), included.clone()));
                    self.file(&included, module.clone(), true);
                }
                Item::Macro(item) => {
                    if let Some(name) = &item.ident {
                        let definition = self.macros.entry(name.to_string()).or_insert_with(|| Some(file.to_owned()));
                        if definition.as_deref() != Some(file) {
                            *definition = None;
                        }
                    }
                    own.push(Item::Macro(item));
                }
                other => own.push(other),
            }
        }
        self.parts.push(ModuleItems { file: file.to_owned(), module, items: own });
    }

    fn child(&mut self, file: &Path, parent: &ModulePath, child: ItemMod, children: &Path) {
        let name = child.ident.to_string();
        let name = name.strip_prefix("r#").unwrap_or(&name);
        let module = [parent.as_slice(), &[name.to_owned()]].concat();
        if let Some((_, items)) = child.content {
            self.modules.entry(module.clone()).or_insert_with(|| file.to_owned());
            return self.items(file, module, items, &children.join(name));
        }
        if let Some(path) = child.attrs.iter().find_map(path_of) {
            // `#[path]` counts from the folder of the file that has it.
            let path = file.parent().unwrap().join(path);
            return self.file(&path, module, true);
        }
        let (alone, folder) = (children.join(format!("{name}.rs")), children.join(name).join("mod.rs"));
        if alone.is_file() { self.file(&alone, module, false) } else { self.file(&folder, module, true) }
    }
}

/// A path of a `use` item from the crate's root. `None` for other crates.
fn absolute(modules: &BTreeMap<ModulePath, PathBuf>, module: &[String], path: &[String]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    let (module, rest) = match first.as_str() {
        "crate" => (&[][..], rest),
        "self" => (module, rest),
        "super" => (module.split_last()?.1, rest),
        child if modules.contains_key(&[module, &[child.to_owned()]].concat()) => (module, path),
        _ => return None,
    };
    Some([&["crate".to_owned()], module, rest].concat())
}

/// Whether `#[cfg(test)]` is among the attributes, alone or in `all(…)`.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition == "test"
                || condition.starts_with("all") && condition.split(['(', ',']).any(|c| c.trim() == "test")
        }
        _ => false,
    })
}

/// The file of `#[path = "…"]`.
fn path_of(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) if pair.path.is_ident("path") => {
            Some(path.value())
        }
        _ => None,
    }
}

/// The file of `include!("…")`, if it is one that is committed. Build scripts write others.
fn included(item: &syn::ItemMacro, file: &Path) -> Option<PathBuf> {
    let path: syn::LitStr = item.mac.parse_body().ok()?;
    Some(file.parent()?.join(path.value()))
}
