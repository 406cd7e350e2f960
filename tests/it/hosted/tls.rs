//! TLS without a proxy, and a certificate that is replaced while the server runs.

use std::{net::SocketAddr, sync::Arc};

use serde_json::json;
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, ServerName},
    },
};

use crate::support::{
    front::Front,
    hosted::{
        Hosted, Operator,
        certificate::Pair,
        client::Client,
        wire::{Broken, Wire},
    },
    mcp::Era,
};

/// A connection of who trusts this certificate alone.
async fn open(pair: &Pair, address: SocketAddr) -> Option<Wire> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(pair.der.clone())).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector.connect(name, stream).await.ok()?;
    Some(Wire::over(stream))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_certificate_is_shown_to_the_next_connection() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let (old, new) = (Pair::new(), Pair::new());
    let certificate = operator.write("cert.pem", &old.certificate);
    let key = operator.write("key.pem", &old.key);
    let arguments = ["--tls-cert", &certificate, "--tls-key", &key];
    let server = Hosted::serving(&operator, &front.base(), &arguments).await;
    assert!(server.log().contains("listens on https://"));
    let client = || Client::new(server.address, &token, Era::PerRequest);
    let mut kept = client().over(open(&old, server.address).await.unwrap());
    kept.call("list-tags", json!({})).await;
    assert!(open(&new, server.address).await.is_none());
    // Plain HTTP gets no answer, and harms nobody.
    let mut plain = Wire::open(server.address).await.unwrap();
    let answer = plain.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(
        matches!(
            answer,
            Err(Broken::Closed | Broken::Reset | Broken::Half | Broken::Silent)
        ),
        "{answer:?}"
    );

    // One file before the other: until both fit, the old pair stays.
    operator.write("cert.pem", &new.certificate);
    server.has_told("the old one stays").await;
    assert!(open(&old, server.address).await.is_some());
    operator.write("key.pem", &new.key);
    server.has_told("the certificate was read anew").await;
    let mut next = client().over(open(&new, server.address).await.unwrap());
    next.call("list-tags", json!({})).await;
    assert!(open(&old, server.address).await.is_none());
    kept.call("list-tags", json!({})).await;
    assert!(kept.is_connected(), "connections outlive a certificate");
    let log = server.log();
    assert!(
        !log.contains("PRIVATE") && !log.contains("panicked"),
        "{log}"
    );
}
