//! What a server is made of, put together from its configuration in one place.

use std::{io, sync::Arc, time::Duration};

use jiff::tz::TimeZone;
use secrecy::SecretBox;
use tokio::time::Instant;

use crate::{
    account::{self, Session},
    approval::{
        ApprovalPages,
        pin::{NoPin, PinCheck},
    },
    approver::Approver,
    attachments::Attachable,
    config::Config,
    front::{Client, credential::Credential, directory::Directory, fence::Fence, wire::Wire},
    gate::{Gate, Parts, sender::Sender, steps::Steps},
    login_command::{LoginCommand, folder_flag},
    oauth::Authority,
    random,
    state::StateFolder,
    tools::{
        asking::Ways, bulk::plans::Plans, library::Library, preview::Previews, surface::Surface,
    },
};

/// Where the key rests that seals what goes through a client's hands.
pub const STATE_KEY: &str = "request-state.key";

/// The parts that all calls of a server share.
#[derive(Debug)]
pub struct App {
    /// The way to Front for everything but sends.
    pub wire: Wire,
    /// What is decided about each call to Front.
    pub fence: Fence,
    /// The company's short lists.
    pub directory: Directory,
    /// What callers looked at before it is done.
    pub previews: Previews,
    /// What was read of the knowledge bases, for searching.
    pub library: Library,
    /// Policy, envelopes, and the way to a send.
    pub gate: Arc<Gate>,
    /// With what flags `front-mcp login` signs in for this server.
    pub login_flags: String,
    /// The operator's ways of asking a person.
    pub ways: Ways,
    /// What is listed and may be called.
    pub surface: Surface,
    /// Seals what goes through a client's hands; shared by the processes of a state folder.
    pub state_key: SecretBox<[u8; 32]>,
    /// Changes to many conversations that wait to be made.
    pub plans: Plans,
    /// What may be attached to a message.
    pub attachable: Attachable,
    /// The time zone of dates without an offset.
    pub zone: TimeZone,
    /// How long a call may take.
    pub tool_timeout: Duration,
}

impl App {
    /// Puts the parts together. Nothing is asked of Front yet.
    ///
    /// # Errors
    /// When the state folder cannot be used.
    pub fn new(config: &Config) -> io::Result<Self> {
        Self::watched(config, Steps::default())
    }

    /// The same, with somebody told of the steps of every release.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn watched(config: &Config, steps: Steps) -> io::Result<Self> {
        let folder = match &config.state_dir {
            Some(folder) => Some(StateFolder::open(folder)?),
            None => None,
        };
        let wire = Wire::new(
            config.api.base.clone(),
            credential(config, folder.as_ref())?,
            config.api.request_timeout,
        );
        let fence = Fence::new(config.policy.clone());
        let parts = Parts {
            mode: config.send.mode,
            policy: config.policy.clone(),
            reader: Client::new(wire.clone(), fence.clone(), Instant::now()),
            sender: Sender::new(match &config.send.token {
                Some(token) => wire.with_token(token.clone()),
                None => wire.clone(),
            }),
            steps,
        };
        let (gate, key, pin): (_, _, Arc<dyn PinCheck>) = match &folder {
            None => (Gate::in_memory(parts)?, random::bytes()?, Arc::new(NoPin)),
            Some(folder) => {
                let key = folder.key(STATE_KEY)?;
                let pin = Approver::open(folder);
                (Gate::in_folder(parts, folder)?, key, Arc::new(pin))
            }
        };
        let gate = Arc::new(gate);
        let pages = ApprovalPages::new(
            Arc::clone(&gate),
            pin,
            config.send.browser.clone(),
            config.state_dir.clone(),
        )?;
        Ok(Self {
            wire,
            fence,
            directory: Directory::default(),
            plans: Plans::default(),
            previews: Previews::default(),
            library: Library::default(),
            login_flags: LoginCommand::of(config).flags(),
            ways: Ways {
                order: config.send.ask.clone(),
                wait: config.send.ask_wait,
                page: Some(Arc::new(pages)),
                folder_flag: folder_flag(config),
            },
            gate,
            state_key: SecretBox::new(Box::new(key)),
            surface: surface(config),
            attachable: config.attachable.clone(),
            zone: config.display.zone.clone(),
            tool_timeout: config.api.tool_timeout,
        })
    }
}

/// What these settings leave of the tools.
pub fn surface(config: &Config) -> Surface {
    Surface::new(config.send.mode)
        .choosing(&config.tools)
        .saving(config.attachable.save_folder.is_some())
        .under(&config.policy)
}

/// A door to Front as the settings have it, for whoever needs nothing else of a server.
///
/// # Errors
/// When the folder's accounts cannot be used.
pub fn door(
    config: &Config,
    folder: Option<&StateFolder>,
    deadline: Instant,
) -> io::Result<Client> {
    let wire = Wire::new(
        config.api.base.clone(),
        credential(config, folder)?,
        config.api.request_timeout,
    );
    let fence = Fence::new(config.policy.clone());
    Ok(Client::new(wire, fence, deadline))
}

/// A token that was given wins over a sign-in. A sign-in need not be there yet: whoever signs in
/// while a server runs need not start it again.
fn credential(config: &Config, folder: Option<&StateFolder>) -> io::Result<Credential> {
    if let Some(token) = &config.api.token {
        return Ok(Credential::Token(token.clone()));
    }
    let Some(folder) = folder else {
        return Ok(Credential::None);
    };
    Ok(Credential::Renewing(Arc::new(Session::new(
        account::vault(folder)?,
        config.oauth.account.clone(),
        Authority::new(config.oauth.base.clone()),
        &config.api.base,
    ))))
}

/// Whether requests would go with anything: a token, or an account that somebody signed in to.
/// What cannot be looked at is none.
pub fn has_credential(config: &Config) -> bool {
    let is_signed_in = || {
        let folder = StateFolder::open(config.state_dir.as_ref()?).ok()?;
        let vault = account::vault(&folder).ok()?;
        vault.load(&config.oauth.account).ok()?
    };
    config.api.token.is_some() || is_signed_in().is_some()
}
