//! Many rotations over a Front whose answers get lost.

use front_mcp::front::credential::{Renewing as _, Withheld};
use reqwest::Method;
use serde_json::json;

use crate::support::{
    count,
    front::Front,
    random::Random,
    sign_in::{accepts, kept, session, sign_in, tell},
};

/// How an answer to a request for a token goes wrong.
const LOST: [&str; 7] = [
    "reset_after",
    "reset",
    "truncated",
    "html",
    "garbage",
    "empty",
    "wrong_types",
];

/// What became of so many rotations.
#[derive(Debug, Default)]
struct Tally {
    renewed: usize,
    lost: usize,
    forced: usize,
}

/// One sign-in that is rotated over and over. A new session each time, as after a restart: nothing
/// in a process's memory helps it over what the vault does not hold.
async fn rotate(rotations: usize, rotation: &str, random: &mut Random) -> Tally {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "rotation": rotation })).await;
    sign_in(&front, folder.path()).await;
    let mut tally = Tally::default();
    while tally.renewed < rotations {
        tell(&front, json!({ "expire_now": true })).await;
        let loses = random.below(10) < 3;
        if loses {
            let kind = LOST[random.below(LOST.len())];
            let fault =
                json!({ "kind": kind, "times": 1, "match": { "path_prefix": "/oauth/token" } });
            front.fault(fault).await;
            tally.lost += 1;
        }
        let before = kept(folder.path());
        let session = session(&front, folder.path());
        let stale = session.token().await.unwrap();
        match session.after_refusal(stale).await {
            Ok(token) => {
                tally.renewed += 1;
                // What the vault holds is what is used, and Front accepts it.
                let account = kept(folder.path());
                assert_eq!(accepts(&front, &account).await, (true, true), "{rotation}");
                assert!(account.ended.is_none());
                if random.below(2) == 0 {
                    let me = bearer(&front, &account).await;
                    assert!(me, "{rotation}: the new token is refused");
                }
                drop(token);
            }
            Err(Withheld::NotRenewed(_)) => {
                assert!(
                    loses,
                    "{rotation}: nothing was lost, and it was not renewed"
                );
            }
            Err(Withheld::SignedOut(_)) => {
                // Only where Front takes nothing of what is held.
                assert_eq!(accepts(&front, &before).await, (false, false), "{rotation}");
                let account = kept(folder.path());
                assert_eq!(
                    accepts(&front, &account).await,
                    (false, false),
                    "{rotation}"
                );
                assert!(account.ended.is_some());
                tally.forced += 1;
                sign_in(&front, folder.path()).await;
            }
            Err(other) => panic!("{rotation}: {other:?}"),
        }
        front.heal().await;
    }
    tally
}

async fn bearer(front: &Front, account: &front_mcp::account::Account) -> bool {
    use secrecy::ExposeSecret as _;
    let answer = reqwest::Client::new()
        .request(Method::GET, format!("{}/me", front.base()))
        .bearer_auth(account.access.expose_secret())
        .send()
        .await
        .unwrap();
    answer.status().is_success()
}

async fn rotations(usual: usize) {
    let seed = count("ROTATION_SEED", 20_261_121) as u64;
    let each = count("ROTATIONS", usual) / 3 + 1;
    for rotation in ["same", "grace", "strict"] {
        let mut random = Random::new(seed, rotation);
        let tally = rotate(each, rotation, &mut random).await;
        println!("{rotation}, ROTATION_SEED={seed}: {tally:?}");
        // Only a Front that forgets the token before at once can lose a sign-in to a lost answer.
        assert!(
            rotation == "strict" || tally.forced == 0,
            "{rotation}: {tally:?}"
        );
    }
}

#[tokio::test]
async fn no_sign_in_is_lost_with_an_answer() {
    rotations(150).await;
}

#[tokio::test]
#[ignore = "long: ten thousand rotations"]
async fn ten_thousand_rotations() {
    rotations(10_000).await;
}
