//! Likely subtags (UTS 35): the script and the region that a tag most probably means.

use crate::generated::LIKELY;
use lift_errors_core::tag::TagKey;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The tag with its most likely language, script and region filled in; `None` for a language that CLDR does not know.
///
/// A stated subtag stays, also a region of several countries: `es-419` is `es-Latn-419`.
///
/// ```
/// use lift_errors_cldr::likely;
/// use lift_errors_core::tag::TagKey;
///
/// let full = |tag| likely::maximize(TagKey::parse(tag)?);
/// assert_eq!(full("zh"), TagKey::parse("zh-Hans-CN"));
/// assert_eq!(full("zh-HK"), TagKey::parse("zh-Hant-HK"));
/// assert_eq!(full("und-Thai"), TagKey::parse("th-Thai-TH"));
/// assert_eq!(full("xx"), None);
/// ```
pub fn maximize(tag: TagKey) -> Option<TagKey> {
    let mut stated = tag;
    // `Zzzz` and `ZZ` mean that the script or the region is unknown.
    if let Some(unknown) = TagKey::parse("und-Zzzz-ZZ") {
        stated = if stated.script() == unknown.script() { stated.without_script() } else { stated };
        stated = if stated.region() == unknown.region() { stated.without_region() } else { stated };
    }
    if !stated.has_unknown_language() && stated.has_script() && stated.has_region() {
        return Some(stated);
    }
    let candidates = [stated, stated.without_region(), stated.without_script(), stated.language()];
    let found = candidates.iter().find_map(|candidate| FULL_TAGS.get(candidate))?;
    Some(stated.or(*found))
}

/// The shortest tag that [`maximize`] completes to the same tag. If either the script or the region is enough, it has the
/// region.
///
/// ```
/// use lift_errors_cldr::likely;
/// use lift_errors_core::tag::TagKey;
///
/// let short = |tag| likely::minimize(TagKey::parse(tag)?);
/// assert_eq!(short("en-Latn-US"), TagKey::parse("en"));
/// assert_eq!(short("zh-Hant"), TagKey::parse("zh-TW"));
/// assert_eq!(short("sr-Latn-RS"), TagKey::parse("sr-Latn"));
/// ```
pub fn minimize(tag: TagKey) -> Option<TagKey> {
    let full = maximize(tag)?;
    let shorter = [full.language(), full.without_script(), full.without_region()];
    Some(shorter.into_iter().find(|short| maximize(*short) == Some(full)).unwrap_or(full))
}

/// Every tag that CLDR completes, and the full tag. A catalogue looks up thousands.
static FULL_TAGS: LazyLock<HashMap<TagKey, TagKey>> = LazyLock::new(|| {
    let lines = LIKELY.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    let pairs = lines.flat_map(|(target, tags)| tags.split(' ').map(move |tag| (tag, target)));
    let full = |tag: &str, target: &str| match target.strip_prefix('*') {
        Some(rest) => TagKey::parse_whole(&[tag, rest].concat()),
        None => TagKey::parse_whole(target),
    };
    pairs.filter_map(|(tag, target)| Some((TagKey::parse_whole(tag)?, full(tag, target)?))).collect()
});
