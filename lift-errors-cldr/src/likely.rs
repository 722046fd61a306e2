//! Likely subtags (UTS 35): which script and region a tag most probably means.

use alloc::string::ToString;

use crate::generated::LIKELY;
use crate::tag::Tag;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The tag with its most likely language, script and region filled in; `None` for a language that CLDR doesn't know.
///
/// A stated subtag stays, also a region of several countries: `es-419` is `es-Latn-419`.
///
/// ```
/// use lift_errors_cldr::{Tag, likely};
///
/// let full = |tag| Some(likely::maximize(&Tag::parse(tag)?)?.to_string());
/// assert_eq!(full("zh").as_deref(), Some("zh-Hans-CN"));
/// assert_eq!(full("zh-HK").as_deref(), Some("zh-Hant-HK"));
/// assert_eq!(full("und-Thai").as_deref(), Some("th-Thai-TH"));
/// assert_eq!(full("xx"), None);
/// ```
pub fn maximize(tag: &Tag) -> Option<Tag> {
    let language = tag.language();
    // "Unknown" is no script and no region.
    let script = tag.script().filter(|script| *script != "Zzzz");
    let region = tag.region().filter(|region| *region != "ZZ");
    if language != "und" && script.is_some() && region.is_some() {
        return Some(tag.clone());
    }
    let candidates = [(script, region), (script, None), (None, region), (None, None)];
    let found =
        candidates.iter().find_map(|&(script, region)| lookup(&Tag::new(language, script, region).to_string()))?;
    let language = if language == "und" { found.language() } else { language };
    Some(Tag::new(language, script.or(found.script()), region.or(found.region())))
}

/// The shortest tag that [`maximize`] completes to the same, with the region rather than the script where either
/// would do.
///
/// ```
/// use lift_errors_cldr::{Tag, likely};
///
/// let short = |tag| Some(likely::minimize(&Tag::parse(tag)?)?.to_string());
/// assert_eq!(short("en-Latn-US").as_deref(), Some("en"));
/// assert_eq!(short("zh-Hant").as_deref(), Some("zh-TW"));
/// assert_eq!(short("sr-Latn-RS").as_deref(), Some("sr-Latn"));
/// ```
pub fn minimize(tag: &Tag) -> Option<Tag> {
    let full = maximize(tag)?;
    let trials = [(None, None), (None, full.region()), (full.script(), None)];
    let short = trials
        .into_iter()
        .map(|(script, region)| Tag::new(full.language(), script, region))
        .find(|trial| maximize(trial).as_ref() == Some(&full));
    Some(short.unwrap_or(full))
}

/// Every tag that CLDR completes, with what it becomes. A catalogue asks for thousands.
static TARGETS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = LIKELY.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(target, tags)| tags.split(' ').map(move |tag| (tag, target)))
        .collect()
});

/// The full tag that CLDR states for exactly this one.
fn lookup(tag: &str) -> Option<Tag> {
    let target = *TARGETS.get(tag)?;
    match target.strip_prefix('*') {
        Some(rest) => Tag::parse(&[tag, rest].concat()),
        None => Tag::parse(target),
    }
}
