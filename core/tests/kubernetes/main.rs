//! The kubernetes tier: objects in, requests out.

mod claiming;
mod claims;
mod freshness;
mod history;
mod manifests;
mod objects;
mod pods;
mod status;
mod wire;
mod world;
