//! One error of every entry, and the occurrences that are written in another way: with and without
//! optional parameters, with field errors, with a known cause.

use lift_errors::{FieldError, FieldErrors, LiftError, Problem, RequestId, lift};
use std::time::Duration;

/// An occurrence by name, with the cause where it is known.
pub struct Sample {
    pub name: String,
    pub error: lift::Error,
    pub cause: Option<lift_errors::Cause>,
}

impl Sample {
    fn new(name: impl Into<String>, error: impl Into<lift::Error>) -> Self {
        Self { name: name.into(), error: error.into(), cause: None }
    }

    /// The view that the samples are written from.
    pub fn problem(&self) -> Problem<'_> {
        let problem =
            self.error.problem().with_request_id(RequestId::new("6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11").unwrap());
        match self.cause {
            Some(cause) => problem.with_cause(cause),
            None => problem,
        }
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Field errors as a form would give them.
pub fn field_errors() -> FieldErrors {
    FieldErrors::from_iter([
        FieldError::new("name", ("required", "Property [name] cannot be null")),
        FieldError::new("/lines/0/quantity", ("too_small", "The quantity must be at least 1."))
            .with_parameter("least", 1),
        FieldError::new("/lines/2/product", ("unknown", "There is no product \"AB-1\"."))
            .with_parameter("product", "AB-1"),
    ])
}

/// An error of an entry, with what it must have.
pub fn bare(code: lift::Code) -> lift::Error {
    use lift::{Code, Error};
    match code {
        Code::Unauthorized => Error::unauthorized(),
        Code::Forbidden => Error::forbidden(),
        Code::NotFound => Error::not_found(),
        Code::MethodNotAllowed => Error::method_not_allowed("GET, HEAD"),
        Code::Conflict => Error::conflict(),
        Code::PayloadTooLarge => Error::payload_too_large(),
        Code::UnsupportedMediaType => Error::unsupported_media_type(),
        Code::UnprocessableContent => Error::unprocessable_content(),
        Code::TooManyRequests => Error::too_many_requests(60, seconds(60), seconds(12)),
        Code::InternalServerError => Error::internal_server_error(),
        Code::BadGateway => Error::bad_gateway(),
        Code::ServiceUnavailable => Error::service_unavailable(seconds(3_600)),
        Code::GatewayTimeout => Error::gateway_timeout(),
        Code::SessionExpired => Error::session_expired(),
        Code::PermissionDenied => Error::permission_denied(),
        Code::ImportFailed => Error::import_failed(),
        Code::ValidationFailed => Error::validation_failed(),
        Code::ConnectionFailed => Error::connection_failed(),
        other => panic!("there is no sample of `{other}`: add one to tests/samples.rs"),
    }
}

/// All samples: every entry bare, then the other ways.
pub fn all() -> Vec<Sample> {
    let mut samples: Vec<Sample> = lift::Code::iter().map(|code| Sample::new(code.as_str(), bare(code))).collect();
    samples.extend([
        Sample::new("forbidden.with_role", lift::forbidden::new().with_required_role("Manager")),
        Sample::new("not_found.with_resource", lift::not_found::new().with_resource("Order PO-1042")),
        Sample::new("method_not_allowed.with_method", lift::method_not_allowed::new("GET").with_method("PATCH")),
        Sample::new("conflict.with_resource", lift::conflict::new().with_resource("Shipment 77")),
        Sample::new("payload_too_large.with_limit", lift::payload_too_large::new().with_limit_bytes(1_048_576)),
        Sample::new(
            "unsupported_media_type.with_expected",
            lift::unsupported_media_type::new().with_expected("application/json"),
        ),
        Sample::new(
            "unprocessable_content.with_fields",
            lift::unprocessable_content::new().with_field_errors(field_errors()),
        ),
        Sample::new("validation_failed.with_fields", lift::validation_failed::new().with_field_errors(field_errors())),
        Sample::new(
            "gateway_timeout.with_limit",
            lift::gateway_timeout::new().with_limit(seconds(90)).with_upstream("carrier-7"),
        ),
        Sample::new("import_failed.at_cell", lift::import_failed::new().with_line(1_204).with_column(7)),
        Sample::new("import_failed.at_line", lift::import_failed::new().with_line(3)),
        Sample::new("import_failed.without_header", lift::import_failed::new().with_missing_header("Product Code")),
    ]);
    samples.push(Sample {
        cause: Some(lift::unauthorized::Cause::WrongCredentials.into()),
        ..Sample::new("unauthorized.wrong_credentials", lift::Error::unauthorized())
    });
    samples.push(Sample {
        cause: Some(lift::service_unavailable::Cause::PoolExhausted.into()),
        ..Sample::new("service_unavailable.pool_exhausted", lift::Error::service_unavailable(seconds(30)))
    });
    samples.push(Sample {
        cause: Some(lift::import_failed::Cause::NotUtf8.into()),
        ..Sample::new("import_failed.not_utf8", lift::Error::import_failed())
    });
    samples.push(Sample {
        cause: Some(lift::import_failed::Cause::NotUtf8.into()),
        ..Sample::new("import_failed.not_utf8_at_line", lift::import_failed::new().with_line(3).with_column(1))
    });
    samples
}
