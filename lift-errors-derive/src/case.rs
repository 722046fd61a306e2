//! Names in snake_case, and in the case of types.

/// `SiteOnboarding` as `site_onboarding`; a name in snake_case stays as it is.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (position, character) in name.char_indices() {
        if character.is_uppercase() && position > 0 && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

/// `site_onboarding` as `SiteOnboarding`: the variant that the catalogue has for a code.
pub(crate) fn pascal_case(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.to_ascii_uppercase() + rest
    };
    name.split('_').map(word).collect()
}
