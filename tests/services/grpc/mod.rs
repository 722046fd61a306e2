//! tonic, met over loopback: what a client in Rust gets, and what is in the bytes. What another implementation reads is
//! asked by `.ci/grpc`.

mod canaries;
mod client;
mod errors;
mod judge;
mod layer;
mod limits;
mod log;
mod server;
mod streams;
