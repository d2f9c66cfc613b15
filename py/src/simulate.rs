//! A cluster in memory.

mod desk;
mod host;
mod world;

pub(crate) use world::World;
