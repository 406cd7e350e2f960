//! Asking a person at the terminal for a PIN. Every refusal says what did not happen.

use anyhow::anyhow;
use secrecy::SecretString;

use super::Failure;
use crate::{
    approver::{Approver, Verdict},
    shape::time::iso,
};

/// Asks at the controlling terminal, whatever the standard streams are.
pub fn ask(question: &str, undone: &str) -> Result<SecretString, Failure> {
    let answer = rpassword::prompt_password(question)
        .map_err(|error| anyhow!("the terminal cannot be asked: {error}; {undone}"))?;
    Ok(SecretString::from(answer))
}

/// Asks for the approver's PIN and counts the try; anything but the right one is a refusal. The
/// `hint` stands behind what is said of a wrong one.
pub fn ask_approver(
    approver: &Approver,
    question: &str,
    undone: &str,
    hint: &str,
) -> Result<IsSet, Failure> {
    let pin = ask(question, undone)?;
    match approver.check(&pin).map_err(anyhow::Error::from)? {
        Verdict::Right => Ok(IsSet::Yes),
        Verdict::NotSet => Ok(IsSet::No),
        Verdict::Wrong { left } => Err(anyhow!(
            "this is not the PIN; {undone}, {left} more tries before none is taken for 15 minutes{hint}"
        )
        .into()),
        Verdict::Locked { until } => Err(anyhow!(
            "too many tries were wrong; {undone}, try again after {}",
            iso(until)
        )
        .into()),
    }
}

/// Whether there is a PIN at all.
pub enum IsSet {
    /// And it was typed.
    Yes,
    /// Somebody cleared it meanwhile.
    No,
}
