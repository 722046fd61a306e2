//! From files to a draft: TOML in, values that know their span out.

pub(crate) mod base;
pub(crate) mod base_list;
pub(crate) mod constant;
pub(crate) mod decode;
mod defaults;
pub(crate) mod description;
pub(crate) mod draft;
pub(crate) mod draft_policy;
pub(crate) mod file;
#[doc(hidden)]
pub mod format;
pub(crate) mod inherited;
pub(crate) mod literal;
pub(crate) mod load;
pub(crate) mod lock;
pub(crate) mod overlay;
pub(crate) mod phrase_kind;
pub(crate) mod plural_text;
pub(crate) mod record_format;
pub(crate) mod state;
mod stray;
pub(crate) mod table;
pub(crate) mod template;
pub(crate) mod text_key;
mod toml_fault;
mod toml_string;
