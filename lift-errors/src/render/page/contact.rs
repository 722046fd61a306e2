//! The link to support: a page, or an email that has a subject and a body already.

use crate::message::output::Output;
use crate::render::brand::is_web;
use crate::render::html::escaped;
use crate::render::page::percent::PercentEncoded;

/// The texts of the email.
pub(super) trait Email<O: Output> {
    /// Appends the subject.
    fn subject(&self, out: &mut PercentEncoded<'_, O>);

    /// Appends the lines below those of the reader, each after a line break.
    fn lines(&self, out: &mut PercentEncoded<'_, O>);

    /// Appends the words of the link.
    fn label(&self, out: &mut O);
}

/// Appends the link. The address of an email is shown as well, for readers whose browser has no program for emails.
pub(super) fn contact<O: Output>(address: &str, email: &impl Email<O>, out: &mut O) {
    out.push("<a href=\"");
    let is_web = is_web(address);
    if is_web {
        escaped(address, out);
    } else {
        mailto(address, email, out);
    }
    out.push("\">");
    email.label(out);
    out.push("</a>\n");
    if !is_web {
        out.push("<bdi>");
        escaped(address, out);
        out.push("</bdi>\n");
    }
}

/// Appends a `mailto:` URL with subject and body (RFC 6068), for an attribute. The reader writes above the details.
fn mailto<O: Output>(address: &str, email: &impl Email<O>, out: &mut O) {
    out.push("mailto:");
    let mut pieces = address.split('@');
    PercentEncoded(out).push(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push("@");
        PercentEncoded(out).push(piece);
    }
    out.push("?subject=");
    email.subject(&mut PercentEncoded(out));
    out.push("&amp;body=");
    let mut body = PercentEncoded(out);
    body.push("\r\n\r\n");
    email.lines(&mut body);
}
