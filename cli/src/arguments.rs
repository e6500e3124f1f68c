//! The arguments, and the environment variables that stand for them. Doc comments here are the `--help` text.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};

use crate::{exit, limits, usage};

/// Asks a Qt License Server what a user may install.
///
/// A token or a proxy's password is never an argument, because every user of the machine can read arguments. Each
/// option that has a variable (env) can be given by it; an argument outweighs it, and an empty one counts as not set.
#[derive(Parser)]
#[command(name = "qls-precheck", version, long_version = limits::long_version())]
#[command(after_help = exit::TABLE, max_term_width = 120)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Ask which consumers may be installed
    #[command(after_help = exit::TABLE)]
    Check {
        /// The list of consumers, JSON; - for standard input
        #[arg(value_name = "FILE")]
        consumers: PathBuf,
    },
    /// Ask which licenses the user has
    #[command(after_help = exit::TABLE)]
    List,
    /// Find out what hinders a check, step by step, and who can mend it
    ///
    /// Asks for the licenses once. The report has no token, password, e-mail address or license in it, so that it can be
    /// sent to support staff: --output writes it to a file.
    #[command(after_help = exit::TABLE)]
    Diagnose,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Args)]
pub(crate) struct Options {
    /// The license server [default: https://qls.qt.io]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// Holds the token; - for standard input [default: the signed-in Qt account]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// CA certificates to trust, PEM
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) ca_file: Option<String>,
    /// Whose certificates to trust [default: system]
    #[arg(long, global = true, value_enum)]
    pub(crate) trust: Option<Trust>,
    /// The proxy, without a password; '' for none [default: the environment's, such as HTTPS_PROXY]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Holds the proxy's URL, which may have a password; - for standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) proxy_file: Option<PathBuf>,
    /// For the whole call [default: 30]
    ///
    /// Each file that is named is read before, and waited for as long, such as a pipe that nobody writes to. Standard
    /// input is waited for without a limit.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,
    /// How often to ask again after a broken connection or HTTP 502, 503 or 504 [default: 2]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) retries: Option<u32>,
    /// Sent along as "user_id"
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) user_id: Option<String>,
    /// Let the token travel unencrypted
    #[arg(long, global = true)]
    pub(crate) plain_http: bool,
    /// Print the outcome as JSON, also when there is no answer
    ///
    /// Where nothing was even tried, it has of its members only status, status_code, cause and message.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Write to this file what would be printed; - for standard output
    ///
    /// The file appears whole, by renaming. An older one is removed at the start, so that nobody takes it for the
    /// answer. The program ends when the file's folder vanishes.
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Log to standard error how the server is reached; -vv, or the variable with 2: each step
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Log each step to this file, which must not exist yet
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) log_file: Option<PathBuf>,
    /// Ignore all QLS_PRECHECK_... variables
    #[arg(long, global = true)]
    pub(crate) no_environment: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Trust {
    /// The system's and those of --ca-file
    System,
    /// Only those of --ca-file
    GivenOnly,
}

/// A setting that was given, and by what.
pub(crate) struct Given {
    pub(crate) option: String,
    pub(crate) value: String,
    /// The variable's name; None for an argument.
    pub(crate) variable: Option<String>,
}

impl Arguments {
    /// Reads the arguments and variables. Fails with an exit code when it has printed help, or what is wrong.
    pub(crate) fn read() -> Result<(Self, Vec<Given>), u8> {
        let command = with_variables(Self::command());
        let matches = command.clone().try_get_matches().map_err(usage::end)?;
        let given = command.get_arguments().filter_map(|option| given(option, &matches)).collect::<Vec<_>>();
        let mut read = Self::from_arg_matches(&matches).map_err(usage::end)?;
        read.options.one_proxy(&given)?;
        read.options.one_standard_input(&read.command)?;
        read.options.output_of_its_own(&read.command)?;
        Ok((read, given))
    }
}

/// Completions for a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "qls-precheck", &mut script);
    String::from_utf8_lossy(script.trim_ascii_end()).into_owned()
}

/// The manual page.
pub(crate) fn manual() -> String {
    let mut page = Vec::new();
    let mut command = with_variables(Arguments::command()).disable_help_subcommand(true);
    command.build();
    let subcommands: Vec<_> = command.get_subcommands().map(ToString::to_string).collect();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    // There is one page: subcommands have none of their own to refer to.
    subcommands.iter().fold(String::from_utf8_lossy(page.trim_ascii_end()).into_owned(), |page, name| {
        page.replace(&format!(r"qls\-precheck\-{name}(1)"), &format!(r"qls\-precheck {name}"))
    })
}

