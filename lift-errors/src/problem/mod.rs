//! The view of one occurrence of an error, from which every form is written.

pub(crate) mod field_error;
pub(crate) mod lift_error;
#[cfg(feature = "http")]
pub(crate) mod owned;
pub(crate) mod possible_errors;
pub(crate) mod request_id;
pub(crate) mod secret;

use crate::catalog::detail::Detail;
use crate::catalog::entry::Entry;
use crate::catalog::guidance::{Cause, Fix, Note};
use crate::catalog::parameter::Parameter;
use crate::catalog::retry::Retry;
use crate::catalog::value::Value;
use crate::locale::Locale;
use crate::problem::field_error::FieldErrors;
use crate::problem::lift_error::LiftError;
use crate::problem::request_id::RequestId;
use core::fmt;
use core::time::Duration;
use lift_errors_core::layout::{Range, entry as field};
use lift_errors_core::vocabulary::{Audience, ParameterType, RetryKind, Sensitivity};

/// One occurrence of an error: the error, and what the service knows of this time.
///
/// It borrows everything and is at most 64 bytes. Writing it does not allocate, in any form.
///
/// ```
/// use lift_errors::{Format, LiftError, RequestId, lift};
/// use std::time::Duration;
///
/// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// let problem = error.problem().with_request_id(RequestId::new("r-1"));
///
/// assert_eq!(problem.status(), Some(429));
/// assert_eq!(problem.retry().wait(), Some(Duration::from_secs(12)));
/// assert!(problem.display(Format::ProblemDetails).to_string().contains(r#""request_id":"r-1""#));
/// ```
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    error: &'a dyn LiftError,
    request_id: Option<RequestId<'a>>,
    instance: Option<&'a str>,
    field_errors: Option<&'a FieldErrors>,
    locale: Locale,
    /// The reader, where the service knows: its texts and everyone's are shown.
    audience: Option<Audience>,
    /// A cause that is known better than the error knows it.
    cause: Option<u8>,
}

