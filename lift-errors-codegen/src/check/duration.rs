//! A rule about durations, which a language writes with words of its own.

use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::locale::constant_value::ConstantValue;
use lift_errors_cldr::duration;

/// A text that names a duration is in a language that has words for durations.
pub(super) fn have_words(context: &Context<'_>) {
    context.each_text(|instance| {
        let Some(locale) = instance.locale.filter(|locale| duration::words(*locale).is_none()) else { return };
        let is_duration = |name: &str| match context.constants.get(name) {
            Some(constant) => matches!(constant.value, ConstantValue::Duration(_)),
            None => instance.is_duration(name),
        };
        for template in instance.plural_text.templates() {
            for (name, range) in template.placeholders().filter(|(name, _)| is_duration(name)) {
                let message =
                    format!("`{}` has no words for durations in CLDR, and the text names `{{{name}}}`", locale.tag());
                let help = match instance.overlay {
                    Some(_) => "leave the text out: its fallback is shown",
                    None => "name a related default locale that its readers know, or leave the duration out",
                };
                context.fault_of(instance, Diagnostic::at(template.text.part(range), message).help(help));
            }
        }
    });
}
