//! StatefulSets on a cluster that lives inside the program.

fn main() {}
