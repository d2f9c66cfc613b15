//! A program's worth of planner without std: `main` in `start.c` calls it where there is no operating system to lean on.
#![no_std]

mod heap;

use core::panic::PanicInfo;

use statefulset::{ClaimTemplate, Desired, Do, Management, Observed, Revision};

/// Without an operating system there is nobody to tell.
#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// Plans a parallel set of `replicas` pods with one claim each, of which nothing exists yet, and returns how many pods
/// the plan creates; `u32::MAX` where there is no plan.
#[unsafe(no_mangle)]
pub extern "C" fn probe(replicas: u32) -> u32 {
    let templates = [ClaimTemplate { name: "data" }];
    let desired = Desired {
        management: Management::Parallel,
        templates: &templates,
        ..Desired::new("web", replicas, Revision(1))
    };
    let observed = Observed::pods(&[]).with_claims(&[]);
    match statefulset::plan(&desired, &observed, 0) {
        Ok(plan) => {
            let creations = plan
                .actions
                .iter()
                .filter(|action| matches!(action.what, Do::CreatePod { .. }));
            u32::try_from(creations.count()).unwrap_or(u32::MAX)
        }
        Err(_) => u32::MAX,
    }
}
