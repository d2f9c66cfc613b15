//! A whole cluster in memory under a virtual clock.
