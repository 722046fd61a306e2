//! How the details reach support: a button that copies them, and a link to a page or to an email that contains them.

use crate::message::markup::Form;
use crate::message::output::Output;
use crate::render::brand::is_web;
use crate::render::html::{Html, PlainHtml, escaped};
use crate::render::page::percent::PercentEncoded;
use lift_errors_core::vocabulary::Label;

/// The texts of the email and of the page.
pub(super) trait Details<O: Output> {
    /// Appends the subject.
    fn subject(&self, out: &mut PercentEncoded<'_, O>);

    /// Appends the lines below those of the reader, each after a line break.
    fn lines(&self, out: &mut PercentEncoded<'_, O>);

    /// Appends a label.
    fn label<F: Form>(&self, label: Label, out: &mut O, form: &mut F);

    /// Appends the attributes of an element that shows a label, if the label is in another language than the page.
    fn language(&self, label: Label, out: &mut O);
}

/// Appends the paragraph below the table of the details.
pub(super) fn actions<O: Output>(details: &impl Details<O>, support: Option<&str>, out: &mut O) {
    out.push("<p class=\"actions\"><button type=\"button\" id=\"copy\" hidden data-done=\"");
    details.label(Label::Copied, out, &mut PlainHtml);
    out.push("\" data-selected=\"");
    details.label(Label::Selected, out, &mut PlainHtml);
    out.push("\">");
    details.label(Label::Copy, out, &mut Html);
    out.push("</button>\n");
    if let Some(address) = support {
        contact(address, details, out);
    }
    out.push("<span role=\"status\" id=\"copied\"");
    details.language(Label::Copied, out);
    out.push("></span></p>\n");
}

/// Appends the link. The address of an email is shown as well, for readers whose browser has no program for emails.
fn contact<O: Output>(address: &str, details: &impl Details<O>, out: &mut O) {
    out.push("<a href=\"");
    let is_web = is_web(address);
    if is_web {
        escaped(address, out);
    } else {
        mailto(address, details, out);
    }
    out.push("\">");
    details.label(Label::Contact, out, &mut Html);
    out.push("</a>\n");
    if !is_web {
        out.push("<bdi>");
        escaped(address, out);
        out.push("</bdi>\n");
    }
}

/// Appends a `mailto:` URL with subject and body (RFC 6068), for an attribute. The reader writes above the details.
fn mailto<O: Output>(address: &str, details: &impl Details<O>, out: &mut O) {
    out.push("mailto:");
    let mut pieces = address.split('@');
    PercentEncoded(out).push(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push("@");
        PercentEncoded(out).push(piece);
    }
    out.push("?subject=");
    details.subject(&mut PercentEncoded(out));
    out.push("&amp;body=");
    let mut body = PercentEncoded(out);
    body.push("\r\n\r\n");
    details.lines(&mut body);
}
