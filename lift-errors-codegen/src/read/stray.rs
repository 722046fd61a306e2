//! What is beside the translations and is not compiled: an author may believe that it is.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::{Span, Text};
use crate::locale::Locale;
use crate::read::draft::Manifest;
use crate::read::file::{DEEPEST, LOCALES, files_below, folders, inside_folder, is_toml};
use std::path::Path;

/// A warning for each folder and each file among the locales that no locale of the manifest has.
pub(crate) fn warnings(catalog: &Manifest, manifest: &Path) -> Vec<Diagnostic> {
    let Some(span) = catalog.span else { return Vec::new() };
    let mut warnings = unnamed_folders(catalog, manifest, span);
    warnings.extend(files(catalog, manifest, span));
    warnings
}

/// The folders whose locale the manifest does not name.
fn unnamed_folders(catalog: &Manifest, manifest: &Path, span: Span) -> Vec<Diagnostic> {
    let named = |name: &str| catalog.locales.iter().any(|tag| tag.value == name);
    let locales = manifest.with_file_name(LOCALES);
    let there = folders(manifest, LOCALES);
    // Where case does not tell folders apart, one in another case is read.
    let is_read = |name: &str| {
        // That the default is not listed is a fault.
        let mut tags = catalog
            .locales
            .iter()
            .chain(&catalog.default_locale)
            .map(|tag| &tag.value)
            .filter(|tag| tag.eq_ignore_ascii_case(name));
        tags.any(|tag| tag == name || !there.contains(tag) && locales.join(tag).is_dir())
    };
    let is_empty = |name: &str| files_below(&locales.join(name), DEEPEST).is_empty();
    let unnamed = there.iter().filter(|name| !is_read(name) && !is_empty(name));
    let warning = |name: &String| {
        let message =
            format!("the folder `{LOCALES}/{}` is not compiled: `locales` does not name it", name.escape_debug());
        let meant = Locale::from_tag(name).or_else(|| Locale::meant_by(name)).or_else(|| Locale::of_country(name));
        let help = match meant {
            Some(locale) if is_default(catalog, locale) => in_own_files(catalog),
            Some(locale) if locale.tag() == name.as_str() => format!("add `\"{name}\"` to `locales`"),
            Some(locale) if named(locale.tag()) => {
                let folder = format!("{LOCALES}/{}", locale.tag());
                match locales.join(locale.tag()).is_dir() {
                    true => format!("put its texts into `{folder}`, or the folder elsewhere"),
                    false => format!("name the folder `{folder}`"),
                }
            }
            Some(locale) => format!("name the folder `{0}`, and add `\"{0}\"` to `locales`", locale.tag()),
            None => "name it after a locale of CLDR, or put it elsewhere".to_owned(),
        };
        Diagnostic::warning(span, message).help(help)
    };
    unnamed.map(warning).collect()
}

/// The files with texts that are in no locale's folder.
fn files(catalog: &Manifest, manifest: &Path, span: Span) -> Vec<Diagnostic> {
    let folder = manifest.with_file_name(LOCALES);
    if inside_folder(manifest, &folder).is_err() {
        return Vec::new();
    }
    let is_other = |name: &str| name.starts_with('.') || name.ends_with(".state.toml") || !is_toml(name);
    let is_listed = |name: &str| catalog.files.iter().any(|file| file.value == format!("{LOCALES}/{name}"));
    let mut names = files_below(&folder, 0);
    names.retain(|name| !is_other(name) && !is_listed(name));
    let warning = |name: &String| {
        let message = format!("`{LOCALES}/{}` is in no language's folder, and is not read", name.escape_debug());
        let help = match Locale::from_tag(name.trim_end_matches(".toml")) {
            Some(locale) if is_default(catalog, locale) => in_own_files(catalog),
            Some(locale) => {
                format!("move its texts to `{LOCALES}/{}/{}`", locale.tag(), first_file(catalog).escape_debug())
            }
            None => format!("move it into the folder of its language, or out of `{LOCALES}`"),
        };
        Diagnostic::warning(span, message).help(help)
    };
    names.iter().map(warning).collect()
}

/// Whether a locale is that of the entries' own files. Its folder is a copy for translators, which `sync` writes.
fn is_default(catalog: &Manifest, locale: Locale) -> bool {
    catalog.default_locale.as_ref().is_some_and(|default| default.value == locale.tag())
}

fn in_own_files(catalog: &Manifest) -> String {
    format!("write its texts into the entries' own files, such as `{}`", first_file(catalog).escape_debug())
}

fn first_file(catalog: &Manifest) -> &str {
    catalog.files.first().map_or("errors.toml", Text::as_str)
}
