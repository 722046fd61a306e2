//! The site that `docs` writes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn docs(out: &Path, more: &[&str]) -> Output {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/catalog.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
    command.args(["--manifest", manifest, "docs", "--out"]).arg(out).args(more).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// All files, by their paths in the folder.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for file in fs::read_dir(next).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else {
                found.push((file.strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(&file).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The values of an attribute of a page.
fn values<'t>(page: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    let ends = page.match_indices(&start).map(|(place, start)| &page[place + start.len()..]);
    ends.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Asserts that each link of each page leads to a file of the site, and to an element of it.
fn assert_links(files: &[(PathBuf, String)]) -> usize {
    let ids = |text| values(text, "id").into_iter().collect::<BTreeSet<&str>>();
    let pages: BTreeMap<&Path, BTreeSet<&str>> = files.iter().map(|(name, text)| (name.as_path(), ids(text))).collect();
    let mut links = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.extension().is_some_and(|ending| ending == "html")) {
        let sources = ["href", "data-words"].map(|attribute| values(text, attribute)).concat();
        for target in sources.into_iter().filter(|target| !target.starts_with("https://")) {
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let mut path = if file.is_empty() { name.clone() } else { name.parent().unwrap().to_owned() };
            for step in file.split('/').filter(|step| !step.is_empty()) {
                if step == ".." { assert!(path.pop(), "{target} in {name:?}") } else { path.push(step) }
            }
            let page = pages.get(path.as_path()).unwrap_or_else(|| panic!("{target} in {name:?}"));
            assert!(fragment.is_empty() || page.contains(fragment), "{target} in {name:?}");
            links += 1;
        }
    }
    links
}

/// Asserts that a `type` URI leads to an item of the list in each language, and by it to a page.
fn assert_lands(files: &[(PathBuf, String)], type_uri: &str, languages: &[&str]) {
    let (_, fragment) = type_uri.split_once('#').unwrap();
    let page =
        |name: &str| &files.iter().find(|(known, _)| known == Path::new(name)).unwrap_or_else(|| panic!("{name}")).1;
    let root = languages.first().unwrap();
    assert!(page("index.html").contains(&format!("<li id=\"{fragment}\"")), "{type_uri}");
    assert!(page("index.html").contains(&format!("<a href=\"{root}/{fragment}.html\">")), "{type_uri}");
    for language in languages {
        assert!(page(&format!("{language}/index.html")).contains(&format!("<li id=\"{fragment}\"")), "{type_uri}");
        assert!(page(&format!("{language}/{fragment}.html")).contains(fragment));
        page(&format!("{language}/{fragment}.md"));
    }
}

#[test]
fn every_link_leads_to_a_page_and_every_type_uri_to_an_entry() {
    let out = folder("docs-links");
    assert!(docs(&out, &[]).status.success());
    let files = files(&out);
    let links = assert_links(&files);
    assert!(links > 6_000, "{links}");
    let languages = ["en", "ar", "de", "es", "fr", "nl", "pt", "uk", "zh-Hans"];
    for entry in lift_errors::lift::CATALOG.entries() {
        assert_lands(&files, &entry.type_uri().to_string(), &languages);
    }
    // The root has the titles alone: a list of a thousand errors is read before a search begins.
    let size = files.iter().find(|(name, _)| name == Path::new("index.html")).unwrap().1.len();
    assert!(size < 12_000 + 250 * lift_errors::lift::CATALOG.entries().count(), "{size}");
}

/// An entry of each age: new, an alias, and replaced. The lock file has a removed one.
const AGES: &str = r#"
[shop_lost]
id = "SHOP-0001"
status = 502
since = "1.0.0"
severity = "warning"
title = "Order & Lost"
detail = "The order {order} was found with `find` on [the page](@page)."
meaning = "`A < B` & more on [the page](@page)."
retry = { kind = "idempotent", wait = "30s" }
status_default = true

[shop_lost.params]
order = { type = "text", sensitivity = "public", doc = "The number of the order.", example = "<b>7</b>" }

[[shop_lost.cause]]
id = "lost"
text = "It is lost."
fixes = ["search"]

[[shop_lost.fix]]
id = "search"
text = "Search with `find`."

[shop_gone]
id = "SHOP-0002"
same_as = "shop_lost"
since = "1.0.0"
severity = "warning"
title = "Gone"

[shop_old]
id = "SHOP-0003"
status = 409
since = "0.1.0"
severity = "warning"
title = "Old"
detail = "The order is old."
meaning = "Nobody sends it any more."
retry = { kind = "never" }
replaced_by = "shop_lost"

[[shop_old.cause]]
id = "old"
text = "It is old."
fixes = ["order_again"]

[[shop_old.fix]]
id = "order_again"
text = "Order again."
"#;

/// The site of a catalogue in a folder of its own.
fn site_of_ages(name: &str) -> Vec<(PathBuf, String)> {
    site_at(name, "https://shop.example/errors/")
}

/// The same whose manifest has this `reference`.
fn site_at(name: &str, reference: &str) -> Vec<(PathBuf, String)> {
    site_with_ids(name, reference, "SHOP-")
}

/// The same whose ids begin with these letters.
fn site_with_ids(name: &str, reference: &str, letters: &str) -> Vec<(PathBuf, String)> {
    let root = folder(name);
    for tag in ["de", "pl"] {
        fs::create_dir_all(root.join("locales").join(tag)).unwrap();
    }
    let manifest = "[catalog]\nname = \"shop\"\nid_form = \"SHOP-0000\"\ncode_prefix = \"shop_\"\n\
        reference = \"{reference}\"\ndefault_locale = \"en\"\nlocales = [\"en\", \"de\", \"pl\"]\n\
        files = [\"errors.toml\"]\n\n[[link]]\nid = \"page\"\nrel = \"help\"\nhref = \"https://shop.example/a?b=1&c=2\"\n";
    let with_letters = |text: &str| text.replace("SHOP-", letters);
    fs::write(root.join("catalog.toml"), with_letters(manifest).replace("{reference}", reference)).unwrap();
    fs::write(root.join("errors.toml"), with_letters(AGES)).unwrap();
    fs::write(root.join("locales/de/errors.toml"), "# Deutsch\n\n[shop_old]\ntitle = \"Veraltet\"\n").unwrap();
    fs::write(root.join("locales/pl/errors.toml"), "[shop_lost]\ntitle = \"Zgubione\"\n").unwrap();
    let tombstone = "[shop_sold]\nid = \"SHOP-0009\"\nstatus = 410\nretry = \"after\"\nparams = [\"secret_buyer: text\"]\nremoved = \"0.3.0\"\n";
    fs::write(root.join("catalog.lock"), with_letters(tombstone)).unwrap();
    let out = root.join("site");
    let run = Command::new(env!("CARGO_BIN_EXE_lift-errors"))
        .current_dir(&root)
        .args(["docs", "--out", "site", "--edit-url", "https://git.example/{file}#L{line}"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files(&out)
}

fn page<'f>(files: &'f [(PathBuf, String)], name: &str) -> &'f str {
    &files.iter().find(|(known, _)| known == Path::new(name)).unwrap_or_else(|| panic!("{name}")).1
}

/// The page that a browser shows for a URI, where a server of files has the site at `root`: its name.
fn landing(files: &[(PathBuf, String)], root: &str, uri: &str) -> String {
    let known = |name: &str| files.iter().find(|(file, _)| file == Path::new(name)).map(|(_, text)| text);
    let below = uri.strip_prefix(root).unwrap_or_else(|| panic!("{uri} is not below {root}")).trim_start_matches('/');
    let (path, fragment) = below.split_once('#').unwrap_or((below, ""));
    let path = path.split('?').next().unwrap().trim_end_matches('/');
    let index = format!("{path}/index.html");
    let (name, text) = [path, index.trim_start_matches('/')]
        .into_iter()
        .find_map(|name| Some((name, known(name)?)))
        .unwrap_or_else(|| panic!("{uri} has no page"));
    let query = uri.split_once('?').map_or(String::new(), |(_, query)| format!(" data-at=\"?{query}\""));
    let item = match (name, query.as_str()) {
        ("index.html", "") => format!("<li id=\"{fragment}\""),
        ("index.html", query) => format!("{query}>"),
        _ => "<a class=\"land\"".to_owned(),
    };
    let (_, rest) = text.split_once(&item).unwrap_or_else(|| panic!("{uri}: {name} lacks {item}\n{text}"));
    let target = values(rest, "href").into_iter().next().unwrap();
    let mut folder: Vec<&str> = name.split('/').collect();
    folder.pop();
    for step in target.split('/') {
        if step == ".." { assert!(folder.pop().is_some(), "{uri}: {target}") } else { folder.push(step) }
    }
    folder.join("/")
}

/// Clients get these links in responses. Each link opens the page of its error, whatever form the manifest gives it.
#[test]
fn every_address_that_clients_have_leads_to_its_page() {
    for (number, (reference, root)) in [
        ("https://shop.example/errors", "https://shop.example/errors"),
        ("https://shop.example/errors/", "https://shop.example/errors"),
        ("https://shop.example/errors#{code}", "https://shop.example/errors"),
        ("https://shop.example/errors#of-{id:lower}", "https://shop.example/errors"),
        ("https://shop.example/errors/{code}", "https://shop.example/errors"),
        ("https://shop.example/errors/{id}/", "https://shop.example/errors"),
        ("https://shop.example/errors/{id:lower}.html", "https://shop.example/errors"),
        ("https://shop.example/errors/of-{code}#{id:lower}", "https://shop.example/errors"),
        ("https://shop.example/{code}/{id}.htm", "https://shop.example"),
        ("https://shop.example/v1/errors/en/{id}.html", "https://shop.example/v1/errors/en"),
        ("https://shop.example/errors?code={code}", "https://shop.example/errors"),
        ("https://shop.example/errors/?v=1#{id}", "https://shop.example/errors"),
    ]
    .into_iter()
    .enumerate()
    {
        let files = site_at(&format!("docs-address-{number}"), reference);
        assert_links(&files);
        let json: serde_json::Value = serde_json::from_str(page(&files, "errors.json")).unwrap();
        let entries = json.as_array().unwrap();
        assert_eq!(entries.len(), 4);
        // The page's own elements have no ids, which an entry could have, too.
        assert_eq!(values(page(&files, "index.html"), "id").len(), entries.len());
        for entry in entries {
            let (id, uri) = (entry["id"].as_str().unwrap(), entry["type"].as_str().unwrap());
            assert_eq!(landing(&files, root, uri), format!("en/{id}.html"), "{reference}: {uri}");
        }
    }
}

/// No folder has the name `..`.
#[test]
fn an_address_without_a_place_is_a_warning() {
    let root = folder("docs-unreachable");
    site_at("docs-unreachable", "https://shop.example/errors/{code}/../x");
    let run = Command::new(env!("CARGO_BIN_EXE_lift-errors"))
        .current_dir(&root)
        .args(["docs", "--out", "site"])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&run.stderr);
    let expected = "warning: nothing of the site is at `https://shop.example/errors/shop_lost/../x`: a folder can't have this name";
    assert!(run.status.success() && stderr.contains(expected), "{stderr}");
    assert!(!root.join("site/x").exists() && !root.join("site/shop_lost").exists());
}

