//! What the header promises to callers that keep its rules, and to those that do not.

mod answer;
mod call;
mod carry_out;
mod cluster;
mod diagnosis;
mod facts;
mod handle;
mod manifest;
mod names;
mod policies;
mod rules;
mod sizes;
mod threads;
mod upgrade;
