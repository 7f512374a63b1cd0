//! TLS in the relay itself, for who wants no web server before it: certificate and key from files,
//! read anew when they change.
//!
//! TLS 1.2 and 1.3 by rustls on ring. Sessions are not resumed: a ticket would tell the relay that the
//! same device is back, and the relay would keep something of it.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::{default_provider, sign::any_supported_type};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{DEFAULT_VERSIONS, ServerConfig};
use zeroize::{Zeroize as _, Zeroizing};

/// More than any chain or key needs; a wrong file is not read to its end.
const MOST: u64 = 1 << 20;

/// Certificate and key, and the files that they came from. Clones share what a reload brings.
#[derive(Clone)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: Arc<Current>,
    config: Arc<ServerConfig>,
}

/// Why certificate and key cannot be used. Holds nothing of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// The certificate's file cannot be read.
    #[error("the TLS certificate's file cannot be read: {0}")]
    CertificateFile(std::io::ErrorKind),
    /// The file has no certificate, or one that is damaged.
    #[error("the TLS certificate's file holds no certificate in PEM form")]
    NoCertificate,
    /// The key's file cannot be read.
    #[error("the TLS key's file cannot be read: {0}")]
    KeyFile(std::io::ErrorKind),
    /// Others on this machine may read the key.
    #[error("the TLS key's file can be read by others: make it private with chmod 600")]
    KeyNotPrivate,
    /// The file has no key, or one of a kind that is not known.
    #[error("the TLS key's file holds no private key in PEM form (ECDSA, RSA or Ed25519)")]
    NoKey,
    /// The two are not a pair.
    #[error("the TLS key does not belong to the certificate")]
    NotAPair,
    /// The cryptography below did not answer.
    #[error("TLS cannot be set up")]
    Engine,
}

impl Tls {
    /// Reads both files, in PEM form: the certificate first in its chain, and its private key, which
    /// nobody else may read.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn open(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let current = Arc::new(Current(RwLock::new(read_pair(&certificate, &key)?)));
        let resolver: Arc<dyn ResolvesServerCert> = Arc::<Current>::clone(&current);
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(DEFAULT_VERSIONS)
            .map_err(|_| TlsError::Engine)?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { certificate, key, current, config: Arc::new(config) })
    }

    /// Reads both files again. Connections from now on get what they hold; those that are there stay.
    ///
    /// # Errors
    /// [`TlsError`]: what was there before stays in use.
    pub fn reload(&self) -> Result<(), TlsError> {
        let pair = read_pair(&self.certificate, &self.key)?;
        *self.current.0.write().unwrap_or_else(PoisonError::into_inner) = pair;
        Ok(())
    }

    /// The chain in use, its own certificate first, in DER form.
    pub(crate) fn chain(&self) -> Vec<CertificateDer<'static>> {
        self.current.pair().cert.clone()
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tls")
    }
}

/// What is shown to whoever connects.
struct Current(RwLock<Arc<CertifiedKey>>);

impl Current {
    fn pair(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Current {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Current")
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.pair())
    }
}

fn read_pair(certificate: &Path, key: &Path) -> Result<Arc<CertifiedKey>, TlsError> {
    let pem = read(certificate, |_| Ok(())).map_err(|error| match error {
        ReadError::NotPrivate => TlsError::Engine,
        ReadError::File(kind) => TlsError::CertificateFile(kind),
    })?;
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .map_err(|_| TlsError::NoCertificate)?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate);
    }
    let pem = read(key, private).map_err(|error| match error {
        ReadError::NotPrivate => TlsError::KeyNotPrivate,
        ReadError::File(kind) => TlsError::KeyFile(kind),
    })?;
    let mut der = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| TlsError::NoKey)?;
    let key = any_supported_type(&der);
    // What ring made of it stays in memory for as long as it is used; these bytes need not.
    der.zeroize();
    let pair = CertifiedKey::new(chain, key.map_err(|_| TlsError::NoKey)?);
    // Where a kind of key cannot be compared, a handshake would fail: all that ring reads can be.
    match pair.keys_match() {
        Ok(()) => Ok(Arc::new(pair)),
        Err(tokio_rustls::rustls::Error::InconsistentKeys(_)) => Err(TlsError::NotAPair),
        Err(_) => Err(TlsError::NoCertificate),
    }
}

enum ReadError {
    NotPrivate,
    File(std::io::ErrorKind),
}

fn read(
    path: &Path,
    check: impl FnOnce(&std::fs::Metadata) -> Result<(), ReadError>,
) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let failed = |error: std::io::Error| ReadError::File(error.kind());
    let file = std::fs::File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    check(&metadata)?;
    // Its size at once, so that no growing buffer leaves copies behind.
    let size = usize::try_from(metadata.len().min(MOST)).unwrap_or(0);
    let mut bytes = Zeroizing::new(Vec::with_capacity(size + 1));
    file.take(MOST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Only its owner may read a key. One of root's may be read by a group as well, which is how
/// certificates are often shared with a service, and how systemd hands a credential over.
#[cfg(unix)]
fn private(metadata: &std::fs::Metadata) -> Result<(), ReadError> {
    use std::os::unix::fs::MetadataExt as _;

    let too_open = if metadata.uid() == 0 { 0o037 } else { 0o077 };
    if metadata.mode() & too_open == 0 { Ok(()) } else { Err(ReadError::NotPrivate) }
}

#[cfg(not(unix))]
fn private(_metadata: &std::fs::Metadata) -> Result<(), ReadError> {
    Ok(())
}
