//! Texts as HTML, and the frame of a page around them: one document without anything from elsewhere. What is said on
//! it is `page`'s business.

use crate::catalog::guidance::Link;
use crate::catalog::value::Value;
use crate::message::markup::Form;
use crate::message::output::Output;
use lift_errors_core::conventions::Conventions;
use lift_errors_core::escape;
use lift_errors_core::segment::HTML_ESCAPE;

/// The only style of a page. Its hash is in the Content-Security-Policy.
pub(crate) const STYLE: &str = include_str!("page.css");

/// The only script: it copies the details for support. Without it the button is not there.
pub(crate) const SCRIPT: &str = include_str!("page.js");

/// What a page may do: show its own style and images that are in it, and run its own script (CSP Level 3 §6).
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'sha256-+EZ+4xwpiv6Pt3SsxSiNUHeCCtwoMjXfh2uefpiL+YU='; \
    script-src 'sha256-W2TOncAVm/M0gaiblonmwP3vnMPxrJMRUj6JqhknY3g='; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Text in an element or in a quoted attribute.
pub(crate) fn escaped<O: Output>(text: &str, out: &mut O) {
    escape::html(text, &mut |piece| out.push(piece));
}

/// A text with its markup.
pub(crate) struct Html;

/// A text in `<title>` or in an attribute, which have no markup.
pub(crate) struct PlainHtml;

impl Form for Html {
    fn keeps(&self, flags: u32) -> bool {
        flags & HTML_ESCAPE == 0
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, conventions: &Conventions) {
        // From right to left whoever writes the text isolates foreign words; they may be such in any text.
        let isolated = value.is_text() && !conventions.right_to_left;
        out.push(if isolated { "<bdi>" } else { "" });
        value.show(out, conventions, escaped);
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
        out.push("<span lang=\"");
        out.push(conventions.tag);
        out.push(if conventions.right_to_left { "\" dir=\"rtl\">" } else { "\" dir=\"ltr\">" });
    }

    fn language_end<O: Output>(&mut self, out: &mut O) {
        out.push("</span>");
    }
}

/// A text whose value is an address of the catalogue, which becomes a link.
pub(crate) struct Linked;

impl Form for Linked {
    // A value is more than itself here.
    fn keeps(&self, _flags: u32) -> bool {
        false
    }

    fn literal<O: Output>(&mut self, out: &mut O, text: &'static str) {
        escaped(text, out);
    }

    fn value<O: Output>(&mut self, out: &mut O, value: &Value<'_>, _conventions: &Conventions) {
        out.push("<a href=\"");
        value.text(out, escaped);
        out.push("\"><bdi>");
        value.text(out, escaped);
        out.push("</bdi></a>");
    }

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
        value.show(out, conventions, escaped);
    }

    fn isolate_start<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2068}");
    }

    fn isolate_end<O: Output>(&mut self, out: &mut O) {
        out.push("\u{2069}");
    }
}

/// The page up to its first words. `title` writes what stands in the browser's tab.
pub(crate) fn open<O: Output>(out: &mut O, language: &Conventions, hue: u16, title: impl FnOnce(&mut O)) {
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
    out.push("</style>\n</head>\n<body>\n");
}

/// The end of the page.
pub(crate) fn close<O: Output>(out: &mut O) {
    out.push("</body>\n</html>\n");
}
