//! A language tag of language, script and region, as anyone may write it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

/// A tag `language[-Script][-REGION]` in canonical spelling.
///
/// ```
/// use lift_errors_cldr::Tag;
///
/// let tag = Tag::parse("zh_hant_hk").ok_or("no such tag")?;
/// assert_eq!(tag.to_string(), "zh-Hant-HK");
/// assert_eq!((tag.language(), tag.script(), tag.region()), ("zh", Some("Hant"), Some("HK")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    language: String,
    script: Option<String>,
    region: Option<String>,
}

impl Tag {
    /// Reads a tag in any case, with hyphens or underscores. `None` for whatever isn't of this form, variants and
    /// extensions included.
    ///
    /// ```
    /// use lift_errors_cldr::Tag;
    ///
    /// assert!(Tag::parse("es-419").is_some());
    /// for other in ["", "e", "en-", "en-US-u-ca-gregory", "ca-ES-valencia", "../etc/passwd"] {
    ///     assert_eq!(Tag::parse(other), None);
    /// }
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(['-', '_']).peekable();
        // Four letters are a script; BCP 47 keeps languages of four letters for later.
        let language = parts.next().filter(|part| matches!(part.len(), 2 | 3 | 5..=8) && alphabetic(part))?;
        let script = parts.next_if(|part| part.len() == 4 && alphabetic(part));
        let region = parts.next_if(|part| match part.len() {
            2 => alphabetic(part),
            3 => part.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        });
        if parts.next().is_some() {
            return None;
        }
        Some(Self {
            language: language.to_ascii_lowercase(),
            script: script.map(title_case),
            region: region.map(str::to_ascii_uppercase),
        })
    }

    /// The language, `und` where it is unknown.
    ///
    /// ```
    /// # use lift_errors_cldr::Tag;
    /// assert_eq!(Tag::parse("EN-us").as_ref().map(Tag::language), Some("en"));
    /// ```
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The script, if it is stated.
    ///
    /// ```
    /// # use lift_errors_cldr::Tag;
    /// assert_eq!(Tag::parse("sr-LATN").as_ref().and_then(Tag::script), Some("Latn"));
    /// ```
    pub fn script(&self) -> Option<&str> {
        self.script.as_deref()
    }

    /// The region, if it is stated.
    ///
    /// ```
    /// # use lift_errors_cldr::Tag;
    /// assert_eq!(Tag::parse("en-gb").as_ref().and_then(Tag::region), Some("GB"));
    /// ```
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    pub(crate) fn new(language: &str, script: Option<&str>, region: Option<&str>) -> Self {
        Self { language: language.to_owned(), script: script.map(str::to_owned), region: region.map(str::to_owned) }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.language)?;
        for part in [&self.script, &self.region].into_iter().flatten() {
            write!(f, "-{part}")?;
        }
        Ok(())
    }
}

fn alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn title_case(part: &str) -> String {
    let mut text = part.to_ascii_lowercase();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
