//! The locale of a terminal: environment variables and their names of locales, such as `fr_FR.UTF-8`.

use crate::catalog::Catalog;
use crate::locale::Locale;
use alloc::string::String;

/// The modifiers of POSIX names that choose a script. glibc has no others.
const SCRIPTS: [(&str, &str); 4] =
    [("latin", "Latn"), ("cyrillic", "Cyrl"), ("devanagari", "Deva"), ("iqtelif", "Latn")];

impl Locale {
    /// The locale for a POSIX name such as `fr_FR.UTF-8`, `de_AT@euro` or `sr_RS@latin`: the best that every catalogue
    /// has.
    ///
    /// It is chosen as by [`negotiate`](Self::negotiate). The encoding is ignored, and so is a modifier that does not
    /// choose a script. `C`, `POSIX` and unknown names give the default of the first catalogue.
    ///
    /// ```
    /// use lift_errors::{Locale, lift};
    ///
    /// assert_eq!(Locale::from_posix("en_GB.UTF-8", &[&lift::CATALOG]), Locale::EN);
    /// assert_eq!(Locale::from_posix("C", &[&lift::CATALOG]), Locale::EN);
    /// ```
    pub fn from_posix(name: &str, catalogs: &[&'static Catalog]) -> Self {
        Self::negotiate([language_tag(name).as_str()], catalogs)
    }

    /// The locale of a terminal: the best that every catalogue has for the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that is set and not empty (POSIX.1-2024, XBD §8.2).
    ///
    /// ```
    /// use lift_errors::{Format, LiftError, Locale, lift};
    ///
    /// let error = lift::Error::not_found();
    /// let problem = error.problem().with_locale(Locale::from_env(&[&lift::CATALOG]));
    /// eprintln!("{}", problem.display(Format::Terminal { color: true }));
    /// ```
    #[cfg(feature = "std")]
    pub fn from_env(catalogs: &[&'static Catalog]) -> Self {
        Self::from_posix(&messages_locale(|name| std::env::var_os(name)?.into_string().ok()), catalogs)
    }
}

/// The POSIX name of the locale that messages are in; empty where nothing chooses one.
#[cfg(any(feature = "std", test))]
fn messages_locale(variable: impl Fn(&str) -> Option<String>) -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|name| !name.is_empty()).unwrap_or_default()
}

/// The language tag (BCP 47) of a POSIX name, `language[_territory][.codeset][@modifier]`.
fn language_tag(name: &str) -> String {
    let (name, modifier) = name.split_once('@').unwrap_or((name, ""));
    let (name, _codeset) = name.split_once('.').unwrap_or((name, ""));
    let (language, territory) = name.split_once('_').unwrap_or((name, ""));
    let script =
        SCRIPTS.iter().find(|(known, _)| modifier.eq_ignore_ascii_case(known)).map_or("", |(_, script)| script);
    let mut tag = String::from(language);
    for subtag in [script, territory] {
        if !subtag.is_empty() {
            tag.push('-');
            tag.push_str(subtag);
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posix_names_become_language_tags() {
        for (name, tag) in [
            ("fr_FR.UTF-8", "fr-FR"),
            ("fr", "fr"),
            ("de_AT@euro", "de-AT"),
            ("de_AT.ISO-8859-15@euro", "de-AT"),
            ("sr_RS@latin", "sr-Latn-RS"),
            ("sr_RS.UTF-8@Latin", "sr-Latn-RS"),
            ("uz_UZ@cyrillic", "uz-Cyrl-UZ"),
            ("ca_ES@valencia", "ca-ES"),
            ("zh_TW.Big5", "zh-TW"),
            ("fil_PH", "fil-PH"),
            ("C", "C"),
            ("C.UTF-8", "C"),
            ("POSIX", "POSIX"),
            ("", ""),
            ("_.@", ""),
        ] {
            assert_eq!(language_tag(name), tag, "{name}");
        }
    }

    #[test]
    fn the_first_variable_that_is_set_and_not_empty_decides() {
        let chosen = |variables: &[(&str, &str)]| {
            messages_locale(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| String::from(*value))
            })
        };
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "de_DE"), ("LC_ALL", "uk_UA")]), "uk_UA");
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "de_DE"), ("LC_ALL", "")]), "de_DE");
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C")]), "C");
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_TIME", "de_DE")]), "fr_FR.UTF-8");
        assert_eq!(chosen(&[]), "");
    }

    #[cfg(feature = "locales")]
    #[test]
    fn posix_names_find_the_catalogues_locales() {
        for (name, tag) in [
            ("fr_FR.UTF-8", "fr"),
            ("de_AT@euro", "de"),
            ("zh_CN.GB18030", "zh-Hans"),
            ("zh_TW.UTF-8", "zh-Hans"),
            ("es_AR", "es"),
            ("uk_UA.KOI8-U", "uk"),
            ("C.UTF-8", "en"),
            ("POSIX", "en"),
            ("tlh_AA", "en"),
            ("", "en"),
            ("*", "en"),
        ] {
            assert_eq!(Locale::from_posix(name, &[&crate::lift::CATALOG]).tag(), tag, "{name}");
        }
    }
}
