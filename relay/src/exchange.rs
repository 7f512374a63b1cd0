//! A frame in, a frame out.
//!
//! The order is the point: parse, relay id, signature, rate of the lane, and only then the store. A
//! bad signature therefore always takes the same short way, whatever lanes there are; and to be told
//! that a lane is unknown, one must hold a key that its id is made of. So DENIED says nothing that
//! its receiver did not know, by its words or by its time.

use std::sync::Arc;

use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, FrameError, Operation, RelayId, Request, Response, Status,
};

use crate::bucket::Buckets;
use crate::clock::{Clock, month_of_day};
use crate::config::Rate;
use crate::filler::Filler;
use crate::metrics::{Count, Metrics};
use crate::problem::Problem;
use crate::signatures::Signatures;
use crate::store::{Body, Put, Store, StoreError};
use crate::sweep::digest_of;

/// All that answering needs.
pub(crate) struct Exchange<S> {
    pub(crate) store: S,
    pub(crate) relay: RelayId,
    pub(crate) open: bool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) metrics: Arc<Metrics>,
    signatures: Arc<Signatures>,
    lanes: Buckets,
    filler: Filler,
}

/// An answer before it is a frame.
struct Answer {
    status: Status,
    version: u64,
    retry_after: u32,
    envelope: Option<Box<[u8; ENVELOPE_LEN]>>,
}

impl From<Status> for Answer {
    fn from(status: Status) -> Self {
        Self { status, version: 0, retry_after: 0, envelope: None }
    }
}

impl Answer {
    fn at(status: Status, version: u64) -> Self {
        Self { version, ..status.into() }
    }
}

impl<S: Store> Exchange<S> {
    /// # Errors
    /// [`std::io::Error`], when the system gives no random bytes.
    pub(crate) fn new(
        store: S,
        relay: RelayId,
        open: bool,
        lane_rate: Rate,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> std::io::Result<Self> {
        let (lanes, filler) = (Buckets::new(lane_rate), Filler::new()?);
        let signatures = Arc::default();
        Ok(Self { store, relay, open, clock, metrics, signatures, lanes, filler })
    }

    /// Answers a body of any bytes: a frame, or the problem that it is none.
    pub(crate) async fn answer(&self, body: &[u8]) -> Result<Box<[u8; FRAME_LEN]>, Problem> {
        let answer = match Request::parse(body) {
            Ok(signed) if *signed.relay() != self.relay => Status::Denied.into(),
            Ok(signed) => match self.signatures.verify(signed).await {
                Ok(request) => self.serve(request).await?,
                Err(_) => Status::Denied.into(),
            },
            Err(FrameError::FrameVersion) => Status::Version.into(),
            Err(FrameError::Length) => return Err(Problem::Length),
            Err(_) => return Err(Problem::Frame),
        };
        self.metrics.add(answer.status.into(), 1);
        let envelope = match answer.envelope {
            Some(envelope) => envelope,
            None => self.filler.next().map_err(|_| Problem::Unavailable)?,
        };
        let Answer { status, version, retry_after, .. } = answer;
        Ok(Response { status, version, retry_after, envelope }.encode())
    }

    async fn serve(&self, request: Request) -> Result<Answer, Problem> {
        self.metrics.add(Count::from(request.operation), 1);
        if let Err(retry_after) = self.lanes.take(&request.lane(), self.clock.steady()) {
            return Ok(Answer { retry_after, ..Status::Slow.into() });
        }
        let served =
            match request.operation {
                Operation::Put => self.put(request).await,
                Operation::Get => self.get(&request).await,
                Operation::Open => self.open(&request).await,
                Operation::Close => self.store.close(request.lane()).await.map(|removed| {
                    if removed { Status::Stored.into() } else { Status::Same.into() }
                }),
            };
        match served {
            Ok(answer) => Ok(answer),
            Err(StoreError::Full) => Ok(Status::Full.into()),
            Err(error) => {
                tracing::error!(%error, "the store did not answer");
                Err(Problem::Unavailable)
            }
        }
    }

    async fn put(&self, request: Request) -> Result<Answer, StoreError> {
        let (lane, version) = (request.lane(), request.version);
        let put = self.store.put(lane, version, request.envelope, self.clock.day()).await?;
        Ok(match put {
            Put::Stored => Answer::at(Status::Stored, version),
            Put::Same => Answer::at(Status::Same, version),
            Put::Stale(current) => Answer::at(Status::Stale, current),
            Put::Unknown => Status::Denied.into(),
        })
    }

    async fn get(&self, request: &Request) -> Result<Answer, StoreError> {
        let id = request.lane();
        let Some(lane) = self.store.lane(id).await? else {
            return Ok(Status::Denied.into());
        };
        let (version, have) = (lane.version, request.version);
        if have < version
            && let Body::Envelope(envelope) = lane.body
        {
            // Not touched: an envelope that is fetched but never confirmed grows old all the same.
            return Ok(Answer { envelope: Some(envelope), ..Answer::at(Status::New, version) });
        }
        let digest = match &lane.body {
            Body::Envelope(envelope) => Some(digest_of(envelope)),
            Body::Nothing | Body::Digest(_) => None,
        };
        // A reader may hold more than is stored, when the relay was restored from a backup.
        let read_version = have.min(version);
        let today = self.clock.day();
        if digest.is_some() || read_version > lane.read_version || today > lane.day {
            self.store.mark(id, version, read_version, digest, Some(today)).await?;
        }
        Ok(Answer::at(Status::Nothing, version))
    }

    async fn open(&self, request: &Request) -> Result<Answer, StoreError> {
        let (id, today) = (request.lane(), self.clock.day());
        // Asked again, because an answer was lost: it costs no second share of the grant.
        if let Some(lane) = self.store.lane(id).await? {
            return Ok(Answer::at(Status::Same, lane.version));
        }
        let month = month_of_day(today);
        let taken = match &request.grant {
            Some(grant) => {
                let Some(key) = self.store.grant_key(grant.id).await? else {
                    return Ok(Status::Denied.into());
                };
                if grant.verify(&key, &self.relay, &id).is_err() {
                    return Ok(Status::Denied.into());
                }
                if !self.store.take_grant(grant.id, month).await? {
                    return Ok(Status::Full.into());
                }
                Some(grant.id)
            }
            None if self.open => None,
            None => return Ok(Status::Denied.into()),
        };
        let made = self.store.open(id, today).await;
        if let (Ok(false) | Err(_), Some(grant)) = (&made, taken) {
            // Nobody pays for a lane that was not made: in a full database a desk that asks again at
            // every sync would use up its practice's month.
            let _ = self.store.give_back(grant, month).await;
        }
        Ok(if made? { Status::Stored.into() } else { Status::Same.into() })
    }
}

#[cfg(test)]
mod tests;
