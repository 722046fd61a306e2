//! Panics of code that is not ours: a handler, a body, a parameter's `Display`, a `Drop`. They are caught where they occur
//! and become errors. Their messages are only logged.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::any::Any;
use core::error::Error;
use core::fmt;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// Foreign code panicked.
#[derive(Debug)]
pub(crate) struct Panicked(String);

impl Panicked {
    fn new(payload: Box<dyn Any + Send>) -> Self {
        Self(match payload.downcast::<String>() {
            Ok(message) => *message,
            Err(payload) => {
                let message = payload.downcast_ref::<&str>().map(ToString::to_string);
                // A payload of another type may panic again when it is dropped.
                core::mem::forget(payload);
                message.unwrap_or_default()
            }
        })
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked: {}", self.0)
    }
}

impl Error for Panicked {}

/// Calls foreign code and catches its panic. State that it left half done belongs to it: it is as if the thread of a request
/// had died.
pub(crate) fn catch<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(Panicked::new)
}

/// Drops a value of foreign code, whose `Drop` may panic. The response is not affected; the panic hook reports it.
pub(crate) fn discard<T>(value: T) {
    let _ = catch(|| drop(value));
}
