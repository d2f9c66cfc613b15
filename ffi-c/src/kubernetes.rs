//! The kubernetes tier: objects go in and requests come out, both as JSON.

// The order of the header.
mod kind;

mod cluster;

mod turn;

mod request;

mod cluster_carry_out;

mod answer;

mod diagnosis;

mod upgrade;

mod manifest;

pub use answer::*;
pub use cluster::*;
pub use cluster_carry_out::*;
pub use diagnosis::*;
pub use kind::*;
pub use manifest::*;
pub use request::*;
pub use turn::*;
pub use upgrade::*;
