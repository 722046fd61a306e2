//! Asks rustdoc for the public items of a package. Its JSON is not stable yet, so a stable rustdoc gives it only if it
//! is told that it may: cargo calls this program in place of rustdoc, so that nothing else is compiled otherwise than usual.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, io};

/// The variable by which this program knows that it is called as rustdoc.
pub(crate) const AS_RUSTDOC: &str = "LIFT_ERRORS_SURFACE_AS_RUSTDOC";

/// The lines of a surface, one for each item, in the order of their paths.
pub(crate) type Items = Vec<String>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("can't run cargo: {0}")]
    Cargo(#[from] io::Error),
    #[error("rustdoc failed for {}", .0.join(" "))]
    Failed(Vec<String>),
    #[error("this program can't read the JSON of this rustdoc: {0}; another version of the crate `public-api` may")]
    Json(#[from] public_api::Error),
}

/// Runs rustdoc with what cargo gives it.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let status = Command::new("rustdoc").args(arguments).env("RUSTC_BOOTSTRAP", "1").status();
    if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The public items of a package with some features.
pub(crate) fn items(package: &Path, features: &[&str]) -> Result<Items, Error> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or(PathBuf::from("target"), PathBuf::from);
    let name = package.file_name().unwrap_or_default().to_string_lossy();
    let status = Command::new("cargo")
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", &name])
        .args(features)
        .args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"])
        .env("RUSTDOC", env::current_exe()?)
        .env(AS_RUSTDOC, "1")
        .status()?;
    if !status.success() {
        return Err(Error::Failed(features.iter().map(|&feature| feature.to_owned()).collect()));
    }
    let json = target.join("doc").join(name.replace('-', "_")).with_extension("json");
    let api =
        public_api::Builder::from_rustdoc_json(json).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    Ok(api.items().map(|item| item.to_string()).collect())
}
