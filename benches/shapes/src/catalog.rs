//! Files of large catalogues.

pub(crate) const MANIFEST: &str = r#"[catalog]
name = "shop"
id_form = "SHOP-000000"
code_prefix = "shop_"
reference = "https://example.com/errors"
default_locale = "en"
locales = ["en"]
files = ["errors.toml"]
"#;

/// The files of a catalogue, by name.
pub(crate) type Files = Vec<(&'static str, String)>;

/// A good entry. It has no status, so that any number of them need no `status_default`.
pub(crate) fn entry(number: usize) -> String {
    format!(
        "[shop_e{number}x]\nid = \"SHOP-{number:06}\"\nraised_by = \"client\"\nsince = \"0.1.0\"\nseverity = \"error\"\n\
         title = \"Closed\"\ndetail = \"The shop is closed.\"\nmeaning = \"It is night.\"\nretry = {{ kind = \"never\" }}\n\
         [[shop_e{number}x.cause]]\nid = \"night\"\ntext = \"It is night.\"\nfixes = [\"wait\"]\n\
         [[shop_e{number}x.fix]]\nid = \"wait\"\ntext = \"Wait.\"\n\n"
    )
}

pub(crate) fn french(number: usize) -> String {
    format!("[shop_e{number}x]\ntitle = \"Fermé\"\n[shop_e{number}x.fix]\nwait = \"Attendez.\"\n")
}

/// Entries whose texts have changed since their titles were translated.
pub(crate) fn stale(entries: String, count: usize) -> Files {
    let record = |n| {
        format!(
            "\"shop_e{n}x.title\" = {{ source = \"000000000000\", translation = \"757345768120\", review = \"draft\" }}\n"
        )
    };
    let mut files = translated(entries, many(count, french));
    files.push(("locales/fr.state.toml", many(count, record)));
    files
}

pub(crate) fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

/// The manifest with another line for one of its keys.
pub(crate) fn manifest(key: &str, line: &str) -> String {
    MANIFEST.lines().map(|old| if old.starts_with(key) { line } else { old }.to_owned() + "\n").collect()
}

pub(crate) fn of(entries: String) -> Files {
    vec![("catalog.toml", MANIFEST.to_owned()), ("errors.toml", entries)]
}

/// A catalogue with a translation into French.
pub(crate) fn translated(entries: String, french: String) -> Files {
    let manifest = manifest("locales", "locales = [\"en\", \"fr\"]");
    vec![("catalog.toml", manifest), ("errors.toml", entries), ("locales/fr/errors.toml", french)]
}
