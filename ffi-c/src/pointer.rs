//! The only place where pointers of the caller are followed.

use core::mem::size_of;

use crate::code::STS_CODE_BAD_POINTER;
use crate::fail::{self, Fail};
use crate::report::list_name;

/// Whether `count` records may lie at `pointer`: NULL goes with a count of 0 only.
fn check<T>(pointer: *const T, count: usize) -> Result<(), &'static str> {
    if pointer.is_null() {
        return if count == 0 {
            Ok(())
        } else {
            Err("is NULL and its count is not 0")
        };
    }
    if !pointer.is_aligned() {
        return Err("is misaligned");
    }
    if count > isize::MAX.unsigned_abs() / size_of::<T>() {
        return Err("has an impossible count");
    }
    Ok(())
}

fn bad(list: u32, problem: &str) -> Fail {
    Fail {
        code: STS_CODE_BAD_POINTER,
        list,
        index: 0,
        field: "",
        message: format!("{} {problem}", list_name(list)),
    }
}

/// The caller's records.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading `count` records for as long as `'a`.
pub(crate) unsafe fn records<'a, T>(
    list: u32,
    pointer: *const T,
    count: usize,
) -> Result<&'a [T], Fail> {
    check(pointer, count).map_err(|problem| bad(list, problem))?;
    if count == 0 {
        return Ok(&[]);
    }
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { core::slice::from_raw_parts(pointer, count) })
}

/// The caller's bytes, or other records, in an argument that is no list.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading `count` records for as long as `'a`.
pub(crate) unsafe fn records_of<'a, T>(
    argument: &'static str,
    pointer: *const T,
    count: usize,
) -> Result<&'a [T], Fail> {
    check(pointer, count)
        .map_err(|problem| fail::argument(STS_CODE_BAD_POINTER, argument, problem))?;
    if count == 0 {
        return Ok(&[]);
    }
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { core::slice::from_raw_parts(pointer, count) })
}

/// The only record in an argument that is no list.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading one record for as long as `'a`.
pub(crate) unsafe fn record_of<'a, T>(
    argument: &'static str,
    pointer: *const T,
) -> Result<&'a T, Fail> {
    check(pointer, 1)
        .map_err(|_| fail::argument(STS_CODE_BAD_POINTER, argument, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { &*pointer })
}

/// The caller's only record.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading one record for as long as `'a`.
pub(crate) unsafe fn record<'a, T>(list: u32, pointer: *const T) -> Result<&'a T, Fail> {
    check(pointer, 1).map_err(|_| bad(list, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { &*pointer })
}

/// A buffer of the caller, not looked into before it is filled.
#[derive(Debug)]
pub(crate) struct Buffer<T> {
    start: *mut T,
    room: usize,
}

impl<T: Copy> Buffer<T> {
    /// # Safety
    /// `start` is NULL, misaligned or good for writing `room` records for as long as the buffer is used.
    pub(crate) unsafe fn new(list: u32, start: *mut T, room: usize) -> Result<Self, Fail> {
        check(start, room).map_err(|problem| bad(list, problem))?;
        Ok(Self { start, room })
    }

    /// Room for the caller's only record.
    ///
    /// # Safety
    /// `start` is NULL, misaligned or good for writing one record for as long as the buffer is used.
    pub(crate) unsafe fn one(start: *mut T) -> Result<Self, &'static str> {
        check(start, 1).map(|()| Self { start, room: 1 })
    }

    /// Room for the only record of an argument that is no list.
    ///
    /// # Safety
    /// As for [`one`](Self::one).
    pub(crate) unsafe fn only(argument: &'static str, start: *mut T) -> Result<Self, Fail> {
        // SAFETY: by the contract of this function.
        unsafe { Self::one(start) }
            .map_err(|_| fail::argument(STS_CODE_BAD_POINTER, argument, "is NULL or misaligned"))
    }

    pub(crate) const fn room(&self) -> usize {
        self.room
    }

    /// Copies `records` to the place `at`. Panics where they find no room.
    pub(crate) fn copy(&mut self, at: usize, records: &[T]) {
        assert!(at <= self.room && records.len() <= self.room - at);
        // SAFETY: this is within `room`, for which `new` was given its word, and what is written does not overlap what is
        // read, which the library has made.
        unsafe {
            self.start
                .add(at)
                .copy_from_nonoverlapping(records.as_ptr(), records.len());
        };
    }

    /// Fills the buffer from its start. What finds no room is left out.
    pub(crate) fn fill(&mut self, records: impl Iterator<Item = T>) {
        for (i, record) in records.take(self.room).enumerate() {
            // SAFETY: `i` is below `room`, for which `new` was given its word.
            unsafe { self.start.add(i).write(record) };
        }
    }
}
