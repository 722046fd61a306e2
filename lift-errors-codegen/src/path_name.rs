//! Paths as messages and generated files show them: alike on every system.

use std::path::Path;

/// A path with `/` between its parts.
#[doc(hidden)]
pub fn path_name(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { of_windows(&path) } else { path.into_owned() }
}

/// A path of Windows with `/`. In one that begins with `\\?\`, only `\` separates the parts.
fn of_windows(path: &str) -> String {
    if path.starts_with(r"\\?\") { path.to_owned() } else { path.replace('\\', "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_windows_has_slashes_where_windows_reads_them() {
        for (path, expected) in [
            (r"catalog\catalog.toml", "catalog/catalog.toml"),
            (r"C:\shop\catalog/catalog.toml", "C:/shop/catalog/catalog.toml"),
            (r"\\server\share\catalog.toml", "//server/share/catalog.toml"),
            (r"\\?\C:\shop\catalog.toml", r"\\?\C:\shop\catalog.toml"),
        ] {
            assert_eq!(of_windows(path), expected);
        }
        assert_eq!(path_name(Path::new("catalog/catalog.toml")), "catalog/catalog.toml");
    }
}
