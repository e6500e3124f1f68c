//! The command line of the stand-in: reads the arguments, starts it, and waits for its end.
#![forbid(unsafe_code)]

mod cli;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use clap::Parser;
use qls_standin::{Licenses, Options, Standin, Tls, token};

use cli::{Cli, Command, Serve};

/// What could not be done, with the exit status that says so (see `qls-standin help serve`).
struct Failure {
    message: String,
    exit: u8,
}

impl Failure {
    fn new(message: impl ToString) -> Self {
        Self { message: message.to_string(), exit: 1 }
    }

    fn bad_licenses(error: qls_standin::Error) -> Self {
        Self { message: error.to_string(), exit: 3 }
    }
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Serve(arguments) => serve(arguments),
        Command::Token { expires_in } => print(&format!("{}\n", token(expires_in))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("qls-standin: {}", failure.message);
            ExitCode::from(failure.exit)
        }
    }
}

fn serve(arguments: Serve) -> Result<(), Failure> {
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(io::stderr().is_terminal()).with_target(false).init();
    let options = options(arguments)?;

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("cannot wait for signals: {e}")))?;
    // Signals are caught before anybody can know the address and send one.
    let stopped = {
        let _context = runtime.enter();
        stop_signal().map_err(|e| Failure::new(format!("cannot wait for signals: {e}")))?
    };

    let standin = Standin::start(options).map_err(Failure::new)?;
    let stage = standin.stage_url().map(|url| format!("stage: {url}\n")).unwrap_or_default();
    print(&format!("address: {}\ntoken: {}\n{stage}", standin.url(), standin.token()))?;
    runtime.block_on(stopped);
    standin.stop();
    tracing::info!("stopped");
    Ok(())
}

fn options(arguments: Serve) -> Result<Options, Failure> {
    let licenses = Licenses::load(&arguments.licenses).map_err(Failure::bad_licenses)?;
    let tls = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(certificate), Some(key)) => Some(Tls { certificate: text(certificate)?, key: text(key)? }),
        // clap lets neither be given without the other.
        _ => None,
    };
    Ok(Options {
        listen: arguments.listen,
        tls,
        path_prefix: arguments.path_prefix,
        rate_limit: arguments.rate_limit,
        faults: arguments.fault,
        keep_requests: false,
        stage: arguments.stage,
        ..Options::new(licenses)
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display())))
}

/// Prints at once, for a program that waits for these lines on a pipe.
fn print(lines: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(lines.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|e| Failure::new(format!("cannot write to standard output: {e}")))
}

/// Ends at the first Ctrl-C or SIGTERM after this call.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends at the first Ctrl-C after this call.
#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
