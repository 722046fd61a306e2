//! The five commands: each asks the compiler and says what it answered.

use crate::answer::Answer;
use crate::arguments::{Arguments, Command};
use crate::catalog::Catalog;
use crate::update::{self, Update};
use lift_errors_codegen::TranslationFiles;
use std::fmt::Display;

/// Does what was asked for.
///
/// # Errors
///
/// CompileErrors, as they are to be shown.
pub(crate) fn run(arguments: &Arguments) -> Result<Answer, String> {
    let catalog = Catalog::find(arguments.manifest.as_deref())?;
    match &arguments.command {
        Command::Check => Ok(check(&catalog)),
        Command::Coverage { locale } => coverage(&catalog, locale.as_deref()),
        Command::Sync { only_check } => sync(&catalog, *only_check),
        Command::Accept { locale, texts } => accept(&catalog, locale, texts),
        Command::Review { locale, texts } if texts.is_empty() => review_all(&catalog, locale),
        Command::Review { locale, texts } => review(&catalog, locale, texts),
    }
}

fn check(catalog: &Catalog) -> Answer {
    let (warnings, faults) = catalog.check();
    let mut answer = Answer::default();
    for warning in &warnings {
        answer.warn(warning);
        answer.warn("");
    }
    match (faults, warnings.len()) {
        (Some(faults), _) => answer.fail(faults),
        (None, 0) => answer.say("no faults"),
        (None, warnings) => answer.say(format!("no faults, {}", count(warnings, "warning"))),
    }
    answer
}

fn coverage(catalog: &Catalog, locale: Option<&str>) -> Result<Answer, String> {
    let coverage = catalog.coverage()?;
    let mut answer = Answer::default();
    answer.say(coverage.to_string());
    let Some(tag) = locale else { return Ok(answer) };
    let Some(locale) = coverage.locales.iter().find(|locale| locale.tag == tag) else {
        return Err(unknown_locale(catalog, tag));
    };
    answer.say("");
    for address in &locale.missing {
        answer.say(format!("missing {address}"));
    }
    for address in &locale.stale {
        answer.say(format!("stale {address}"));
    }
    if locale.missing.is_empty() && locale.stale.is_empty() {
        answer.say("nothing is missing");
    }
    Ok(answer)
}

fn sync(catalog: &Catalog, only_check: bool) -> Result<Answer, String> {
    let files = catalog.translation_files()?;
    let mut answer = Answer::default();
    if !only_check {
        write(catalog, &files, &mut answer)?;
        return Ok(answer);
    }
    let leftovers = files.leftovers();
    let files = files.files();
    let number = files.len();
    let updates = Update::needed(catalog.folder(), files)?;
    for update in &updates {
        answer.say(format!("would write {}", update.path().display()));
    }
    for path in &leftovers {
        answer.say(format!("would remove {}", path.display()));
    }
    match updates.len() + leftovers.len() {
        0 => answer.say(all_current(number)),
        1 => answer.fail("error: 1 file is not current; run `lift-errors sync`"),
        updates => answer.fail(format!("error: {updates} files are not current; run `lift-errors sync`")),
    }
    Ok(answer)
}

fn accept(catalog: &Catalog, locale: &str, texts: &[String]) -> Result<Answer, String> {
    let files = catalog.translation_files()?.accept(locale, texts).map_err(error)?;
    let mut answer = Answer::default();
    if write(catalog, &files, &mut answer)? {
        answer.say(format!("accepted {} in `{locale}`", count(texts.len(), "text")));
    }
    Ok(answer)
}

fn review(catalog: &Catalog, locale: &str, texts: &[String]) -> Result<Answer, String> {
    let coverage = catalog.coverage()?;
    let stale = coverage.locales.iter().filter(|known| known.tag == locale).flat_map(|known| &known.stale);
    let stale: Vec<&String> = stale.filter(|address| texts.contains(address)).collect();
    let files = catalog.translation_files()?.review(locale, texts).map_err(error)?;
    let mut answer = Answer::default();
    if write(catalog, &files, &mut answer)? {
        answer.say(format!("reviewed {} in `{locale}`", count(texts.len(), "text")));
        for address in stale {
            answer.say(format!("{address} was stale: it counts as made from the source as it is now"));
        }
    }
    Ok(answer)
}

/// Reviews every translation of a locale but the stale ones: that their sources have changed would be forgotten, and
/// whoever read the translations alone did not see it.
fn review_all(catalog: &Catalog, tag: &str) -> Result<Answer, String> {
    let coverage = catalog.coverage()?;
    let Some(locale) = coverage.locales.iter().find(|locale| locale.tag == tag) else {
        return Err(unknown_locale(catalog, tag));
    };
    let mut texts = catalog.translation_files()?.translated(tag);
    texts.retain(|address| !locale.stale.contains(address));
    let mut answer = review(catalog, tag, &texts)?;
    if !locale.stale.is_empty() {
        answer.say(format!(
            "{} left out, for the source has changed; name a text to review it all the same:",
            count(locale.stale.len(), "stale text")
        ));
        for address in &locale.stale {
            answer.say(format!("stale {address}"));
        }
    }
    Ok(answer)
}

/// Writes the files that are not current, and says which. `false` where one could not be written.
fn write(catalog: &Catalog, files: &TranslationFiles, answer: &mut Answer) -> Result<bool, String> {
    let leftovers = files.leftovers();
    let files = files.files();
    let number = files.len();
    let updates = Update::needed(catalog.folder(), files)?;
    if updates.is_empty() && leftovers.is_empty() {
        answer.say(all_current(number));
    }
    for path in &leftovers {
        if let Err(fault) = update::remove(catalog.folder(), path) {
            answer.fail(fault);
            return Ok(false);
        }
        answer.say(format!("removed {}, which belongs to nothing any more", path.display()));
    }
    for update in &updates {
        match update.write() {
            Ok(()) => answer.say(format!("wrote {}", update.path().display())),
            Err(fault) => {
                answer.fail(fault);
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn all_current(files: usize) -> String {
    match files {
        0 => "the catalogue is in one language: there are no files for translators".to_owned(),
        1 => "the file is current".to_owned(),
        files => format!("all {files} files are current"),
    }
}

/// Nothing is marked here: the compiler knows which locales there are and which one was meant.
fn unknown_locale(catalog: &Catalog, tag: &str) -> String {
    let marked = catalog.translation_files().and_then(|files| files.accept(tag, &[""; 0]).map_err(error));
    marked.err().unwrap_or_else(|| error(format!("no texts are translated into `{tag}`")))
}

fn error(message: impl Display) -> String {
    format!("error: {message}")
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
