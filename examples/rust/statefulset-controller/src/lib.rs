//! The StatefulSet controller of one namespace, on kube-rs: in the place of the built-in one, or beside it for namespaces
//! that it does not look at. It decides nothing; the library does.
//!
//! [`watch`] shows the library what there is, [`send`] sends what it asks for, [`controller`] goes from one to the other.

pub mod controller;
pub mod events;
pub mod report;
pub mod send;
pub mod version;
pub mod watch;

pub use controller::{Options, run};
