//! A handler that panicked, as an error: what it said is for the log. Who catches it is a framework's front end.

use crate::server::error_response::ErrorResponse;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::any::Any;
use core::error::Error;
use core::fmt;

/// What a panic carries.
pub(crate) type Panic = Box<dyn Any + Send>;

/// The Internal Server Error that stands for a panic.
pub(crate) fn panicked(panic: Option<Panic>) -> ErrorResponse {
    ErrorResponse::internal(Panicked(words_of(panic)))
}

/// What a handler said when it panicked.
fn words_of(panic: Option<Panic>) -> String {
    let Some(panic) = panic else { return String::new() };
    match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => {
            let words = panic.downcast_ref::<&str>().map(ToString::to_string);
            // Whatever else somebody threw may panic again where it is dropped.
            core::mem::forget(panic);
            words.unwrap_or_default()
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
