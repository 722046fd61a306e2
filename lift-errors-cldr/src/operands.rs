//! The operands of plural rules: the properties of a written number that determine its plural category.

use alloc::string::String;

/// The properties of a number that plural rules test (UTS 35, plural operand meanings).
///
/// `n`, the absolute value, is [`i`](Self::i) and the fraction together: a rule on `n` can only hold for a whole number,
/// where [`t`](Self::t) is zero.
///
/// ```
/// use lift_errors_cldr::Operands;
///
/// let price = Operands::parse("1.50").ok_or("no number")?;
/// assert_eq!((price.i, price.v, price.w, price.f, price.t), (1, 2, 1, 50, 5));
/// let views = Operands::parse("1.2c6").ok_or("no number")?;
/// assert_eq!((views.i, views.v, views.e), (1_200_000, 0, 6));
/// assert_eq!(Operands::from(5_u64), Operands::parse("5").ok_or("no number")?);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operands {
    /// The digits before the decimal separator.
    pub i: u64,
    /// The number of visible digits of the fraction.
    pub v: u64,
    /// The same without trailing zeros.
    pub w: u64,
    /// The visible digits of the fraction, as a number.
    pub f: u64,
    /// The same without trailing zeros.
    pub t: u64,
    /// The exponent of a compact form: 6 if a million is written as a word. It is also CLDR's `c`.
    pub e: u64,
}

impl Operands {
    /// Reads a decimal number; a compact one has an exponent after `c` or `e`. A sign is ignored.
    ///
    /// Returns `None` for text that is not a number, and if one of the operands would have more than 64 bits.
    ///
    /// ```
    /// use lift_errors_cldr::Operands;
    ///
    /// assert_eq!(Operands::parse("-3"), Operands::parse("3"));
    /// for other in ["", "-", ".5", "1.", "1,5", "1c", "1c99", "NaN", "18446744073709551616"] {
    ///     assert_eq!(Operands::parse(other), None, "{other}");
    /// }
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match text.split_once(['c', 'e']) {
            Some((mantissa, exponent)) => (mantissa, number(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, digits(fraction)?),
            None => (mantissa, ""),
        };
        // No number of 64 bits has more than twenty digits; a longer shift would only cost memory.
        let shift = usize::try_from(exponent).ok().filter(|shift| *shift <= 20)?;
        let (moved, fraction) = fraction.split_at(shift.min(fraction.len()));
        let mut i = String::from(digits(whole)?);
        i.push_str(moved);
        i.extend(core::iter::repeat_n('0', shift - moved.len()));
        let trimmed = fraction.trim_end_matches('0');
        Some(Self {
            i: number(&i)?,
            v: fraction.len() as u64,
            w: trimmed.len() as u64,
            f: number(fraction).or(fraction.is_empty().then_some(0))?,
            t: number(trimmed).or(trimmed.is_empty().then_some(0))?,
            e: exponent,
        })
    }
}

impl From<u64> for Operands {
    fn from(i: u64) -> Self {
        Self { i, ..Self::default() }
    }
}

impl From<u32> for Operands {
    fn from(i: u32) -> Self {
        u64::from(i).into()
    }
}

impl From<i32> for Operands {
    /// Plural rules ignore the sign.
    fn from(value: i32) -> Self {
        value.unsigned_abs().into()
    }
}

impl From<i64> for Operands {
    /// Plural rules ignore the sign.
    fn from(value: i64) -> Self {
        value.unsigned_abs().into()
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

fn number(text: &str) -> Option<u64> {
    digits(text)?.parse().ok()
}