#[test]
fn codes_of_all_ages_have_their_pages() {
    let files = site_of_ages("docs-ages");
    assert!(assert_links(&files) > 50);
    for id in ["SHOP-0001", "SHOP-0002", "SHOP-0003", "SHOP-0009"] {
        assert_lands(&files, &format!("https://shop.example/errors/#{id}"), &["en", "de"]);
    }
    let old = page(&files, "en/SHOP-0003.html");
    assert!(old.contains("Replaced by <a href=\"SHOP-0001.html\"><code>shop_lost</code></a>"), "{old}");
    let alias = page(&files, "de/SHOP-0002.html");
    assert!(alias.contains("Dasselbe wie <a href=\"SHOP-0001.html\"><code>shop_lost</code></a>"), "{alias}");
    let removed = page(&files, "de/SHOP-0009.html");
    assert!(
        removed.contains("Entfernt in Version 0.3.0") && removed.contains("nach der Zeit, die der Fehler nennt"),
        "{removed}"
    );
    let json: serde_json::Value = serde_json::from_str(page(&files, "errors.json")).unwrap();
    // Nobody recorded which parameters of a removed code were public.
    assert!(files.iter().all(|(_, text)| !text.contains("secret_buyer")));
    let ids: Vec<&str> = json.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["SHOP-0001", "SHOP-0002", "SHOP-0003", "SHOP-0009"]);
    let schema: serde_json::Value = serde_json::from_str(page(&files, "errors.schema.json")).unwrap();
    jsonschema::validate(&schema, &json).unwrap();
}

