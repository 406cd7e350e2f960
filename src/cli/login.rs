//! `front-mcp login`: a person signs in to Front in a browser, and the account is stored.

mod conversation;
mod paste;
mod registration;

use std::{fmt, fs, io, process::ExitCode, sync::Arc};

use anyhow::anyhow;
use clap::Args;
use jiff::Timestamp;

use self::conversation::Conversation;
use super::{Failure, Settings, print, setup, state};
use crate::{
    account::{self, MemoryVault, Vault},
    browser::Browser,
    config::{Config, Layers},
    login::{Door, End, NoDoor, PATIENCE, Reply, SignIn, Ticket, Visit},
    login_command::LoginCommand,
    oauth::Authority,
    state::StateFolder,
};

/// What every refusal says.
const UNDONE: &str = "nobody was signed in, and nothing was stored";

#[derive(Args)]
pub(super) struct Options {
    /// The client id of the OAuth app in Front; asked for at a terminal where it is not set
    #[arg(
        long,
        value_name = "ID",
        env = "FRONT_MCP_CLIENT_ID",
        hide_env_values = true
    )]
    client_id: Option<String>,
    /// Its client secret. Others on this machine can read command lines: the variable is better, or
    /// the question, which shows nothing
    #[arg(
        long,
        value_name = "SECRET",
        env = "FRONT_MCP_CLIENT_SECRET",
        hide_env_values = true
    )]
    client_secret: Option<String>,
    /// The redirect address that is registered for it [default: https://localhost:9876/callback]
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FRONT_MCP_REDIRECT_URI",
        hide_env_values = true
    )]
    redirect_uri: Option<String>,
    /// Listen nowhere: the address that the browser ends at is pasted here
    #[arg(long)]
    paste: bool,
    /// Open no browser; the address to open is printed on stdout in any case
    #[arg(long)]
    no_browser: bool,
    /// Replace the account of another company without asking
    #[arg(long, alias = "yes")]
    replace: bool,
}

impl fmt::Debug for Options {
    /// Not its values: one is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").finish_non_exhaustive()
    }
}

