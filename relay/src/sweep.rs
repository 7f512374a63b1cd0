//! What is old goes: envelopes nobody read, lanes nobody touched.
//!
//! The sweep walks the lanes in the order of their ids, a page at a time on a reading connection,
//! and writes single rows through the same queue as everybody else. So it never holds the writer
//! longer than a PUT does, and needs no index by day.

use attune_wire::{ENVELOPE_LEN, LaneId};
use ring::digest;

use crate::store::{BODY_DAYS, Body, LANE_DAYS, Store, StoreError};

const PAGE: u32 = 256;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Envelopes dropped.
    pub bodies: u64,
    /// Lanes removed.
    pub lanes: u64,
}

/// One sweep through all lanes; `today` is in days since 1970-01-01.
///
/// # Errors
/// [`StoreError`]: the sweep stopped there; what it did stands, and the next one starts anew.
pub async fn sweep(store: &impl Store, today: u32) -> Result<Swept, StoreError> {
    let mut swept = Swept::default();
    let mut after = None;
    while let Some(last) = sweep_page(store, today, after, &mut swept).await? {
        after = Some(last);
    }
    Ok(swept)
}

/// Sweeps the next lanes after `after`, [`PAGE`] at most, and answers the last of them; `None` at the end.
/// Whoever pauses between two pages leaves the store to others meanwhile.
pub(crate) async fn sweep_page(
    store: &impl Store,
    today: u32,
    after: Option<LaneId>,
    swept: &mut Swept,
) -> Result<Option<LaneId>, StoreError> {
    let page = store.page(after, PAGE).await?;
    let last = page.lanes.last().map(|(id, ..)| *id);
    for (id, version, day, has_envelope) in page.lanes {
        let age = today.saturating_sub(day);
        if age >= LANE_DAYS {
            swept.lanes += u64::from(store.expire(id, today - LANE_DAYS).await?);
        } else if has_envelope && age >= BODY_DAYS {
            let Some(lane) = store.lane(id).await? else {
                continue;
            };
            if let (true, Body::Envelope(envelope)) = (lane.version == version, &lane.body) {
                let digest = Some(digest_of(envelope));
                store.mark(id, version, lane.read_version, digest, None).await?;
                swept.bodies += 1;
            }
        }
    }
    Ok(last)
}

/// SHA-256 of an envelope.
pub(crate) fn digest_of(envelope: &[u8; ENVELOPE_LEN]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, envelope).as_ref());
    out
}