/// A colon would begin a scheme in a link.
#[test]
fn pages_of_ids_with_colons_are_linked() {
    let files = site_with_ids("docs-colons", "https://shop.example/errors", "SHOP:E:");
    assert!(assert_links(&files) > 50);
    let page = page(&files, "de/SHOP_E_0001.html");
    assert!(page.contains("href=\"../en/SHOP_E_0001.html#parameters\""), "{page}");
}

#[test]
fn markup_within_sentences_is_markup_on_the_page() {
    let files = site_of_ages("docs-markup");
    let html = page(&files, "en/SHOP-0001.html");
    for part in [
        "<h1>Order &amp; Lost</h1>",
        "<p class=\"detail\">The order <bdi>&lt;b&gt;7&lt;/b&gt;</bdi> was found with <code>find</code> on \
         <a href=\"https://shop.example/a?b=1&amp;c=2\">the page</a>.</p>",
        "<p><code>A &lt; B</code> &amp; more on <a href=\"https://shop.example/a?b=1&amp;c=2\">the page</a>.</p>",
        "<li id=\"fix-A\">Search with <code>find</code>.</li>",
        "<title>Order &amp; Lost · SHOP-0001</title>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn pages_are_in_one_language_and_name_the_line_to_improve() {
    let files = site_of_ages("docs-language");
    let (english, german) = (page(&files, "en/SHOP-0001.html"), page(&files, "de/SHOP-0001.html"));
    assert!(english.contains("The number of the order.") && !german.contains("The number of the order."));
    assert!(german.contains("<a href=\"../en/SHOP-0001.html#parameters\" lang=\"en\" hreflang=\"en\">English</a>"));
    assert!(german.contains("Eine Anfrage, die gefahrlos wiederholt werden kann") && german.contains("≥ 30 s"));
    // A text that is not translated yet is marked as English.
    assert!(
        german.contains("<li id=\"fix-A\"><span lang=\"en\" dir=\"ltr\">Search with <code>find</code>.</span></li>"),
        "{german}"
    );
    let list = page(&files, "de/index.html");
    assert!(list.contains("<span lang=\"en\" dir=\"ltr\">Order &amp; Lost</span></a>"), "{list}");
    assert!(list.contains(">Veraltet</a>"), "{list}");
    // The link opens the translation, or the English text if there is none.
    let line = |text: &str, code: &str| 1 + text.lines().position(|line| line == format!("[{code}]")).unwrap();
    let lost = format!("https://git.example/errors.toml#L{}", line(AGES, "shop_lost"));
    assert!(values(english, "href").contains(&lost.as_str()) && values(german, "href").contains(&lost.as_str()));
    let old = page(&files, "de/SHOP-0003.html");
    assert!(values(old, "href").contains(&"https://git.example/locales/de/errors.toml#L3"), "{old}");
    // So are the canonical words of the site, in a language that lacks them.
    let polish = page(&files, "pl/SHOP-0001.html");
    for part in
        ["<span lang=\"en\" dir=\"ltr\">What you can do</span>", "<span lang=\"en\" dir=\"ltr\">Examples</span>"]
    {
        assert!(polish.contains(part), "{part}\n{polish}");
    }
    // Words of the site itself are in the page's language, too.
    let out = folder("docs-words");
    assert!(docs(&out, &[]).status.success());
    for (locale, words) in [("uk", "Параметри"), ("zh-Hans", "参数"), ("ar", "المعاملات")] {
        let page = fs::read_to_string(out.join(locale).join("LIFT-0429.html")).unwrap();
        assert!(page.contains(words), "{page}");
        for english in ["Parameters", "Retry<", "Causes", "Copy", "request may be sent", "How long"] {
            assert!(!page.contains(english), "{english} in {locale}");
        }
    }
}

/// A catalogue that extends another one has the codes of both.
#[test]
fn inherited_codes_have_their_pages() {
    let out = folder("docs-inherited");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/depot/catalog.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
    let run =
        command.args(["--manifest", manifest, "docs", "--edit-url", "https://git.example/{file}", "--out"]).arg(&out);
    assert!(run.output().unwrap().status.success());
    let files = files(&out);
    assert_links(&files);
    let json: serde_json::Value = serde_json::from_str(page(&files, "errors.json")).unwrap();
    assert!(json.as_array().unwrap().len() > 20);
    for entry in json.as_array().unwrap() {
        assert_lands(&files, entry["type"].as_str().unwrap(), &["en", "fr"]);
    }
    // Nobody can open the files of the base.
    assert!(page(&files, "en/DEPOT-1001.html").contains("golden/depot/errors.toml\""));
    for (name, text) in &files {
        assert!(!text.contains("https://git.example/%3C") && !text.contains("https://git.example/<"), "{name:?}");
    }
}

#[test]
fn a_site_is_the_same_each_time_and_has_operators_texts_only_for_them() {
    let (one, other, internal) = (folder("docs-one"), folder("docs-other"), folder("docs-operator"));
    assert!(docs(&one, &[]).status.success() && docs(&other, &[]).status.success());
    assert!(files(&one) == files(&other));
    // A second run replaces the first.
    assert!(docs(&one, &["--audience", "operator"]).status.success());
    assert!(docs(&internal, &["--audience", "operator"]).status.success());
    assert!(files(&one) == files(&internal));
    let mut runbooks = 0;
    for entry in lift_errors::lift::CATALOG.entries() {
        let runbook = entry.runbook().in_locale(lift_errors::Locale::EN).to_string();
        // A text with values differs in them.
        if !runbook.is_empty() && !runbook.contains(['{', '&', '<', '"', '`']) {
            runbooks += 1;
            assert!(files(&other).iter().all(|(_, text)| !text.contains(&runbook)), "{runbook}");
        }
    }
    assert!(runbooks > 5, "{runbooks}");
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let out = folder("docs-foreign");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let output = docs(&out, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not empty"));
    // What it names in place of the folder is not there.
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/catalog.toml");
    let around = folder("docs-taken");
    fs::create_dir_all(around.join("site")).unwrap();
    fs::write(around.join("site/mine.txt"), "mine").unwrap();
    fs::write(around.join("site-2"), "mine").unwrap();
    for out in ["site", "site-2", "."] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
        let output =
            command.current_dir(&around).args(["--manifest", manifest, "docs", "--out", out]).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(message.ends_with(": `--out site-3`\n"), "{out}: {message}");
    }
    assert_eq!(files(&out).len(), 1);
    // A clone for a new site.
    fs::rename(out.join("mine.txt"), out.join("CNAME")).unwrap();
    fs::create_dir(out.join(".git")).unwrap();
    assert!(docs(&out, &[]).status.success());
    assert!(out.join("CNAME").exists() && out.join(".git").is_dir() && out.join("index.html").exists());
}

/// A site is often a working copy of its own, as for GitHub's pages.
#[test]
fn files_of_others_in_a_site_stay() {
    let site = folder("kept_site");
    assert!(docs(&site, &[]).status.success());
    fs::create_dir(site.join(".git")).unwrap();
    fs::write(site.join(".git/config"), "mine").unwrap();
    fs::write(site.join("CNAME"), "errors.example.com").unwrap();
    fs::write(site.join("index.html"), "old").unwrap();
    fs::write(site.join("en/notes.txt"), "mine").unwrap();
    for language in ["xx", "yy"] {
        fs::create_dir(site.join(language)).unwrap();
        fs::write(site.join(language).join("index.html"), "old").unwrap();
    }
    fs::write(site.join("yy/notes.txt"), "mine").unwrap();
    let mark = fs::read_to_string(site.join(".lift-errors-docs")).unwrap();
    fs::write(site.join(".lift-errors-docs"), format!("{mark}xx/index.html\nyy/index.html\n")).unwrap();
    assert!(docs(&site, &[]).status.success());
    for notes in ["en/notes.txt", "yy/notes.txt"] {
        assert_eq!(fs::read_to_string(site.join(notes)).unwrap(), "mine");
    }
    assert!(!site.join("yy/index.html").exists());
    assert_eq!(fs::read_to_string(site.join(".git/config")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(site.join("CNAME")).unwrap(), "errors.example.com");
    assert_ne!(fs::read_to_string(site.join("index.html")).unwrap(), "old");
    // A language that the catalogue had once was ours.
    assert!(!site.join("xx").exists());
    let beside = fs::read_dir(site.parent().unwrap()).unwrap().map(|it| it.unwrap().file_name());
    assert!(beside.into_iter().all(|name| !name.to_string_lossy().starts_with(".kept_site")));
}

/// The site of a catalogue grows: a language, an entry or a file of a later version may need the place of a file of its owner.
#[test]
fn a_file_of_others_is_not_replaced_by_a_new_file_of_the_site() {
    let site = folder("grown_site");
    assert!(docs(&site, &[]).status.success());
    let mark = fs::read_to_string(site.join(".lift-errors-docs")).unwrap();
    let small = || {
        // As the site of an earlier version, without these.
        let removed = |line: &&str| !line.starts_with("uk/") && *line != "llms.txt";
        let lines: Vec<&str> = mark.lines().filter(removed).collect();
        fs::write(site.join(".lift-errors-docs"), lines.join("\n")).unwrap();
        let _ = fs::remove_file(site.join("llms.txt"));
        let _ = fs::remove_dir_all(site.join("uk"));
    };
    for taken in ["uk", "uk/index.html", "llms.txt", "llms.txt/x"] {
        small();
        fs::create_dir_all(site.join(taken).parent().unwrap()).unwrap();
        fs::write(site.join(taken), "mine").unwrap();
        let before = files(&site);
        let output = docs(&site, &[]);
        let message = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
        let named = taken.strip_suffix("/x").unwrap_or(taken);
        assert_eq!(output.status.code(), Some(1), "{taken}: {message}");
        assert!(message.contains(&format!("{named}`, and `docs` did not make")), "{message}");
        assert!(files(&site) == before, "{taken}");
        let path = site.join(named);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
    // Beside the new files it stays.
    small();
    fs::create_dir(site.join("uk")).unwrap();
    fs::write(site.join("uk/notes.txt"), "mine").unwrap();
    assert!(docs(&site, &[]).status.success());
    assert_eq!(fs::read_to_string(site.join("uk/notes.txt")).unwrap(), "mine");
    assert!(site.join("uk/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_site_stays_a_link() {
    let (site, link) = (folder("linked_site"), folder("link_to_site"));
    fs::create_dir_all(&site).unwrap();
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(&site, &link).unwrap();
    assert!(docs(&link, &[]).status.success());
    assert!(link.is_symlink() && site.join("index.html").exists());
}

#[test]
fn the_current_folder_is_not_replaced() {
    let site = folder("current_site");
    fs::create_dir_all(site.join("below")).unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/catalog.toml");
    for out in [".", "..", "", "../../current_site"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lift-errors"));
        command.current_dir(site.join("below")).args(["--manifest", manifest, "docs", "--out", out]);
        let output = command.output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        let expected = if out.is_empty() { "a value is required" } else { "is the current folder or one above it" };
        assert!(message.contains(expected), "{out}: {message}");
    }
    assert!(site.join("below").exists());
}

#[test]
fn sites_that_are_written_at_the_same_time_are_whole() {
    let (site, alone) = (folder("busy_site"), folder("quiet_site"));
    assert!(docs(&alone, &[]).status.success());
    let start = |site: PathBuf| std::thread::spawn(move || docs(&site, &[]));
    let threads: Vec<_> = (0..3).map(|_| start(site.clone())).collect();
    let done = threads.into_iter().map(|thread| thread.join().unwrap().status.success());
    assert!(done.filter(|done| *done).count() > 0);
    assert_eq!(files(&site), files(&alone));
}

/// The site of a small catalogue with another `type` for its entry, and the messages of the command.
fn site_with_type(name: &str, type_uri: &str) -> (Vec<(PathBuf, String)>, String) {
    let root = folder(name);
    fs::create_dir_all(root.join("catalog")).unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_lift-errors")).current_dir(&root).args(arguments).output().unwrap()
    };
    assert!(
        run(&["init", "orders", "--folder", "a b", "--reference", "https://example.com/errors/{code}"])
            .status
            .success()
    );
    let errors = fs::read_to_string(root.join("a b/errors.toml")).unwrap();
    let title = "title = \"A `]` and <b>\"\n";
    let errors = errors.replace("title = \"Unknown order\"\n", &format!("type = \"{type_uri}\"\n{title}"));
    fs::write(root.join("a b/errors.toml"), errors).unwrap();
    let edit = "https://git.example/edit/{file}#L{line}";
    let output = run(&["--manifest", "a b/catalog.toml", "docs", "--out", "site", "--edit-url", edit]);
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{messages}");
    (files(&root.join("site")), messages)
}

#[test]
fn a_type_uri_takes_no_place_of_another_file() {
    for (number, place) in ["errors.json", "errors.schema.json", "llms.txt", "index.html/x"].into_iter().enumerate() {
        let uri = format!("https://example.com/errors/{place}");
        let (files, messages) = site_with_type(&format!("taken_place_{number}"), &uri);
        assert!(messages.contains(&format!("nothing of the site is at `{uri}`: another page is there")), "{messages}");
        assert!(page(&files, "errors.json").starts_with('['), "{place}");
    }
}

/// The lock file has the type of a removed code, where it had one of its own.
#[test]
fn a_removed_code_keeps_its_own_type() {
    let name = "removed_type";
    let root = folder(name).join("a b");
    fs::create_dir_all(&root).unwrap();
    let (uri, lock) =
        ("https://example.com/errors/out-of-credit", "[ord_credit]\nid = \"ORD-0007\"\nremoved = \"0.3.0\"\n");
    site_with_type(name, "https://example.com/errors/ord_gone/index.html");
    let gone = "[ord_gone]\nid = \"ORD-0008\"\nremoved = \"0.3.0\"\n\n";
    fs::write(root.join("catalog.lock"), format!("{gone}{lock}type = \"{uri}\"\n")).unwrap();
    let run = |arguments: &[&str]| {
        let command = Command::new(env!("CARGO_BIN_EXE_lift-errors")).current_dir(&root).args(arguments).output();
        let output = command.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["docs", "--out", "site"]);
    let files = files(&root.join("site"));
    assert_eq!(landing(&files, "https://example.com/errors", uri), "en/ORD-0007.html");
    // No entry that is left takes the place of an address that `reference` gives.
    let gone = "https://example.com/errors/ord_gone";
    assert_eq!(landing(&files, "https://example.com/errors", gone), "en/ORD-0008.html");
    let json: serde_json::Value = serde_json::from_str(page(&files, "errors.json")).unwrap();
    assert!(json.as_array().unwrap().iter().any(|code| code["code"] == "ord_credit" && code["type"] == uri), "{json}");
    assert!(run(&["explain", uri]).contains("ord_credit"));
}

#[test]
fn names_and_titles_do_not_break_links() {
    let (files, _) = site_with_type("odd_names", "https://example.com/errors/own");
    let html = page(&files, "en/ORD-0001.html");
    assert!(html.contains("https://git.example/edit/a%20b/errors.toml#L"), "{html}");
    let llms = page(&files, "llms.txt");
    assert!(llms.contains("[ORD-0001 A `]` and \\<b\\>](en/ORD-0001.md)"), "{llms}");
    let refused = docs(&folder("no_scheme"), &["--edit-url", "javascript:alert(1)"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("an address begins with `https://`"));
    let refused = docs(&folder("no_line"), &["--edit-url", "https://git.example/{file}#L{lin}"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("only `{file}` and `{line}`"));
}
