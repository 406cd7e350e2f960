//! How `front-mcp login` is run for these settings, to be read by a person and pasted into a shell.

use std::fmt;

use crate::config::{self, Config};

/// The command, with the flags that lead it to the same sign-in.
#[derive(Clone, Debug, Default)]
pub struct LoginCommand {
    account: String,
    others: String,
    is_pasted: bool,
}

impl LoginCommand {
    /// For the account of these settings.
    pub fn of(config: &Config) -> Self {
        let account = &config.oauth.account;
        Self {
            account: match account.is_default() {
                true => String::new(),
                false => format!(" --account {account}"),
            },
            others: folder_flag(config),
            is_pasted: false,
        }
    }

    /// Back to this redirect address.
    #[must_use]
    pub fn back_to(mut self, redirect: &str) -> Self {
        self.others += &format!(" --redirect-uri {}", quoted(redirect));
        self
    }

    /// The answer is pasted.
    #[must_use]
    pub fn pasting(mut self) -> Self {
        if !self.is_pasted {
            self.is_pasted = true;
            self.others.push_str(" --paste");
        }
        self
    }

    /// To the sandbox.
    #[must_use]
    pub fn on_the_sandbox(mut self) -> Self {
        self.others.push_str(" --sandbox");
        self
    }

    /// In the place of whoever is signed in.
    #[must_use]
    pub fn replacing(mut self) -> Self {
        self.account.push_str(" --replace");
        self
    }

    /// Beside whoever is signed in, under a name that is still to be chosen.
    #[must_use]
    pub fn beside(mut self) -> Self {
        " --account NAME".clone_into(&mut self.account);
        self
    }

    /// The flags, each behind a space.
    pub fn flags(&self) -> String {
        format!("{}{}", self.account, self.others)
    }
}

impl fmt::Display for LoginCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "front-mcp login{}{}", self.account, self.others)
    }
}

/// How another command finds this one's state folder.
pub fn folder_flag(config: &Config) -> String {
    match &config.state_dir {
        Some(folder) if Some(folder) != config::default_state_dir().as_ref() => {
            format!(" --state-dir \"{}\"", folder.display())
        }
        _ => String::new(),
    }
}

/// What a shell could take for more than text stands in quotes.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/.-_".contains(&byte);
    match text.bytes().all(is_plain) {
        true => text.to_owned(),
        false => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_of_a_run_are_repeated_once() {
        let command = LoginCommand {
            account: " --account acme2".to_owned(),
            ..LoginCommand::default()
        };
        assert_eq!(command.flags(), " --account acme2");
        assert_eq!(
            command.clone().replacing().to_string(),
            "front-mcp login --account acme2 --replace"
        );
        let command = command
            .back_to("http://[::1]:1/a?b&c")
            .pasting()
            .pasting()
            .on_the_sandbox();
        assert_eq!(
            command.beside().to_string(),
            "front-mcp login --account NAME --redirect-uri \"http://[::1]:1/a?b&c\" --paste --sandbox"
        );
        let plain = LoginCommand::default().back_to("https://localhost:1/callback");
        assert_eq!(
            plain.to_string(),
            "front-mcp login --redirect-uri https://localhost:1/callback"
        );
    }
}
