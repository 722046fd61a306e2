//! Every text in every language, with what it may name: what rules about texts look at, whether a text is that of an
//! entry or a label, and whether it is the default locale's or a translation.

use super::context::Context;
use super::disagreement::Tolerance;
use super::text_row::{Of, TextRow};
use crate::diagnostic::Diagnostic;
use crate::locale::language::known_default;
use crate::read::draft::{Detail, Entry, Parameter, TextRole};
use crate::read::overlay::Overlay;
use crate::read::plural_text::PluralText;
use crate::resolve::localize;
use crate::translate::SourceText;
use lift_errors_cldr as cldr;
use lift_errors_core::vocabulary::{Label, ParameterType};

/// One text in one language.
pub(super) struct TextInstance<'a> {
    /// The translations that it is one of; none for the default locale.
    pub(super) overlay: Option<&'a Overlay>,
    /// The language's locale, where it is known.
    pub(super) locale: Option<cldr::Locale>,
    pub(super) of: Of<'a>,
    pub(super) plural_text: &'a PluralText,
    /// The same text in the default locale.
    pub(super) source: &'a SourceText<'a>,
}

impl<'a> Context<'a> {
    /// Calls `look` with every text of the default locale and with every translation.
    pub(super) fn each_text(&self, mut look: impl FnMut(&TextInstance<'a>)) {
        let locale = known_default(self.draft);
        for TextRow { of, source, translations } in self.rows {
            let of = *of;
            look(&TextInstance { overlay: None, locale, of, plural_text: source.plural_text, source });
            for (overlay, locale, plural_text) in translations {
                look(&TextInstance { overlay: Some(overlay), locale: Some(*locale), of, plural_text, source });
            }
        }
    }

    /// The same for texts that somebody holds to be complete: not those of drafts.
    pub(super) fn each_complete_text(&self, mut look: impl FnMut(&TextInstance<'a>)) {
        self.each_text(|instance| match instance.of {
            Of::Entry { entry, .. } if self.canonical(entry).is_some_and(Entry::is_draft) => {}
            _ => look(instance),
        });
    }

    /// The same for translations alone. One whose text names what there is not, or is broken, is left out: that is the
    /// fault to mend.
    pub(super) fn each_translation(&self, mut look: impl FnMut(&TextInstance<'a>)) {
        self.each_text(|instance| {
            let known = || instance.source.plural_text.placeholders().iter().all(|name| instance.knows(self, name));
            if instance.overlay.is_some()
                && !instance.plural_text.is_broken()
                && !instance.source.plural_text.is_broken()
                && known()
            {
                look(instance);
            }
        });
    }

    /// Adds a fault that a text has by itself, and a translation by not saying what its text says. A translation that is tolerated
    /// nevertheless is marked.
    pub(super) fn fault_of(&self, instance: &TextInstance<'_>, diagnostic: Diagnostic) {
        match instance.overlay.filter(|overlay| self.tolerates(overlay, instance)) {
            Some(overlay) => self.tolerate(overlay, instance.source, diagnostic.into_message()),
            None => self.fault(diagnostic),
        }
    }

    fn tolerates(&self, overlay: &Overlay, instance: &TextInstance<'_>) -> bool {
        let translation = instance.plural_text;
        match self.tolerance {
            Tolerance::Nothing => false,
            Tolerance::ChangedTexts => {
                // Without its record nobody can tell what made it wrong, and what is wrong with the records is the fault to mend.
                let may_be_stale =
                    overlay.state.is_faulty || overlay.stale_record(instance.source, translation).is_some();
                may_be_stale && !self.draft.is_inherited(translation.span)
            }
            Tolerance::Everything => true,
        }
    }
}

impl<'a> TextInstance<'a> {
    /// Whether a name is that of something the text can show.
    pub(super) fn knows(&self, context: &Context<'_>, name: &str) -> bool {
        context.constants.contains_key(name)
            || match self.of {
                Of::Label(label) => label.and_then(Label::placeholder) == Some(name),
                Of::Entry { .. } | Of::Phrase(_) => self.parameter(name).is_some(),
            }
    }

    /// The parameter with a name.
    fn parameter(&self, name: &str) -> Option<&'a Parameter> {
        match self.of {
            Of::Label(_) => None,
            Of::Entry { canonical, .. } => canonical?.parameter(name),
            Of::Phrase(phrase) => phrase.parameter(name),
        }
    }

    /// Whether a name is that of a number parameter.
    pub(super) fn is_number(&self, name: &str) -> bool {
        self.parameter(name).is_some_and(|parameter| parameter.is_number())
    }

    /// Whether a name is that of a duration parameter.
    pub(super) fn is_duration(&self, name: &str) -> bool {
        self.parameter(name).and_then(Parameter::parameter_type) == Some(ParameterType::Duration)
    }

    /// The name of what selects the text's plural form.
    pub(super) fn selector(&self, context: &Context<'_>) -> Option<&'a str> {
        let is_constant =
            |name: &str| context.constants.get(name).is_some_and(|constant| constant.value.magnitude().is_some());
        localize::selector(self.plural_text, self.source.plural_text, |name| self.is_number(name), is_constant)
    }

    /// Whether it is a detail.
    pub(super) fn is_detail(&self) -> bool {
        matches!(self.of, Of::Entry { role: TextRole::Detail, .. })
    }

    /// The detail that it is, where it is one.
    pub(super) fn detail(&self) -> Option<&'a Detail> {
        let Of::Entry { entry, key, role: TextRole::Detail, .. } = self.of else { return None };
        entry.details.iter().find(|detail| detail.key() == key)
    }
}
