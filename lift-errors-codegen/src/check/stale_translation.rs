//! The finding about a text that has changed since it was translated.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::span::Text;
use crate::read::overlay::Overlay;
use crate::read::plural_text::PluralText;
use crate::read::state::Record;
use crate::translate::previous::PreviousTexts;
use crate::translate::{SourceText, gives_way_to_base, parents};
use std::collections::BTreeMap;

/// A stale translation with its record.
pub(super) type Stale<'a> = (&'a Overlay, &'a PluralText, &'a Record);

/// The warning or the fault, with the text before and after the change.
pub(super) fn finding(
    context: &Context<'_>,
    previous: &PreviousTexts<'_>,
    source: &SourceText<'_>,
    stale: &[Stale<'_>],
) -> Diagnostic {
    let (fresh, address) = (context.draft.manifest.fresh, source.address());
    let (wrong, right): (Vec<&Overlay>, Vec<&Overlay>) =
        stale.iter().map(|(overlay, ..)| *overlay).partition(|overlay| context.disagrees(overlay, source));
    let all = stale.iter().map(|(overlay, ..)| *overlay);
    let mut message = format!("the text of `{address}` has changed since it was translated into {}", listed(all));
    message += &match (wrong.is_empty(), right.is_empty()) {
        (true, _) => String::new(),
        (false, true) => ", and its translation no longer fits".to_owned(),
        (false, false) => format!(", and its translation into {} no longer fits", listed(wrong.iter().copied())),
    };
    let mut diagnostic = match fresh {
        true => Diagnostic::at(source.plural_text.span, message),
        false => Diagnostic::warning(source.plural_text.span, message),
    };
    let mut earlier: Vec<(String, String)> = Vec::new();
    for text in stale.iter().filter_map(|(_, _, record)| previous.of(record)) {
        let both = change(text, source.plural_text);
        if !earlier.contains(&both) {
            earlier.push(both);
        }
    }
    for (text, _) in &earlier {
        diagnostic = diagnostic.note(format!("the text was: {text}"));
    }
    let now = earlier.first().map_or_else(|| source.plural_text.shown(), |(_, now)| now.clone());
    diagnostic = diagnostic.note(format!("the text is now: {now}"));
    for (overlay, translation, _) in stale {
        // The translation of a page is read in its file.
        let text = match translation.templates().any(|template| template.is_description) {
            true => format!("the translation into `{}`", overlay.tag.value),
            false => format!("`{}` is: {}", overlay.tag.value, translation.shown()),
        };
        diagnostic = diagnostic.quoted(translation.span, text);
    }
    let mut faults: BTreeMap<&str, Vec<&Overlay>> = BTreeMap::new();
    for overlay in &wrong {
        faults.entry(context.disagreement(overlay, source).unwrap_or_default()).or_default().push(overlay);
    }
    for (fault, overlays) in faults {
        diagnostic = diagnostic.note(format!("{}: {fault}", listed(overlays.into_iter())));
    }
    let has_base = |overlay: &&Overlay| gives_way_to_base(context.draft, overlay, source);
    let (with_base, others): (Vec<&Overlay>, Vec<&Overlay>) =
        stale.iter().map(|(overlay, ..)| *overlay).partition(has_base);
    let (without_words, to_translate): (Vec<&Overlay>, Vec<&Overlay>) = (wrong.iter().copied())
        .filter(|overlay| !has_base(overlay))
        .partition(|overlay| source.cannot_be_in(context.draft, overlay.locale));
    for (overlays, until) in [(&to_translate, "until it is translated again, "), (&without_words, "")] {
        for (shown, overlays) in shown_instead(context, source, overlays).into_iter().filter(|_| !fresh) {
            let note = format!("{until}readers of {} get the text in `{shown}`", listed(overlays.into_iter()));
            diagnostic = diagnostic.note(note);
        }
    }
    if !with_base.is_empty() && !fresh {
        let readers = listed(with_base.iter().copied());
        diagnostic = diagnostic.note(format!("readers of {readers} get the translation of the base"));
    }
    let mut remedies = Vec::new();
    for (overlays, reason) in
        [(&with_base, "the base has one of this text"), (&without_words, "the language has no words for durations")]
    {
        match overlays.len() {
            0 => {}
            count if count == stale.len() => remedies.push(format!("delete the translation: {reason}")),
            _ => remedies.push(format!("delete the translation into {}: {reason}", listed(overlays.iter().copied()))),
        }
    }
    // A new translation is recorded by a tool.
    let recorded = if fresh { ", and run `lift-errors sync`" } else { "" };
    match (remedies.is_empty(), others.len() > without_words.len()) {
        (true, _) => remedies.push(format!("translate the text again{recorded}")),
        (false, true) => remedies.push(format!("translate it again into the others{recorded}")),
        (false, false) => {}
    }
    diagnostic.help(remedies.join("; ") + &acceptance(&address, &right, wrong.is_empty()))
}

/// Which translations may be accepted, and how. One that is wrong is refused, and so are all at once then.
fn acceptance(address: &str, right: &[&Overlay], none_is_wrong: bool) -> String {
    let (what, locale) = match (right, none_is_wrong) {
        ([], _) => return String::new(),
        ([only], true) => ("the translation".to_owned(), only.tag.as_str()),
        ([only], false) => (format!("the translation into `{}`", only.tag.value), only.tag.as_str()),
        (_, true) => ("the translation".to_owned(), "--all-locales"),
        (_, false) => (format!("one of {}", listed(right.iter().copied())), "LOCALE"),
    };
    format!("; if {what} is still right, run `lift-errors accept {locale} {address}`")
}

/// The tags of locales, in a sentence.
fn listed<'a>(overlays: impl Iterator<Item = &'a Overlay>) -> String {
    overlays.map(|overlay| format!("`{}`", overlay.tag.value)).collect::<Vec<_>>().join(", ")
}

