//! Sync. The shell sends what it is given, and brings the answer; it can stop at any step.

use std::time::Duration;

use attune_core::sync;

use crate::error::AttuneError;
use crate::guard::guarded;
use crate::shows_its_name_only;
use crate::time::Now;
use crate::vault::Vault;

/// A request for the shell to send: POST `body` to `url` as `application/octet-stream`. It is sealed: whoever sees it
/// learns nothing.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct SyncRequest {
    /// Where to: the relay's origin and the path of its one endpoint.
    pub url: String,
    /// As many bytes as `Limits` says in `frame_bytes`.
    pub body: Vec<u8>,
}

/// What the relay answered.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct SyncAnswer {
    /// The status; anything but 200 counts as no usable answer.
    pub status: u16,
    /// The body. The shell need read no more than one byte over `frame_bytes`.
    pub body: Vec<u8>,
}

shows_its_name_only! { SyncRequest SyncAnswer }

/// For how many nanoseconds to hold back the next request of a sync, when it is ready so many after the last answer
/// came, or was given up. So each request but the first leaves at a fixed moment, and the pause before it does not
/// hint at what came. Both are of a clock that nobody sets.
///
/// # Errors
/// `Internal`.
#[uniffi::export]
pub fn hold_back_nanos(since_nanos: u64) -> Result<u64, AttuneError> {
    guarded(|| {
        let held = sync::hold_back(Duration::from_nanos(since_nanos));
        u64::try_from(held.as_nanos()).map_err(|_| AttuneError::Internal)
    })
}

/// Sync.
#[uniffi::export]
impl Vault {
    /// Starts a sync. One that was broken off begins anew, from what is stored.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn sync_begin(&self, now: Now) -> Result<(), AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| phone.sync_begin(now))
    }

    /// The next request; none when the sync is done, and before the first pairing.
    ///
    /// # Errors
    /// `Closed`, `Storage`, `Damaged`.
    pub fn sync_next(&self) -> Result<Option<SyncRequest>, AttuneError> {
        self.with(|phone| {
            let request = phone.sync_next()?;
            Ok::<_, attune_core::Error>(
                request
                    .map(|request| SyncRequest { url: request.url, body: request.body.to_vec() }),
            )
        })
    }

    /// Brings the answer to the request that `sync_next` gave last; none when the relay was not reached.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotWaiting`.
    pub fn sync_feed(&self, answer: Option<SyncAnswer>, now: Now) -> Result<(), AttuneError> {
        let now = now.try_into()?;
        let answer = match &answer {
            Some(SyncAnswer { status, body }) => sync::SyncAnswer::Http { status: *status, body },
            None => sync::SyncAnswer::Unreachable,
        };
        self.with(|phone| phone.sync_feed(now, answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_back_leaves_at_the_moments_of_the_core() {
        let pace = u64::try_from(sync::PACE.as_nanos()).unwrap();
        for since in [0, 1, 250_000, pace - 1, pace, pace + 1, 131_000_000, u64::MAX - pace] {
            let held = hold_back_nanos(since).unwrap();
            assert!(held <= pace, "{since}");
            assert!(since + held > 0 && (since + held).is_multiple_of(pace), "{since}");
        }
        assert!(hold_back_nanos(u64::MAX).unwrap() <= pace);
    }
}
