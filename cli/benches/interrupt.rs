//! How long after Ctrl-C the program ends, in a terminal, while it waits for an answer.
//!
//! `cargo bench -p qls-precheck-cli --bench interrupt` fails when it takes more than 200 ms once.

#[cfg(unix)]
#[path = "../tests/common/mod.rs"]
mod common;

#[cfg(not(unix))]
fn main() {
    eprintln!("the terminal that this measures in is for Linux and macOS");
    std::process::exit(2);
}

#[cfg(unix)]
fn main() {
    use std::io::Write;
    use std::thread;
    use std::time::{Duration, Instant};

    const RUNS: u32 = 20;
    const GOAL: Duration = Duration::from_millis(200);

    let place = common::Place::with_faults(&["delay=600s"]);
    let mut times: Vec<Duration> = (1..=RUNS)
        .map(|run| {
            let (mut pty, pts) = pty_process::blocking::open().expect("a pseudo-terminal");
            let mut command = pty_process::blocking::Command::new(common::PROGRAM).arg("list").args(place.asking());
            for name in common::FOREIGN {
                command = command.env_remove(name);
            }
            let mut program = command.env("HOME", "/nonexistent").env("TERM", "xterm").spawn(pts).expect("the program");
            while place.standin.requests().len() < run as usize {
                thread::sleep(Duration::from_millis(10));
            }
            // At another moment of its waiting each time; from half a second on it shows a line besides.
            thread::sleep(Duration::from_millis(37 * u64::from(run)));
            let start = Instant::now();
            pty.write_all(b"\x03").expect("Ctrl-C");
            let code = program.wait().expect("its end").code();
            let took = start.elapsed();
            assert_eq!(code, Some(130));
            took
        })
        .collect();
    times.sort();
    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("from Ctrl-C to the program's end, {RUNS} times: median {median:.1?}, longest {longest:.1?}");
    assert!(longest <= GOAL, "more than {GOAL:?}");
}
