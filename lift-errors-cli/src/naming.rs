//! Names of other systems and of people as names of the catalogue.

/// The code of an identity: `ord_not_found` of `OrderError::NotFound` has the prefix once.
pub(crate) fn code(name: &str, prefix: &str) -> String {
    let snake = snake_case(name);
    if snake.starts_with(prefix) { snake } else { format!("{prefix}{snake}") }
}

/// A name in snake_case: `err_region_not_found` of `ErrRegionNotFound`.
pub(crate) fn snake_case(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (place, &character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            if !snake.is_empty() && !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        let before = place.checked_sub(1).and_then(|place| characters.get(place));
        let after = characters.get(place + 1);
        // A word begins at a capital letter behind a small one, and at the last of several.
        let begins = character.is_ascii_uppercase()
            && (before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit())
                || before.is_some_and(char::is_ascii_uppercase) && after.is_some_and(char::is_ascii_lowercase));
        if begins && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_snake_case() {
        for (name, snake) in [
            ("PD:core:ErrRegionNotFound", "pd_core_err_region_not_found"),
            ("SNYK-OS-0001", "snyk_os_0001"),
            ("HTTPError", "http_error"),
            ("default.not.found.message", "default_not_found_message"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }
}
