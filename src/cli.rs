//! The command line: what can be asked for, and how it is answered.

mod approve;
mod approver;
mod audit;
mod call;
mod catalog;
mod demo;
mod doctor;
mod login;
mod logout;
mod pin;
mod policy;
mod sandbox;
mod serve;
mod setup;
mod state;
mod token;
mod tools;

use std::{ffi::OsString, io::Write as _, process::ExitCode};

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::config::{ConfigError, Layers};

/// Bad usage: arguments or settings that cannot be used.
const USAGE: u8 = 2;

/// Lets AI agents work a Front inbox, and sends nothing that was not confirmed.
///
/// Start with `front-mcp demo`: it needs no account. Then create an API token in Front
/// (Settings > Developers > API tokens), set it as FRONT_API_TOKEN in the settings of your MCP
/// host, and let the host run `front-mcp serve`. Or sign in with `front-mcp login`.
#[derive(Debug, Parser)]
#[command(
    name = "front-mcp",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Speak MCP on standard input and output, for a host such as Claude to run; or, with --http, for
    /// a team
    Serve(serve::Options),
    /// Watch an MCP client triage an inbox and send one confirmed answer, on the sandbox
    Demo,
    /// Sign in to Front in a browser, as an OAuth app of your company
    Login(login::Options),
    /// End a sign-in, at Front and on this machine
    Logout,
    /// List the tools as a host sees them, and what they cost in tokens
    Tools(tools::Options),
    /// Call one tool from the shell: result on stdout, exit code 1 when the tool reports an error
    Call(call::Options),
    /// Read the audit log: what was asked for, decided and sent
    Audit(audit::Options),
    /// Decide at a terminal on messages that wait for a person
    Approve(approve::Options),
    /// Set, clear or list the PINs of those who approve what is sent
    Approver(approver::Options),
    /// Register those who may call a server over HTTP, each with a token
    Token(token::Options),
    /// Find out what is wrong with this set-up, and what to do about it
    Doctor(doctor::Options),
    /// Say what the settings allow, and which line decides, without asking Front
    Policy(policy::Options),
    /// Run the sandbox Front alone, for the tests of others
    Sandbox(sandbox::Options),
    /// Rebuild the operation table from newer OpenAPI files (for developers, in a checkout)
    Catalog(catalog::Options),
}

/// Settings of every command. Flags win over variables, variables over the file.
#[derive(Debug, Args)]
struct Settings {
    /// Use the embedded sandbox Front: no account, no token, nothing real is touched
    #[arg(long, global = true, env = "FRONT_MCP_SANDBOX", hide_env_values = true,
          value_parser = crate::config::is_on, value_name = "BOOL", num_args = 0..=1,
          default_missing_value = "true", default_value = "false", hide_default_value = true,
          hide_possible_values = true, require_equals = true)]
    sandbox: bool,
    /// What send-message may lead to: off (nothing), draft (a shared draft in Front), approve (a
    /// person is asked), confirm (a second call, confirm-send) [default: approve]
    #[arg(
        long,
        global = true,
        value_name = "MODE",
        env = "FRONT_MCP_SEND",
        hide_env_values = true
    )]
    send: Option<String>,
    /// The tools to list, by sets: `core`, `all`, or several with commas. Of the others, what Front
    /// can do is reached by search-api and raw-api-request [default: core]
    #[arg(
        long,
        global = true,
        value_name = "LIST",
        env = "FRONT_MCP_TOOLSETS",
        hide_env_values = true
    )]
    toolsets: Option<String>,
    /// List these tools alone, by name
    #[arg(
        long,
        global = true,
        value_name = "LIST",
        env = "FRONT_MCP_TOOLS",
        hide_env_values = true
    )]
    tools: Option<String>,
    /// Change and send nothing: list the tools that read, and let raw-api-request make GET requests
    /// alone
    #[arg(long, global = true, env = "FRONT_MCP_READ_ONLY", hide_env_values = true,
          value_name = "BOOL", num_args = 0..=1, default_missing_value = "true",
          require_equals = true)]
    read_only: Option<String>,
    /// The configuration file [default: config.toml in the platform's config folder]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "FRONT_MCP_CONFIG",
        hide_env_values = true
    )]
    config: Option<String>,
    /// Where state rests between runs, or `memory` to keep nothing on disk [default: the platform's
    /// state folder; with --sandbox, memory]
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = "FRONT_MCP_STATE_DIR",
        hide_env_values = true
    )]
    state_dir: Option<String>,
    /// The name of the sign-in: `login` stores it under this name, and requests go with it where no
    /// FRONT_API_TOKEN is set [default: default]
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "FRONT_MCP_ACCOUNT",
        hide_env_values = true
    )]
    account: Option<String>,
    /// How long one request to Front may take [default: 20s]
    #[arg(
        long,
        global = true,
        value_name = "TIME",
        env = "FRONT_MCP_REQUEST_TIMEOUT",
        hide_env_values = true
    )]
    request_timeout: Option<String>,
    /// How long one tool call may take [default: 60s]
    #[arg(
        long,
        global = true,
        value_name = "TIME",
        env = "FRONT_MCP_TOOL_TIMEOUT",
        hide_env_values = true
    )]
    tool_timeout: Option<String>,
    /// The time zone of dates without an offset [default: UTC]
    #[arg(
        long,
        global = true,
        value_name = "ZONE",
        env = "FRONT_MCP_TIMEZONE",
        hide_env_values = true
    )]
    timezone: Option<String>,
    /// What is logged to stderr, such as `info` or `front_mcp=debug` [default: warn]
    #[arg(
        long,
        global = true,
        value_name = "FILTER",
        env = "FRONT_MCP_LOG",
        hide_env_values = true
    )]
    log: Option<String>,
    /// How it is logged: text, or json with an object a line [default: text]
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        env = "FRONT_MCP_LOG_FORMAT",
        hide_env_values = true
    )]
    log_format: Option<String>,
    /// Requests a minute that the sandbox allows, or `off` [default: 100]
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "FRONT_MCP_RATE_LIMIT",
        hide_env_values = true
    )]
    rate_limit: Option<String>,
    /// The day that the sandbox takes for today [default: the real one]
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        env = "FRONT_MCP_TODAY",
        hide_env_values = true,
        hide = true
    )]
    today: Option<String>,
}

