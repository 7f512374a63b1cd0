//! What the system tells a relay: to stop, or to read its certificate anew.

use crate::config::RelayError;
use crate::tls::Tls;

/// Listens from now on; the future ends at SIGTERM or SIGINT, or never. SIGHUP reads certificate and
/// key again; a relay without them has nothing to read, and stops as at SIGTERM: whoever started it may
/// start it anew.
pub(crate) fn stop_signal(
    listen: bool,
    tls: Option<Tls>,
) -> Result<impl Future<Output = ()>, RelayError> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        let on = |kind| listen.then(|| signal(kind)).transpose().map_err(RelayError::System);
        [on(SignalKind::terminate())?, on(SignalKind::interrupt())?, on(SignalKind::hangup())?]
    };
    Ok(async move {
        #[cfg(unix)]
        if let [Some(mut terminate), Some(mut interrupt), Some(mut hangup)] = signals {
            loop {
                tokio::select! {
                    _ = terminate.recv() => return,
                    _ = interrupt.recv() => return,
                    _ = hangup.recv() => {}
                }
                let Some(tls) = &tls else { return };
                match tls.reload() {
                    Ok(()) => tracing::info!("certificate read anew"),
                    Err(error) => tracing::error!(%error, "the old certificate stays in use"),
                }
            }
        }
        #[cfg(not(unix))]
        {
            drop(tls);
            if listen && tokio::signal::ctrl_c().await.is_ok() {
                return;
            }
        }
        std::future::pending::<()>().await;
    })
}
