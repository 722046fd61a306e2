//! The errors of other libraries as canonical ones, sorted by what they mean for a caller.
//!
//! Each function takes a library's error, and returns the canonical one with the cause, where it is known, and with the
//! library's error as the source for the log. Use them with `map_err`, or in an enum:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use lift_errors::{LiftError, lift, sort};
//!
//! #[derive(Debug, LiftError)]
//! #[lift(from = std::io::Error, from_with = Self::of_file)]
//! enum ReportError {
//!     #[lift(transparent, codes = [not_found, internal_server_error])]
//!     File(lift::Error),
//! }
//!
//! impl ReportError {
//!     fn of_file(error: std::io::Error) -> Self {
//!         Self::File(sort::file(error))
//!     }
//! }
//!
//! fn read(path: &str) -> Result<String, ReportError> {
//!     Ok(std::fs::read_to_string(path)?)
//! }
//!
//! assert_eq!(read("no/such/report").unwrap_err().entry().code(), "not_found");
//! # }
//! ```
//!
//! | function | library | canonical errors |
//! | --- | --- | --- |
//! | [`file`](file()) | `std::io`, for files | 404, 409, 500 |
//! | [`connection`] | `std::io`, for connections | 502, 504 |
//! | `database` (feature `sqlx`) | sqlx | 404, 409, 422, 500, 503 |
//! | `request` (feature `reqwest`) | reqwest | 400, 413, 500, 502, 504 |
//! | `layer` (feature `timeouts`) | tower's timeouts and limits, tokio's timeouts | 500, 503, 504 |

#[cfg(feature = "reqwest")]
use crate::client::of_request;
use crate::lift;
#[cfg(feature = "timeouts")]
use alloc::boxed::Box;
#[cfg(feature = "timeouts")]
use core::error::Error;
#[cfg(any(feature = "timeouts", feature = "sqlx"))]
use core::time::Duration;
use std::io;

/// How long a caller should wait for a connection or a place in a queue.
#[cfg(any(feature = "timeouts", feature = "sqlx"))]
const WAIT: Duration = Duration::from_secs(5);

/// The error of reading or writing a file: `not_found`, `conflict` for one that exists already, else
/// `internal_server_error`.
///
/// A permission that is missing is the service's own fault: a 403 is about the caller's.
///
/// ```
/// use lift_errors::{LiftError, sort};
/// use std::io::{Error, ErrorKind};
///
/// assert_eq!(sort::file(ErrorKind::NotFound.into()).entry().code(), "not_found");
/// assert_eq!(sort::file(ErrorKind::PermissionDenied.into()).entry().code(), "internal_server_error");
/// ```
pub fn file(error: io::Error) -> lift::Error {
    match error.kind() {
        io::ErrorKind::NotFound => lift::Error::not_found(),
        io::ErrorKind::AlreadyExists => lift::Error::conflict().with_cause(lift::conflict::Cause::AlreadyExists),
        _ => lift::Error::internal_server_error(),
    }
    .caused_by(error)
}

/// The error of a connection to another service: `gateway_timeout`, or `bad_gateway` with the cause `network_problem`.
///
/// `upstream` names that service, for the log.
///
/// ```
/// use lift_errors::{LiftError, lift, sort};
/// use std::io::ErrorKind;
///
/// let error = sort::connection(ErrorKind::ConnectionRefused.into(), "carrier");
/// assert_eq!(error.known_cause(), Some(lift::bad_gateway::Cause::NetworkProblem.into()));
/// assert_eq!(sort::connection(ErrorKind::TimedOut.into(), "carrier").entry().code(), "gateway_timeout");
/// ```
pub fn connection(error: io::Error, upstream: &'static str) -> lift::Error {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => too_slow(upstream),
        _ => unreachable(upstream),
    }
    .caused_by(error)
}

fn too_slow(upstream: &'static str) -> lift::Error {
    lift::gateway_timeout::new().with_upstream(upstream).build()
}

fn unreachable(upstream: &'static str) -> lift::Error {
    let error = lift::bad_gateway::new().with_upstream(upstream);
    error.with_cause(lift::bad_gateway::Cause::NetworkProblem).build()
}

