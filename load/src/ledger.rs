//! What was acknowledged, and whether it is there.
//!
//! A payload is a function of lane and version, so a lane's two versions are all that is kept of it:
//! what is read back is held against the payload itself, byte by byte, which no digest could better.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::payload::Payload;
use crate::target::{Broken, Client, Target};

/// One lane's versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The highest that was acknowledged.
    pub(crate) acknowledged: u64,
    /// The highest that was sent.
    pub(crate) tried: u64,
}

/// All lanes. Client `c` of `n` writes the lanes `c`, `c + n`, `c + 2n` and so on, and no other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By client, and then in the order of its lanes.
    pub(crate) clients: Vec<Vec<Entry>>,
}

impl Ledger {
    /// Lanes in it.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.clients.iter().map(Vec::len).sum()
    }
}

/// The number of a client's lane.
pub(crate) fn lane(client: usize, clients: usize, index: usize) -> u32 {
    u32::try_from(client + clients * index).unwrap_or(u32::MAX)
}

/// What reading all lanes back came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Lanes that were read.
    pub lanes: u64,
    /// Lanes in which an acknowledged version is not there, nor a later one.
    pub lost: u64,
    /// Lanes that hold what nobody sent: changed bytes, another lane's, or a version never tried.
    pub wrong: u64,
}

impl Verdict {
    /// Whether everything acknowledged is there, and nothing else.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.lost == 0 && self.wrong == 0
    }

    fn count(&mut self, entry: Entry, held: Option<Option<u64>>) {
        self.lanes += 1;
        match held {
            None => self.lost += u64::from(entry.acknowledged > 0),
            Some(None) => self.wrong += 1,
            Some(Some(version)) if version < entry.acknowledged => self.lost += 1,
            Some(Some(version)) => self.wrong += u64::from(version > entry.tried),
        }
    }
}

/// Reads every lane back and holds it against the ledger. A version that was sent and not answered
/// may be there or not; from then on the ledger goes by what is there.
///
/// # Errors
/// [`Broken`], when the target does not answer.
pub async fn verify<T: Target>(
    target: &Arc<T>,
    payload: &Arc<Payload>,
    ledger: &mut Ledger,
) -> Result<Verdict, Broken> {
    let clients = ledger.clients.len();
    let mut readers = JoinSet::new();
    for (client, entries) in std::mem::take(&mut ledger.clients).into_iter().enumerate() {
        let (target, payload) = (Arc::clone(target), Arc::clone(payload));
        readers.spawn(async move {
            let read = read(&*target, &payload, client, clients, entries).await;
            read.map(|(verdict, entries)| (client, verdict, entries))
        });
    }
    let mut verdict = Verdict::default();
    ledger.clients.resize_with(clients, Vec::new);
    while let Some(done) = readers.join_next().await {
        let (client, part, entries) = done.map_err(|_| Broken("a reader ended early"))??;
        verdict.lanes += part.lanes;
        verdict.lost += part.lost;
        verdict.wrong += part.wrong;
        ledger.clients[client] = entries;
    }
    Ok(verdict)
}

async fn read<T: Target>(
    target: &T,
    payload: &Payload,
    client: usize,
    clients: usize,
    mut entries: Vec<Entry>,
) -> Result<(Verdict, Vec<Entry>), Broken> {
    let mut verdict = Verdict::default();
    let number = u32::try_from(client).unwrap_or(u32::MAX);
    let mut reader = target.client(number).await?;
    for (index, entry) in entries.iter_mut().enumerate() {
        let lane = lane(client, clients, index);
        let held = reader.get(lane).await?;
        let version = held.map(|bytes| payload.version_in(lane, &bytes));
        verdict.count(*entry, version);
        if let Some(Some(version)) = version {
            *entry = Entry { acknowledged: version, tried: version.max(entry.tried) };
        }
    }
    Ok((verdict, entries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_and_what_is_wrong() {
        let entry = Entry { acknowledged: 5, tried: 6 };
        let nothing = Entry { acknowledged: 0, tried: 1 };
        for (entry, held, lost, wrong) in [
            (entry, Some(Some(5)), 0, 0),
            (entry, Some(Some(6)), 0, 0),
            (entry, Some(Some(4)), 1, 0),
            (entry, None, 1, 0),
            (entry, Some(Some(7)), 0, 1),
            (entry, Some(None), 0, 1),
            (nothing, None, 0, 0),
            (nothing, Some(Some(1)), 0, 0),
        ] {
            let mut verdict = Verdict::default();
            verdict.count(entry, held);
            assert_eq!(verdict, Verdict { lanes: 1, lost, wrong }, "{entry:?} {held:?}");
            assert_eq!(verdict.is_good(), lost + wrong == 0);
        }
    }
}
