//! The ids that new entries get.

use super::files::{CatalogFiles, Role};
use crate::error::Error;
use std::collections::HashSet;
use toml_edit::Item;

/// A base catalogue has the hundreds in which it has an id, and a service does not get new ids there.
const HUNDRED: usize = 100;

/// The ids of a service without any begin with the next thousand behind those of its base.
const THOUSAND: usize = 1000;

/// The free ids of a catalogue, one after the other.
#[derive(Debug)]
pub(crate) struct FreeIds {
    form: IdForm,
    /// The highest number of an own id. The catalogue may have none yet.
    last: Option<usize>,
    /// The numbers of the base catalogue's ids.
    inherited: Vec<usize>,
}

impl FreeIds {
    /// The next one.
    ///
    /// # Errors
    ///
    /// If the form has too few digits.
    pub(crate) fn take(&mut self) -> Result<String, Error> {
        let number = self.next_number();
        let id = self.form.id(number)?;
        self.last = Some(number);
        Ok(id)
    }

    /// The base can grow: what it adds later is not in the way of the service's own.
    fn next_number(&self) -> usize {
        let behind_base = || self.inherited.iter().max().map_or(1, |last| (last / THOUSAND + 1) * THOUSAND + 1);
        let Some(last) = self.last else { return behind_base() };
        let next = last.saturating_add(1);
        let is_of_base = self.inherited.iter().any(|number| number / HUNDRED == next / HUNDRED);
        if is_of_base { behind_base() } else { next }
    }
}

impl CatalogFiles {
    /// The free ids, in the first form that ends with a number.
    ///
    /// # Errors
    ///
    /// If no form does.
    pub(crate) fn free_ids(&self) -> Result<FreeIds, Error> {
        let form = self.id_form()?;
        let inherited = &self.inherited().ids;
        let of_base: HashSet<&str> = inherited.iter().map(String::as_str).collect();
        // Tombstones among them. A lock file has the base's ids, too.
        let files = self.files.iter().filter(|file| matches!(file.role, Role::Errors | Role::Lock));
        let ids = files.flat_map(|file| file.document.iter()).filter_map(|(_, entry)| entry.get("id")?.as_str());
        let last = ids.filter(|id| !of_base.contains(id)).filter_map(|id| form.number(id)).max();
        let inherited = inherited.iter().filter_map(|id| form.number(id)).collect();
        Ok(FreeIds { form, last, inherited })
    }

    fn id_form(&self) -> Result<IdForm, Error> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let forms = manifest.and_then(|manifest| manifest.document.get("catalog")?.get("id_form"));
        let one = forms.and_then(Item::as_str);
        let list = forms.and_then(Item::as_array).into_iter().flatten().filter_map(|form| form.as_str());
        let all: Vec<String> = one.into_iter().chain(list).map(str::to_owned).collect();
        let numbered = |form: &String| {
            let text = form.trim_end_matches('0');
            let is_literal = text.len() < form.len() && !text.contains(['0', '?', '*']);
            is_literal.then(|| IdForm { text: text.to_owned(), digits: form.len() - text.len(), all: all.clone() })
        };
        all.iter().find_map(numbered).ok_or(Error::IdsNotNumbered)
    }
}

/// The form of ids: a text, and a number with so many digits.
#[derive(Debug)]
struct IdForm {
    text: String,
    digits: usize,
    /// All forms of the catalogue.
    all: Vec<String>,
}

impl IdForm {
    /// The id with a number.
    fn id(&self, number: usize) -> Result<String, Error> {
        let Self { text, digits, all } = self;
        let number = format!("{number:0digits$}");
        match number.len() > *digits {
            true => {
                let form = format!("{text}{}", "0".repeat(*digits));
                let forms: Vec<String> = all.iter().map(|form| format!("\"{form}\"")).collect();
                Err(Error::IdsExhausted { forms: format!("\"{form}0\", {}", forms.join(", ")), form })
            }
            false => Ok(format!("{text}{number}")),
        }
    }

    /// The number of an id, if it has this form.
    fn number(&self, id: &str) -> Option<usize> {
        id.strip_prefix(&self.text)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_has_hundreds_of_its_own() {
        let next = |last: Option<usize>, inherited: &[usize]| {
            let form = IdForm { text: "ORD-".to_owned(), digits: 4, all: Vec::new() };
            FreeIds { form, last, inherited: inherited.to_vec() }.next_number()
        };
        let base = [400, 404, 511, 1006];
        let own = [(None, 2001), (Some(12), 13), (Some(399), 2001), (Some(599), 600), (Some(999), 2001)];
        let own = own.into_iter().chain([(Some(1006), 2001), (Some(1100), 1101), (Some(2001), 2002)]);
        own.for_each(|(last, expected)| assert_eq!(next(last, &base), expected, "{last:?}"));
        assert_eq!([next(None, &[]), next(Some(1), &[]), next(Some(usize::MAX), &[])], [1, 2, usize::MAX]);
    }

    #[test]
    fn ids_in_use_keep_their_digits_when_there_are_none_left() {
        let all = ["OLD-0", "ORD-0"].map(str::to_owned).into();
        let form = IdForm { text: "ORD-".to_owned(), digits: 1, all };
        let fault = form.id(10).map_err(|error| error.to_string());
        assert!(fault.is_err_and(|fault| fault.ends_with("`id_form = [\"ORD-00\", \"OLD-0\", \"ORD-0\"]`")));
    }
}
