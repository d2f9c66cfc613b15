//! The kubernetes tier: objects in, requests out.

mod claiming;
mod claims;
mod diagnosis;
mod due;
mod evidence;
mod freshness;
mod history;
mod judged;
mod manifests;
mod nodes;
mod objects;
mod pods;
mod policies;
mod refusals;
mod resource;
mod sending;
mod status;
mod upgrade;
mod volumes;
mod wire;
mod world;
mod zones;
