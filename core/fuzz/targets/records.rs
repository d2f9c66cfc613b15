//! Records, names, handles and JSON through the functions of the C API, as a C program would give them: what the test
//! `ffi-c/tests/fuzz` draws from a seed comes from the bytes here.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;

use crate::dice::Dice;

#[path = "../../../ffi-c/tests/fuzz/clusters.rs"]
mod clusters;
#[path = "../../../ffi-c/tests/fuzz/dice.rs"]
mod dice;
#[path = "../../../ffi-c/tests/fuzz/facts.rs"]
mod facts;
#[path = "../../../ffi-c/tests/fuzz/guarded.rs"]
mod guarded;
#[path = "../../../ffi-c/tests/fuzz/json.rs"]
mod json;
#[path = "../../../ffi-c/tests/fuzz/names.rs"]
mod names;
#[path = "../../../ffi-c/tests/fuzz/verdict.rs"]
mod verdict;

thread_local! {
    static CALLERS: RefCell<(facts::Facts, names::Names, clusters::Clusters)> =
        RefCell::new((facts::Facts::new(), names::Names::new(), clusters::Clusters::new()));
}

fuzz_target!(|bytes: &[u8]| {
    let dice = &mut Dice::of(bytes);
    CALLERS.with_borrow_mut(|(facts, names, clusters)| match dice.below(8) {
        0 => names.round(dice),
        1 | 2 => clusters.round(dice),
        _ => facts.round(dice),
    });
});
