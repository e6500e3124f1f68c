//! No panic crosses into C, and none prints anything.

use std::panic::{self, AssertUnwindSafe};

use once_cell::sync::OnceCell;

use crate::pin::pin;

/// Runs the body of an export; `otherwise` is what the caller gets should it panic.
pub(crate) fn guard<T>(otherwise: T, body: impl FnOnce() -> T) -> T {
    // The default hook writes to standard error: an installer has none, and a closed one raises SIGPIPE.
    // This library has a copy of std of its own, so no other code's hook is replaced.
    static READY: OnceCell<()> = OnceCell::new();
    READY.get_or_init(|| {
        pin();
        panic::set_hook(Box::new(|_| {}));
    });
    // What a panic leaves behind is either unreachable or stays marked as refused.
    panic::catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "panic-test")]
        panic_where_asked(&body);
        body()
    }))
    .unwrap_or(otherwise)
}

/// Panics in the export that the environment variable `QLS_PANIC` names: the body's type has it in its name.
#[cfg(feature = "panic-test")]
fn panic_where_asked<T>(_: &T) {
    let export = std::env::var("QLS_PANIC").unwrap_or_default();
    assert!(!std::any::type_name::<T>().contains(&format!("::{export}::")), "{export} was to panic");
}
