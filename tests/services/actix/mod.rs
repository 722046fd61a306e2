//! The parts that only actix-web has, on a real server and over plain TCP: its extractors and other middleware, the counters,
//! responses made by hand. What holds of all frameworks is in `services`.

mod app;
mod chain;
mod framework;
mod requests;
mod server;
