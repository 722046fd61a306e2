//! The texts of an entry, written for one occurrence of the error.

use crate::catalog::text::Text;
use crate::message::markup::Form;
use crate::message::output::Output;
use crate::problem::Problem;

impl Problem<'_> {
    /// Appends a text of the catalogue in the problem's locale, with the error's values.
    #[inline]
    pub(crate) fn write_text<O: Output, F: Form>(&self, text: Text, out: &mut O, form: &mut F) {
        let error = self.error();
        text.write(out, form, self.locale(), |number| error.__parameter(number));
    }
}
