//! The handle of an entry, for code that works with any catalogue.

use crate::catalog::Catalog;
use crate::catalog::retry::Retry;
use crate::catalog::text::Text;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::time::Duration;
use lift_errors_core::layout::{self, NONE, Range, entry as field, text};
use lift_errors_core::vocabulary::{GrpcCode, RetryKind, Severity};

/// A handle to an entry of any catalogue; `Copy`, two words in size.
///
/// ```
/// use lift_errors::lift;
///
/// let entry = lift::Code::TooManyRequests.entry();
/// assert_eq!((entry.catalog().name(), entry.code(), entry.status()), ("lift", "too_many_requests", Some(429)));
/// assert_eq!(entry.title().to_string(), "Too Many Requests");
/// ```
#[derive(Clone, Copy)]
pub struct Entry {
    catalog: &'static Catalog,
    number: u16,
}

impl Entry {
    #[doc(hidden)]
    #[inline]
    pub const fn new(catalog: &'static Catalog, number: u16) -> Self {
        Self { catalog, number }
    }

    /// The catalogue that the entry belongs to.
    #[inline]
    pub const fn catalog(self) -> &'static Catalog {
        self.catalog
    }

    #[doc(hidden)]
    #[inline]
    pub const fn number(self) -> u16 {
        self.number
    }

    #[inline]
    pub(crate) const fn word(self, field: usize) -> u32 {
        self.catalog.tables().entries.get(self.number as usize * field::WIDTH + field)
    }

    #[inline]
    pub(crate) const fn range(self, field: usize) -> Range {
        Range::from_word(self.word(field))
    }

    #[inline]
    fn string(self, field: usize) -> &'static str {
        self.catalog.tables().strings.get(self.word(field) as usize)
    }

    pub(crate) const fn constant_string(self, field: usize) -> &'static str {
        self.catalog.tables().strings.get_in_constant(self.word(field) as usize)
    }

    #[inline]
    const fn flags(self) -> u32 {
        self.word(field::FLAGS)
    }

    #[inline]
    pub(crate) const fn has(self, flag: u32) -> bool {
        self.flags() & flag != 0
    }

    /// The code, in `snake_case`. The catalogue's name and the code together identify an error.
    #[inline]
    pub fn code(self) -> &'static str {
        self.string(field::CODE)
    }

    /// The short id, such as `LIFT-0429`, which people read aloud, search for and quote in tickets.
    #[inline]
    pub fn id(self) -> &'static str {
        self.string(field::ID)
    }

    /// The HTTP status; `None` if the error is never a response: only clients raise it, or it has
    /// [nothing to do with HTTP](Self::has_transport).
    #[inline]
    pub const fn status(self) -> Option<u16> {
        match self.word(field::STATUS) {
            0 => None,
            status => Some(status as u16),
        }
    }

    /// Whether the error has to do with HTTP: a server answers with it, or its client raises it. `false` of entries with
    /// `transport = "none"`, such as those of a command-line tool. A service that answers with one anyway sends an
    /// Internal Server Error, and logs which error it was.
    ///
    /// ```
    /// use lift_errors::lift;
    ///
    /// assert!(lift::connection_failed::ENTRY.has_transport());
    /// ```
    pub const fn has_transport(self) -> bool {
        !self.has(field::NO_TRANSPORT)
    }

    /// The version of the catalogue that added the entry.
    pub fn since(self) -> &'static str {
        self.string(field::SINCE)
    }

    /// The entry that this one is an alias of, or the entry itself.
    pub const fn canonical(self) -> Self {
        Self { catalog: self.catalog, number: self.word(field::CANONICAL) as u16 }
    }

    /// How serious the error is for the service that raises it.
    pub const fn severity(self) -> Severity {
        match Severity::from_number(self.flags() >> field::SEVERITY_SHIFT & 0xf) {
            Some(severity) => severity,
            None => Severity::Error,
        }
    }

    /// The gRPC status code.
    pub const fn grpc_code(self) -> GrpcCode {
        match GrpcCode::from_number(self.flags() >> field::GRPC_SHIFT & 0xff) {
            Some(code) => code,
            None => GrpcCode::Unknown,
        }
    }

    /// Whether another entry replaces this one.
    pub const fn is_deprecated(self) -> bool {
        self.has(field::DEPRECATED)
    }

    /// Whether an error of this entry says something without any value.
    pub(crate) fn needs_no_value(self) -> bool {
        self.parameters().all(|parameter| parameter.is_optional() || parameter.is_lackable())
    }

    /// Whether errors of this entry may carry [`FieldErrors`](crate::FieldErrors).
    pub const fn has_field_errors(self) -> bool {
        self.has(field::FIELD_ERRORS)
    }

    pub(crate) fn retry_kind(self) -> RetryKind {
        RetryKind::from_number(self.flags() >> field::RETRY_SHIFT & 0xf).unwrap_or(RetryKind::Never)
    }

    /// Whether the same request may be sent again, and when. If each error has a delay of its own,
    /// [`Problem::retry`](crate::Problem::retry) returns it.
    pub fn retry(self) -> Retry {
        Retry::new(
            self.retry_kind(),
            match self.retry_argument() {
                Some(seconds) if self.retry_kind() == RetryKind::Idempotent => {
                    Some(Duration::from_secs(u64::from(seconds)))
                }
                _ => None,
            },
        )
    }

    /// The minimum delay in seconds, or the number of the parameter that is the delay.
    pub(crate) fn retry_argument(self) -> Option<u32> {
        match self.word(field::RETRY) {
            NONE => None,
            argument => Some(argument),
        }
    }

    /// The number of the parameter that is the delay of an error that may be repeated after one.
    pub(crate) fn delay(self) -> Option<u8> {
        self.retry_argument().filter(|_| self.retry_kind() == RetryKind::After)?.try_into().ok()
    }

    fn text(self, number: u32) -> Text {
        Text::new(self.catalog, self.word(field::TEXTS) + number)
    }

    /// A short name of the error, the same for every occurrence.
    pub fn title(self) -> Text {
        self.text(text::TITLE)
    }

    /// The meaning of the error, the same for every occurrence.
    pub fn meaning(self) -> Text {
        self.text(text::MEANING)
    }

    /// The information that a support ticket should contain; may be empty.
    pub fn support(self) -> Text {
        self.text(text::SUPPORT)
    }

    /// The steps that an operator takes; may be empty. Clients never see them.
    pub fn runbook(self) -> Text {
        self.text(text::RUNBOOK)
    }

    /// The number of the problem document of all errors without a known cause, if it is the same for all of them.
    #[inline]
    pub(crate) const fn problem_document(self) -> Option<u32> {
        match self.word(field::PROBLEM) {
            NONE => None,
            number => Some(number),
        }
    }

    pub(crate) const fn problem_head(self) -> u32 {
        let details = self.catalog.tables().details.len() / layout::detail::WIDTH;
        layout::document::problem_head(details as u32, self.number as u32)
    }

    /// The number of the entry's first text.
    #[inline]
    pub(crate) const fn first_text(self) -> u32 {
        self.word(field::TEXTS)
    }

    /// Constant response headers, each with name and value.
    pub(crate) fn headers(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let tables = self.catalog.tables();
        self.range(field::HEADERS).numbers().map(move |number| {
            let [name, value] = tables.headers.chunk(number as usize * layout::header::WIDTH);
            (tables.strings.get(name as usize), tables.strings.get(value as usize))
        })
    }

    /// A word of what few catalogues say of an entry.
    fn profile(self, field: usize) -> u32 {
        if !self.has(field::PROFILED) {
            return NONE;
        }
        self.catalog.tables().profiles.get(self.number as usize * layout::profile::WIDTH + field)
    }

    fn profile_string(self, field: usize) -> Option<&'static str> {
        match self.profile(field) {
            NONE => None,
            string => Some(self.catalog.tables().strings.get(string as usize)),
        }
    }

    /// The class in the catalogue's own taxonomy.
    ///
    /// ```
    /// use lift_errors::lift;
    ///
    /// // The canonical catalogue has neither classes nor tags.
    /// assert_eq!((lift::not_found::ENTRY.class(), lift::not_found::ENTRY.tags().next()), (None, None));
    /// ```
    pub fn class(self) -> Option<&'static str> {
        self.profile_string(layout::profile::CLASS)
    }

    /// The tags in the catalogue's own taxonomy, in the order of the catalogue's file.
    pub fn tags(self) -> impl Iterator<Item = &'static str> {
        let tables = self.catalog.tables();
        let tags = match self.profile(layout::profile::TAGS) {
            NONE => Range { first: 0, count: 0 },
            word => Range::from_word(word),
        };
        tags.numbers().map(move |number| tables.strings.get(tables.tags.get(number as usize) as usize))
    }

    /// The `type` of problem details (RFC 9457 §3.1.1): the page that explains the entry. It is `{reference}#{id}`, unless
    /// the catalogue writes it otherwise.
    pub fn type_uri(self) -> impl fmt::Display {
        TypeUri(self)
    }

    /// The same, in pieces.
    pub(crate) fn type_uri_pieces(self) -> [&'static str; 3] {
        match self.profile_string(layout::profile::TYPE) {
            Some(uri) => [uri, "", ""],
            None => [self.catalog.reference(), "#", self.id()],
        }
    }
}