/// Signs in. The exit code is 0 only when an account was stored.
pub(super) async fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let setup::Configured { config, sandbox } = setup::configured(layers, settings).await?;
    let again = again(&config, layers, settings, options);
    let vault = vault(&config, settings.sandbox).await?;
    if !options.paste && config.oauth.redirect.loopback_port().is_none() {
        return Err(Failure::Usage(format!(
            "the redirect address {} is not on this machine, so its answer cannot be received here; run `{}` to paste it, or register another for the app and give it with `--redirect-uri`; {UNDONE}",
            config.oauth.redirect.as_str(),
            again.pasting(),
        )));
    }
    let conversation = Conversation::default();
    let app = registration::find(&config, &*vault, &conversation).await?;
    let mut sign_in = SignIn::new(
        Authority::new(config.oauth.base.clone()),
        app,
        config.oauth.redirect.clone(),
        (config.api.base.clone(), config.api.request_timeout),
        (vault, config.oauth.account.clone()),
    );
    sign_in.replace = options.replace;
    sign_in.is_kept = config.state_dir.is_some();
    sign_in.again = again;
    let end = tokio::select! {
        end = sign_in_once(&sign_in, &config, options, conversation) => end?,
        _ = tokio::signal::ctrl_c() => match sign_in.is_stored() {
            true => {
                print("Interrupted, but somebody is signed in: the account was stored before.");
                return Ok(ExitCode::SUCCESS);
            }
            false => return Err(anyhow!("interrupted; {UNDONE}").into()),
        },
    };
    match end {
        End::Nothing(why) => Err(anyhow!("{why}").into()),
        End::Stored { report, before } => {
            print(&report.to_string());
            if let Some(before) = before {
                let whose = before.map_or_else(String::new, |company| format!(" of “{company}”"));
                print(&format!(
                    "It took the place of the sign-in{whose} that was there."
                ));
            }
            let runs_sandbox = sandbox.is_some();
            print(&next(
                &config,
                &*sign_in.vault,
                settings.sandbox,
                runs_sandbox,
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// One address opened, one answer taken.
async fn sign_in_once(
    sign_in: &SignIn,
    config: &Config,
    options: &Options,
    conversation: Conversation,
) -> Result<End, Failure> {
    let ticket = Ticket::draw(&sign_in.authority, &sign_in.app, &sign_in.redirect)
        .map_err(anyhow::Error::from)?;
    let ticket = Arc::new(ticket);
    // Whatever could keep the answer from coming back is found out before anybody opens anything.
    let door = match options.paste {
        true => None,
        false => Some(
            Door::open(&sign_in.redirect, Arc::clone(&ticket))
                .await
                .map_err(|error| closed(&error))?,
        ),
    };
    let browser = Browser::new(config.send.browser.clone(), config.state_dir.clone());
    print(&before_opening(sign_in, options.paste));
    invite(&browser, &ticket, options, &sign_in.again).await;
    let late = || {
        anyhow!(
            "expired: no answer came within {} minutes; {UNDONE}. Run `{}` once more{}",
            minutes(),
            sign_in.again,
            match options.paste {
                true => String::new(),
                false => format!("; {}", over_ssh(&sign_in.again)),
            }
        )
    };
    match door {
        None => {
            let waiting = paste::answer(&ticket, &conversation);
            let answer = tokio::time::timeout(PATIENCE, waiting)
                .await
                .map_err(|_| late())??;
            let visit = Visit {
                answer,
                reply: Reply::default(),
            };
            Ok(sign_in.settle(&ticket, visit, &conversation).await)
        }
        Some(mut door) => {
            let visit = door.visit().await.ok_or_else(late)?;
            let end = sign_in.settle(&ticket, visit, &conversation).await;
            door.close().await;
            Ok(end)
        }
    }
}

/// Prints the address, and opens it where that is possible.
async fn invite(browser: &Browser, ticket: &Ticket, options: &Options, again: &LoginCommand) {
    let until = Timestamp::now()
        .checked_add(PATIENCE)
        .unwrap_or(Timestamp::MAX);
    let opened = match (options.no_browser, browser.way()) {
        (true, _) => None,
        (false, Err(why)) => Some(Err(why)),
        (false, Ok(way)) => Some(browser.open(way, ticket.address(), until).await),
    };
    let words = match opened {
        None => "Open this address in a browser where you are signed in to Front:".to_owned(),
        Some(Ok(())) => "A browser was opened. If nothing shows, open this address:".to_owned(),
        Some(Err(why)) => {
            let elsewhere = match options.paste {
                true => String::new(),
                false => format!("\n({})", over_ssh(again)),
            };
            format!(
                "({why}){elsewhere}\nOpen this address in a browser where you are signed in to Front:"
            )
        }
    };
    print(&format!("{words}\n\n{}\n", ticket.address()));
}

/// What happens next, said before it does: above all the warning about the certificate.
fn before_opening(sign_in: &SignIn, is_pasted: bool) -> String {
    let redirect = &sign_in.redirect;
    let address = redirect.as_str();
    let then = match (is_pasted, redirect.is_https()) {
        (true, _) => {
            "That page may fail to load: copy its whole address from the address bar all the same."
                .to_owned()
        }
        (false, false) => "This command waits there.".to_owned(),
        (false, true) => format!(
            "This command waits there, and your browser will warn that the connection is not private: the page\n\
             comes from this machine, under a certificate made just now, which no browser can know. Go on past\n\
             the warning (Advanced > Proceed to {}), for this address alone.",
            redirect.host()
        ),
    };
    format!(
        "Front asks you to let the app in, and then leads your browser to {address}.\n\
         {then}\n\
         There are {} minutes for it.\n\
         (If Front shows an error instead: the app there, under Settings > Developers > Apps, must have\n\
         exactly this redirect address, and this client id: {})\n",
        minutes(),
        sign_in.app.id
    )
}

fn minutes() -> u64 {
    PATIENCE.as_secs() / 60
}

/// For whoever has their browser on another machine, which cannot come back to this one.
fn over_ssh(again: &LoginCommand) -> String {
    format!(
        "over SSH, where the browser is on another machine, run `{}`",
        again.clone().pasting()
    )
}

/// How this run is repeated.
fn again(config: &Config, layers: &Layers, settings: &Settings, options: &Options) -> LoginCommand {
    let mut again = LoginCommand::of(config);
    if layers.is_flag("redirect-uri") {
        again = again.back_to(config.oauth.redirect.as_str());
    }
    if options.paste {
        again = again.pasting();
    }
    if settings.sandbox {
        again = again.on_the_sandbox();
    }
    again
}

fn closed(error: &NoDoor) -> Failure {
    let advice = match error {
        NoDoor::InUse(_) => {
            "perhaps another `front-mcp login` waits there; end what uses it, or register a redirect address with another port and give it with `--redirect-uri`, or use `--paste`"
        }
        _ => {
            "register another redirect address and give it with `--redirect-uri`, or use `--paste`"
        }
    };
    anyhow!("{error}: {advice}; {UNDONE}").into()
}

/// Where the account will rest. Nobody is sent to Front for one that could not be stored.
async fn vault(config: &Config, is_sandbox: bool) -> Result<Arc<dyn Vault>, Failure> {
    if config.state_dir.is_none() && is_sandbox {
        return Ok(Arc::new(MemoryVault::default()));
    }
    let path = state::path(config)?;
    let folder = state::open(&path)?;
    let opened = async {
        let vault = account::vault(&folder)?;
        try_to_write(&folder)?;
        drop(vault.lock(&config.oauth.account).await?);
        match vault.load(&config.oauth.account) {
            // It will be replaced.
            Err(error) if error.kind() != io::ErrorKind::InvalidData => Err(error),
            _ => Ok(vault),
        }
    };
    opened.await.map_err(|error| {
        let why = state::unusable(&path, &error);
        Failure::Usage(format!("{why}; {UNDONE}"))
    })
}

/// Writes as much as an account takes, and removes it.
fn try_to_write(folder: &StateFolder) -> io::Result<()> {
    const NAME: &str = "login.trial";
    let accounts = folder.folder("accounts")?;
    accounts.replace(NAME, &[b' '; 8 * 1024])?;
    fs::remove_file(accounts.path(NAME))
}

/// Where the account is, and what to do with it.
fn next(config: &Config, vault: &dyn Vault, is_sandbox: bool, runs_sandbox: bool) -> String {
    let name = &config.oauth.account;
    if is_sandbox && config.state_dir.is_none() {
        return "To keep one, name a folder with `--state-dir`.".to_owned();
    }
    let mut text = format!("The account `{name}` is kept in {}.\n", vault.place());
    if runs_sandbox {
        text.push_str("The sandbox that it is for ends with this command; `front-mcp sandbox` runs one that stays.");
        return text;
    }
    let flags = LoginCommand::of(config).flags();
    text.push_str(&format!(
        "Next: let your MCP host run `front-mcp serve{flags}`, without FRONT_API_TOKEN in its settings.\n\
         To end the sign-in: `front-mcp logout{flags}`"
    ));
    if config.api.token.is_some() && !is_sandbox {
        text.push_str(
            "\nFRONT_API_TOKEN is set here: where it is, it is used in place of the sign-in.",
        );
    }
    text
}
