//! The frame of all pages: documents that load nothing but the words of the search, under a policy that allows their own style
//! and script by hash.

use crate::explanation::words::{Words, language_name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lift_errors::__private::{Conventions, Label, is_right_to_left, label_of, language_of};
use lift_errors::{Catalog, Entry, Locale};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// The style and the script of all pages, without the indentation of their files.
static STYLE: LazyLock<String> = LazyLock::new(|| dense(include_str!("style.css")));
static SCRIPT: LazyLock<String> = LazyLock::new(|| dense(include_str!("script.js")));

/// The frame of the pages of a language.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) catalog: &'static Catalog,
    pub(super) locale: Locale,
    pub(super) is_right_to_left: bool,
    /// The languages of the site, by their tags; the first is that of the root.
    pub(super) tags: &'a [String],
    pub(super) words: Words,
    pub(super) policy: &'a str,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    /// The path to the site's root.
    pub(super) root: &'a str,
    /// Its name in the folder of each language.
    pub(super) file: &'a str,
    /// The name of its Markdown, beside it.
    pub(super) markdown: Option<&'a str>,
    /// The page that it only leads to.
    pub(super) lands_at: Option<&'a str>,
    pub(super) content: Markup,
}

/// The policy of all pages (CSP Level 3 §6). `strict-dynamic` lets the page's own script, and nothing else, load the words of
/// the search, also from `file://`.
pub(super) fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}' 'strict-dynamic'; base-uri 'none'; form-action 'none'",
        hash(&STYLE),
        hash(&SCRIPT)
    )
}

fn dense(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

impl Frame<'_> {
    /// The tag of the language.
    pub(super) fn tag(&self) -> &'static str {
        self.locale.tag()
    }

    pub(super) const fn direction(&self) -> &'static str {
        if self.is_right_to_left { "rtl" } else { "ltr" }
    }

    /// The direction of another language of the catalogue.
    pub(super) fn direction_of(&self, tag: &str) -> &'static str {
        let is_right_to_left = tag.parse().is_ok_and(|locale: Locale| is_right_to_left(self.catalog, locale));
        if is_right_to_left { "rtl" } else { "ltr" }
    }

    /// A label of the catalogue; on pages of a language without it the canonical one, in its language.
    pub(super) fn label(&self, label: Label) -> Markup {
        let (text, language) = label_of(self.catalog, self.locale, label);
        self.marked(&text, language)
    }

    /// The title of an entry, without markup, for links. One that is not translated has the mark of its language.
    pub(super) fn title(&self, entry: Entry, title: &str) -> Markup {
        self.marked(title, language_of(entry.title(), self.locale))
    }

    /// A text with the mark of its language, unless that is the page's.
    fn marked(&self, text: &str, language: &Conventions) -> Markup {
        let direction = if language.right_to_left { "rtl" } else { "ltr" };
        html! { @if language.tag == self.tag() { (text) } @else { span lang=(language.tag) dir=(direction) { (text) } } }
    }

    /// The same without markup, for attributes.
    pub(super) fn label_text(&self, label: Label) -> String {
        label_of(self.catalog, self.locale, label).0
    }

    /// A whole document.
    pub(super) fn document(&self, page: &Page<'_>) -> String {
        let &Page { title, root, file, markdown, lands_at, ref content } = page;
        let document = html! {
            (DOCTYPE)
            html lang=(self.tag()) dir=(self.direction()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(self.policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    @if let Some(markdown) = markdown { link rel="alternate" type="text/markdown" href=(markdown); }
                    @if let Some(target) = lands_at { noscript { meta http-equiv="refresh" content={ "0; url=" (target) }; } }
                    style { (PreEscaped(&*STYLE)) }
                }
                body {
                    header {
                        a href={ (root) (self.tag()) "/index.html" } { (self.catalog.name()) " · " (self.words.errors()) }
                        nav aria-label=(self.words.languages().text) {
                            ul {
                                @for tag in self.tags {
                                    li {
                                        a href={ (root) (tag) "/" (file) } lang=(tag) hreflang=(tag)
                                            aria-current=[(tag == self.tag()).then_some("page")] { (language_name(tag)) }
                                    }
                                }
                            }
                        }
                    }
                    main { (content) }
                    script { (PreEscaped(&*SCRIPT)) }
                }
            }
        };
        document.into_string()
    }
}
