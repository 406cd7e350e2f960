//! Servers killed while they renew: what the vault holds is whole, and Front accepts it.

use std::time::{Duration, Instant};

use front_mcp::front::credential::Renewing as _;
use serde_json::json;

use super::crowd::signed_in;
use crate::support::{
    count,
    front::Front,
    mcp::{Era, Mcp},
    random::Random,
    sign_in::{accepts, kept, session, sign_in, tell},
};

/// Kills one server after another in the midst of a renewal, each on what the last one left.
async fn kills(kills: usize, rotation: &str, seed: u64) {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "rotation": rotation })).await;
    sign_in(&front, folder.path()).await;
    let mut random = Random::new(seed, rotation);
    let mut renewed = 0;
    for round in 0..kills {
        let before = kept(folder.path());
        tell(&front, json!({ "expire_now": true })).await;
        let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
        for _ in 0..4 {
            let arguments = json!({ "method": "GET", "path": "/me" });
            server.post_call("raw-api-request", arguments).await;
        }
        tokio::time::sleep(Duration::from_micros(random.below(60_000) as u64)).await;
        server.kill().await;

        let begun = Instant::now();
        let left = kept(folder.path());
        let (_, refresh) = accepts(&front, &left).await;
        assert!(
            refresh,
            "{rotation}, {round}: Front no longer accepts what was left"
        );
        renewed += usize::from(left.expires != before.expires);
        // Whoever comes next can go on at once; a lock does not outlive its holder.
        if round % 8 == 0 {
            let session = session(&front, folder.path());
            let stale = session.token().await.unwrap();
            session.after_refusal(stale).await.unwrap();
            assert!(
                begun.elapsed() < Duration::from_secs(1),
                "{:?}",
                begun.elapsed()
            );
        }
        let strays = std::fs::read_dir(folder.path().join("accounts"))
            .unwrap()
            .count();
        assert!(strays < 2 + kills, "{strays} files");
    }
    println!(
        "{rotation}, KILL_SEED={seed}: {renewed} of {kills} had renewed before they were killed"
    );
    assert!(
        kills < 100 || renewed > kills / 10,
        "killed before anything happened"
    );
}

async fn both(usual: usize) {
    let seed = count("KILL_SEED", 20_261_121) as u64;
    let each = count("KILLS", usual) / 2;
    // Where the one before stays valid until the new one is used, as it is used only once stored.
    for rotation in ["same", "grace"] {
        kills(each, rotation, seed).await;
    }
}

#[tokio::test]
async fn a_killed_renewal_loses_nothing() {
    both(20).await;
}

#[tokio::test]
#[ignore = "long: two thousand servers are killed"]
async fn two_thousand_killed_renewals() {
    both(2000).await;
}
