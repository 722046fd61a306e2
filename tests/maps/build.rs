//! Writes a map from codes to the teams that own them.

use lift_errors::lift::Code;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut map = phf_codegen::Map::new();
    for code in Code::iter() {
        let team = if code.status().is_some_and(|status| status >= 500) { "\"platform\"" } else { "\"orders\"" };
        map.entry(code, team);
    }
    let file = PathBuf::from(env::var_os("OUT_DIR").ok_or("this is a build script")?).join("teams.rs");
    let text = format!("static TEAMS: phf::Map<lift_errors::lift::Code, &str> = {};\n", map.build());
    Ok(fs::write(file, text)?)
}
