//! A panic of a handler as an error. Its message is logged only. The layers of the frameworks catch panics.

use crate::server::error_response::ErrorResponse;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::any::Any;
use core::error::Error;
use core::fmt;

/// The payload of a panic.
pub(crate) type Panic = Box<dyn Any + Send>;

/// The Internal Server Error for a panic.
pub(crate) fn panicked(panic: Option<Panic>) -> ErrorResponse {
    ErrorResponse::internal(Panicked(message_of(panic)))
}

/// The message of a panic.
fn message_of(panic: Option<Panic>) -> String {
    let Some(panic) = panic else { return String::new() };
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => {
            let message = panic.downcast_ref::<&str>().map(ToString::to_string);
            // A payload of another type may panic again when it is dropped.
            core::mem::forget(panic);
            message.unwrap_or_default()
        }
    }
}

/// A handler panicked.
#[derive(Debug)]
struct Panicked(String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.0)
    }
}

impl Error for Panicked {}
