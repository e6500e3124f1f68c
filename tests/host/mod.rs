//! Compiles programs that use the library, and runs them against a server.

use std::path::{Path, PathBuf};
use std::process::Command;

use qls_standin::{Licenses, Options, Standin, Tls};
use support::pki::Ca;
use tempfile::TempDir;

/// A server with the demo's licenses, and a folder with a token for it.
pub(crate) struct Server {
    standin: Standin,
    https: bool,
    folder: TempDir,
}

impl Server {
    pub(crate) fn plain() -> Self {
        Self::start(None)
    }

    /// A server with the certificate of a CA that the programs trust.
    pub(crate) fn tls() -> Self {
        Self::start(Some(&Ca::new("The CA of hosts in tests")))
    }

    fn start(ca: Option<&Ca>) -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let mut options = Options::new(licenses);
        options.tls = ca.map(|ca| {
            let identity = ca.identity(&["127.0.0.1", "localhost"]);
            Tls { certificate: identity.chain, key: identity.key }
        });
        let standin = Standin::start(options).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        if let Some(ca) = ca {
            std::fs::write(folder.path().join("ca.pem"), ca.pem()).expect("a CA file");
        }
        Self { standin, https: ca.is_some(), folder }
    }

    /// A folder for a test's files; it is removed with the server.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's address with a name, which has to be looked up.
    pub(crate) fn url_by_name(&self) -> String {
        self.standin.url().replace("127.0.0.1", "localhost")
    }

    /// Adds the address, the token's file, and the trusted CA to a command.
    pub(crate) fn asked_by<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        self.asked_at(self.standin.url(), command)
    }

    /// Like `asked_by`, with another address.
    pub(crate) fn asked_at<'c>(&self, url: &str, command: &'c mut Command) -> &'c mut Command {
        // Removes the account of the user who runs the tests, and proxies.
        for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(name);
        }
        command.env_remove("QT_INSTALLER_JWT_TOKEN").env_remove("XDG_DATA_HOME").env("HOME", "/nonexistent");
        if self.https {
            command.env("SSL_CERT_FILE", self.folder().join("ca.pem")).env_remove("SSL_CERT_DIR");
        }
        command.arg(url).arg(self.folder().join("token"))
    }
}

/// Compiles a program of `tests/c`, by itself without the library; `further` are more arguments for the compiler.
pub(crate) fn compile(compiler: &str, name: &str, folder: &Path, further: &[&str]) -> PathBuf {
    let source = support::root().join("tests/c").join(name);
    let program = folder.join(name.replace('.', "-"));
    let standard = if name.ends_with(".c") { "-std=c99" } else { "-std=c++11" };
    support::run(
        Command::new(compiler)
            .args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g", "-pthread", "-I"])
            .arg(support::root().join("include"))
            .arg(&source)
            .arg("-o")
            .arg(&program)
            .args(further)
            .args(["-ldl", "-lm"]),
    );
    program
}

/// The compiler's arguments that link with the shared library at `library`.
pub(crate) fn linked_with(library: &Path) -> [String; 2] {
    let folder = library.parent().expect("a folder");
    [library.display().to_string(), format!("-Wl,-rpath,{}", folder.display())]
}