struct TypeUri(Entry);

impl fmt::Display for TypeUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.type_uri_pieces().into_iter().try_for_each(|piece| f.write_str(piece))
    }
}

/// Two handles are equal if they are of the same entry; an alias is not equal to its canonical entry.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.catalog.ptr_eq(other.catalog)
    }
}

impl Eq for Entry {}

impl Hash for Entry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        core::ptr::hash(self.catalog, state);
        self.number.hash(state);
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.catalog.name(), self.code())
    }
}

impl Catalog {
    /// All entries, in order of their ids.
    pub fn entries(&'static self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let count = (self.tables.entries.len() / layout::entry::WIDTH).min(usize::from(u16::MAX)) as u16;
        (0..count).map(move |number| Entry::new(self, number))
    }

    /// The entry that explains a status of which nothing else is known.
    ///
    /// It looks at every entry; the function `from_status` of a generated `Code` finds the same one by a table.
    ///
    /// ```
    /// use lift_errors::lift;
    ///
    /// assert_eq!(lift::CATALOG.default_entry(409), Some(lift::conflict::ENTRY));
    /// assert_eq!(lift::CATALOG.default_entry(418), None);
    /// ```
    pub fn default_entry(&'static self, status: u16) -> Option<Entry> {
        self.entries().find(|entry| entry.status() == Some(status) && entry.has(layout::entry::STATUS_DEFAULT))
    }