/// The error of a request to another service: `gateway_timeout`, or `bad_gateway`, with the cause `network_problem` if no
/// connection was made. A request that can't be built, or whose own body breaks while it is sent, is an `internal_server_error`.
/// If that body is the one that this service's own caller sends in axum, it is a `payload_too_large` or a `bad_request`. Over HTTP/2 reqwest
/// does not tell that a body broke: it is a `bad_gateway` then.
///
/// The URL is removed from the source: it may contain a token. [`client`](crate::client) also reads the error that the other
/// service sent, and its wait.
#[cfg(feature = "reqwest")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>reqwest</code></span>")]
pub fn request(error: ::reqwest::Error, upstream: &'static str) -> lift::Error {
    let error = error.without_url();
    // The stream of an upload may have failed because it came too late, too.
    let canonical = if let Some(fault) = of_request(&error) {
        fault
    } else if error.is_timeout() {
        too_slow(upstream)
    } else if error.is_connect() {
        unreachable(upstream)
    } else {
        lift::bad_gateway::new().with_upstream(upstream).build()
    };
    canonical.caused_by(error)
}

/// The error of a database, by sqlx 0.8.
///
/// | sqlx | the canonical error | its cause |
/// | --- | --- | --- |
/// | no row | `not_found` | |
/// | no connection from the pool in time | `service_unavailable`, 5 seconds | `pool_exhausted` |
/// | the pool is closed; MySQL has too many connections; without a pool, any database refuses them, or PostgreSQL is starting or has too many | `service_unavailable`, 5 seconds | |
/// | a value that must be unique | `conflict` | `already_exists` |
/// | a reference to a row that does not exist, as PostgreSQL and MySQL say it in English | `unprocessable_content` | `unknown_reference` |
/// | any other foreign key, such as a row that others refer to | `unprocessable_content` | |
/// | a check of the table, and a text that is longer than its column | `unprocessable_content` | |
/// | an exclusion constraint of PostgreSQL, such as two bookings at the same time | `conflict` | |
/// | a deadlock, or transactions that can't be put in an order | `conflict` | `changed_meanwhile` |
/// | a connection that breaks or can't be made: a wrong address, certificate or password | `internal_server_error` | |
/// | anything else | `internal_server_error` | `failed_query` |
///
/// A pool of sqlx tries again while a database refuses connections, and while PostgreSQL is starting or has too many. It then returns
/// the same error, `PoolTimedOut`, as if all of its connections were in use, so `pool_exhausted` means both.
///
/// `service_unavailable` promises that nothing was done, so that clients send any request again. That is true of the first query
/// of a request, and inside of a transaction. Where something was done before, say `internal_server_error` yourself.
///
/// ```
/// use lift_errors::{LiftError, lift, sort};
///
/// let error = sort::database(sqlx::Error::PoolTimedOut);
/// assert_eq!(error.known_cause(), Some(lift::service_unavailable::Cause::PoolExhausted.into()));
/// assert_eq!(sort::database(sqlx::Error::RowNotFound).entry().code(), "not_found");
/// ```
#[cfg(feature = "sqlx")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>sqlx</code></span>")]
pub fn database(error: ::sqlx::Error) -> lift::Error {
    use ::sqlx::Error as Sqlx;
    let failed = || lift::Error::internal_server_error().with_cause(lift::internal_server_error::Cause::FailedQuery);
    let canonical = match &error {
        Sqlx::RowNotFound => lift::Error::not_found(),
        Sqlx::PoolTimedOut => {
            lift::Error::service_unavailable(WAIT).with_cause(lift::service_unavailable::Cause::PoolExhausted)
        }
        Sqlx::PoolClosed => lift::Error::service_unavailable(WAIT),
        // Nothing was sent, so nothing was done.
        Sqlx::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => lift::Error::service_unavailable(WAIT),
        // Nobody knows whether a query was sent.
        Sqlx::Io(_) | Sqlx::Tls(_) | Sqlx::Configuration(_) => lift::Error::internal_server_error(),
        Sqlx::Database(database) => of_database(&**database).unwrap_or_else(failed),
        _ => failed(),
    };
    canonical.caused_by(error)
}

