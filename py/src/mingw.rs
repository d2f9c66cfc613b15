//! What the linker of MinGW has to be told of the module's entry.
//!
//! maturin 1.16 gives it a list of exports in which the entry has the package's name before that of the module, and nothing
//! else. A symbol that is on the list has to be in the library, and the name that Python looks for has to be on a list.

use pyo3::ffi::PyObject;

unsafe extern "C" {
    fn PyInit__statefulset() -> *mut PyObject;
}

#[unsafe(export_name = "PyInit_statefulset._statefulset")]
extern "C" fn entry() -> *mut PyObject {
    // SAFETY: it is the function that PyO3 makes for `module`, and the caller is an interpreter that imports the module.
    unsafe { PyInit__statefulset() }
}

#[used]
#[unsafe(link_section = ".drectve")]
static EXPORTS: [u8; 28] = *b" -export:PyInit__statefulset";
