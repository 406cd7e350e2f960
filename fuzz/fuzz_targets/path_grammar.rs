//! The path grammar: what it accepts is what goes over the wire, and no send hides in it.

#![no_main]

use front_mcp::front::{
    Effect, Method, Operation,
    client::resolve,
    path::{RoutePath, Segment, fill},
};
use libfuzzer_sys::fuzz_target;

const BASE: &str = "https://api2.frontapp.com";

fuzz_target!(|text: &str| {
    if let Ok(path) = RoutePath::parse(text) {
        for method in Method::ALL {
            if let Some((operation, parameters)) = resolve(method, &path) {
                let wire = fill(operation, &parameters).expect("its own parameters fill it");
                assert_eq!(wire, text, "what was checked is not what is sent");
                stays(&wire);
                let is_send = method == Method::Post
                    && (text.starts_with("/conversations/") || text.starts_with("/channels/"))
                    && text.ends_with("/messages")
                    && text.split('/').count() == 4;
                assert_eq!(operation.effect == Effect::Send, is_send, "{text}");
            }
        }
    }
    // A parameter is one segment, whatever it holds.
    for segment in [Segment::plain(text), Segment::encoded(text)].into_iter().flatten() {
        let operation = Operation::by_id("search-conversations").expect("it is in the table");
        let wire = fill(operation, &[segment]).expect("one parameter");
        assert_eq!(wire.split('/').count(), 4, "{wire}");
        stays(&wire);
    }
});

/// A URL parser reads exactly what was written, on the same host.
fn stays(path: &str) {
    let mut url = url::Url::parse(BASE).expect("an address");
    url.set_path(path);
    assert_eq!(url.path(), path);
    assert_eq!(url.host_str(), Some("api2.frontapp.com"));
    assert!(url.query().is_none() && url.fragment().is_none());
}