#[cfg(feature = "sqlx")]
fn of_database(error: &dyn ::sqlx::error::DatabaseError) -> Option<lift::Error> {
    /// The codes of a deadlock and of a serialisation failure: PostgreSQL, MySQL's SQLSTATE, and SQLite's for a snapshot that is old.
    const CLASHES: [&str; 3] = ["40001", "40P01", "517"];
    /// The codes of a database that takes no connection: PostgreSQL has too many or is starting, MySQL has too many.
    const REFUSALS: [&str; 3] = ["53300", "57P03", "08004"];
    /// The classes of a login that fails, and of a database that does not exist.
    const MISTAKES: [&str; 2] = ["28", "3D"];
    /// The code of a text that is longer than its column. A number out of range may be the service's own, such as the next id of a table.
    const TOO_LONG: &str = "22001";
    /// PostgreSQL's code of an exclusion constraint.
    const EXCLUSION: &str = "23P01";
    /// The same code is given for a row that does not exist and for one that others refer to: PostgreSQL's and MySQL's words differ.
    const NEW_REFERENCES: [&str; 2] = ["insert or update on table", "add or update a child row"];
    if error.is_unique_violation() {
        return Some(lift::Error::conflict().with_cause(lift::conflict::Cause::AlreadyExists));
    }
    if error.is_foreign_key_violation() || is_restriction(error) {
        let cause = lift::unprocessable_content::Cause::UnknownReference;
        let is_new = NEW_REFERENCES.iter().any(|words| error.message().contains(words));
        let refused = lift::Error::unprocessable_content();
        return Some(if is_new { refused.with_cause(cause) } else { refused });
    }
    if error.is_check_violation() {
        return Some(lift::Error::unprocessable_content());
    }
    let code = error.code()?;
    if code == TOO_LONG {
        return Some(lift::Error::unprocessable_content());
    }
    if code == EXCLUSION {
        return Some(lift::Error::conflict());
    }
    if REFUSALS.contains(&code.as_ref()) {
        return Some(lift::Error::service_unavailable(WAIT));
    }
    if MISTAKES.iter().any(|class| code.starts_with(class)) {
        return Some(lift::Error::internal_server_error());
    }
    let clashes = CLASHES.contains(&code.as_ref());
    clashes.then(|| lift::Error::conflict().with_cause(lift::conflict::Cause::ChangedMeanwhile))
}

/// Whether a row must stay because of `ON DELETE RESTRICT` or `ON UPDATE RESTRICT`, which sqlx does not count among foreign keys.
///
/// PostgreSQL has a code of its own for it since version 18, and SQLite gives the one of triggers.
#[cfg(feature = "sqlx")]
fn is_restriction(error: &dyn ::sqlx::error::DatabaseError) -> bool {
    match error.code().as_deref() {
        Some("23001") => true,
        Some("1811") => error.message() == "FOREIGN KEY constraint failed",
        _ => false,
    }
}

