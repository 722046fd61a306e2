//! Names of the catalogue's parameters for the expressions of other systems.

use crate::naming::snake_case;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The names of values: each value has one of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct DistinctNames<Of> {
    of: HashMap<Of, String>,
    taken: HashSet<String>,
    /// The next number of a word, so that no number is tried twice.
    next: HashMap<String, usize>,
}

impl<Of: Eq + Hash> DistinctNames<Of> {
    /// The name of a value: a word, with a number if another value has that name.
    pub(super) fn name(&mut self, of: Of, word: &str) -> String {
        let place = match self.of.entry(of) {
            Entry::Occupied(known) => return known.get().clone(),
            Entry::Vacant(place) => place,
        };
        let mut name = word.to_owned();
        let next = self.next.entry(name.clone()).or_insert(2);
        while !self.taken.insert(name.clone()) {
            name = format!("{word}_{next}");
            *next += 1;
        }
        place.insert(name).clone()
    }
}

/// The word that names an expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ExpressionWord {
    pub(super) word: String,
    /// Whether it has all that the expression says.
    pub(super) is_whole: bool,
}

/// The word for an expression: `path` of `self.path.display()`, `order_id` of `order.id`.
pub(super) fn word(expression: &str) -> ExpressionWord {
    let path = expression.split('(').next().unwrap_or_default();
    let ignored = ["self", "display", "to_string", "as_str"];
    let parts = path.split('.').map(str::trim).filter(|part| !part.is_empty() && !ignored.contains(part));
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    // A name has letters of ASCII alone.
    let (named, others): (Vec<&str>, Vec<&str>) = parts.skip_while(is_number).partition(|part| {
        part.contains(|character: char| character.is_ascii_alphanumeric())
            && !part.contains(|character: char| character.is_alphanumeric() && !character.is_ascii())
    });
    let whole = usable(&named.join("."));
    let is_whole = others.is_empty() && whole.is_some();
    let word = whole.or_else(|| named.into_iter().find_map(usable)).unwrap_or_else(|| "value".to_owned());
    ExpressionWord { word, is_whole }
}

/// The name in the form of the catalogue's, with one more word if it is reserved.
fn usable(name: &str) -> Option<String> {
    let name = snake_case(name);
    let names = [name.clone(), format!("{name}_value"), format!("value_{name}")];
    names.into_iter().find(|name| lift_errors_codegen::is_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_has_a_word() {
        for (expression, expected, whole) in [
            ("self.path.display()", "path", true),
            ("file-name", "file_name", true),
            ("order.id", "order_id", true),
            ("0.name", "name", true),
            ("self.0", "value", false),
            ("userId", "user_id", true),
            ("items.len()", "items_len", true),
            ("type", "type_value", true),
            ("2fa", "value_2fa", true),
            ("größe", "value", false),
            ("order.größe", "order", false),
            ("-", "value", false),
            (&"long.".repeat(20), "long", false),
        ] {
            let ExpressionWord { word, is_whole } = word(expression);
            assert_eq!((word.as_str(), is_whole), (expected, whole), "{expression}");
        }
    }

    #[test]
    fn each_value_has_a_name_of_its_own() {
        let mut names = DistinctNames::default();
        let named =
            [("a", "x"), ("b", "x"), ("a", "x"), ("c", "x_2"), ("d", "x")].map(|(of, word)| names.name(of, word));
        assert_eq!(named, ["x", "x_2", "x", "x_2_2", "x_3"]);
    }
}
