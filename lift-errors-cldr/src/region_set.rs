//! Sets of regions in the rules of language matching.

/// Regions of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RegionSet {
    Any,
    In(&'static [&'static str]),
    NotIn(&'static [&'static str]),
}

impl RegionSet {
    pub(crate) fn has(self, region: &str) -> bool {
        match self {
            Self::Any => true,
            Self::In(regions) => regions.contains(&region),
            Self::NotIn(regions) => !regions.contains(&region),
        }
    }
}
