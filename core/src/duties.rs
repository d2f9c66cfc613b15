//! What the `standalone` profile adds.
