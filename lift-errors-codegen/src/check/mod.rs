//! The rules of the format, one function each, and the table of all of them.
//!
//! A rule reads the draft and adds faults to the report. It never changes anything, and it never
//! relies on another rule having passed.

mod alias;
mod context;
mod description;
mod detail;
mod disagreement;
mod draft;
mod duration;
mod guidance;
mod header;
mod identity;
mod invisible;
mod label;
mod link;
mod lock;
mod manifest;
mod markup;
mod name;
mod number;
mod parameter;
mod phrase;
mod plural;
mod retry;
mod stale_translation;
mod status;
mod taxonomy;
mod text;
mod text_instance;
mod text_row;
mod translation;
mod upkeep;

pub(crate) use disagreement::Tolerance;
pub(crate) use draft::summary as draft_summary;
pub use upkeep::Upkeep;

use crate::diagnostic::report::Report;
use crate::parallel;
use crate::read::draft::{Draft, Entry};
use context::{COMPARISONS, Context};
use disagreement::{Disagreements, add};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// One rule.
type Rule = fn(&Context<'_>);

/// The rules that look at entries one by one, and at the manifest.
const RULES: &[Rule] = &[
    manifest::required,
    manifest::names,
    manifest::locales,
    manifest::derives,
    manifest::constants_are_named_well,
    name::codes,
    name::codes_are_unique,
    name::codes_carry_the_prefix,
    name::ids_within_entries,
    identity::ids_have_the_form,
    identity::ids_are_unique,
    identity::types,
    taxonomy::lists_are_words,
    taxonomy::words_are_listed,
    identity::since_is_a_version,
    draft::policy,
    draft::released_ones_stay_complete,
    guidance::is_there,
    guidance::causes_lead_to_a_fix,
    guidance::fix_ids_are_known,
    guidance::audiences_agree,
    guidance::words_are_known,
    parameter::declared_well,
    parameter::fit_into_an_error,
    parameter::sensitivity_is_stated,
    parameter::examples_fit,
    parameter::optional_ones_agree,
    parameter::are_used,
    text::placeholders_are_declared,
    text::public_texts_name_public_parameters,
    text::are_clean,
    text::messages_have_words,
    duration::have_words,
    plural::have_every_category,
    plural::are_selected_by_a_number,
    label::are_known,
    translation::name_the_same,
    translation::keep_the_glossary,
    phrase::are_named_well,
    phrase::parameters_are_plain,
    phrase::parameters_are_used,
    phrase::texts_are_plain,
    description::links_lead_somewhere,
    detail::alternatives,
    detail::causes_are_known,
    retry::contract,
    status::one_or_raised_by_client,
    status::without_transport_there_is_no_response,
    header::required_headers,
    header::are_valid,
    header::retry_after_is_the_delay,
    alias::declare_nothing_shared,
    link::are_declared,
    link::of_labels_are_declared,
    link::addresses,
    lock::released_ones_are_well_formed,
    lock::released_name_stays,
    lock::released_ids_stay,
];

/// The rules that only a complete catalogue can pass.
const WHOLE: &[Rule] = &[
    alias::lead_to_an_entry,
    identity::replacements_exist,
    link::are_used,
    lock::released_codes_stay,
    lock::released_phrases_stay,
    manifest::constants_are_used,
    manifest::has_entries,
    status::defaults,
    translation::belong_to_a_text,
    translation::are_complete,
    translation::glossary_is_of_use,
];

/// The rule that only a complete catalogue can pass, and that is told which translations do not say what their texts say.
const LAST_OF_WHOLE: &[Rule] = &[translation::are_fresh];

/// The rules whose violation is only a warning. They are told the same.
const REMARKS: &[Rule] = &[
    translation::have_a_file,
    translation::are_translations,
    number::are_those_of_the_text,
    number::have_forms,
    invisible::characters_are_meant,
    markup::is_ours,
];

/// Adds every violation of every rule to `report`. Translations that are tolerated although they do not say what their texts say
/// are left out or marked.
pub(crate) fn check(draft: &mut Draft, incomplete: bool, mut report: Report, tolerance: Tolerance) -> Report {
    let mut codes = HashMap::new();
    for entry in &draft.entries {
        codes.entry(entry.code.as_str()).or_insert(entry);
    }
    let mut aliases: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in &draft.entries {
        if let Some(canonical) = &entry.same_as {
            aliases.entry(canonical.as_str()).or_default().push(entry);
        }
    }
    let constants = draft.manifest.constants.iter().map(|constant| (constant.name.as_str(), constant)).collect();
    let rows = text_row::rows(draft, &codes);
    let links = draft.manifest.links.iter().map(|link| link.id.as_str()).collect();
    let mut run = |rules: &[Rule], disagreements: &Disagreements| {
        let found = parallel::map(rules, |rule| {
            let context = Context {
                draft,
                codes: &codes,
                aliases: &aliases,
                constants: &constants,
                links: &links,
                rows: &rows,
                report: RefCell::default(),
                tolerance,
                found: RefCell::default(),
                disagreements,
                comparisons: Cell::new(COMPARISONS),
            };
            rule(&context);
            (context.report.into_inner(), context.found.into_inner())
        });
        let mut disagreements = Disagreements::new();
        for (other, found) in found {
            report.append(other);
            add(&mut disagreements, found);
        }
        disagreements
    };
    let (whole, last_of_whole) = if incomplete { (&[][..], &[][..]) } else { (WHOLE, LAST_OF_WHOLE) };
    let mut disagreements = run(&[RULES, whole].concat(), &Disagreements::new());
    let others = run(&[last_of_whole, REMARKS].concat(), &disagreements);
    add(&mut disagreements, others);
    for overlay in &mut draft.overlays {
        let Some(found) = disagreements.remove(&overlay.tag.value) else { continue };
        let addresses = found.into_keys().collect();
        match tolerance {
            Tolerance::Everything => overlay.disagreeing = addresses,
            _ => overlay.leave_out(&addresses),
        }
    }
    report
}