/// The flags that have a variable of their own name.
const FLAGS: &[&str] = &[
    "sandbox",
    "send",
    "toolsets",
    "tools",
    "read-only",
    "config",
    "state-dir",
    "account",
    "request-timeout",
    "tool-timeout",
    "timezone",
    "log",
    "log-format",
    "rate-limit",
    "today",
    "listen",
    "client-id",
    "client-secret",
    "redirect-uri",
];

/// Why a command ended badly.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The arguments or settings cannot be used.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// The arguments cannot be used.
    #[error("{0}")]
    Usage(String),
    /// It did not work.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

/// Runs the program on these arguments; the only place that decides exit codes.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = match Cli::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // clap's own: help and version go to stdout with 0, mistakes to stderr with 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    match dispatch(&matches) {
        Ok(code) => code,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::from(match failure {
                Failure::Other(_) => 1,
                Failure::Config(_) | Failure::Usage(_) => USAGE,
            })
        }
    }
}

fn dispatch(matches: &ArgMatches) -> Result<ExitCode, Failure> {
    let cli = Cli::from_arg_matches(matches).map_err(|error| Failure::Usage(error.to_string()))?;
    // Global flags are found in the matches of the subcommand, wherever they stood.
    let inner = matches.subcommand().map_or(matches, |(_, inner)| inner);
    let flags = [FLAGS, serve::FLAGS].concat();
    let layers = Layers::new(inner, &flags, std::env::vars_os());
    start_log(
        cli.settings.log.as_deref(),
        cli.settings.log_format.as_deref(),
    )?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads(&cli.command))
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)?;
    let code = runtime.block_on(async {
        let settings = cli.settings;
        match cli.command {
            Command::Serve(options) => serve::run(&layers, &settings, &options).await,
            Command::Login(options) => login::run(&layers, &settings, &options).await,
            Command::Logout => logout::run(&layers, &settings).await,
            Command::Demo => demo::run(&settings).await,
            Command::Tools(options) => tools::run(&layers, &settings, &options),
            Command::Call(options) => call::run(&layers, &settings, options).await,
            Command::Audit(options) => audit::run(&layers, &options),
            Command::Approve(options) => approve::run(&layers, &options).await,
            Command::Approver(options) => approver::run(&layers, &options),
            Command::Token(options) => token::run(&layers, &settings, &options),
            Command::Doctor(options) => doctor::run(&layers, &settings, &options).await,
            Command::Policy(options) => policy::run(&layers, &settings, &options),
            Command::Sandbox(options) => sandbox::run(&settings, &options).await,
            Command::Catalog(options) => catalog::run(&options),
        }
    });
    // Reading standard input blocks a thread that nothing can wake.
    runtime.shutdown_background();
    code
}

/// One for a server of one client, whose calls are small and mostly wait (see [`crate::aside`]); as
/// many as there are processors for a team's; two for what is asked from several sides.
fn threads(command: &Command) -> usize {
    match command {
        Command::Serve(options) if !options.is_hosted() => 1,
        Command::Serve(_) => std::thread::available_parallelism()
            .map_or(2, usize::from)
            .max(2),
        _ => 2,
    }
}

/// Logs go to stderr alone: stdout is the protocol's.
fn start_log(filter: Option<&str>, format: Option<&str>) -> Result<(), Failure> {
    let filter = filter
        .filter(|filter| !filter.trim().is_empty())
        .unwrap_or(crate::server::LOG_BY_DEFAULT);
    let filter = tracing_subscriber::EnvFilter::try_new(filter).map_err(|error| {
        Failure::Usage(format!("`--log` (FRONT_MCP_LOG) cannot be used: {error}"))
    })?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let _ = match format.map(str::trim).filter(|format| !format.is_empty()) {
        None | Some("text") => log
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
        Some("json") => log.json().flatten_event(true).try_init(),
        Some(_) => {
            return Err(Failure::Usage(
                "`--log-format` (FRONT_MCP_LOG_FORMAT) must be `text` or `json`".to_owned(),
            ));
        }
    };
    Ok(())
}

/// Writes to stdout; a reader that has gone away is no failure of ours.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}
