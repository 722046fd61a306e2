//! actix-web with its middleware, on a real server and over plain TCP. `app` is the service, `server` runs one and keeps
//! what its operator would see; the tests look at every byte of the answers.

mod app;
mod chain;
mod conformity;
mod framework;
mod hostile;
mod secrets;
mod server;
