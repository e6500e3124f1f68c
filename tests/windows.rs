//! What only Windows has: the ways to link with a DLL, two families of compilers, the system's store of certificates, the
//! Internet Options. Everything else of `tests/c` runs there too: see c_programs.rs.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use qls_standin::{Licenses, Options, Standin, Tls};
use support::pki::Ca;
use support::{Linkage, RawServer, read_request};
use tempfile::TempDir;

/// A server that runs here, and a folder for a program there.
struct Setting {
    standin: Standin,
    folder: TempDir,
}

impl Setting {
    fn new(tls: Option<Tls>) -> Self {
        assert_windows();
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let mut options = Options::new(licenses);
        options.tls = tls;
        let standin = Standin::start(options).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        Self { standin, folder }
    }

    fn program(&self, source: &str, linkage: Linkage) -> PathBuf {
        support::c_program(source, self.folder.path(), linkage)
    }

    /// Runs a program with the server's address, the token's file and what is `further` to be known.
    fn asks(&self, program: &Path, further: &[&Path]) {
        let token = self.folder.path().join("token");
        let url = self.standin.url().replace("127.0.0.1", "localhost");
        support::run(support::program(program).arg(url).arg(token).args(further));
    }
}

fn assert_windows() {
    assert!(support::target().is_windows(), "QLS_TEST_TARGET is not set: .ci/platforms windows runs this");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
#[ignore = "needs Wine"]
fn wine_loads_the_dll_pins_it_and_reads_its_version() {
    let setting = Setting::new(None);
    let program = setting.program("tests/c/windows_loaded.c", Linkage::Loaded);
    setting.asks(&program, &[Path::new("qls_precheck.dll")]);
}

#[test]
#[ignore = "needs Wine"]
fn wine_runs_what_was_linked_through_the_def() {
    let setting = Setting::new(None);
    for name in ["contract_client", "contract_input", "contract_result", "operations"] {
        setting.asks(&setting.program(&format!("tests/c/{name}.c"), Linkage::Def), &[]);
    }
    for (name, code, printed) in [("check", 1, "allowed"), ("list", 0, "10000001")] {
        let mut command = support::program(&setting.program(&format!("examples-c/{name}.c"), Linkage::Def));
        command.args(["--server", setting.standin.url(), "--token-file"]).arg(setting.folder.path().join("token"));
        if name == "check" {
            command.arg(support::root().join("examples-c/consumers.json"));
        }
        let output = command.output().expect("the example runs");
        assert_eq!(output.status.code(), Some(code), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains(printed), "{name}: {}", text(&output.stdout));
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_gives_back_what_was_kept_for_a_thread() {
    let setting = Setting::new(None);
    for linkage in [Linkage::Shared, Linkage::Static] {
        setting.asks(&setting.program("tests/c/windows_thread_locals.c", linkage), &[]);
    }
}

/// As tests/fault_host.rs has it for Linux. The DLL for MSVC is MinGW's, which catches them itself.
#[test]
#[ignore = "needs Wine"]
fn wine_catches_a_panic_in_each_export() {
    let setting = Setting::new(None);
    let linkages: &[Linkage] =
        if support::target().is_msvc() { &[Linkage::Static] } else { &[Linkage::Shared, Linkage::Static] };
    for &linkage in linkages {
        let program = support::panicking_c_program("tests/c/panic_exports.c", setting.folder.path(), linkage);
        let mut command = support::program(&program);
        command.arg(setting.standin.url()).arg(setting.folder.path().join("token"));
        let printed = text(&support::run(&mut command).stdout);
        let tried: BTreeSet<&str> = printed.lines().collect();
        assert_eq!(tried, declared().iter().map(String::as_str).collect(), "{linkage:?}");
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_uses_the_proxy_of_the_internet_options() {
    let setting = Setting::new(None);
    support::run(&mut support::program(&setting.program("tests/c/windows_proxy.c", Linkage::Shared)));
}

/// Wine's own WinHTTP, though a DLL of that name lies beside the program; and one that tells all that a script says.
const BOTH: &[bool] = &[false, true];

/// By one WinHTTP after the other; for each, whether it is the one that tells all.
fn asks_scripts(source: &str, by: &[bool]) {
    let setting = Setting::new(None);
    let program = setting.program(source, Linkage::Shared);
    let standin = setting.folder.path().join("winhttp.dll");
    support::c_library(&support::root().join("tests/c/winhttp.c"), &standin);
    for &tells_all in by {
        let arguments = tells_all.then(|| support::target().path(&standin));
        let mut command = support::program(&program);
        // By itself Wine takes its own DLL, whatever lies beside a program.
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml=;winhttp=n,b");
        print!("{}", text(&support::run(command.args(arguments)).stdout));
    }
}

#[test]
#[ignore = "needs Wine"]
fn wine_uses_the_proxies_that_a_script_names() {
    asks_scripts("tests/c/windows_autoproxy.c", BOTH);
}

#[test]
#[ignore = "needs Wine"]
fn wine_tells_whose_failure_counts_where_there_are_several_ways() {
    asks_scripts("tests/c/windows_ways.c", &[true]);
}

#[test]
#[ignore = "needs Wine"]
fn wine_waits_for_no_silent_script() {
    asks_scripts("tests/c/windows_autoproxy_silent.c", BOTH);
}

#[test]
#[ignore = "needs Wine"]
fn wine_withstands_what_other_programs_do() {
    let setting = Setting::new(None);
    setting.asks(&setting.program("tests/c/windows_world.c", Linkage::Shared), &[]);
}

/// Wine insists on a revocation list, so there is one; it finds no addresses in certificates, so names are used.
#[test]
#[ignore = "needs Wine"]
fn wine_trusts_what_the_users_store_has() {
    // By its name it is found, and a run that failed may have left its own.
    let ca = Ca::new(&format!("The store's CA of test {}", std::process::id()));
    let list = support::reply(200, ca.revocation_list());
    let lists = RawServer::serving(move |stream, requests| {
        requests.lock().expect("no test panicked here").extend(read_request(&*stream));
        // Longer than the program's connections may take: the server is not to blame.
        std::thread::sleep(Duration::from_millis(3500));
        let _ = stream.write_all(&list);
    });
    let identity = ca.identity_with(support::pki::server_parameters_with_list(&["localhost"], &lists.url()));
    let setting = Setting::new(Some(Tls { certificate: identity.chain, key: identity.key }));
    let file = setting.folder.path().join("ca.der");
    std::fs::write(&file, ca.der()).expect("a CA file");
    let program = setting.program("tests/c/windows_store.c", Linkage::Shared);
    setting.asks(&program, &[]);
    setting.asks(&program, &[&file]);
    assert!(!lists.requests().is_empty(), "nobody asked for the revocation list");
}

/// What is wrong with a certificate itself is told as on every system, though Windows has fewer words for it.
#[test]
#[ignore = "needs Wine"]
fn wine_tells_what_is_wrong_with_a_certificate_of_a_ca_in_the_users_store() {
    let name = format!("The store's other CA of test {}", std::process::id());
    let ca = Ca::new(&name);
    let expired = ca.once_signed_by(&name, &Ca::new("A CA of former times"));
    let lists = RawServer::replying(support::reply(200, ca.revocation_list()));
    let parameters = |name: &str| support::pki::server_parameters_with_list(&[name], &lists.url());
    let (mut early, mut late) = (parameters("localhost"), parameters("localhost"));
    early.not_before = support::pki::date_time_ymd(3000, 1, 1);
    late.not_after = support::pki::date_time_ymd(2000, 1, 1);
    let twin = Ca::new(&name);
    // Wine keeps what it has found out about a serial number, whoever's it is, and then says that it is not revoked.
    let now = std::time::UNIX_EPOCH.elapsed().expect("a time").as_nanos() as u64;
    let serial_number = (now >> 1).to_be_bytes();
    let revoking = RawServer::replying(support::reply(200, ca.revocation_list_with(&serial_number)));
    let mut revoked = support::pki::server_parameters_with_list(&["localhost"], &revoking.url());
    revoked.serial_number = Some(serial_number.to_vec().into());
    for (issuer, parameters, sent_along, cause, word) in [
        (&ca, early, "", "certificate-not-yet-valid", "3000"),
        (&ca, late, "", "certificate-expired", "2000"),
        (&ca, parameters("licenses.example.com"), "", "certificate-wrong-host", "licenses.example.com"),
        (&ca, revoked, "", "certificate-revoked", "it was revoked"),
        // Servers send such ones for years; whoever has the CA itself does not need them.
        (&ca, parameters("licenses.example.com"), &*expired, "certificate-wrong-host", "licenses.example.com"),
        // A CA of this name is in the store, with another key.
        (&twin, parameters("localhost"), "", "certificate-bad-signature", "does not fit the key"),
    ] {
        let identity = issuer.identity_with(parameters);
        let certificate = format!("{}{sent_along}", identity.chain);
        let setting = Setting::new(Some(Tls { certificate, key: identity.key }));
        let file = setting.folder.path().join("ca.der");
        std::fs::write(&file, ca.der()).expect("a CA file");
        let program = setting.program("tests/c/windows_store.c", Linkage::Shared);
        setting.asks(&program, &[&file, Path::new(cause), Path::new(word)]);
    }
}

/// For a server that nobody but a proxy could know.
#[test]
#[ignore = "needs Wine"]
fn wine_uses_the_proxy_of_the_environment() {
    let proxy = RawServer::replying("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let setting = Setting::new(None);
    let program = setting.program("examples-c/check.c", Linkage::Shared);
    let mut command = support::program(&program);
    command.env("https_proxy", proxy.url()).args(["--server", "https://licenses.invalid", "--token-file"]);
    command.arg(setting.folder.path().join("token")).arg(support::root().join("examples-c/consumers.json"));
    let said = text(&command.output().expect("the example runs").stderr);
    assert!(said.contains("QLS_PROXY_FAILED") && said.contains("proxy-refused"), "{said}");
    assert_eq!(proxy.requests().len(), 1);
    assert!(proxy.requests()[0].head.starts_with("CONNECT licenses.invalid:443 "), "{:?}", proxy.requests());
}

/// The functions that the header declares.
fn declared() -> BTreeSet<String> {
    let header = std::fs::read_to_string(support::root().join("include/qls_precheck.h")).expect("the header");
    let prototypes = header.lines().filter(|line| !line.trim_start().starts_with(['*', '/']) && line.contains('('));
    prototypes
        .filter_map(|line| line.split('(').next()?.split([' ', '*']).next_back())
        .filter(|name| name.starts_with("qls_"))
        .map(str::to_owned)
        .collect()
}

/// What MinGW's objdump tells of the DLL, or of the program.
fn told(file: &Path) -> String {
    text(&support::run(Command::new("x86_64-w64-mingw32-objdump").arg("-p").arg(file)).stdout)
}

#[test]
#[ignore = "needs Wine"]
fn wine_or_not_the_dll_exports_the_header_and_nothing_else() {
    assert_windows();
    let told = told(support::library().shared());
    let names = told.split("[Ordinal/Name Pointer] Table").nth(1).expect("a table of names");
    let exported: BTreeSet<&str> = names
        .lines()
        .skip(1)
        .take_while(|line| line.trim_start().starts_with('['))
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    let declared = declared();
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    assert!(declared.len() > 25, "{declared:?}");
    assert_eq!(exported, declared);
    let def = support::library().shared().with_extension("def");
    let def = std::fs::read_to_string(&def).expect("the .def");
    let listed: BTreeSet<&str> = def.lines().skip(2).map(str::trim).collect();
    assert_eq!(listed, declared);
}

#[test]
#[ignore = "needs Wine"]
fn wine_or_not_dll_and_program_need_the_systems_dlls_alone() {
    // Part of every Windows 10.
    const SYSTEM: &[&str] = &[
        "advapi32.dll",
        "api-ms-win-core-synch-l1-2-0.dll",
        "bcrypt.dll",
        "bcryptprimitives.dll",
        "combase.dll",
        "crypt32.dll",
        "kernel32.dll",
        "msvcrt.dll",
        "ntdll.dll",
        "oleaut32.dll",
        "shell32.dll",
        "userenv.dll",
        "ws2_32.dll",
    ];
    assert_windows();
    let dll = support::library().shared().to_owned();
    let mut files = vec![dll.clone()];
    // MinGW makes the program, and its run has built it before.
    if !support::target().is_msvc() {
        files.push(dll.with_file_name("qls-precheck.exe"));
    }
    for file in files {
        let told = told(&file);
        let imported: BTreeSet<String> = told
            .lines()
            .filter_map(|line| line.trim().strip_prefix("DLL Name: "))
            .map(|name| name.to_ascii_lowercase())
            .collect();
        let strangers: Vec<_> = imported.iter().filter(|name| !SYSTEM.contains(&name.as_str())).collect();
        assert!(!imported.is_empty() && strangers.is_empty(), "{}: {imported:?}", file.display());
    }
}

/// The program that it is linked into has its own, and a linker refuses a second one.
#[test]
#[ignore = "needs Wine"]
fn wine_or_not_a_static_library_has_no_resource() {
    assert_windows();
    let sections =
        |file: &Path| text(&support::run(Command::new("x86_64-w64-mingw32-objdump").arg("-h").arg(file)).stdout);
    assert!(sections(support::library().shared()).contains(" .rsrc "), "the DLL has no resource");
    let archive = sections(support::library().archive());
    assert!(archive.contains(" .text") && !archive.contains(" .rsrc"), "{}", support::library().archive().display());
}

/// What rustc says that a program needs besides the static library is in our list, but for what belongs to a compiler's
/// own runtime, and nothing else is.
#[test]
#[ignore = "needs Wine"]
fn wine_or_not_the_list_of_libraries_is_the_one_that_rustc_prints() {
    // gcc's and MinGW's own.
    const RUNTIME: &[&str] = &["gcc_eh", "gcc", "mingw32", "mingwex", "msvcrt", "pthread"];
    assert_windows();
    let triple = std::env::var("QLS_TEST_TARGET").expect("a target");
    let printed = support::library().shared().with_file_name(format!("needs-{triple}.txt"));
    let printed = std::fs::read_to_string(&printed).unwrap_or_else(|error| panic!("{}: {error}", printed.display()));
    let name = |word: &str| match word.strip_prefix("-l") {
        Some(name) => name.trim_start_matches(":lib").trim_end_matches(".a").to_owned(),
        None => word.trim_end_matches(".lib").to_owned(),
    };
    let needed: BTreeSet<String> =
        printed.split_whitespace().filter(|word| !word.starts_with("/defaultlib:")).map(name).collect();
    let needed: BTreeSet<&str> = needed.iter().map(String::as_str).filter(|name| !RUNTIME.contains(name)).collect();
    assert_eq!(needed, support::LIBRARIES_WINDOWS.split_whitespace().collect());
}
