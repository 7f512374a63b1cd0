//! What an error of the server or the road to it means, and whether to ask again.

use deadpool_postgres::{HookError, PoolError, TimeoutType};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

/// The server's answer as ours. Its message may quote what was asked: only the code is kept.
pub(super) fn of_database(error: &Error) -> StoreError {
    match error.code() {
        Some(&SqlState::DISK_FULL) => StoreError::Full,
        Some(code) => StoreError::unavailable(code.code().to_owned()),
        None if is_of_tls(error) => StoreError::unavailable("certificate"),
        None => StoreError::unavailable("connection"),
    }
}

/// Whether the handshake of TLS failed: most likely for a certificate that is not trusted.
fn is_of_tls(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(inner) = inner
            && inner.is::<tokio_rustls::rustls::Error>()
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Why there was no connection to ask over.
pub(super) fn of_pool(error: &PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
            of_database(error)
        }
        PoolError::PostCreateHook(HookError::Message(setting)) => {
            match SETTINGS.into_iter().find(|known| *known == setting) {
                Some(setting) => StoreError::Setting(setting),
                None => StoreError::unavailable("connection"),
            }
        }
        PoolError::Timeout(TimeoutType::Wait) => StoreError::unavailable("busy"),
        PoolError::Timeout(_) => StoreError::unavailable("connection"),
        PoolError::Closed => StoreError::unavailable("closed"),
        PoolError::NoRuntimeSpecified => StoreError::unavailable("runtime"),
    }
}

/// What a connection is not used without, by the names that the server has for it.
pub(super) const SETTINGS: [&str; 3] = ["synchronous_commit", "fsync", "full_page_writes"];

/// Whether the same statement may do better when it is asked again.
pub(super) fn is_passing(error: &Error) -> bool {
    let Some(code) = error.code() else {
        // No answer of the server's at all: the connection broke, before or after it did what was asked.
        return true;
    };
    let known = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN,
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        // What was the primary is a standby now: the next connection may find the new one.
        SqlState::READ_ONLY_SQL_TRANSACTION,
    ];
    // Class 08: the connection.
    known.contains(code) || code.code().starts_with("08")
}

/// Whether what failed so was certainly not carried out: the server lives, and says so.
pub(super) fn is_undone(error: &Error) -> bool {
    let unknown = [
        SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN,
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
    ];
    error.code().is_some_and(|code| !unknown.contains(code) && !code.code().starts_with("08"))
}

/// Whether the connection that answered so is of no more use.
pub(super) fn is_of_the_connection(error: &Error) -> bool {
    error.is_closed()
        || error.code().is_none_or(|code| {
            let row = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
            !row.contains(code)
        }) && is_passing(error)
}
