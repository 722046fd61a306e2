//! `Problem`: one occurrence of an error, from which every format is written.

pub(crate) mod context;
pub(crate) mod field_error;
pub(crate) mod lift_error;
pub(crate) mod log_facts;
#[cfg(feature = "http")]
pub(crate) mod owned;
pub(crate) mod possible_errors;
pub(crate) mod request_id;
pub(crate) mod secret;
pub(crate) mod text_value;
pub(crate) mod unknown_code;

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
use lift_errors_core::layout::{Range, entry as field};
use lift_errors_core::status::retry_without_delay;
use lift_errors_core::vocabulary::{Audience, ParameterType, RetryKind, Sensitivity};

/// One occurrence of an error: the error, and what the service knows about this request.
///
/// It borrows everything and is at most 64 bytes in size. Writing it does not allocate, in any format.
///
/// ```
/// use lift_errors::{Format, LiftError, RequestId, lift};
/// use std::time::Duration;
///
/// let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12));
/// let problem = error.problem().with_request_id(RequestId::try_from("r-1")?);
///
/// assert_eq!(problem.status(), Some(429));
/// assert_eq!(problem.retry().wait(), Some(Duration::from_secs(12)));
/// assert!(problem.display(Format::ProblemDetails).to_string().contains(r#""request_id":"r-1""#));
/// # Ok::<(), lift_errors::InvalidRequestId>(())
/// ```
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    error: &'a dyn LiftError,
    request_id: Option<RequestId<'a>>,
    instance: Option<&'a str>,
    field_errors: Option<&'a FieldErrors>,
    locale: Locale,
    /// The reader, if the service knows. Texts for other readers are left out.
    audience: Option<Audience>,
    /// The cause that the service has set, which replaces the error's own.
    cause: Option<u8>,
}

