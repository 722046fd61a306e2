//! Descriptions, the paragraphs of CommonMark that only the documentation has: as Markdown, as HTML, and as text. The compiler
//! has refused whatever these formats could not show.

use super::wrap::Layout;
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};
use schemars::JsonSchema;
use serde::Serialize;

/// A description in one language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Description {
    /// CommonMark. Links to other errors are `#` with the code, until they have an address.
    markdown: String,
    /// The language that it is written in.
    #[serde(skip)]
    language: String,
}

impl Description {
    pub(crate) const fn new(markdown: String, language: String) -> Self {
        Self { markdown, language }
    }

    /// The tag of the language that it is written in.
    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    /// The description as CommonMark.
    pub(crate) fn markdown(&self) -> &str {
        &self.markdown
    }

    /// The same with an address in each link to another error, by its code.
    pub(crate) fn linked(self, address: impl Fn(&str) -> Option<String>) -> Self {
        let mut linked = String::new();
        let mut written = 0;
        for (event, place) in Parser::new(&self.markdown).into_offset_iter() {
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            let Some(new) = dest_url.strip_prefix('#').and_then(&address) else { continue };
            let link = self.markdown.get(place.clone()).unwrap_or("");
            let Some(at) = link.rfind(&*dest_url) else { continue };
            linked.push_str(self.markdown.get(written..place.start + at).unwrap_or(""));
            linked.push_str(&new);
            written = place.start + at + dest_url.len();
        }
        linked.push_str(self.markdown.get(written..).unwrap_or(""));
        Self { markdown: linked, ..self }
    }

    /// The description as HTML, whose code is read from left to right in every language.
    pub(crate) fn html(&self) -> String {
        let mut page = String::new();
        html::push_html(&mut page, Parser::new(&self.markdown));
        page.replace("<pre>", "<pre dir=\"ltr\">")
    }

    /// The description as text, with the addresses of links behind their words.
    pub(super) fn text(&self, layout: Layout) -> String {
        let mut text = Text {
            out: String::new(),
            layout,
            line: String::new(),
            lists: Vec::new(),
            mark: None,
            is_loose: true,
            link: None,
        };
        Parser::new(&self.markdown).for_each(|event| text.event(event));
        text.out
    }
}

/// Writes a description as text.
struct Text {
    out: String,
    layout: Layout,
    /// The words of the paragraph that is open.
    line: String,
    /// The lists that are open: of each the number of the next item, if it has numbers.
    lists: Vec<Option<u64>>,
    /// The mark of the item that has no words yet.
    mark: Option<String>,
    /// Whether a paragraph came last, which an empty line separates from the next.
    is_loose: bool,
    /// The address of the link that is open, and the place of its words in the line.
    link: Option<(String, usize)>,
}

impl Text {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.line.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.separate(),
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.separate();
            }
            Tag::List(first) => {
                self.paragraph();
                if self.lists.is_empty() {
                    self.separate();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.mark = self.lists.last_mut().map(|number| match number {
                    Some(number) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    None => "• ".to_owned(),
                });
            }
            Tag::Link { dest_url, .. } => self.link = Some((address(dest_url), self.line.len())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.paragraph();
                self.is_loose = true;
            }
            TagEnd::Item => self.paragraph(),
            TagEnd::CodeBlock => {
                let (code, indent) = (std::mem::take(&mut self.line), self.indent() + "    ");
                for line in code.lines() {
                    let line = if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                    self.out.push_str(&(line + "\n"));
                }
                self.is_loose = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_loose = true;
            }
            TagEnd::Link => {
                let Some((address, start)) = self.link.take() else { return };
                if self.line.get(start..).is_some_and(|words| words != address) {
                    self.line.push_str(&format!(" ({address})"));
                }
            }
            _ => {}
        }
    }

    /// Writes the words of a paragraph or an item.
    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let first = match self.mark.take() {
            Some(mark) => {
                let outer = self.lists.len().saturating_sub(1);
                format!("{}{mark}", "  ".repeat(outer + 1))
            }
            None => self.indent(),
        };
        self.out.push_str(&self.layout.wrap(&first, &line));
        self.is_loose = false;
    }

    /// The blanks before a line that begins no item.
    fn indent(&self) -> String {
        "  ".repeat(self.lists.len() + 1)
    }

    /// Writes an empty line behind a paragraph. Between an item's mark and its words there is none.
    fn separate(&mut self) {
        if self.is_loose && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.is_loose = false;
    }
}

/// The address as people write it.
fn address(target: CowStr<'_>) -> String {
    target.strip_prefix("mailto:").unwrap_or(&target).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKDOWN: &str = "First *words* with `<code>` & more,\nin [one](https://example.com/a?b=1&c=2) paragraph.\n\n\
        - A first item\n- A second, see [full](#ord_full)\n  1. Within\n  2. It\n\n```sh\ncurl <x>\n\n  # y\n```\n\n3. Third\n\n   More of it.\n\n4. Fourth\n\n\
        Write to <help@example.com> or <https://example.com>.";

    fn description() -> Description {
        Description::new(MARKDOWN.to_owned(), "en".to_owned())
    }

    #[test]
    fn text_has_the_words_and_the_addresses() {
        assert_eq!(
            description().linked(|code| Some(format!("https://example.org/{code}"))).text(Layout::plain()),
            "  First words with <code> & more, in one (https://example.com/a?b=1&c=2) paragraph.\n\n  \
             • A first item\n  • A second, see full (https://example.org/ord_full)\n    1. Within\n    2. It\n\n      \
             curl <x>\n\n        # y\n\n  3. Third\n\n    More of it.\n\n  4. Fourth\n\n  \
             Write to help@example.com or https://example.com.\n"
        );
    }

    #[test]
    fn html_is_escaped_and_closed() {
        let html = description().linked(|code| Some(format!("{code}.html"))).html();
        for part in [
            "<p>First <em>words</em> with <code>&lt;code&gt;</code> &amp; more,\nin <a href=\"https://example.com/a?b=1&amp;c=2\">one</a> paragraph.</p>",
            "<a href=\"ord_full.html\">full</a>",
            "<pre dir=\"ltr\"><code class=\"language-sh\">curl &lt;x&gt;\n\n  # y\n</code></pre>",
            "<ol start=\"3\">\n<li>\n<p>Third</p>\n<p>More of it.</p>\n</li>",
            "<a href=\"mailto:help@example.com\">help@example.com</a>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }
}
