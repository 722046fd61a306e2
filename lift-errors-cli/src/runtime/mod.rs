//! A catalogue that is read at run time and shown by the runtime's own renderers.

pub(crate) mod image;
pub(crate) mod sample;
