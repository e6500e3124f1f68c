//! What `docs/rehearsing.md` says to type gives what it says that it gives.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::{blocks, read, section};

/// A folder in which the page's commands find what they find in a clone.
struct Clone {
    page: String,
    folder: TempDir,
}

impl Clone {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let link = |to: &Path, name: &str| symlink(to, folder.path().join(name)).expect("a link");
        for name in ["examples-c", "include", "python", "standin"] {
            link(&support::root().join(name), name);
        }
        std::fs::create_dir(folder.path().join("target")).expect("a folder");
        link(support::library().shared().parent().expect("a folder"), "target/release");
        let programs = [support::standin_program(), support::precheck_program()];
        assert_eq!(programs[0].parent(), programs[1].parent());
        link(programs[0].parent().expect("a folder"), "target/debug");
        Self { page: read("docs/rehearsing.md"), folder }
    }

    /// The blocks below a heading whose kind is accepted, with what is built already instead of what cargo would build.
    fn blocks(&self, heading: &str, accept: impl Fn(&str) -> bool) -> Vec<String> {
        blocks(section(&self.page, heading))
            .into_iter()
            .filter(|(found, _)| accept(found))
            .map(|(_, block)| {
                block
                    .lines()
                    .filter(|line| !line.starts_with("cargo build "))
                    .map(|line| line.replace("cargo run -q -p qls-standin --", "target/debug/qls-standin"))
                    .map(|line| line.replace("cargo run -q -p qls-precheck-cli --", "target/debug/qls-precheck") + "\n")
                    .collect()
            })
            .collect()
    }

    fn commands(&self, heading: &str) -> Vec<String> {
        self.blocks(heading, |kind| kind.starts_with("sh ") && !kind.ends_with(SERVES) && kind != INSTALLER)
    }

    /// The outputs that the page shows below a heading.
    fn outputs(&self, heading: &str) -> Vec<String> {
        self.blocks(heading, |kind| kind == "text")
    }

    fn bash(&self, commands: &str) -> Command {
        let mut bash = Command::new("bash");
        bash.arg("-c").arg(commands).current_dir(self.path());
        bash
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the server of a section on a port of its own instead of `port`.
    fn serve(&self, heading: &str, port: &str) -> Served {
        let [commands] = &self.blocks(heading, |kind| kind.ends_with(SERVES))[..] else {
            panic!("{heading}: one server")
        };
        assert!(commands.contains(port), "{commands}");
        let commands = format!("exec {}", commands.replace(port, "127.0.0.1:0"));
        let mut bash = self.bash(&commands);
        let mut server = bash.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server starts");
        let mut lines = BufReader::new(server.stdout.take().expect("a pipe")).lines();
        let mut value = |name: &str| {
            let line = lines.next().expect("three lines").expect("UTF-8");
            line.strip_prefix(name).unwrap_or_else(|| panic!("{name:?}, not {line:?}")).to_owned()
        };
        let address = value("address: ");
        assert!(value("token: ").contains('.') && value("stage: ").ends_with('/'));
        Served { server, address: address.split_once("://").expect("an address").1.to_owned(), port: port.to_owned() }
    }

    /// Runs commands against a server, and gives what they print, in the page's words.
    fn run(&self, server: &Served, commands: &str) -> String {
        let commands = commands.replace(&server.port, &server.address);
        let output = self.bash(&format!("exec 2>&1\n{commands}")).output().expect("bash runs");
        String::from_utf8(output.stdout).expect("UTF-8").replace(&server.address, &server.port)
    }
}

/// A server, which ends with the test.
struct Served {
    server: Child,
    address: String,
    port: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

const PORT: &str = "127.0.0.1:8080";

/// The kinds of the blocks that are not commands to be run one by one.
const SERVES: &str = ", serves";
const INSTALLER: &str = "sh needs the framework with the check";

#[test]
fn rehearsals_show_what_the_page_says() {
    let clone = Clone::new();
    let server = clone.serve("## Start", PORT);
    for commands in clone.commands("## Start") {
        assert_eq!(clone.run(&server, &commands), "");
    }
    let (commands, outputs) = (clone.commands("## Ask"), clone.outputs("## Ask"));
    assert_eq!((commands.len(), outputs.len()), (2, 1), "the program and C print the same");
    for commands in commands {
        assert_eq!(clone.run(&server, &commands), outputs[0]);
    }

    let heading = "## An expired token";
    let [shown] = &clone.outputs(heading)[..] else { panic!("{heading}: one output") };
    let printed = clone.run(&server, &clone.commands(heading).concat());
    let but_the_time = |text: &str| {
        let (before, time) = text.split_once("valid until ").unwrap_or_else(|| panic!("no time: {text}"));
        format!("{before}{}", time.split_once(" GMT").unwrap_or_else(|| panic!("no time: {text}")).1)
    };
    assert_eq!(but_the_time(&printed), but_the_time(shown));
}

#[test]
fn the_script_plays_the_scenes() {
    let clone = Clone::new();
    let [script] = &clone.blocks("## In a script", |kind| kind == "python")[..] else { panic!("one script") };
    std::fs::write(clone.path().join("rehearse.py"), script).expect("a file");
    let [commands] = &clone.commands("## In a script")[..] else { panic!("one block of commands") };
    let output = support::run(clone.bash(commands).env("PYTHONDONTWRITEBYTECODE", "1"));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    // Its own stand-in has a port that the system chose.
    let printed: Vec<String> = printed
        .split("127.0.0.1:")
        .enumerate()
        .map(|(place, part)| if place == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) })
        .map(str::to_owned)
        .collect();
    assert_eq!(printed.join(PORT), clone.outputs("## In a script")[0]);
}

#[test]
#[ignore = "needs openssl"]
fn openssl_s_certificate_is_trusted_where_it_is_given() {
    let clone = Clone::new();
    let commands = clone.commands("## TLS");
    let [certificate, asking] = &commands[..] else { panic!("two blocks of commands") };
    support::run(&mut clone.bash(certificate));
    let server = clone.serve("## TLS", "127.0.0.1:8443");
    // The token and the program.
    clone.run(&server, &clone.commands("## Start").concat());
    clone.run(&server, &clone.commands("## Ask")[1]);
    let table = &clone.outputs("## Ask")[0];
    assert_eq!(clone.run(&server, asking), format!("{}{table}{table}", clone.outputs("## TLS")[0]));
}

/// The page cannot try an installer; its commands are those of the example's own page, on the page's port.
#[test]
fn the_installer_is_the_example() {
    let clone = Clone::new();
    let readme = read("integrations/ifw/README.md");
    let [commands] = &clone.blocks("## Ask", |kind| kind == INSTALLER)[..] else { panic!("one block") };
    for line in commands.lines() {
        let line = line.replace("../../../token.txt", "token.txt");
        assert!(readme.lines().any(|known| known == line), "{line}");
    }
}
