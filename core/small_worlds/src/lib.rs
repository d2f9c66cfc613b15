//! Every state that a small set can get into, and every step from there.
//!
//! A small world has a set of a few pods, and all that an API server holds of it. The planner decides, and what it decides
//! is done, refused, or done without an answer. Between any two steps anything may happen to pods, nodes, claims, and to
//! the set itself. [`explore`] visits each state that can come of this once. A witness that knows nothing of the planner
//! looks at each plan and each state, and from each state a run is followed in which everything goes well: it must end
//! with everything as it is desired, or with waits that say why it is not.

mod bits;
mod configuration;
mod configurations;
mod deed;
mod ending;
mod explore;
mod member;
mod outlook;
mod picture;
mod report;
mod site;
mod state;
mod states;
mod step;
mod storage;
mod story;
mod turn;
mod weather;
mod witness;
mod world;

pub use configuration::Configuration;
pub use configurations::all;
pub use explore::{Report, explore};
pub use report::{Summary, line};
