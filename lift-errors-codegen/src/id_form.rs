//! Forms of ids: `ORD-0000`, `E0000`, `?????`, `PD:*:*`. `0` is a digit, `?` a letter or a digit, `*` one or more letters,
//! digits and `_`; everything else is itself.

/// The longest id, in bytes.
pub(crate) const LONGEST: usize = 128;

/// The signs of a form, as messages explain them.
pub(crate) const SIGNS: &str = "in a form, `0` is a digit, `?` a letter or a digit, `*` one or more letters, digits or `_`, and the rest is as it is";

/// Whether ids may contain a byte.
pub(crate) fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')
}

/// Whether a text can be an id, of whichever form.
pub(crate) fn is_id(id: &str) -> bool {
    let begins_well = |first: &u8| first.is_ascii_alphanumeric() || *first == b'_';
    id.len() <= LONGEST && id.as_bytes().first().is_some_and(begins_well) && id.bytes().all(is_of_id)
}

/// Whether a text is a form that more than one id can have.
pub(crate) fn is_form(form: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'0' | b'?' | b'*');
    form.len() <= LONGEST
        && form.bytes().all(|byte| is_of_id(byte) || is_sign(byte))
        && form.bytes().any(is_sign)
        // A fragment or a file begins with something to read.
        && form.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

/// The text before the digits and the digits of a form that ends with a number, such as `ORD-` and `0000`.
pub(crate) fn numbered(form: &str) -> Option<(&str, &str)> {
    let text = form.trim_end_matches('0');
    let digits = form.get(text.len()..)?;
    (!digits.is_empty() && !text.contains(['0', '?', '*'])).then_some((text, digits))
}

/// The form of an id that ends with a number: that of `ORD-0042` is `ORD-0000`.
pub(crate) fn of_id(id: &str) -> Option<String> {
    let letters = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let form = format!("{letters}{}", "0".repeat(id.len() - letters.len()));
    numbered(&form).filter(|_| is_form(&form))?;
    Some(form)
}

/// Whether an id has a form.
pub(crate) fn fits(form: &str, id: &str) -> bool {
    if id.len() > LONGEST {
        return false;
    }
    let id = id.as_bytes();
    // Whether the form up to here fits the first bytes of the id, for each number of bytes.
    let mut reached = vec![false; id.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for sign in form.bytes() {
        let fits_one = |byte: u8| match sign {
            b'0' => byte.is_ascii_digit(),
            b'?' => byte.is_ascii_alphanumeric(),
            b'*' => byte.is_ascii_alphanumeric() || byte == b'_',
            literal => byte == literal,
        };
        let mut next = vec![false; id.len() + 1];
        let mut is_inside = false;
        for ((&byte, &before), after) in id.iter().zip(&reached).zip(next.iter_mut().skip(1)) {
            is_inside = fits_one(byte) && (before || sign == b'*' && is_inside);
            *after = is_inside;
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_well_known_catalogues() {
        for (form, good, bad) in [
            ("ORD-0000", "ORD-0042", "ORD-42"),
            ("SNYK-*-0000", "SNYK-OS-0001", "SNYK--0001"),
            ("E0000", "E0382", "E038"),
            ("TS0000", "TS2322", "TS23222"),
            ("?????", "22P02", "22P0"),
            ("PD:*:*", "PD:core:ErrRegionNotFound", "PD:core:"),
            ("0000", "1062", "106a"),
            ("*", "ERR_INVALID_ARG_TYPE", "ERR-INVALID"),
            ("*.*", "a.b", "a..b"),
            ("a*b", "axbxb", "ab"),
        ] {
            assert!(is_form(form), "{form}");
            assert!(fits(form, good), "{form} {good}");
            assert!(!fits(form, bad), "{form} {bad}");
        }
        assert!(fits("*", &"a".repeat(LONGEST)) && !fits("*", &"a".repeat(LONGEST + 1)));
    }

    #[test]
    fn ids_name_files() {
        for id in ["ORD-0042", "_X", "PD:core:Err", "1062", "a.b"] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "..", "../../README", "a/b", "a b", "a\u{1b}", "é", "-rf", &"a".repeat(LONGEST + 1)] {
            assert!(!is_id(id), "{id}");
        }
    }

    #[test]
    fn what_is_not_a_form() {
        for text in ["", "ORD", "ORD 0000", "-0000", "ÄRD-0000", "ORD/0000"] {
            assert!(!is_form(text), "{text}");
        }
    }

    #[test]
    fn numbered_forms() {
        assert_eq!(numbered("ORD-0000"), Some(("ORD-", "0000")));
        assert_eq!(numbered("0000"), Some(("", "0000")));
        assert_eq!(numbered("SNYK-*-0000"), None);
        assert_eq!(numbered("?????"), None);
    }
}
