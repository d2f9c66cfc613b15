//! The only place where pointers of the caller are followed.

use alloc::format;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, size_of};

use crate::code::STS_CODE_BAD_POINTER;
use crate::fail::{self, Fail};
use crate::report::list_name;
use crate::sizes::{Record, sts_sizes};

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
    let message = format!("{} {problem}", list_name(list));
    Fail::new(STS_CODE_BAD_POINTER, list, 0, "", message)
}

/// The caller's records, which may be shorter than the library's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Records<'a, T> {
    start: *const T,
    count: usize,
    size: usize,
    kept: PhantomData<&'a T>,
}

/// The caller's records, `size` bytes each.
///
/// # Safety
/// `size` has been checked. `pointer` is NULL, misaligned or good for reading `count` records for as long as `'a`.
pub(crate) unsafe fn records<'a, T: Record>(
    list: u32,
    pointer: *const T,
    count: usize,
    size: u16,
) -> Result<Records<'a, T>, Fail> {
    check(pointer, count).map_err(|problem| bad(list, problem))?;
    Ok(Records {
        start: pointer,
        count,
        size: size.into(),
        kept: PhantomData,
    })
}

impl<T: Record> Records<'_, T> {
    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    /// Each of them. What a shorter record lacks is 0.
    pub(crate) fn iter(&self) -> impl Iterator<Item = T> {
        // SAFETY: `records` was given its word for so many of them.
        (0..self.count).map(|i| unsafe { read(self.start.byte_add(i * self.size), self.size) })
    }
}

/// One record of so many bytes.
///
/// # Safety
/// `pointer` is aligned and good for reading `size` bytes, and `size` is at most that of a `T`.
unsafe fn read<T: Record>(pointer: *const T, size: usize) -> T {
    if size == size_of::<T>() {
        // SAFETY: by the contract of this function.
        return unsafe { pointer.read() };
    }
    let mut record = MaybeUninit::<T>::zeroed();
    // SAFETY: by the contract of this function, and of `Record`: zeros are good for what is not copied.
    unsafe {
        let to = record.as_mut_ptr().cast::<u8>();
        to.copy_from_nonoverlapping(pointer.cast(), size);
        record.assume_init()
    }
}

/// How long the caller's records are, which is what the snapshot's record begins with.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading the sizes.
pub(crate) unsafe fn sizes<T>(list: u32, pointer: *const T) -> Result<sts_sizes, Fail> {
    check(pointer, 1).map_err(|_| bad(list, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    let sizes = unsafe { pointer.cast::<sts_sizes>().read() };
    sizes.check()?;
    Ok(sizes)
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

/// The only record in an argument that is no list. It has one size for ever.
///
/// # Safety
/// `pointer` is NULL, misaligned or good for reading one record for as long as `'a`.
#[cfg(feature = "kubernetes")]
pub(crate) unsafe fn record_of<'a, T>(
    argument: &'static str,
    pointer: *const T,
) -> Result<&'a T, Fail> {
    check(pointer, 1)
        .map_err(|_| fail::argument(STS_CODE_BAD_POINTER, argument, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { &*pointer })
}

/// The only record in an argument that is no list, `size` bytes long.
///
/// # Safety
/// As for [`record`].
pub(crate) unsafe fn shorter_record_of<T: Record>(
    argument: &'static str,
    pointer: *const T,
    size: usize,
) -> Result<T, Fail> {
    check(pointer, 1)
        .map_err(|_| fail::argument(STS_CODE_BAD_POINTER, argument, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { read(pointer, size) })
}

/// The caller's only record of this kind, `size` bytes long.
///
/// # Safety
/// `size` has been checked. `pointer` is NULL, misaligned or good for reading so many bytes.
pub(crate) unsafe fn record<T: Record>(list: u32, pointer: *const T, size: u16) -> Result<T, Fail> {
    check(pointer, 1).map_err(|_| bad(list, "is NULL or misaligned"))?;
    // SAFETY: checked above, and by the contract of this function.
    Ok(unsafe { read(pointer, size.into()) })
}

/// A buffer of the caller, not looked into before it is filled.
#[derive(Debug)]
pub(crate) struct Buffer<T> {
    start: *mut T,
    room: usize,
    size: usize,
}

impl<T: Copy> Buffer<T> {
    /// # Safety
    /// `start` is NULL, misaligned or good for writing `room` records for as long as the buffer is used.
    pub(crate) unsafe fn new(list: u32, start: *mut T, room: usize) -> Result<Self, Fail> {
        check(start, room).map_err(|problem| bad(list, problem))?;
        Ok(Self::at(start, room))
    }

    const fn at(start: *mut T, room: usize) -> Self {
        Self {
            start,
            room,
            size: size_of::<T>(),
        }
    }

    /// The same for records that are `size` bytes long in the caller's program. What finds no room in them is left out.
    ///
    /// # Safety
    /// `size` has been checked.
    pub(crate) unsafe fn of_records(self, size: u16) -> Self
    where
        T: Record,
    {
        Self {
            size: size.into(),
            ..self
        }
    }

    /// Room for the caller's only record.
    ///
    /// # Safety
    /// `start` is NULL, misaligned or good for writing one record for as long as the buffer is used.
    pub(crate) unsafe fn one(start: *mut T) -> Result<Self, &'static str> {
        check(start, 1).map(|()| Self::at(start, 1))
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
            let size = self.size.min(size_of::<T>());
            // SAFETY: `i` is below `room`, for which `new` was given its word, and `record` is as long as a `T`.
            unsafe {
                let to = self.start.byte_add(i * self.size).cast::<u8>();
                to.copy_from_nonoverlapping((&raw const record).cast(), size);
            }
        }
    }
}
