//! Memory between two pages that nobody may touch.

use core::ffi::c_void;
use core::ptr::null_mut;
use core::slice;

const PAGE: usize = 4096;

/// What lies in output that was not written to.
pub(crate) const UNTOUCHED: u8 = 0x55;

/// Some pages; whatever is laid into them ends where they end.
pub(crate) struct Guarded {
    first: *mut u8,
    room: usize,
}

impl Guarded {
    pub(crate) fn new(room: usize) -> Self {
        let room = room.next_multiple_of(PAGE);
        // SAFETY: a new mapping, which overlaps nothing; its middle is then opened.
        let first = unsafe {
            let (all, flags) = (room + 2 * PAGE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
            let start = libc::mmap(null_mut(), all, libc::PROT_NONE, flags, -1, 0);
            assert_ne!(start, libc::MAP_FAILED, "no memory for guard pages");
            start.cast::<u8>().add(PAGE)
        };
        let mut guarded = Self { first, room };
        guarded.protect(libc::PROT_READ | libc::PROT_WRITE);
        guarded
    }

    fn protect(&mut self, how: i32) {
        // SAFETY: the pages are this value's own.
        let done = unsafe { libc::mprotect(self.first.cast::<c_void>(), self.room, how) };
        assert_eq!(done, 0);
    }

    /// From here on writing kills.
    pub(crate) fn seal(&mut self) {
        self.protect(libc::PROT_READ);
    }

    /// Writing is allowed again.
    pub(crate) fn unseal(&mut self) {
        self.protect(libc::PROT_READ | libc::PROT_WRITE);
    }

    /// Lays bytes so that the byte behind the last one kills. What pages end with is aligned for all records.
    pub(crate) fn lay<T>(&mut self, bytes: &[u8]) -> *const T {
        let place: *mut u8 = self.blank(bytes.len());
        // SAFETY: `blank` gives room for so many bytes.
        unsafe { slice::from_raw_parts_mut(place, bytes.len()) }.copy_from_slice(bytes);
        place.cast::<c_void>().cast()
    }

    /// Room for so many bytes, filled with [`UNTOUCHED`].
    pub(crate) fn blank<T>(&mut self, size: usize) -> *mut T {
        assert!(size <= self.room, "{size} bytes find no room");
        // SAFETY: within the mapping.
        let place = unsafe { self.first.add(self.room - size) };
        // SAFETY: as before.
        unsafe { slice::from_raw_parts_mut(place, size) }.fill(UNTOUCHED);
        place.cast::<c_void>().cast()
    }

    /// The last bytes.
    pub(crate) fn tail(&self, size: usize) -> &[u8] {
        assert!(size <= self.room);
        // SAFETY: within the mapping, which is filled with zeros at first.
        unsafe { slice::from_raw_parts(self.first.add(self.room - size), size) }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the mapping is this value's own.
        unsafe { libc::munmap(self.first.sub(PAGE).cast(), self.room + 2 * PAGE) };
    }
}

/// The bytes of records.
pub(crate) fn bytes_of<T: Copy>(records: &[T]) -> Vec<u8> {
    // SAFETY: records of the C API are numbers and pointers without padding.
    unsafe { slice::from_raw_parts(records.as_ptr().cast(), size_of_val(records)) }.to_vec()
}
