//! Plural rules as source: Rust, and the C of gettext's header.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::plural::{Category, Rules};
use crate::rule::{Condition, Operand, Relation};

/// A relation or a condition, as far as it is known at build time.
enum Known {
    Always,
    Never,
    If(String),
}

impl Rules {
    /// The rules as an expression of `n`, a `u64`. `name` returns the source for a category.
    ///
    /// The expression has only the branches that whole numbers need. It does not contain `n` if nothing depends on it.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// let czech = Rules::of_key("cs").ok_or("no rules")?;
    /// assert_eq!(
    ///     czech.integer_to_rust(|category| format!("\"{category}\"")),
    ///     "if n == 1 { \"one\" } else if ::core::matches!(n, 2..=4) { \"few\" } else { \"other\" }",
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub fn integer_to_rust(&self, name: impl Fn(Category) -> String) -> String {
        self.to_rust(|relation| integer_relation(relation, comparison), name)
    }

    /// The rules as an expression of `o`, which has the fields of [`Operands`](crate::Operands).
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// let english = Rules::of_key("en").ok_or("no rules")?;
    /// assert_eq!(
    ///     english.decimal_to_rust(|category| category.to_string()),
    ///     "if o.i == 1 && o.v == 0 { one } else { other }",
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub fn decimal_to_rust(&self, name: impl Fn(Category) -> String) -> String {
        self.to_rust(decimal_relation, name)
    }

    /// The rules for a number with a fraction that does not end in zero, as an expression of `n`, which has the operands `i`, `v`
    /// and `f`. It does not contain `n` if nothing depends on it.
    ///
    /// ```
    /// use lift_errors_cldr::plural::Rules;
    ///
    /// let source = |key| Rules::of_key(key).map(|rules| rules.fraction_to_rust(|category| category.to_string()));
    /// assert_eq!(source("cs").as_deref(), Some("many"));
    /// assert_eq!(source("da").as_deref(), Some("if ::core::matches!(n.i, 0..=1) { one } else { other }"));
    /// ```
    pub fn fraction_to_rust(&self, name: impl Fn(Category) -> String) -> String {
        self.to_rust(fraction_relation, name)
    }

    /// The rules as an expression of `n` for the header `Plural-Forms` of gettext. `index` returns the number of a category.
    ///
    /// ```
    /// use lift_errors_cldr::plural::{Category, Rules};
    ///
    /// let czech = Rules::of_key("cs").ok_or("no rules")?;
    /// let index = |category| match category {
    ///     Category::One => 0,
    ///     Category::Few => 1,
    ///     _ => 2,
    /// };
    /// assert_eq!(czech.integer_to_gettext(index), "n == 1 ? 0 : (n >= 2 && n <= 4) ? 1 : 2");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn integer_to_gettext(&self, index: impl Fn(Category) -> usize) -> String {
        let relation = |relation: &Relation| integer_relation(relation, gettext_comparison);
        let (mut branches, last) = self.branches(relation);
        // Where a category is for fractions alone, the last condition may decide nothing.
        while branches.last().is_some_and(|(_, category)| index(*category) == index(last)) {
            branches.pop();
        }
        let branches = branches.into_iter().map(|(source, category)| format!("{source} ? {} : ", index(category)));
        branches.collect::<String>() + &index(last).to_string()
    }

    /// The conditions that are not known at build time, each with its category, and the category of all other numbers.
    fn branches(self, relation: impl Fn(&Relation) -> Known) -> (Vec<(String, Category)>, Category) {
        let mut branches = Vec::new();
        for (category, condition) in self.0 {
            match simplified(condition, &relation) {
                Known::Never => {}
                Known::If(source) => branches.push((source, *category)),
                Known::Always => return (branches, *category),
            }
        }
        (branches, Category::Other)
    }

    fn to_rust(self, relation: impl Fn(&Relation) -> Known, name: impl Fn(Category) -> String) -> String {
        let (branches, last) = self.branches(relation);
        let mut text = String::new();
        for (source, category) in &branches {
            text.push_str(&format!("if {source} {{ {} }} else ", name(*category)));
        }
        let last = name(last);
        text.push_str(&if branches.is_empty() { last } else { format!("{{ {last} }}") });
        text
    }
}

