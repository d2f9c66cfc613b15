//! What is read of an object, what is kept of it, and what a set's own objects are called.
//!
//! This room knows values, and the defaults that a set's template is completed with. Each file looks at one object alone.

pub(crate) mod difference;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod owner;
pub(crate) mod resource;
pub(crate) mod revision;
pub(crate) mod stateful_set;
pub(crate) mod template;
pub(crate) mod version;
