//! The features of a package, and which of them each needs.

use std::collections::{BTreeMap, BTreeSet};

/// The table `[features]` of a manifest.
#[derive(Debug)]
pub(crate) struct Features {
    needs: BTreeMap<String, Vec<String>>,
}

impl Features {
    /// Reads a manifest.
    pub(crate) fn parse(manifest: &str) -> Result<Self, toml::de::Error> {
        let manifest: toml::Table = toml::from_str(manifest)?;
        let features = manifest.get("features").cloned().unwrap_or(toml::Value::Table(toml::Table::new()));
        Ok(Self { needs: features.try_into()? })
    }

    /// The features that have a file. `default` is a set of others, and languages add texts and no items.
    pub(crate) fn documented(&self) -> impl Iterator<Item = &str> {
        self.needs.keys().map(String::as_str).filter(|name| *name != "default" && !name.starts_with("locale"))
    }

    /// The features that a feature enables, directly or through another. `none` is in each.
    pub(crate) fn needed(&self, feature: &str) -> BTreeSet<&str> {
        let mut needed = BTreeSet::new();
        if feature != "none" {
            needed.insert("none");
        }
        let mut queue: Vec<&str> = self.needs.get(feature).into_iter().flatten().map(String::as_str).collect();
        while let Some(next) = queue.pop() {
            if let Some((name, needs)) = self.needs.get_key_value(next)
                && needed.insert(name)
            {
                queue.extend(needs.iter().map(String::as_str));
            }
        }
        needed
    }
}