fn simplified(condition: Condition, relation: impl Fn(&Relation) -> Known) -> Known {
    let mut any = Vec::new();
    for all in condition {
        let mut parts = Vec::new();
        let mut possible = true;
        for part in *all {
            match relation(part) {
                Known::Always => {}
                Known::Never => possible = false,
                Known::If(source) => parts.push(source),
            }
        }
        if !possible {
            continue;
        }
        if parts.is_empty() {
            return Known::Always;
        }
        let source = parts.join(" && ");
        // Two rules that differ only in the fraction are one for whole numbers.
        if !any.contains(&source) {
            any.push(source);
        }
    }
    if any.is_empty() { Known::Never } else { Known::If(any.join(" || ")) }
}

fn integer_relation(relation: &Relation, comparison: impl Fn(&Relation, &str) -> String) -> Known {
    match relation.operand {
        Operand::N | Operand::I => Known::If(comparison(relation, "n")),
        // A whole number has no fraction and no exponent.
        Operand::V | Operand::F | Operand::T | Operand::E if relation.holds_for(0) => Known::Always,
        Operand::V | Operand::F | Operand::T | Operand::E => Known::Never,
    }
}

fn fraction_relation(relation: &Relation) -> Known {
    let is_zero = relation.modulus == 0 && relation.ranges == [(0, 0)];
    match relation.operand {
        // The number is not whole, and its fraction not zero.
        Operand::N => known(!relation.within),
        Operand::V | Operand::F | Operand::T if is_zero => known(!relation.within),
        Operand::E => known(relation.holds_for(0)),
        Operand::I => Known::If(comparison(relation, "n.i")),
        Operand::V => Known::If(comparison(relation, "n.v")),
        // Without zeros at its end, the fraction is the same with and without them.
        Operand::F | Operand::T => Known::If(comparison(relation, "n.f")),
    }
}

const fn known(holds: bool) -> Known {
    if holds { Known::Always } else { Known::Never }
}

fn decimal_relation(relation: &Relation) -> Known {
    let field = match relation.operand {
        Operand::N | Operand::I => "o.i",
        Operand::V => "o.v",
        Operand::F => "o.f",
        Operand::T => "o.t",
        Operand::E => "o.e",
    };
    let source = comparison(relation, field);
    Known::If(match (relation.operand, relation.within) {
        (Operand::N, true) => format!("o.t == 0 && {source}"),
        (Operand::N, false) => format!("(o.t != 0 || {source})"),
        _ => source,
    })
}

fn comparison(relation: &Relation, value: &str) -> String {
    let value = match relation.modulus {
        0 => value.to_string(),
        modulus => format!("{value} % {modulus}"),
    };
    let ranges = merged(relation.ranges);
    if let [(from, to)] = *ranges {
        if from == to {
            return format!("{value} {} {from}", if relation.within { "==" } else { "!=" });
        }
    }
    let ranges: Vec<_> =
        ranges.iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}..={to}") }).collect();
    format!("{}::core::matches!({value}, {})", if relation.within { "" } else { "!" }, ranges.join(" | "))
}

fn gettext_comparison(relation: &Relation, value: &str) -> String {
    let value = match relation.modulus {
        0 => value.to_string(),
        modulus => format!("{value} % {modulus}"),
    };
    let one = |(from, to): (u64, u64)| match (relation.within, from == to) {
        (true, true) => format!("{value} == {from}"),
        (false, true) => format!("{value} != {from}"),
        (true, false) => format!("({value} >= {from} && {value} <= {to})"),
        (false, false) => format!("({value} < {from} || {value} > {to})"),
    };
    let parts: Vec<String> = merged(relation.ranges).into_iter().map(one).collect();
    match parts.as_slice() {
        [part] => part.clone(),
        parts => format!("({})", parts.join(if relation.within { " || " } else { " && " })),
    }
}

/// The ranges with neighbouring ones merged: CLDR writes `1,2,3`, for which a lint of Rust expects `1..=3`.
fn merged(ranges: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut merged: Vec<(u64, u64)> = Vec::new();
    for &(from, to) in ranges {
        match merged.last_mut() {
            Some((_, last)) if *last + 1 == from => *last = to,
            _ => merged.push((from, to)),
        }
    }
    merged
}
