//! Texts as HTML, and the start and end of a page. A page is one document that loads nothing.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::markup::Form;
use crate::message::output::Output;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use lift_errors_core::segment::HTML_ESCAPE;

/// The only style of a page. Its hash is in the Content-Security-Policy.
pub(crate) const STYLE: &str = include_str!("page.css");

/// The only script of a page. It shows the button that copies the details for support, counts the time to wait down, and writes
/// the time in the reader's language.
pub(crate) const SCRIPT: &str = include_str!("page.js");

/// Allows the page's own style and script, images in `data:` URLs, and a brand's forms (CSP Level 3 §6).
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'sha256-+ryLzcqjmVooj2GX+GB+YQyP/OcGWyD7A0b1NVobS5U='; \
    script-src 'sha256-qolOTC9j4KTojVemG1jPaf1ZRVnLnTQ88ICK+JlTRBo='; img-src data:; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// Appends text in an element or in a quoted attribute.
pub(crate) fn escaped<O: Output>(text: &str, out: &mut O) {
    escape::html(text, &mut |piece| out.push(piece));
}

/// Appends a value of a sentence.
pub(crate) fn escaped_value<O: Output>(text: &str, out: &mut O) {
    escape::html_value(text, &mut |piece| out.push(piece));
}

/// Appends the attributes of an element whose text is in another language than the page's; nothing if it is in the page's.
pub(super) fn language_beside<O: Output>(page: &Conventions, text: &'static Conventions, out: &mut O) {
    if !core::ptr::eq(text, page) && text.language != page.language {
        language(text, out);
    }
}

fn language<O: Output>(conventions: &Conventions, out: &mut O) {
    out.push(" lang=\"");
    out.push(conventions.tag);
    out.push(if conventions.right_to_left { "\" dir=\"rtl\"" } else { "\" dir=\"ltr\"" });
}

/// A text with markup.
pub(crate) struct Html;

/// A text without markup, for `<title>` and attributes.
pub(crate) struct PlainHtml;

impl Form for Html {
    fn keeps(&self, flags: u32) -> bool {
        flags & HTML_ESCAPE == 0
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        // The interpreter isolates values in text from right to left. In other text a value may be from right to left.
        let isolated = value.is_text() && !conventions.right_to_left;
        out.push(if isolated { "<bdi>" } else { "" });
        value.show(out, conventions, escaped_value);
        out.push(if isolated { "</bdi>" } else { "" });
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push("<bdi>");
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push("</bdi>");
    }

    fn code_start<O: Output>(&mut self, out: &mut O) {
        out.push("<code>");
    }

    fn code_end<O: Output>(&mut self, out: &mut O) {
        out.push("</code>");
    }

    fn link_start<O: Output>(&mut self, out: &mut O, link: Link) {
        out.push("<a href=\"");
        escaped(link.href(), out);
        out.push("\">");
    }

    fn link_end<O: Output>(&mut self, out: &mut O, _link: Link, _conventions: &Conventions) {
        out.push("</a>");
    }

    fn language_start<O: Output>(&mut self, out: &mut O, conventions: &Conventions) {
        out.push("<span");
        language(conventions, out);
        out.push(">");
    }

    fn language_end<O: Output>(&mut self, out: &mut O) {
        out.push("</span>");
    }
}

/// A text with markup around its value. The element around the text names its language.
pub(crate) struct HtmlAround(pub(crate) &'static str, pub(crate) &'static str);

impl Form for HtmlAround {
    fn keeps(&self, flags: u32) -> bool {
        // A number would be written without the markup around it.
        let _ = flags;
        false
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        out.push(self.0);
        value.show(out, conventions, escaped_value);
        out.push(self.1);
    }

    // The markup around the value isolates it.
    fn isolate_start<O: Output>(&mut self, _out: &mut O) {}

    fn isolate_end<O: Output>(&mut self, _out: &mut O) {}
}

impl Form for PlainHtml {
    fn keeps(&self, flags: u32) -> bool {
        Html.keeps(flags)
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        value.show(out, conventions, escaped_value);
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2068}");
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2069}");
    }
}

/// Appends the start of a page. `title` writes the title of the browser's tab.
pub(crate) fn open<O: Output>(
    out: &mut O,
    language: &Conventions,
    hue: u16,
    own_style: Option<&str>,
    title: impl FnOnce(&mut O),
) {
    out.push("<!DOCTYPE html>\n<html lang=\"");
    out.push(language.tag);
    out.push("\" dir=\"");
    out.push(if language.right_to_left { "rtl" } else { "ltr" });
    out.push("\" class=\"h");
    Value::Unsigned(u64::from(hue % 360 / 10)).machine(out, |_, _| {});
    out.push(
        "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>",
    );
    title(out);
    out.push("</title>\n<style>");
    out.push(STYLE);
    if let Some(css) = own_style {
        out.push("</style>\n<style>");
        out.push(css);
    }
    out.push("</style>\n</head>\n<body>\n");
}

/// Appends the end of a page.
pub(crate) fn close<O: Output>(out: &mut O) {
    out.push("</body>\n</html>\n");
}
