//! The sets that tools come in. An operator shows those that are needed: every tool that is listed
//! costs every conversation tokens.

/// A set of tools. The order is that of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Toolset {
    /// The everyday work of an inbox, and the way to every operation of Front's; shown unless the
    /// operator says otherwise.
    Core,
    /// Contacts beyond the everyday: lists, accounts, handles, notes.
    Contacts,
    /// Message templates and signatures.
    Templates,
    /// Knowledge bases.
    Knowledge,
    /// Exports and reports.
    Analytics,
    /// Teammates, their groups, shifts and time off.
    People,
    /// What happened in the company.
    Events,
    /// Channels of an application's own.
    ChannelApi,
}

impl Toolset {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 8] = [
        Self::Core,
        Self::Contacts,
        Self::Templates,
        Self::Knowledge,
        Self::Analytics,
        Self::People,
        Self::Events,
        Self::ChannelApi,
    ];

    /// Its name in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Contacts => "contacts",
            Self::Templates => "templates",
            Self::Knowledge => "knowledge",
            Self::Analytics => "analytics",
            Self::People => "people",
            Self::Events => "events",
            Self::ChannelApi => "channel-api",
        }
    }

    /// The set of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }
}
