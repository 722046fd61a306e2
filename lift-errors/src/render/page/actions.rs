//! The actions that the reader can take at once.

use super::writer::PageWriter;
use crate::catalog::value::Value;
use crate::message::output::Output;
use crate::render::html::{HtmlAround, PlainHtml, escaped, language_beside};
use crate::render::page::request_facts::TryAgain;
use core::time::Duration;
use lift_errors_core::vocabulary::Label;

/// The first delay, in seconds, for which the page has no link: its style adds the delay up from powers of two.
const TOO_LONG: u64 = 8_192;

impl<O: Output> PageWriter<'_, '_, O> {
    /// Log in, try again, go back to the start page: what is possible of it, the most helpful first.
    pub(super) fn actions(&mut self) {
        let problem = self.texts.problem;
        let login = self.brand.login().filter(|_| problem.status() == Some(401));
        let home = self.brand.home();
        let try_again = self.request.try_again(problem.retry());
        let is_link = self.request.is_get && matches!(try_again, TryAgain::Now | TryAgain::After(..TOO_LONG));
        if let TryAgain::After(seconds) = try_again {
            self.countdown(seconds);
        }
        if login.is_none() && home.is_none() && !is_link {
            return;
        }
        self.out.push("<p class=\"actions\">\n");
        if let Some(url) = login {
            self.action("<a class=\"primary\" href=\"", url, Label::Login, Value::Text(""));
        }
        if is_link && try_again == TryAgain::Now {
            self.action("<a class=\"primary\" href=\"", "", Label::Retry, Value::Text(""));
        }
        if let Some(url) = home {
            self.action("<a href=\"", url, Label::Home, Value::Text(self.brand.name()));
        }
        // It is not seen before the time, so that it comes last.
        if let (true, TryAgain::After(seconds)) = (is_link, try_again) {
            self.out.push("<a class=\"primary after");
            for bit in (0..u64::BITS).map(|bit| 1 << bit).filter(|bit| seconds & bit != 0) {
                self.out.push(" s");
                Value::Unsigned(bit).machine(self.out, |_, _| {});
            }
            self.action("\" href=\"", "", Label::Retry, Value::Text(""));
        }
        self.out.push("</p>\n");
    }

    fn action(&mut self, start: &str, url: &str, label: Label, value: Value<'_>) {
        self.out.push(start);
        // An empty reference is the page's own address, with its query (RFC 3986 §4.4).
        escaped(url, self.out);
        self.label("\">", label, value, "</a>\n");
    }

    /// The time to wait. The script counts it down, silently for screen readers, and says when it is over.
    fn countdown(&mut self, seconds: u64) {
        self.out.push("<p role=\"status\" id=\"wait\"");
        // The script writes the time, and the text of `data-now`, in the language of the sentence.
        language_beside(self.texts.conventions(), self.texts.label_conventions(Label::RetryIn), self.out);
        self.out.push(" data-seconds=\"");
        Value::Unsigned(seconds).machine(self.out, |_, _| {});
        self.out.push("\" data-now=\"");
        self.texts.label(Label::RetryNow, None, self.out, &mut PlainHtml);
        self.out.push("\">");
        let wait = Value::Duration(Duration::from_secs(seconds));
        let mut form = HtmlAround("<bdi role=\"timer\">", "</bdi>");
        self.texts.label(Label::RetryIn, Some(wait), self.out, &mut form);
        self.out.push("</p>\n");
    }
}
