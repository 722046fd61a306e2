//! Circles in the arrows between files, and how they are told to people.

use super::imports::Imports;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// Files that import each other in a loop: the first imports from the second, and so on, and the last from the first.
#[derive(Debug)]
pub(super) struct Circle {
    pub(super) files: Vec<PathBuf>,
    /// For each file the names that it takes from the next one.
    names: Vec<BTreeSet<String>>,
}

impl Circle {
    /// `a.rs -> b.rs: Name, other`, a line for each arrow, with paths from `root`.
    pub(super) fn chain(&self, root: &Path) -> String {
        let show = |file: &Path| file.strip_prefix(root).unwrap_or(file).display().to_string();
        let next = self.files.iter().cycle().skip(1);
        let arrows = self.files.iter().zip(next).zip(&self.names);
        arrows
            .map(|((from, to), names)| {
                let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
                let more = names.len().saturating_sub(6);
                names.truncate(6);
                let more = if more == 0 { String::new() } else { format!(", and {more} more") };
                format!("  {} -> {}: {}{more}\n", show(from), show(to), names.join(", "))
            })
            .collect()
    }
}

/// Shortest circles, one after the other, until what is left has none: each time the arrow with the fewest names is
/// taken out, so the list is about as long as the work to do. The files of `pair` count as one.
pub(super) fn circles(mut imports: Imports, pair: Option<[&Path; 2]>) -> Vec<Circle> {
    if let Some(pair) = pair {
        join(&mut imports, pair);
    }
    let mut circles = Vec::new();
    while let Some(circle) = shortest(&imports) {
        let weakest = (0..circle.files.len()).min_by_key(|at| circle.names[*at].len()).unwrap();
        let to = &circle.files[(weakest + 1) % circle.files.len()];
        imports.get_mut(&circle.files[weakest]).unwrap().remove(to);
        circles.push(circle);
    }
    circles
}

/// Makes one file of two: `folder/{one,other}.rs`.
fn join(imports: &mut Imports, pair: [&Path; 2]) {
    let [one, other] = pair.map(|file| file.file_stem().unwrap().to_str().unwrap());
    let both = pair[0].with_file_name(format!("{{{one},{other}}}.rs"));
    for file in pair {
        for (to, names) in imports.remove(file).unwrap_or_default() {
            imports.entry(both.clone()).or_default().entry(to).or_default().extend(names);
        }
        for arrows in imports.values_mut() {
            if let Some(names) = arrows.remove(file) {
                arrows.entry(both.clone()).or_default().extend(names);
            }
        }
    }
    if let Some(own) = imports.get_mut(&both) {
        own.remove(&both);
    }
}

fn shortest(imports: &Imports) -> Option<Circle> {
    let circles = imports.keys().filter_map(|start| way_back(imports, start));
    let files = circles.min_by_key(Vec::len)?;
    let next = files.iter().cycle().skip(1);
    let names = files.iter().zip(next).map(|(from, to)| imports[from][to].clone()).collect();
    Some(Circle { files, names })
}

/// The shortest way from a file over others back to it.
fn way_back(imports: &Imports, start: &Path) -> Option<Vec<PathBuf>> {
    let mut before: BTreeMap<&Path, &Path> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for to in imports.get(file).into_iter().flat_map(BTreeMap::keys) {
            if to == start {
                let mut way = vec![file.to_owned()];
                while let Some(file) = before.get(way.last().unwrap().as_path()) {
                    way.push((*file).to_owned());
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(to.as_path()) {
                before.insert(to, file);
                queue.push_back(to);
            }
        }
    }
    None
}
