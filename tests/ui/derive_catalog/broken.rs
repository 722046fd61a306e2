//! A catalogue with faults: they are the only ones, whatever the crate does with its module.
#![forbid(missing_docs, clippy::all)]
use lift_errors::LiftError;

#[derive(lift_errors::Catalog)]
#[catalog(path = "all_at_once/catalog.toml")]
pub struct Shop;

#[derive(lift_errors::Catalog)]
#[catalog(path = "no/such/catalog.toml")]
pub struct Missing;

#[derive(Debug, LiftError)]
#[lift(catalog = shop)]
enum Error {
    #[lift(code = shop_closed, cause = night)]
    Closed { door: u32 },
    #[lift(code = shop_emty)]
    Empty,
}

fn main() {
    let error = shop::Error::shop_closed(7);
    let _ = (error.entry(), shop::Code::from_status(409), "x".parse::<shop::Code>());
    match error.code() {
        shop::Code::ShopClosed => println!("{error} {:?}", shop::shop_closed::Cause::Night),
        shop::Code::ShopEmty => println!("{}", Error::Closed { door: 7 }),
    }
}
