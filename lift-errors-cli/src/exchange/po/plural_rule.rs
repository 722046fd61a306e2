//! The plural rule in the header of a PO file: which `msgstr[…]` is for a number (GNU gettext manual, "Plural forms").

/// The longest rule, in tokens, and the deepest one. The longest rules of languages have about a hundred tokens.
const MOST_TOKENS: usize = 1_000;
const DEEPEST: usize = 200;

/// A plural rule.
#[derive(Debug)]
pub(super) struct PluralRule {
    /// The number of forms.
    pub(super) forms: usize,
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Number(u64),
    N,
    Sign(&'static str),
}

/// The signs, longer ones first.
const SIGNS: [&str; 18] =
    ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")"];

/// The operators of two operands by precedence, the weakest first.
const LEVELS: [&[&str]; 6] = [&["||"], &["&&"], &["==", "!="], &["<", ">", "<=", ">="], &["+", "-"], &["*", "/", "%"]];

impl PluralRule {
    /// Reads the value of `Plural-Forms`; `None` if it is not a rule.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let field = |name: &str| {
            let mut fields = value.split(';').map(str::trim);
            fields.find_map(|field| field.strip_prefix(name)?.trim_start().strip_prefix('='))
        };
        let forms = field("nplurals")?.trim().parse().ok().filter(|forms| (1..=10).contains(forms))?;
        let rule = Self { forms, tokens: tokens(field("plural")?)? };
        // Whatever number there is, it must be a form.
        (0..200).chain([1_000, 1_000_000]).all(|number| rule.index(number).is_some()).then_some(rule)
    }

    /// The index of the form for a number.
    pub(super) fn index(&self, number: u64) -> Option<usize> {
        let mut evaluation = Evaluation { tokens: &self.tokens, at: 0, number, depth: 0 };
        let value = evaluation.ternary()?;
        let index = usize::try_from(value).ok().filter(|index| *index < self.forms)?;
        (evaluation.at == self.tokens.len()).then_some(index)
    }
}

fn tokens(expression: &str) -> Option<Vec<Token>> {
    let (mut rest, mut tokens) = (expression.trim_start(), Vec::new());
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        let (token, length) = if digits > 0 {
            (Token::Number(rest.get(..digits)?.parse().ok()?), digits)
        } else if rest.starts_with('n') {
            (Token::N, 1)
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
            (Token::Sign(sign), sign.len())
        };
        tokens.push(token);
        rest = rest.get(length..)?.trim_start();
        if tokens.len() > MOST_TOKENS {
            return None;
        }
    }
    Some(tokens)
}

struct Evaluation<'a> {
    tokens: &'a [Token],
    at: usize,
    number: u64,
    depth: usize,
}

impl Evaluation<'_> {
    fn ternary(&mut self) -> Option<u64> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let condition = self.binary(0)?;
        if self.take(&["?"]).is_none() {
            self.depth -= 1;
            return Some(condition);
        }
        let yes = self.ternary()?;
        self.take(&[":"])?;
        let no = self.ternary()?;
        self.depth -= 1;
        Some(if condition == 0 { no } else { yes })
    }

    fn binary(&mut self, level: usize) -> Option<u64> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = self.take(operators) {
            let right = self.binary(level + 1)?;
            left = match operator {
                "||" => u64::from(left != 0 || right != 0),
                "&&" => u64::from(left != 0 && right != 0),
                "==" => u64::from(left == right),
                "!=" => u64::from(left != right),
                "<" => u64::from(left < right),
                ">" => u64::from(left > right),
                "<=" => u64::from(left <= right),
                ">=" => u64::from(left >= right),
                "+" => left.wrapping_add(right),
                "-" => left.wrapping_sub(right),
                "*" => left.wrapping_mul(right),
                "/" => left.checked_div(right)?,
                _ => left.checked_rem(right)?,
            };
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<u64> {
        let mut negations = 0_usize;
        while self.take(&["!"]).is_some() {
            negations += 1;
        }
        let value = match self.tokens.get(self.at)? {
            Token::Number(number) => *number,
            Token::N => self.number,
            Token::Sign("(") => {
                self.at += 1;
                let value = self.ternary()?;
                let is_closed = self.tokens.get(self.at) == Some(&Token::Sign(")"));
                is_closed.then_some(value)?
            }
            Token::Sign(_) => return None,
        };
        self.at += 1;
        Some(if negations == 0 { value } else { u64::from((value == 0) == (negations % 2 == 1)) })
    }

    fn take(&mut self, signs: &[&str]) -> Option<&'static str> {
        let Some(&Token::Sign(sign)) = self.tokens.get(self.at) else { return None };
        signs.contains(&sign).then(|| {
            self.at += 1;
            sign
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indexes(rule: &str, numbers: &[u64]) -> Option<Vec<usize>> {
        let rule = PluralRule::parse(rule)?;
        numbers.iter().map(|&number| rule.index(number)).collect()
    }

    #[test]
    fn rules_of_translators_tools_are_evaluated() {
        let polish = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";
        assert_eq!(indexes(polish, &[0, 1, 2, 5, 12, 22, 25]), Some(vec![2, 0, 1, 2, 2, 1, 2]));
        assert_eq!(indexes("nplurals=2; plural=(n > 1);", &[0, 1, 2]), Some(vec![0, 0, 1]));
        assert_eq!(indexes("nplurals=2; plural=n != 1", &[0, 1, 2]), Some(vec![1, 0, 1]));
        assert_eq!(indexes("nplurals=1; plural=0;", &[0, 7]), Some(vec![0, 0]));
        let arabic =
            "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";
        assert_eq!(indexes(arabic, &[0, 1, 2, 3, 11, 100]), Some(vec![0, 1, 2, 3, 4, 5]));
        assert_eq!(indexes("nplurals=2; plural=!(n==1)", &[1, 2]), Some(vec![0, 1]));
    }

    #[test]
    fn rules_that_are_none_are_refused() {
        for rule in [
            "",
            "nplurals=2",
            "nplurals=INTEGER; plural=EXPRESSION;",
            "nplurals=2; plural=n",
            "nplurals=2; plural=n%0",
            "nplurals=2; plural=(n>1",
            "nplurals=2; plural=n>1)",
            "nplurals=0; plural=0",
            "nplurals=99999999999999999999; plural=0",
            "nplurals=2; plural=99999999999999999999999>n",
            "nplurals=2; plural=n=1",
            "nplurals=2; plural=é",
        ] {
            assert!(PluralRule::parse(rule).is_none(), "{rule}");
        }
        for deep in ["(".repeat(100_000), "!".repeat(100_000), "n?".repeat(100_000)] {
            assert!(PluralRule::parse(&format!("nplurals=2; plural={deep}n")).is_none());
        }
    }
}