impl Options {
    /// Lets an argument outweigh a variable, and refuses two settings of the proxy, or a password in an argument.
    fn one_proxy(&mut self, given: &[Given]) -> Result<(), u8> {
        if let (Some(_), Some(_)) = (&self.proxy, &self.proxy_file) {
            let is_argument =
                |name: &str| given.iter().any(|setting| setting.option == name && setting.variable.is_none());
            match (is_argument("--proxy"), is_argument("--proxy-file")) {
                (true, false) => self.proxy_file = None,
                (false, true) => self.proxy = None,
                _ => return Err(usage::wrong("the proxy is given by --proxy or by --proxy-file, not by both")),
            }
        }
        match &self.proxy {
            Some(url) if has_password(url) => Err(usage::wrong(
                "a proxy's password is taken neither by --proxy nor from its variable, because every user of the machine \
                 can read arguments; put the URL into a file for --proxy-file, or into the variable HTTPS_PROXY",
            )),
            _ => Ok(()),
        }
    }

    fn one_standard_input(&self, command: &Command) -> Result<(), u8> {
        let consumers = if let Command::Check { consumers } = command { Some(consumers) } else { None };
        let files = [consumers, self.token_file.as_ref(), self.proxy_file.as_ref()];
        match files.into_iter().flatten().filter(|file| is_standard(file)).count() {
            0 | 1 => Ok(()),
            _ => Err(usage::wrong("standard input can be one of the consumers, the token and the proxy, not more")),
        }
    }

    /// Refuses to write the answer over a file that is read, or over the log: it would be lost.
    fn output_of_its_own(&self, command: &Command) -> Result<(), u8> {
        let Some(output) = self.output.as_deref().and_then(place) else { return Ok(()) };
        let consumers = if let Command::Check { consumers } = command { Some(consumers) } else { None };
        let others = [
            ("FILE", consumers.map(PathBuf::as_path)),
            ("--token-file", self.token_file.as_deref()),
            ("--proxy-file", self.proxy_file.as_deref()),
            ("--ca-file", self.ca_file.as_ref().map(Path::new)),
            ("--log-file", self.log_file.as_deref()),
        ];
        let same = others.into_iter().find(|(_, path)| path.is_some_and(|path| place(path).as_ref() == Some(&output)));
        match same {
            Some((name, _)) => {
                Err(usage::wrong(&format!("--output names the same file as {name}, which would be lost")))
            }
            None => Ok(()),
        }
    }
}

/// Whether standard input or output is meant.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Where a file is or will be, the same for all ways to write it; None for standard input and output.
fn place(path: &Path) -> Option<PathBuf> {
    if is_standard(path) {
        return None;
    }
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    })
}

/// Lets each option be given by a variable too. One that is set but empty counts as not set.
fn with_variables(command: clap::Command) -> clap::Command {
    if ignores_variables() {
        return command;
    }
    command.mut_args(|option| match variable(&option) {
        Some(name) if env::var_os(&name).is_none_or(|value| !value.is_empty()) => {
            let option = option.env(name).hide_env_values(true);
            // A variable for a flag may say 0, no or false too.
            match option.get_action() {
                ArgAction::SetTrue => option.value_parser(FalseyValueParser::new()),
                _ => option,
            }
        }
        _ => option,
    })
}

/// The variable for an option, such as `QLS_PRECHECK_TOKEN_FILE`; None if it has none.
fn variable(option: &clap::Arg) -> Option<String> {
    let long = option.get_long().filter(|long| !["no-environment", "help", "version"].contains(long))?;
    Some(format!("QLS_PRECHECK_{}", long.replace('-', "_").to_uppercase()))
}

/// Whether there is a --no-environment. It has to be known before the arguments are read, since variables are read with
/// them.
fn ignores_variables() -> bool {
    env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--no-environment")
}

/// The variables that are set: one of them may be what is wrong with the arguments.
pub(crate) fn set_variables() -> Vec<String> {
    if ignores_variables() {
        return Vec::new();
    }
    let is_set = |name: &String| env::var_os(name).is_some_and(|value| !value.is_empty());
    Arguments::command().get_arguments().filter_map(variable).filter(is_set).collect()
}

fn given(option: &clap::Arg, matches: &ArgMatches) -> Option<Given> {
    let long = option.get_long().filter(|long| !["help", "version"].contains(long))?;
    let id = option.get_id().as_str();
    let variable = match matches.value_source(id)? {
        ValueSource::CommandLine => None,
        ValueSource::EnvVariable => variable(option),
        _ => return None,
    };
    let takes_value = option.get_action().takes_values();
    let value = matches.get_raw(id).filter(|_| takes_value).and_then(|mut values| values.next());
    let value = value.map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
    Some(Given { option: format!("--{long}"), value, variable })
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0);
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or("expected seconds above 0")
}

/// Whether a proxy's URL has a password, `http://user:password@host`.
fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}
