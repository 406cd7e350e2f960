//! TLS for those without a proxy: certificate and key from PEM files, read again when they change.

use std::{
    fs, io,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
    server::TlsStream,
};

use crate::config::http::TlsFiles;

/// How often the files are looked at.
const GLANCE: Duration = Duration::from_secs(2);

/// The certificate in use.
pub struct Tls {
    files: TlsFiles,
    acceptor: RwLock<TlsAcceptor>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// When one cannot be read, or the two do not belong together.
    pub fn open(files: &TlsFiles) -> io::Result<Arc<Self>> {
        let acceptor = RwLock::new(read(files)?);
        let files = files.clone();
        Ok(Arc::new(Self { files, acceptor }))
    }

    /// Does the handshake.
    pub async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let acceptor = self
            .acceptor
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        acceptor.accept(stream).await
    }

    /// Takes new files up for as long as somebody needs them. Where they cannot be used, the old ones stay.
    pub async fn keep_fresh(self: Arc<Self>) {
        let tls = Arc::downgrade(&self);
        let mut seen = stamp(&self.files);
        drop(self);
        loop {
            tokio::time::sleep(GLANCE).await;
            let Some(tls) = tls.upgrade() else { return };
            let now = stamp(&tls.files);
            if now == seen {
                continue;
            }
            match read(&tls.files) {
                Ok(acceptor) => {
                    *tls.acceptor.write().unwrap_or_else(PoisonError::into_inner) = acceptor;
                    seen = now;
                    tracing::warn!("the certificate was read anew");
                }
                // One may be there before the other: the next look finds both.
                Err(error) => {
                    tracing::error!(%error, "the changed certificate cannot be used; the old one stays");
                }
            }
        }
    }
}

type Stamp = [Option<(SystemTime, u64)>; 2];

fn stamp(files: &TlsFiles) -> Stamp {
    [&files.certificate, &files.key].map(|path| {
        let data = fs::metadata(path).ok()?;
        Some((data.modified().ok()?, data.len()))
    })
}

fn read(files: &TlsFiles) -> io::Result<TlsAcceptor> {
    let chain: Vec<_> = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect)
        .map_err(|error| unusable(&files.certificate, &error.to_string()))?;
    if chain.is_empty() {
        return Err(unusable(&files.certificate, "it holds no certificate"));
    }
    // What is wrong with a key is not repeated in detail: it could be a part of it.
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|_| unusable(&files.key, "it holds no private key in PEM form"))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| unusable(&files.certificate, &error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn unusable(path: &Path, why: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("{} cannot be used for TLS: {why}", path.display()),
    )
}