const _: () = assert!(size_of::<Problem<'_>>() <= 64, "a view is passed by value through every layer");

impl<'a> Problem<'a> {
    /// A view of `error` in English, for any reader.
    #[inline]
    pub fn new(error: &'a dyn LiftError) -> Self {
        Self {
            error,
            request_id: None,
            instance: None,
            field_errors: None,
            locale: Locale::EN,
            audience: None,
            cause: None,
        }
    }

    /// Shows the texts in a language.
    #[must_use]
    pub const fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// Shows the texts that speak to one kind of reader, and those that speak to everyone.
    ///
    /// Only the service knows who reads: the format does not tell. JSON always has the texts of all
    /// clients, labelled; texts for operators and the runbook need `Audience::Operator` and a format
    /// that is not JSON.
    #[must_use]
    pub const fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Names the request that failed.
    #[must_use]
    pub const fn with_request_id(mut self, id: Option<RequestId<'a>>) -> Self {
        self.request_id = id;
        self
    }

    /// Names this occurrence by a URI reference (RFC 9457 §3.1.5), in place of the request id's URN.
    #[must_use]
    pub const fn with_instance(mut self, instance: &'a str) -> Self {
        self.instance = Some(instance);
        self
    }

    /// Says what is wrong with each field, where the error does not say it itself.
    #[must_use]
    pub const fn with_field_errors(mut self, errors: &'a FieldErrors) -> Self {
        self.field_errors = Some(errors);
        self
    }

    /// Says what actually caused the error. A cause of another entry is no news, and changes nothing.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<Cause>) -> Self {
        let cause = cause.into();
        if cause.entry().canonical() == self.entry().canonical() {
            self.cause = Some(cause.number());
        }
        self
    }

    /// The error.
    pub const fn error(&self) -> &'a dyn LiftError {
        self.error
    }

    /// The entry that explains the error.
    #[inline]
    pub fn entry(&self) -> Entry {
        self.error.entry()
    }

    /// The HTTP status; none where only clients raise the error.
    pub fn status(&self) -> Option<u16> {
        self.entry().status()
    }

    /// The language.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The id of the request that failed.
    pub const fn request_id(&self) -> Option<RequestId<'a>> {
        self.request_id
    }

    pub(crate) const fn instance(&self) -> Option<&'a str> {
        self.instance
    }

    /// What is wrong with each field of the request; none rather than an empty list.
    #[inline]
    pub fn field_errors(&self) -> Option<&'a FieldErrors> {
        self.field_errors.or_else(|| self.error.field_errors()).filter(|errors| !errors.is_empty())
    }

    /// What actually caused the error, where that is known.
    #[inline]
    pub fn cause(&self) -> Option<Cause> {
        match self.cause {
            Some(number) => Some(Cause::new(self.entry(), number)),
            None => self.error.known_cause(),
        }
    }

    /// Whether to send the request again, and when, with the delay that this error brings along.
    pub fn retry(&self) -> Retry {
        let entry = self.entry();
        match (entry.retry_kind(), entry.retry_argument()) {
            (RetryKind::After, Some(parameter)) => {
                let delay = u8::try_from(parameter).ok().and_then(|number| self.error.parameter(number));
                let wait = match delay {
                    Some(Value::Duration(delay)) => Some(delay),
                    _ => None,
                };
                Retry::new(RetryKind::After, wait)
            }
            (kind, Some(seconds)) => Retry::new(kind, Some(Duration::from_secs(u64::from(seconds)))),
            (kind, None) => Retry::new(kind, None),
        }
    }

    /// What happened this time: the first alternative whose parameters are there and whose cause is known.
    #[inline]
    pub(crate) fn detail(&self) -> Detail {
        let entry = self.entry();
        // Most entries have one, and the last of several always fits.
        match entry.range(field::DETAILS) {
            Range { first, count: 1 } => Detail::new(entry.catalog(), first),
            range => self.fitting_detail(entry, range),
        }
    }

    #[inline(never)]
    fn fitting_detail(&self, entry: Entry, range: Range) -> Detail {
        let known = |cause: u32| self.cause().is_some_and(|known| u32::from(known.number()) == cause);
        let fits = |detail: &Detail| self.has_all(detail.when()) && detail.cause().is_none_or(known);
        let last = (range.first + range.count).saturating_sub(1);
        entry.alternatives().find(fits).unwrap_or_else(|| Detail::new(entry.catalog(), last))
    }

    /// Whether every parameter of the mask has a value.
    #[inline]
    fn has_all(&self, mask: u32) -> bool {
        mask == 0
            || (0..32_u8).filter(|number| mask >> number & 1 == 1).all(|number| self.error.parameter(number).is_some())
    }

    /// Whether a text speaks to the reader.
    pub(crate) fn speaks_to_reader(&self, audience: Option<Audience>) -> bool {
        match (audience, self.audience) {
            (None, _) => true,
            (Some(Audience::Operator), reader) => reader == Some(Audience::Operator),
            (Some(_), None | Some(Audience::Operator)) => true,
            (Some(audience), Some(reader)) => audience == reader,
        }
    }

    /// The view as JSON shows it: to all clients, and to no operator.
    pub(crate) fn for_clients(&self) -> Self {
        Self { audience: None, ..*self }
    }

    /// The view for a reader, where the service has not said who reads.
    pub(crate) fn for_reader(&self, audience: Audience) -> Self {
        Self { audience: self.audience.or(Some(audience)), ..*self }
    }

    /// The locale whose texts the entry's catalogue has for the problem's.
    pub(crate) fn catalog_locale(&self) -> Locale {
        self.entry().catalog().locale(self.locale)
    }

    /// Whether the reader is the service's operator.
    pub(crate) fn is_for_operator(&self) -> bool {
        self.audience == Some(Audience::Operator)
    }

    /// The causes to show: the actual one, where it is known and speaks to the reader.
    pub fn causes(&self) -> impl Iterator<Item = Cause> + use<'a> {
        let problem = *self;
        let known = self.shown_cause();
        let usual =
            self.entry().causes().filter(move |cause| known.is_none() && problem.speaks_to_reader(cause.audience()));
        known.into_iter().chain(usual)
    }

    /// The fixes to show: those of the actual cause where it is known, then the general ones.
    pub fn fixes(&self) -> impl Iterator<Item = Fix> + use<'a> {
        let problem = *self;
        let known = self.shown_cause();
        let of_cause = known.into_iter().flat_map(Cause::fixes);
        // Who meets a cause of scripts alone is a script: advice for browsers would be a mistake.
        let suits = move |fix: &Fix| match known {
            None => true,
            Some(cause) => {
                fix.is_general()
                    && (cause.audience().is_none() || fix.audience().is_none() || cause.audience() == fix.audience())
            }
        };
        let usual = self.entry().fixes().filter(suits);
        of_cause.chain(usual).filter(move |fix| problem.speaks_to_reader(fix.audience()))
    }

    /// The actual cause, where the reader may know it.
    pub(crate) fn shown_cause(&self) -> Option<Cause> {
        self.cause().filter(|cause| self.speaks_to_reader(cause.audience()))
    }

    /// The remarks to show.
    pub fn notes(&self) -> impl Iterator<Item = Note> + use<'a> {
        let problem = *self;
        self.entry().notes().filter(move |note| problem.speaks_to_reader(note.audience()))
    }

    /// The parameters that clients may see, with their values; absent ones are left out.
    pub fn public_parameters(&self) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        self.parameters(|sensitivity| sensitivity == Sensitivity::Public)
    }

    /// The parameters for the log alone. Secrets are among them, redacted.
    pub fn operator_parameters(&self) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        self.parameters(|sensitivity| sensitivity != Sensitivity::Public)
    }

    fn parameters(&self, shown: fn(Sensitivity) -> bool) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        let error = self.error;
        self.entry().parameters().filter(move |parameter| shown(parameter.sensitivity())).filter_map(move |parameter| {
            let value = error.parameter(parameter.number())?;
            let secret = parameter.sensitivity() == Sensitivity::Secret && parameter.kind() == ParameterType::Text;
            Some((parameter, if secret { Value::Text("[redacted]") } else { value }))
        })
    }
}

impl fmt::Debug for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("entry", &self.entry())
            .field("request_id", &self.request_id)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}
