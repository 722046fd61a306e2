//! All tests that need more than one crate of the workspace, in one binary: one link, one run.

mod advice;
mod allocations;
mod catalog_change;
mod catalogs;
mod counting_allocator;
mod derives;
mod facts;
mod folder;
mod forms;
mod freshness;
mod golden_files;
mod hostile;
mod house;
mod hygiene;
mod languages;
mod modules;
mod pages;
mod parameters;
pub mod phrases;
mod rules;
mod samples;
mod wire;