const _: () = assert!(size_of::<Problem<'_>>() <= 64, "a problem is passed by value through every layer");

impl<'a> Problem<'a> {
    /// Creates a problem in English, for all readers.
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

    /// Sets the language of the texts.
    #[must_use]
    pub const fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// Sets the reader: causes, fixes and notes for other readers are left out.
    ///
    /// Only the service knows its reader; the format does not show it. JSON always contains the texts for all clients,
    /// each with its `audience`. Texts for operators and the runbook are written for `Audience::Operator` only, and
    /// never in JSON.
    #[must_use]
    pub const fn with_audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Sets the id of the request, which is also the `instance` unless [`with_instance`](Self::with_instance) sets one.
    #[must_use]
    pub const fn with_request_id(mut self, id: RequestId<'a>) -> Self {
        self.request_id = Some(id);
        self
    }

    /// Sets the URI reference of this occurrence (RFC 9457 §3.1.5), in place of the request id's URN.
    #[must_use]
    pub const fn with_instance(mut self, instance: &'a str) -> Self {
        self.instance = Some(instance);
        self
    }

    /// Sets the errors of single fields, in place of the error's own.
    #[must_use]
    pub const fn with_field_errors(mut self, errors: &'a FieldErrors) -> Self {
        self.field_errors = Some(errors);
        self
    }

    /// Sets the actual cause, in place of the error's own. A cause of another entry is ignored.
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

    /// The HTTP status, or `None` if the error is never a response.
    pub fn status(&self) -> Option<u16> {
        self.entry().status()
    }

    /// The language of the texts.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The id of the request.
    pub const fn request_id(&self) -> Option<RequestId<'a>> {
        self.request_id
    }

    pub(crate) const fn instance(&self) -> Option<&'a str> {
        self.instance
    }

    /// The errors of single fields of the request: `None` instead of an empty list.
    #[inline]
    pub fn field_errors(&self) -> Option<&'a FieldErrors> {
        self.field_errors.or_else(|| self.error.field_errors()).filter(|errors| !errors.is_empty())
    }

    /// The actual cause, if it is known.
    #[inline]
    pub fn cause(&self) -> Option<Cause> {
        match self.cause {
            Some(number) => Some(Cause::new(self.entry(), number)),
            None => self.error.known_cause(),
        }
    }

    /// Whether and when to send the request again, with the delay of this error.
    ///
    /// A bare status may not show the delay of a contract of kind `after`. A 429 keeps the kind; any other is `idempotent`,
    /// because a proxy may have given up half way. The same holds for a bare 5xx with `Retry-After`: its delay is in the
    /// contract, but nobody has said that the request was not carried out.
    pub fn retry(&self) -> Retry {
        if let Some(retry) = self.error.__retry() {
            return retry;
        }
        let entry = self.entry();
        match entry.delay().map(|number| self.error.__parameter(number)) {
            Some(Some(Value::Duration(delay))) => Retry::new(RetryKind::After, Some(delay)),
            Some(_) => Retry::new(retry_without_delay(entry.status()), None),
            None => entry.retry(),
        }
    }

    /// The delay of an error with this detail, where the documents lack it.
    #[inline]
    pub(crate) fn delay_apart(&self, detail: &Detail) -> Option<Value<'_>> {
        match detail.lacks_delay() {
            true => self.error.__parameter(self.entry().delay()?),
            false => None,
        }
    }

    /// The detail: the first alternative whose parameters all have values and whose cause is the known one.
    #[inline]
    pub(crate) fn detail(&self) -> Detail {
        let entry = self.entry();
        // Most entries have one alternative. The last of several always fits.
        match entry.range(field::DETAILS) {
            Range { first, count: 1 } => Detail::new(entry.catalog(), first),
            Range { first, .. } if entry.has(field::FIRST_DETAIL_FITS) && !self.error.__is_bare() => {
                Detail::new(entry.catalog(), first)
            }
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
        let mut rest = mask;
        while rest != 0 {
            if self.error.__parameter(rest.trailing_zeros() as u8).is_none() {
                return false;
            }
            rest &= rest - 1;
        }
        true
    }

    /// Whether a text is for the reader.
    pub(crate) fn is_for_reader(&self, audience: Option<Audience>) -> bool {
        match (audience, self.audience) {
            (None, _) => true,
            (Some(Audience::Operator), reader) => reader == Some(Audience::Operator),
            (Some(_), None | Some(Audience::Operator)) => true,
            (Some(audience), Some(reader)) => audience == reader,
        }
    }

    /// The problem as JSON shows it: with the texts for all clients and none for operators.
    pub(crate) fn for_clients(&self) -> Self {
        Self { audience: None, ..*self }
    }

    /// The problem for a reader, unless the service has set another.
    pub(crate) fn or_for_reader(&self, audience: Audience) -> Self {
        Self { audience: self.audience.or(Some(audience)), ..*self }
    }

    /// Whether the reader is the service's operator.
    pub(crate) fn is_for_operator(&self) -> bool {
        self.audience == Some(Audience::Operator)
    }

    /// The causes to show: only the actual one if it is known and for the reader, or else the usual ones.
    pub fn causes(&self) -> impl Iterator<Item = Cause> + use<'a> {
        let problem = *self;
        let known = self.visible_cause();
        let usual =
            self.entry().causes().filter(move |cause| known.is_none() && problem.is_for_reader(cause.audience()));
        known.into_iter().chain(usual)
    }

    /// The fixes to show: those of the actual cause if it is known, then the general ones.
    pub fn fixes(&self) -> impl Iterator<Item = Fix> + use<'a> {
        let problem = *self;
        let known = self.visible_cause();
        let of_cause = known.into_iter().flat_map(Cause::fixes);
        // A cause for scripts only means that the client is a script: advice for browsers would be a mistake.
        let suits = move |fix: &Fix| match known {
            None => true,
            Some(cause) => {
                fix.is_general()
                    && (cause.audience().is_none() || fix.audience().is_none() || cause.audience() == fix.audience())
            }
        };
        let usual = self.entry().fixes().filter(suits);
        of_cause.chain(usual).filter(move |fix| problem.is_for_reader(fix.audience()))
    }

    /// The actual cause, if it is known and for the reader.
    pub(crate) fn visible_cause(&self) -> Option<Cause> {
        self.cause().filter(|cause| self.is_for_reader(cause.audience()))
    }

    /// The notes to show.
    pub fn notes(&self) -> impl Iterator<Item = Note> + use<'a> {
        let problem = *self;
        self.entry().notes().filter(move |note| problem.is_for_reader(note.audience()))
    }

    /// The value of a parameter, by its name: `None` if the entry does not declare it or the error does not have it.
    ///
    /// It finds parameters for operators, too: look at [`Parameter::sensitivity`], or use
    /// [`public_parameters`](Self::public_parameters), before showing one to a client. Secrets are redacted.
    ///
    /// ```
    /// use lift_errors::{LiftError, Value, lift};
    ///
    /// let error = lift::not_found::new().with_resource("shipment SH-1024");
    /// assert!(matches!(error.problem().parameter("resource"), Some(Value::Text("shipment SH-1024"))));
    /// assert!(error.problem().parameter("limit").is_none());
    /// ```
    pub fn parameter(&self, name: &str) -> Option<Value<'a>> {
        self.entry().parameters().find(|parameter| parameter.name() == name).and_then(|it| value(self.error, it))
    }

    /// The parameters that clients may see, with their values. Parameters without a value are left out.
    pub fn public_parameters(&self) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        self.parameters(|sensitivity| sensitivity == Sensitivity::Public)
    }

    /// The parameters that only logs contain, with their values. Secrets are redacted.
    pub fn operator_parameters(&self) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        self.parameters(|sensitivity| sensitivity != Sensitivity::Public)
    }

    fn parameters(
        &self,
        is_included: fn(Sensitivity) -> bool,
    ) -> impl Iterator<Item = (Parameter, Value<'a>)> + use<'a> {
        let error = self.error;
        let included = self.entry().parameters().filter(move |parameter| is_included(parameter.sensitivity()));
        included.filter_map(move |parameter| Some((parameter, value(error, parameter)?)))
    }
}

/// The value of a parameter; a secret is redacted.
fn value(error: &dyn LiftError, parameter: Parameter) -> Option<Value<'_>> {
    let value = error.__parameter(parameter.number())?;
    let is_secret = parameter.sensitivity() == Sensitivity::Secret && parameter.kind() == ParameterType::Text;
    Some(if is_secret { Value::Text("[redacted]") } else { value })
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
