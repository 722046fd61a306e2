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
        let payload = match payload.downcast::<String>() {
            Ok(message) => return Self(*message),
            Err(payload) => payload,
        };
        let message = payload.downcast_ref::<&str>().map(ToString::to_string);
        // A payload of another type may panic when it is dropped. A second one is given up, or this would have no end.
        if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            core::mem::forget(again);
        }
        Self(message.unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::sync::Arc;
    use std::panic::panic_any;

    /// A payload that panics when it is dropped, with another one.
    struct Grenade(u32);

    impl Drop for Grenade {
        fn drop(&mut self) {
            if let Some(number) = self.0.checked_sub(1) {
                panic_any(Self(number));
            }
        }
    }

    #[test]
    fn no_payload_stays_in_memory_and_none_gets_out() {
        let payload = Arc::new(());
        let thrown = payload.clone();
        assert_eq!(catch(|| panic_any(thrown)).map_err(|panicked| panicked.0), Err::<(), _>(String::new()));
        assert_eq!(Arc::strong_count(&payload), 1);
        assert_eq!(catch(|| panic_any("a text")).map_err(|panicked| panicked.0), Err::<(), _>("a text".into()));
        assert!(catch(|| panic_any(Grenade(3))).is_err());
    }
}
