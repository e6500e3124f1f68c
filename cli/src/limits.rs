//! What this build of the program cannot do, where another build can.

/// For `--version` and for diagnoses. None where the build has no such limits.
pub(crate) const LIMITS: Option<&str> = if cfg!(all(target_os = "linux", target_feature = "crt-static")) {
    Some(
        "This is the static build. It cannot sign in to a proxy by Kerberos, and looks names up by DNS and the hosts file \
         alone. Where that is not enough, take the build for glibc, x86_64-unknown-linux-gnu.",
    )
} else {
    None
};

/// What `--version` says. `-V` says the version alone.
pub(crate) fn long_version() -> String {
    [Some(env!("CARGO_PKG_VERSION")), LIMITS].into_iter().flatten().collect::<Vec<_>>().join("\n")
}
