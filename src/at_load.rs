//! Sets the library up when it is loaded, on systems where a process can fork.
//!
//! Setting up takes locks for a moment, one of them inside of ureq. A child that another thread forks in that moment
//! would wait for ever for a lock that nobody gives back (row 195 of `docs/faults.md`). While the library is being
//! loaded, no other thread can be in it. A library that is linked static is set up before `main()`.

use crate::guard::guard;

/// The loader calls the functions in this section.
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static AT_LOAD: extern "C" fn() = set_up;

extern "C" fn set_up() {
    guard((), qls_precheck_core::warm_up);
}

/// Makes sure that a linker takes [`AT_LOAD`] out of a static library, where it takes only what is used.
pub(crate) fn is_used() {
    std::hint::black_box(&AT_LOAD);
}
