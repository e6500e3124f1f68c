//! The arguments of the binary. Their doc comments are the `--help` text.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand};
use qls_standin::Fault;

/// A stand-in for the pre-check endpoint of a Qt License Server.
///
/// It answers `POST /api/v2/pre-check/licenses` as the real server does, from a file of licenses,
/// so that an installer can be tried and tested without a Qt account. Its tokens are signed with a
/// public secret: anybody can make one. It is for trying and testing, never for production.
#[derive(Parser)]
#[command(name = "qls-standin", version, after_long_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  Serve the demo licenses on a free local port:
    qls-standin serve --licenses standin/licenses/demo.json

  See what an installer shows when a gateway fails twice, then all is well:
    qls-standin serve --licenses demo.json --fault '2*status=503'

  Make a token for a stand-in that is already running:
    qls-standin token --expires-in 10m

`qls-standin help serve` has the details.";

#[derive(Subcommand)]
pub(crate) enum Command {
    Serve(Serve),

    /// Print a token that every stand-in accepts.
    ///
    /// The token is a JWT, signed with a secret that stands in the source. No real server takes it.
    Token {
        /// How long the token is good for: 30s, 15m, 1h 30m, 7d; 0s gives an expired one.
        #[arg(long, value_name = "TIME", default_value = "1h", value_parser = humantime::parse_duration)]
        expires_in: Duration,
    },
}

/// Serve licenses until Ctrl-C or SIGTERM.
///
/// At the start it prints these lines on standard output, the last one with --stage only:
///
///   address: http://127.0.0.1:43211
///   token: eyJ0eXAiOiJKV1Qi...
///   stage: http://127.0.0.1:43212/0f3c.../
///
/// The address is complete, path prefix included; the token is good for 24 hours. Every request is
/// logged on standard error with its method, path, status, operation and number of consumers; no
/// token is ever logged.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = RULE)]
pub(crate) struct Serve {
    /// The licenses, as a `list` reply or an entitlement.json has them: {"licenses": [...]}.
    ///
    /// Each license needs license_info with type, schema, valid_from and valid_to, and consumers
    /// with consumer_id and consumer_version. All else is open, and listed as it was written.
    #[arg(long, value_name = "FILE")]
    pub(crate) licenses: PathBuf,

    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,

    /// Serve HTTPS with this certificate and its chain, in PEM.
    #[arg(long, value_name = "PEM", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,

    /// The certificate's private key, in PEM.
    #[arg(long, value_name = "PEM", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,

    /// A path in front of the endpoint, such as /qls, as on-premises servers may have it.
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub(crate) path_prefix: String,

    /// Requests per second and client address before 429 is answered; 0: no limit.
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    pub(crate) rate_limit: u32,

    /// A fault to rehearse; may be given several times.
    ///
    ///   delay=TIME    wait before answering: delay=3s, delay=500ms
    ///   status=CODE   an error status, 400 to 599; 502, 503 and 504 with a gateway's
    ///                 HTML page, the others as the server's JSON
    ///   html          status 200 with a login page, as a captive portal answers
    ///   redirect=URL  status 302 to URL
    ///   expired-token status 401, as for a token that has expired
    ///   broken        the connection is closed without an answer
    ///   silence       no answer, until the client gives up
    ///
    /// N* in front makes a fault strike N times and then be over: '2*status=503'. Faults
    /// strike in the order given until one answers the request; those behind it wait
    /// their turn.
    #[arg(long, value_name = "[N*]FAULT", verbatim_doc_comment)]
    pub(crate) fault: Vec<Fault>,

    /// Serve a page too that shows every request and works the switches while installers are tried.
    ///
    /// It is on a free port of 127.0.0.1, wherever --listen is, and its address is a secret: who knows it can work
    /// the switches. Faults and licenses can be switched there without a restart, by hand or by scripts.
    #[arg(long)]
    pub(crate) stage: bool,
}

const RULE: &str = "\
A consumer is allowed when some license
  - names its consumer_id,
  - covers its version: the license's consumer_version is empty or not older,
  - serves its schema: a license of schema opensource serves opensource consumers, others the rest,
  - is valid today (UTC), or is perpetual and the consumer_build_timestamp is not after valid_to.
The vendor publishes no rule; this one is the stand-in's own. Features are not judged.

Exit status:
  0  stopped by Ctrl-C or SIGTERM
  1  could not start: the address, the certificate, the path prefix
  2  wrong arguments
  3  the license file cannot be read or is wrong; the message names the place

Examples:
  qls-standin serve --licenses demo.json --listen 127.0.0.1:8080 --path-prefix /qls
  qls-standin serve --licenses demo.json --tls-cert cert.pem --tls-key key.pem
  qls-standin serve --licenses demo.json --fault delay=3s --fault '1*html'
  qls-standin serve --licenses demo.json --stage";
