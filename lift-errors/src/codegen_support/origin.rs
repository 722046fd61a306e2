//! The source and the cause that a generated error carries when they are known at run time.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::error::Error;
use core::mem::{self, ManuallyDrop};

/// The source and the cause of one error. Without either it is one word and allocates nothing.
#[derive(Clone, Debug)]
pub struct Origin(ManuallyDrop<Option<Box<Known>>>);

/// Every variant of a generated `Error` drops one. In line, even the question whether there is a box took LLVM over a minute at
/// 10,000 variants.
impl Drop for Origin {
    #[inline(never)]
    fn drop(&mut self) {
        drop(ManuallyDrop::into_inner(mem::take(&mut self.0)));
    }
}

#[derive(Clone, Debug, Default)]
struct Known {
    // Shared, so that an error with a source can be cloned.
    source: Option<Arc<dyn Error + Send + Sync>>,
    cause: Option<u8>,
}

impl Origin {
    /// Neither is known.
    pub const UNKNOWN: Self = Self(ManuallyDrop::new(None));

    /// Sets the source.
    pub fn set_source(&mut self, source: Box<dyn Error + Send + Sync>) {
        self.0.get_or_insert_default().source = Some(Arc::from(source));
    }

    /// Sets the cause: its number among those of the entry.
    pub fn set_cause(&mut self, number: u8) {
        self.0.get_or_insert_default().cause = Some(number);
    }

    /// The source.
    pub fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.0.as_ref()?.source.as_deref()?;
        Some(source)
    }

    /// The number of the cause.
    pub fn cause(&self) -> Option<u8> {
        self.0.as_ref()?.cause
    }
}
