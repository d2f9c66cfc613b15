//! The kubernetes tier: real objects in, ready-to-send requests out.