    /// The version of the catalogue: the newest version that an entry is from; empty if no entry names one.
    ///
    /// ```
    /// let version = lift_errors::lift::CATALOG.version(); // such as 0.1.0
    /// assert_eq!(version.split('.').count(), 3);
    /// ```
    pub fn version(&'static self) -> &'static str {
        let numbers = |version: &'static str| {
            let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
            [(); 3].map(|()| numbers.next().unwrap_or(0))
        };
        self.entries().map(Entry::since).max_by_key(|version| numbers(version)).unwrap_or_default()
    }

    /// Whether a code begins with `code` or an id with `id`, the letters of a form. They tell two ids apart unless they are those of this
    /// catalogue's: `L0042` is not one of `LIFT-0042`.
    #[doc(hidden)]
    pub const fn uses_prefix(&'static self, code: &str, id: &str) -> bool {
        let count = self.tables.entries.len() / layout::entry::WIDTH;
        let mut number = 0;
        while number < count {
            let entry = Entry::new(self, number as u16);
            if starts_with(entry.constant_string(layout::entry::CODE), code)
                || starts_with(id, "LIFT-") && starts_with(entry.constant_string(layout::entry::ID), id)
            {
                return true;
            }
            number += 1;
        }
        false
    }
}

#[allow(clippy::indexing_slicing, reason = "`at` is below both lengths; constant evaluation has no iterators")]
const fn starts_with(text: &str, prefix: &str) -> bool {
    let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
    let mut at = 0;
    while at < prefix.len() {
        if at >= text.len() || text[at] != prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}
