//! Errors in `bail!`: a builder is built, and other errors stay as they are.

/// Any error. The method of a builder has the same name and takes precedence.
pub trait Build: Sized {
    /// The error itself.
    #[inline]
    fn __lift_build(self) -> Self {
        self
    }
}

impl<T> Build for T {}
