//! What `#[derive(Catalog)]` needs.

#[derive(lift_errors::Catalog)]
pub struct Nowhere;

#[derive(lift_errors::Catalog)]
#[catalog(file = "onboarding/catalog.toml")]
pub struct UnknownKey;

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml", path = "onboarding/catalog.toml")]
pub struct Twice;

#[derive(lift_errors::Catalog)]
#[catalog(path = onboarding)]
pub struct NoString;

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml")]
pub struct Fields {
    field: u8,
}

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml")]
pub enum Enum {}

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml")]
pub struct Generic<const N: usize>;

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml")]
pub struct Match;

#[derive(lift_errors::Catalog)]
#[catalog(path = "onboarding/catalog.toml")]
pub struct r#Loop;

fn main() {}
