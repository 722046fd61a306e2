//! The arrows between the files of a crate: each path that begins in the crate points at the file of the last module in it.

use super::crate_modules::{CrateModules, ModuleItems, ModulePath, is_for_tests};
use super::use_tree::for_each_leaf;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Item, UseTree, Visibility};

/// The imports between modules, and their names.
pub(super) type Imports = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

/// Code in these macros is not code of this crate: it is what a macro or a compiler writes.
const QUOTING: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// The arrows of a crate.
pub(super) fn imports(source: &CrateModules) -> Imports {
    let mut reader =
        Reader { source, imports: Imports::new(), file: Path::new(""), module: &[], aliases: HashMap::new() };
    for (from, to) in &source.included {
        reader.imports.entry(from.clone()).or_default().entry(to.clone()).or_default().insert("include!".to_owned());
    }
    for part in &source.parts {
        reader.part(part);
    }
    reader.imports
}

struct Reader<'a> {
    source: &'a CrateModules,
    imports: Imports,
    file: &'a Path,
    module: &'a [String],
    /// Modules that `use` brought into scope under a name.
    aliases: HashMap<String, ModulePath>,
}

impl<'a> Reader<'a> {
    fn part(&mut self, part: &'a ModuleItems) {
        (self.file, self.module) = (&part.file, &part.module);
        let mut aliases = Aliases { reader: self, found: HashMap::new() };
        part.items.iter().for_each(|item| aliases.visit_item(item));
        self.aliases = aliases.found;
        part.items.iter().for_each(|item| self.visit_item(item));
    }

    /// The module that a path's segments name, and the segments behind it. `None` for paths into other crates, and
    /// for names without a module.
    fn resolve(&self, segments: &[String]) -> Option<(ModulePath, Vec<String>)> {
        let (first, mut rest) = segments.split_first()?;
        let mut module = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.to_vec(),
            "super" => self.module.split_last()?.1.to_vec(),
            name => {
                let child = [self.module, &[name.to_owned()]].concat();
                match self.aliases.get(name) {
                    Some(module) => module.clone(),
                    None if self.source.modules.contains_key(&child) => child,
                    None => return None,
                }
            }
        };
        while let Some((next, behind)) = rest.split_first() {
            let deeper = if next == "super" {
                module.split_last()?.1.to_vec()
            } else {
                [module.as_slice(), std::slice::from_ref(next)].concat()
            };
            if !self.source.modules.contains_key(&deeper) {
                break;
            }
            (module, rest) = (deeper, behind);
        }
        Some((module, rest.to_vec()))
    }

    fn path(&mut self, segments: &[String]) {
        let Some((module, names)) = self.resolve(segments) else { return };
        // Generated code is written like a service's: it takes everything from modules that only export it.
        if let (true, Some((name, behind))) = (self.is_generated(), names.split_first())
            && let Some(definition) = self.source.exports.get(&module).and_then(|exports| exports.get(name))
        {
            return definition.iter().for_each(|path| self.path(&[path.as_slice(), behind].concat()));
        }
        // `#[macro_export]` puts a macro into the crate's root, wherever it is written.
        if let (true, [name, ..]) = (module.is_empty(), names.as_slice())
            && let Some(Some(file)) = self.source.macros.get(name)
        {
            return self.arrow(file.clone(), format!("{name}!"));
        }
        let Some(name) = names.first() else { return };
        self.arrow(self.source.modules[&module].clone(), name.clone());
    }

    fn is_generated(&self) -> bool {
        self.source.included.iter().any(|(_, included)| included == self.file)
    }

    fn arrow(&mut self, to: PathBuf, name: String) {
        if to != self.file {
            self.imports.entry(self.file.to_owned()).or_default().entry(to).or_default().insert(name);
        }
    }

    fn use_tree(&mut self, tree: &UseTree, before: &mut Vec<String>, is_public: bool) {
        for_each_leaf(tree, before, &mut |segments, _| match self.resolve(segments) {
            // A module that comes into scope is no import yet: the paths through it are.
            Some((module, names)) if names.is_empty() => {
                if is_public {
                    self.arrow(self.source.modules[&module].clone(), "pub use".to_owned());
                }
            }
            _ => self.path(segments),
        });
    }

    /// Finds the paths in a macro's arguments.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        let flush = |reader: &mut Self, path: &mut Vec<String>| {
            if path.len() > 1 {
                reader.path(path);
            }
            path.clear();
        };
        let mut is_outer = false;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        flush(self, &mut path);
                        is_outer = false;
                    }
                    // `::name::…` is a path into another crate.
                    is_outer |= colons == 2 && path.is_empty();
                    if !is_outer {
                        path.push(name.to_string());
                    }
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    flush(self, &mut path);
                    (colons, is_outer) = (0, false);
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        flush(self, &mut path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = attributes(item);
        // Names in an exported macro are looked up where other crates call it.
        let is_exported = attributes.iter().any(|attribute| attribute.path().is_ident("macro_export"));
        if !is_for_tests(attributes) && !is_exported {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.use_tree(&item.tree, &mut Vec::new(), !matches!(item.vis, Visibility::Inherited));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none() && segments.len() > 1 {
            self.path(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.visit_path(&invocation.path);
        let Some(name) = invocation.path.segments.last().map(|segment| segment.ident.to_string()) else { return };
        if let (Some(Some(file)), 1) = (self.source.macros.get(&name), invocation.path.segments.len()) {
            self.arrow(file.clone(), format!("{name}!"));
        }
        if !QUOTING.contains(&name.as_str()) {
            self.tokens(invocation.tokens.clone());
        }
    }

    // `#[serde(with = "crate::…")]`.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let syn::Meta::List(list) = &attribute.meta else { return };
        for token in list.tokens.clone() {
            let Ok(text) = syn::parse2::<syn::LitStr>(token.into()) else { continue };
            if let Ok(path) = text.parse::<syn::Path>() {
                self.visit_path(&path);
            }
        }
    }
}

/// Finds the modules that a module's `use` items bring into scope.
struct Aliases<'r, 'a> {
    reader: &'r Reader<'a>,
    found: HashMap<String, ModulePath>,
}

impl<'ast> Visit<'ast> for Aliases<'_, '_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_some() {
            return;
        }
        for_each_leaf(&item.tree, &mut Vec::new(), &mut |segments, name| {
            if let (Some((module, names)), Some(name)) = (self.reader.resolve(segments), name)
                && names.is_empty()
            {
                self.found.insert(name, module);
            }
        });
    }
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
