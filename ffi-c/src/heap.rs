//! Memory from the C library.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;
use core::ptr::null_mut;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
}

/// What malloc gives is aligned to this on every system that the library is built for.
const ALIGN: usize = 16;

struct Heap;

// SAFETY: malloc, calloc, realloc and free keep the promises of this trait for alignments up to `ALIGN`, and more is refused.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGN {
            return null_mut();
        }
        // SAFETY: any size may be asked for.
        unsafe { malloc(layout.size()) }.cast()
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGN {
            return null_mut();
        }
        // SAFETY: any size may be asked for.
        unsafe { calloc(1, layout.size()) }.cast()
    }

    unsafe fn realloc(&self, block: *mut u8, _: Layout, size: usize) -> *mut u8 {
        // SAFETY: the block is malloc's or calloc's, so that its alignment is no more than `ALIGN`.
        unsafe { realloc(block.cast(), size) }.cast()
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the block is malloc's or calloc's.
        unsafe { free(block.cast()) };
    }
}

#[global_allocator]
static HEAP: Heap = Heap;
