//! How clients come in: by TLS of the relay's own, and by a socket that somebody handed over.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use attune_relay::{RelayError, Tls, TlsError};
use clap::Args;

/// The files of TLS.
#[derive(Debug, Args)]
pub(crate) struct TlsFiles {
    /// The certificate with its whole chain, in PEM form, for a relay without a web server before
    /// it. Read again at SIGHUP.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_TLS_CERTIFICATE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,

    /// Its private key, in PEM form. Nobody else may be able to read the file.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_TLS_KEY", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
}

impl TlsFiles {
    /// Reads them, if there are any.
    pub(super) fn open(&self) -> Result<Option<Tls>, TlsError> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Tls::open(certificate.clone(), key.clone()).map(Some),
            _ => Ok(None),
        }
    }
}

/// The socket that systemd, or another program that keeps to `sd_listen_fds(3)`, handed over.
#[cfg(unix)]
pub(super) fn handed_over() -> Result<Option<Arc<TcpListener>>, RelayError> {
    let socket = listenfd::ListenFd::from_env().take_tcp_listener(0).map_err(RelayError::Listen)?;
    Ok(socket.map(Arc::new))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
pub(super) fn handed_over() -> Result<Option<Arc<TcpListener>>, RelayError> {
    Ok(None)
}
