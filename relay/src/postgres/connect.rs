//! Connections: how they are made, what is asked of each before it is used, and the pool they wait in.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::address::Address;
use super::failure::SETTINGS;
use crate::store::StoreError;

/// How long one who asks waits for a connection that is free. Longer than a failover's first seconds,
/// shorter than a phone's patience.
const WAIT: Duration = Duration::from_secs(5);

/// Each statement is of one row: what takes longer than this waits for somebody who is stuck.
const SESSION: &str = "SET statement_timeout = '5s'; SET lock_timeout = '4s'";

/// A pool that connects when it is first asked. Every connection holds to its settings, or is not used.
pub(super) fn pool(address: &Address) -> Result<Pool, StoreError> {
    let tls = MakeRustlsConnect::new(tls(address.root_certificates.as_deref())?);
    let manager = Manager::from_config(
        address.config.clone(),
        tls,
        ManagerConfig { recycling_method: RecyclingMethod::Fast },
    );
    Pool::builder(manager)
        .max_size(address.connection_limit())
        .runtime(Runtime::Tokio1)
        .timeouts(Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) })
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move {
                match settle(client).await {
                    Ok(None) => Ok(()),
                    Ok(Some(setting)) => Err(HookError::message(setting)),
                    Err(error) => Err(HookError::Backend(error)),
                }
            })
        }))
        .build()
        .map_err(|_| StoreError::unavailable("runtime"))
}

/// Puts the session's settings in place and reads back what durability hangs on; answers the one that
/// does not hold.
async fn settle(client: &Client) -> Result<Option<&'static str>, tokio_postgres::Error> {
    client.batch_execute(SESSION).await?;
    // An operator may have asked for more than `on`, and keeps it.
    if !["on", "remote_apply"].contains(&shown(client, "synchronous_commit").await?.as_str()) {
        client.batch_execute("SET synchronous_commit = on").await?;
    }
    for setting in SETTINGS {
        // A server that has no such setting cannot switch it off.
        if let Ok(value) = shown(client, setting).await
            && !["on", "remote_apply"].contains(&value.as_str())
        {
            return Ok(Some(setting));
        }
    }
    Ok(None)
}

async fn shown(client: &Client, setting: &'static str) -> Result<String, tokio_postgres::Error> {
    client.query_one(&format!("SHOW {setting}"), &[]).await?.try_get(0)
}

fn tls(root_certificates: Option<&Path>) -> Result<ClientConfig, StoreError> {
    let mut roots = RootCertStore::empty();
    match root_certificates {
        Some(file) => {
            let unreadable = |_| StoreError::RootCertificates;
            for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
                let certificate = certificate.map_err(unreadable)?;
                roots.add(certificate).map_err(|_| StoreError::RootCertificates)?;
            }
            if roots.is_empty() {
                return Err(StoreError::RootCertificates);
            }
        }
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| StoreError::unavailable("tls"))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
