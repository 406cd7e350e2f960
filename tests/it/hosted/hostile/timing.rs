//! Whether the time of a refusal tells how much of a token is right.

use std::time::{Duration, Instant};

use super::World;
use crate::support::{
    count,
    hosted::{client::Client, wire::Wire},
};

/// Made of a token that is right but for one letter.
fn wrong_at(token: &str, place: usize) -> String {
    let mut bytes = token.as_bytes().to_vec();
    bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

async fn refusal(wire: &mut Wire, request: &[u8]) -> Duration {
    let begun = Instant::now();
    let answer = wire.ask(request).await.unwrap();
    let elapsed = begun.elapsed();
    assert_eq!(answer.status, 401);
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::test]
#[ignore = "it measures, and asserts nothing of what it measures"]
async fn a_wrong_token_takes_as_long_wherever_it_is_wrong() {
    let world = World::new().await;
    let requests = count("TIMED_TOKENS", 2_000);
    let last = world.token.len() - 1;
    let posts = ["fmcp_".len(), last].map(|place| {
        let token = wrong_at(&world.token, place);
        world
            .good()
            .set("Authorization", &format!("Bearer {token}"))
            .bytes()
    });
    let mut wire = Wire::open(world.server.address).await.unwrap();
    let mut times = [Vec::new(), Vec::new()];
    // In turns, so that whatever else the machine does falls on both.
    for round in 0..requests + 100 {
        for (post, times) in posts.iter().zip(&mut times) {
            let elapsed = refusal(&mut wire, post).await;
            if round >= 100 {
                times.push(elapsed);
            }
        }
    }
    let [first, last] = times.map(median);
    let ratio = first.as_secs_f64() / last.as_secs_f64();
    println!("medians of {requests}: first letter {first:?}, last {last:?}, ratio {ratio:.4}");
    let mut client = Client::new(world.server.address, &world.token, super::Era::PerRequest);
    client.call("list-tags", serde_json::json!({})).await;
}
