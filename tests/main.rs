//! All tests that need more than one crate of the workspace, in one binary: one link, one run.

mod allocations;
mod catalogs;
mod derives;
mod facts;
mod forms;
mod freshness;
mod gateway;
mod golden_files;
mod grpc;
mod hostile;
mod http;
mod languages;
mod layer;
mod pages;
mod rules;
mod samples;
mod services;
mod wire;
