//! A cluster in memory.

mod desk;
mod host;
mod program;
mod world;

pub(crate) use world::World;
