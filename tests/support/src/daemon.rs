//! Programs of other people that listen at a loopback port while a test runs.

use std::fs::{self, Permissions};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A process that listens, ended with the test.
#[derive(Debug)]
pub struct Daemon {
    process: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Daemon {
    /// Starts what `command` makes of a folder and a port, and waits until it listens.
    pub fn start(name: &str, command: impl Fn(&Path, u16) -> Command) -> Self {
        // A port that is free now may be taken a moment later, by another test.
        for _ in 0..5 {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
            let address = free.expect("a loopback port");
            let folder = tempfile::tempdir().expect("a folder");
            // Squid started by root goes on as another user.
            fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("a folder for all users");
            let mut command = command(folder.path(), address.port());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let process = command.spawn().unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
            let mut daemon = Self { process, address, folder };
            if daemon.listens() {
                return daemon;
            }
        }
        panic!("{name} does not listen");
    }

    fn listens(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) && matches!(self.process.try_wait(), Ok(None)) {
            if TcpStream::connect(self.address).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that it was made for, as long as it lives.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
