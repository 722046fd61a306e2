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
    /// In the order of the forms.
    numbers: Vec<FreeNumbers>,
    /// All forms of the catalogue.
    forms: Vec<String>,
}

impl FreeIds {
    /// The next one, in the first form that has enough digits.
    ///
    /// # Errors
    ///
    /// If none has.
    pub(crate) fn take(&mut self) -> Result<String, Error> {
        match self.numbers.iter_mut().find_map(FreeNumbers::take) {
            Some(id) => Ok(id),
            None => Err(self.exhausted()),
        }
    }

    /// Clients know the ids that are in use: a longer form is one more.
    fn exhausted(&self) -> Error {
        let Some(first) = self.numbers.first() else { return Error::IdsNotNumbered };
        let digits = first.digits.iter().max().copied().unwrap_or_default();
        let form = format!("{}{}", first.text, "0".repeat(digits));
        let forms: Vec<String> = self.forms.iter().map(|form| format!("\"{form}\"")).collect();
        Error::IdsExhausted { forms: format!("\"{form}0\", {}", forms.join(", ")), form }
    }
}

/// The free numbers behind a text: `ORD-` in `ORD-0000`.
#[derive(Debug)]
struct FreeNumbers {
    text: String,
    /// How many digits an id may have, in the order of the forms.
    digits: Vec<usize>,
    /// The highest number of an own id. The catalogue may have none yet.
    last: Option<usize>,
    /// The numbers of the base catalogue's ids.
    inherited: Vec<usize>,
}

impl FreeNumbers {
    /// The id with the next number, if that has few enough digits.
    fn take(&mut self) -> Option<String> {
        let number = self.next();
        let length = number.to_string().len();
        let digits = self.digits.iter().find(|digits| length <= **digits)?;
        let id = format!("{}{number:0digits$}", self.text);
        self.last = Some(number);
        Some(id)
    }

    /// The base can grow: what it adds later is not in the way of the service's own.
    fn next(&self) -> usize {
        let behind_base = || self.inherited.iter().max().map_or(1, |last| (last / THOUSAND + 1) * THOUSAND + 1);
        let Some(last) = self.last else { return behind_base() };
        let next = last.saturating_add(1);
        let is_of_base = self.inherited.iter().any(|number| number / HUNDRED == next / HUNDRED);
        if is_of_base { behind_base() } else { next }
    }

    /// The number of an id, if it has this text.
    fn number(&self, id: &str) -> Option<usize> {
        id.strip_prefix(&self.text)?.parse().ok()
    }
}

impl CatalogFiles {
    /// The free ids, in the forms that end with a number.
    ///
    /// # Errors
    ///
    /// If no form does.
    pub(crate) fn free_ids(&self) -> Result<FreeIds, Error> {
        let forms = self.id_forms();
        let mut numbers: Vec<FreeNumbers> = Vec::new();
        for form in &forms {
            let text = form.trim_end_matches('0');
            let digits = form.len() - text.len();
            if digits == 0 || text.contains(['0', '?', '*']) {
                continue;
            }
            match numbers.iter_mut().find(|known| known.text == text) {
                Some(known) => known.digits.push(digits),
                None => {
                    let (last, inherited) = (None, Vec::new());
                    numbers.push(FreeNumbers { text: text.to_owned(), digits: vec![digits], last, inherited });
                }
            }
        }
        if numbers.is_empty() {
            return Err(Error::IdsNotNumbered);
        }
        let of_base = &self.inherited().ids;
        let is_of_base: HashSet<&str> = of_base.iter().map(String::as_str).collect();
        // Tombstones among them. A lock file has the base's ids, too.
        let files = self.files.iter().filter(|file| matches!(file.role, Role::Errors | Role::Lock));
        let ids = files.flat_map(|file| file.document.iter()).filter_map(|(_, entry)| entry.get("id")?.as_str());
        let own: Vec<&str> = ids.filter(|id| !is_of_base.contains(id)).collect();
        for known in &mut numbers {
            known.last = own.iter().filter_map(|id| known.number(id)).max();
            known.inherited = of_base.iter().filter_map(|id| known.number(id)).collect();
        }
        Ok(FreeIds { numbers, forms })
    }

    fn id_forms(&self) -> Vec<String> {
        let manifest = self.files.iter().find(|file| file.role == Role::Manifest);
        let forms = manifest.and_then(|manifest| manifest.document.get("catalog")?.get("id_form"));
        let one = forms.and_then(Item::as_str);
        let list = forms.and_then(Item::as_array).into_iter().flatten().filter_map(|form| form.as_str());
        one.into_iter().chain(list).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(digits: &[usize], last: Option<usize>, inherited: &[usize]) -> FreeNumbers {
        FreeNumbers { text: "ORD-".to_owned(), digits: digits.to_vec(), last, inherited: inherited.to_vec() }
    }

    #[test]
    fn a_base_has_hundreds_of_its_own() {
        let next = |last: Option<usize>, inherited: &[usize]| numbers(&[4], last, inherited).next();
        let base = [400, 404, 511, 1006];
        let own = [(None, 2001), (Some(12), 13), (Some(399), 2001), (Some(599), 600), (Some(999), 2001)];
        let own = own.into_iter().chain([(Some(1006), 2001), (Some(1100), 1101), (Some(2001), 2002)]);
        own.for_each(|(last, expected)| assert_eq!(next(last, &base), expected, "{last:?}"));
        assert_eq!([next(None, &[]), next(Some(1), &[]), next(Some(usize::MAX), &[])], [1, 2, usize::MAX]);
    }

    #[test]
    fn the_first_form_that_has_enough_digits_is_taken() {
        let all = ["ORD-0", "ORD-000", "ORD-00"].map(str::to_owned);
        let mut ids = FreeIds { numbers: vec![numbers(&[1, 3, 2], Some(8), &[])], forms: all.into() };
        assert_eq!([ids.take().unwrap(), ids.take().unwrap()], ["ORD-9", "ORD-010"]);
    }

    #[test]
    fn ids_in_use_keep_their_digits_when_there_are_none_left() {
        let fault = |digits: &[usize], forms: &[&str]| {
            let forms = forms.iter().map(|form| (*form).to_owned()).collect();
            let mut ids = FreeIds { numbers: vec![numbers(digits, Some(99), &[])], forms };
            ids.take().unwrap_err().to_string()
        };
        let of_one = fault(&[1], &["OLD-*", "ORD-0"]);
        assert!(of_one.ends_with("`id_form = [\"ORD-00\", \"OLD-*\", \"ORD-0\"]`"), "{of_one}");
        // The new form is one that the catalogue does not have.
        let of_several = fault(&[1, 2], &["ORD-0", "ORD-00"]);
        assert!(of_several.ends_with("`id_form = [\"ORD-000\", \"ORD-0\", \"ORD-00\"]`"), "{of_several}");
    }
}
