//! The paths of a `use` item.

use syn::UseTree;

/// Calls `leaf` with the segments of each path of a `use` tree, and with the name that it brings into scope.
pub(super) fn for_each_leaf(tree: &UseTree, before: &mut Vec<String>, leaf: &mut dyn FnMut(&[String], Option<String>)) {
    let mut full = |name: String, scope: Option<String>| {
        // `a::{self}` is `a`.
        let own = name == "self" && !before.is_empty();
        let scope = if own && scope.as_deref() == Some("self") { before.last().cloned() } else { scope };
        let behind = if own { Vec::new() } else { vec![name] };
        leaf(&[before.as_slice(), &behind].concat(), scope);
    };
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            for_each_leaf(&path.tree, before, leaf);
            before.pop();
        }
        UseTree::Name(name) => full(name.ident.to_string(), Some(name.ident.to_string())),
        UseTree::Rename(rename) => full(rename.ident.to_string(), Some(rename.rename.to_string())),
        UseTree::Glob(_) => full("*".to_owned(), None),
        UseTree::Group(group) => group.items.iter().for_each(|tree| for_each_leaf(tree, before, leaf)),
    }
}
