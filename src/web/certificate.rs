//! A certificate for this machine, made on the spot: good for a day and for this process. Its key
//! never leaves memory. Nobody vouches for it, so browsers warn; they cannot know better.

use std::{
    io,
    sync::Arc,
    time::{Duration, SystemTime},
};

use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// A clock may be a little behind.
const BEFORE: Duration = Duration::from_secs(60 * 60);

/// How long it is good.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// TLS under these names and addresses.
///
/// # Errors
/// When no key or certificate can be made.
pub fn acceptor(names: &[String]) -> io::Result<TlsAcceptor> {
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = parameters(names)
        .and_then(|parameters| parameters.self_signed(&key))
        .map_err(io::Error::other)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // The provider is named: a process-wide one is nobody's to set here.
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn parameters(names: &[String]) -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::new(names.to_vec())?;
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, "front-mcp on this machine");
    parameters.distinguished_name = subject;
    let now = SystemTime::now();
    parameters.not_before = (now - BEFORE).into();
    parameters.not_after = (now + DAY).into();
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_can_be_made_for_every_name_of_this_machine() {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        assert!(acceptor(&names).is_ok());
        assert!(acceptor(&["127.0.0.2".to_owned()]).is_ok());
    }
}
