//! Names in snake_case.

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
