//! How a text of the catalogue becomes a message.

pub(crate) mod interpreter;
pub(crate) mod markup;
pub(crate) mod output;
pub(crate) mod visible;
