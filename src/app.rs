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
    callers::CallerName,
    config::{Config, PolicyOf, SendCaps},
    front::{
        Client, credential::Credential, directory::Directory, fence::Fence, signature::Signature,
        wire::Wire,
    },
    gate::{Gate, Hall, Parts, policy::Policy, sender::Sender, steps::Steps, store::rules::Caps},
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

/// The parts that all calls of a caller share.
#[derive(Debug)]
pub struct App {
    /// Whose calls they are.
    pub identity: Identity,
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

/// Who calls.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `local/default` over stdio, `token/NAME/ID` over HTTP.
    pub id: String,
    /// In whose name it writes, where the operator said so.
    pub signature: Option<Signature>,
    /// Who alone may decide on what it seals, by name; none is the person at this machine.
    pub approvers: Option<Vec<CallerName>>,
}

/// The id of whoever started the server.
const LOCAL: &str = "local/default";

impl Identity {
    /// Whether it is whoever started the server.
    pub fn is_local(&self) -> bool {
        self.id == LOCAL
    }

    /// Whoever started the server.
    pub fn local() -> Self {
        Self {
            id: LOCAL.to_owned(),
            signature: None,
            approvers: None,
        }
    }
}

/// What one caller may do.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    /// What is allowed.
    pub policy: Policy,
    /// Caps on the sends of all callers together.
    pub caps: Caps,
    /// Caps on the sends of this one alone.
    pub own_caps: Caps,
}

impl Rights {
    /// Those of `[policy]` alone.
    pub fn of(config: &Config) -> Self {
        let policy = config.policy.clone();
        let caps = Caps {
            per_hour: policy.sends_per_hour().map(u64::from),
            per_day: policy.sends_per_day().map(u64::from),
        };
        Self {
            policy,
            caps,
            own_caps: Caps::default(),
        }
    }
}

impl From<PolicyOf> for Rights {
    fn from(of: PolicyOf) -> Self {
        let caps = |caps: SendCaps| Caps {
            per_hour: caps.per_hour.map(u64::from),
            per_day: caps.per_day.map(u64::from),
        };
        Self {
            policy: of.policy,
            caps: caps(of.server),
            own_caps: caps(of.own),
        }
    }
}

impl App {
    /// Puts the parts together for the one caller of a local server. Nothing is asked of Front yet.
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
        Ground::lay(config, steps)?.local(config)
    }
}

/// What all callers of a process share: the way to Front with its request budget, the envelopes, the
/// log. Nothing in it was read of Front for anybody.
#[derive(Debug)]
pub struct Ground {
    folder: Option<StateFolder>,
    wire: Wire,
    hall: Arc<Hall>,
    state_key: [u8; 32],
}

impl Ground {
    /// Lays it for these settings.
    ///
    /// # Errors
    /// When the state folder cannot be used.
    pub fn lay(config: &Config, steps: Steps) -> io::Result<Self> {
        let folder = match &config.state_dir {
            Some(folder) => Some(StateFolder::open(folder)?),
            None => None,
        };
        let wire = Wire::new(
            config.api.base.clone(),
            credential(config, folder.as_ref())?,
            config.api.request_timeout,
        );
        let sender = Sender::new(match &config.send.token {
            Some(token) => wire.with_token(token.clone()),
            None => wire.clone(),
        });
        let (hall, state_key) = match &folder {
            None => (Hall::in_memory(sender, steps)?, random::bytes()?),
            Some(folder) => (
                Hall::in_folder(folder, sender, steps)?,
                folder.key(STATE_KEY)?,
            ),
        };
        Ok(Self {
            folder,
            wire,
            hall,
            state_key,
        })
    }

    /// The way to Front.
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// What the gates stand in.
    pub fn hall(&self) -> &Arc<Hall> {
        &self.hall
    }

    /// Where state rests between runs.
    pub fn folder(&self) -> Option<&StateFolder> {
        self.folder.as_ref()
    }

    /// The one caller of a local server, who is asked on a page of this machine.
    pub fn local(&self, config: &Config) -> io::Result<App> {
        let mut app = self.app(config, Identity::local(), Rights::of(config));
        let pin: Arc<dyn PinCheck> = match &self.folder {
            None => Arc::new(NoPin),
            Some(folder) => Arc::new(Approver::open(folder)),
        };
        app.ways.page = Some(Arc::new(ApprovalPages::new(
            Arc::clone(&app.gate),
            pin,
            config.send.browser.clone(),
            config.state_dir.clone(),
        )?));
        Ok(app)
    }

    /// The parts of one caller's calls. Two callers share nothing but the ground.
    pub fn app(&self, config: &Config, identity: Identity, rights: Rights) -> App {
        let fence = Fence::new(rights.policy.clone());
        let surface = surface_under(config, &rights.policy);
        let gate = Gate::new(
            Arc::clone(&self.hall),
            Parts {
                mode: config.send.mode,
                policy: rights.policy,
                caps: rights.caps,
                own_caps: rights.own_caps,
                approvers: identity.approvers.clone(),
                reader: Client::new(self.wire.clone(), fence.clone(), Instant::now()),
            },
        );
        App {
            identity,
            wire: self.wire.clone(),
            fence,
            directory: Directory::default(),
            plans: Plans::default(),
            previews: Previews::default(),
            library: Library::default(),
            login_flags: LoginCommand::of(config).flags(),
            ways: Ways {
                order: config.send.ask.clone(),
                wait: config.send.ask_wait,
                page: None,
                folder_flag: folder_flag(config),
            },
            gate: Arc::new(gate),
            state_key: SecretBox::new(Box::new(self.state_key)),
            surface,
            attachable: config.attachable.clone(),
            zone: config.display.zone.clone(),
            tool_timeout: config.api.tool_timeout,
        }
    }
}

/// What these settings leave of the tools.
pub fn surface(config: &Config) -> Surface {
    surface_under(config, &config.policy)
}

fn surface_under(config: &Config, policy: &Policy) -> Surface {
    Surface::new(config.send.mode)
        .choosing(&config.tools)
        .saving(config.attachable.save_folder.is_some())
        .under(policy)
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
