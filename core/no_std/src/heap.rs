//! A heap that is never swept: enough for a few plans, and it asks nobody.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

const SIZE: usize = 1 << 20;

#[repr(align(16))]
struct Heap {
    bytes: UnsafeCell<[u8; SIZE]>,
    used: AtomicUsize,
}

// SAFETY: every byte is handed out at most once, because `used` only grows, atomically.
unsafe impl Sync for Heap {}

// SAFETY: blocks are disjoint, inside `bytes`, and aligned: the heap starts at 16, which is all that it promises.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let end_of = |used: usize| {
            let start = used.checked_next_multiple_of(layout.align())?;
            let end = start.checked_add(layout.size())?;
            (end <= SIZE && layout.align() <= 16).then_some(end)
        };
        match self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, end_of)
        {
            Ok(used) => self
                .bytes
                .get()
                .cast::<u8>()
                .wrapping_add(used.next_multiple_of(layout.align())),
            Err(_) => null_mut(),
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static HEAP: Heap = Heap {
    bytes: UnsafeCell::new([0; SIZE]),
    used: AtomicUsize::new(0),
};
