//! Logins killed at any moment: the account is the one before or the new one, never a part.

use std::time::Duration;

use serde_json::Value;

use super::{Desk, browser};
use crate::support::{count, random::Random};

/// Kills one login after another around its browser's answer; each finds what the last one left.
async fn kills(usual: usize) {
    let seed = count("LOGIN_KILL_SEED", 20_261_121) as u64;
    let kills = count("LOGIN_KILLS", usual);
    let mut random = Random::new(seed, "login");
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let mut stored = 0;
    for round in 0..kills {
        let before = desk.account("default").unwrap();
        let login = desk.login(&[]).await;
        let back = browser::answered(&login.address, browser::ALLOW).await;
        let answering = tokio::spawn(async move { reqwest::get(back).await.is_ok() });
        tokio::time::sleep(Duration::from_micros(random.below(120_000) as u64)).await;
        login.kill().await;
        let _ = answering.await;

        // It can be read as a whole, and Front takes what is in it.
        let left = desk.account("default").unwrap();
        assert_eq!(desk.accepts(&left).await, (true, true), "{round}");
        stored += usize::from(left != before);
        assert_ne!(left["refresh_token"], Value::Null);
    }
    println!(
        "LOGIN_KILL_SEED={seed}: {stored} of {kills} had stored a sign-in before they were killed"
    );
    // Nothing that was left behind keeps the next one from its end.
    let begun = std::time::Instant::now();
    desk.sign_in(&[]).await;
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_killed_login_leaves_a_whole_account() {
    kills(12).await;
}

#[tokio::test]
#[ignore = "long: a thousand logins are killed"]
async fn a_thousand_killed_logins() {
    kills(1000).await;
}