/// The error that a layer of tower gave up with: `gateway_timeout` for a timeout of tower or tokio, `service_unavailable`
/// with the cause `overloaded` for `load_shed`, and a [`lift::Error`] in its chain as it is. Anything else, such as a closed
/// buffer, is `internal_server_error`. A layer that fails with an error type of your own, or with an `ErrorResponse`, is for
/// `ErrorResponse::from_boxed`, which finds those.
///
/// It is for axum's `HandleErrorLayer`: `HandleErrorLayer::new(async |error: BoxError| sort::layer(error))`.
/// The types are those of tower 0.5: the errors of another version are not recognised.
///
/// ```
/// use lift_errors::{LiftError, sort};
/// use tower::load_shed::error::Overloaded;
/// use tower::timeout::error::Elapsed;
///
/// assert_eq!(sort::layer(Elapsed::new().into()).entry().code(), "gateway_timeout");
/// assert_eq!(sort::layer(Overloaded::new().into()).entry().code(), "service_unavailable");
/// ```
#[cfg(feature = "timeouts")]
#[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>timeouts</code></span>")]
pub fn layer(error: Box<dyn Error + Send + Sync>) -> lift::Error {
    use ::tower::{load_shed::error::Overloaded, timeout::error::Elapsed};
    let chain = || core::iter::successors(Some(&*error as &(dyn Error + 'static)), |&error| error.source());
    let canonical = if let Some(canonical) = chain().find_map(|error| error.downcast_ref::<lift::Error>()) {
        return canonical.clone();
    } else if chain().any(|error| error.is::<Elapsed>() || error.is::<::tokio::time::error::Elapsed>()) {
        lift::Error::gateway_timeout()
    } else if chain().any(|error| error.is::<Overloaded>()) {
        lift::Error::service_unavailable(WAIT).with_cause(lift::service_unavailable::Cause::Overloaded)
    } else {
        lift::Error::internal_server_error()
    };
    canonical.caused_by(error)
}

#[cfg(all(test, feature = "sqlx"))]
mod tests {
    use super::*;
    use crate::LiftError as _;
    use ::sqlx::Error as Sqlx;
    use ::sqlx::error::{DatabaseError, ErrorKind};
    use alloc::borrow::Cow;
    use alloc::boxed::Box;
    use core::fmt;

    /// An error of a database, of which only its code and its words are known.
    #[derive(Debug)]
    struct Reported {
        code: &'static str,
        message: &'static str,
    }

    impl fmt::Display for Reported {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.message)
        }
    }

    impl core::error::Error for Reported {}

    impl DatabaseError for Reported {
        fn message(&self) -> &str {
            self.message
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.code.into())
        }

        fn kind(&self) -> ErrorKind {
            if self.code == "23503" { ErrorKind::ForeignKeyViolation } else { ErrorKind::Other }
        }

        fn as_error(&self) -> &(dyn core::error::Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn core::error::Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn core::error::Error + Send + Sync + 'static> {
            self
        }
    }

    /// A cause is shown in place of all likely ones, so it must not be a guess.
    #[test]
    fn a_database_gives_a_cause_only_where_it_is_known() {
        let said = |code, message| Sqlx::Database(Box::new(Reported { code, message }));
        for (error, code, cause) in [
            (
                said("23503", "insert or update on table \"lines\" violates foreign key constraint \"of_order\""),
                "unprocessable_content",
                Some("unknown_reference"),
            ),
            (
                said("23503", "update or delete on table \"orders\" violates foreign key constraint \"of_order\""),
                "unprocessable_content",
                None,
            ),
            (said("23503", "FOREIGN KEY constraint failed"), "unprocessable_content", None),
            (
                said(
                    "23001",
                    "update or delete on table \"orders\" violates RESTRICT setting of foreign key constraint",
                ),
                "unprocessable_content",
                None,
            ),
            (said("1811", "FOREIGN KEY constraint failed"), "unprocessable_content", None),
            (said("1811", "a trigger of the service"), "internal_server_error", Some("failed_query")),
            (said("22001", "value too long for type character varying(8)"), "unprocessable_content", None),
            (said("22003", "integer out of range"), "internal_server_error", Some("failed_query")),
            (said("23P01", "conflicting key value violates exclusion constraint \"one_at_a_time\""), "conflict", None),
            (said("40001", "could not serialize access"), "conflict", Some("changed_meanwhile")),
            (said("517", "database is locked"), "conflict", Some("changed_meanwhile")),
            (said("08004", "Too many connections"), "service_unavailable", None),
            (said("28P01", "password authentication failed"), "internal_server_error", None),
            (said("42P01", "relation \"orders\" does not exist"), "internal_server_error", Some("failed_query")),
            (said("57P03", "the database system is starting up"), "service_unavailable", None),
            (Sqlx::Io(io::ErrorKind::HostUnreachable.into()), "internal_server_error", None),
            (Sqlx::Io(io::ErrorKind::ConnectionRefused.into()), "service_unavailable", None),
        ] {
            let shown = error.to_string();
            let sorted = database(error);
            assert_eq!((sorted.entry().code(), sorted.known_cause().map(|cause| cause.id())), (code, cause), "{shown}");
        }
    }
}