/// The tag of the locale that has the text which is shown in place of translations, with their locales.
fn shown_instead<'a>(
    context: &Context<'a>,
    source: &SourceText<'_>,
    wrong: &[&'a Overlay],
) -> BTreeMap<&'a str, Vec<&'a Overlay>> {
    let default = context.draft.manifest.default_locale.as_ref().map_or("", Text::as_str);
    let has_it = |parent: &&Overlay| {
        let is_right = parent.translation(source).is_some() && !context.disagrees(parent, source);
        is_right || parent.has_of_base(source)
    };
    let mut shown: BTreeMap<&str, Vec<&Overlay>> = BTreeMap::new();
    for overlay in wrong {
        let parent = parents(context.draft, overlay.locale).find(has_it);
        shown.entry(parent.map_or(default, |parent| parent.tag.as_str())).or_default().push(overlay);
    }
    shown
}

/// A text before and after a change. Of a description these are the lines that differ.
fn change(before: &PluralText, after: &PluralText) -> (String, String) {
    let is_page = after.templates().any(|template| template.is_description);
    let (Some(old), Some(new)) = (before.other().filter(|_| is_page), after.other()) else {
        let (old, new) = (before.shown(), after.shown());
        // The forms may be the same, and another parameter choose between them.
        let selected = |shown: &str, text: &PluralText| match text.selector.as_deref() {
            Some(selector) => format!("{shown}, by `{}`", selector.value),
            None => shown.to_owned(),
        };
        return if old == new { (selected(&old, before), selected(&new, after)) } else { (old, new) };
    };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.text.value.lines().collect(), new.text.value.lines().collect());
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let differing = |lines: &[&str]| match lines.get(first..lines.len() - last) {
        Some([]) | None => "(nothing)".to_owned(),
        Some(lines) => lines.join(" "),
    };
    (differing(&old), differing(&new))
}
