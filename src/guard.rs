//! Keeps panics inside the library: none crosses into C, and none prints anything.

use std::panic::{self, AssertUnwindSafe};

use once_cell::sync::OnceCell;
use qls_precheck_os::pin::pin;

/// Runs the body of an export. If the body panics, the caller gets `otherwise`.
pub(crate) fn guard<T>(otherwise: T, body: impl FnOnce() -> T) -> T {
    // The default panic hook writes to standard error. An installer may have none, and writing to a closed pipe raises
    // SIGPIPE. The hook belongs to this library's own copy of std, so other Rust code in the process keeps its hook.
    static READY: OnceCell<()> = OnceCell::new();
    READY.get_or_init(|| {
        #[cfg(unix)]
        crate::at_load::is_used();
        pin();
        panic::set_hook(Box::new(|_| {}));
    });
    // AssertUnwindSafe: nobody sees half-made objects after a panic. Those of an operation are dropped by the panic, and
    // a setting whose setter panicked counts as refused (`refusals.rs`).
    panic::catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "panic-test")]
        panic_where_asked(&body);
        body()
    }))
    .unwrap_or(otherwise)
}

/// Panics in the export that the environment variable `QLS_PANIC` names. Which export this is can be read from the
/// type of `body`: the type's name of a closure contains the name of the function around it.
#[cfg(feature = "panic-test")]
fn panic_where_asked<T>(_: &T) {
    let export = std::env::var("QLS_PANIC").unwrap_or_default();
    assert!(!std::any::type_name::<T>().contains(&format!("::{export}::")), "{export} was to panic");
}
