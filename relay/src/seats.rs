//! Who stays connected when more want to than can.
//!
//! A sender that is slow, or gone, costs a relay nothing but a place. So places are all that it can
//! take, and two rules keep them for others:
//!
//! - one network holds a share of them at most; past it, a connection is closed at once;
//! - when all are taken, whoever has waited longest for its sender gives its place to the newcomer.
//!   A connection whose frame is being answered does not wait for its sender, and stays.
//!
//! So an honest client, whose frame follows its connection at once, is served while slow ones fill
//! the relay. The second rule is nginx's for idle connections (`ngx_drain_connections`), for half a
//! request as well. Nothing here remembers an address: a share is counted in a table of fixed size,
//! under a hash with a key drawn at start, and only while the connection lasts.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::address::Prefix;

/// Slots of the table of shares: 64 KiB.
const SLOTS: usize = 1 << 14;

/// The places of one listener.
pub(crate) struct Seats {
    places: Arc<Semaphore>,
    share: u32,
    key: RandomState,
    held: Box<[AtomicU32]>,
    waiting: Mutex<Waiting>,
}

/// Who waits for its sender, the longest wait first.
#[derive(Default)]
struct Waiting {
    next: u64,
    line: BTreeMap<u64, Arc<Notify>>,
}

/// One network has its share of the places already.
#[derive(Debug)]
pub(crate) struct ShareTaken;

impl Seats {
    /// `places` in all, at most `share` of them for one network.
    pub(crate) fn new(places: usize, share: u32) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS))),
            share,
            key: RandomState::new(),
            held: std::iter::repeat_with(AtomicU32::default).take(SLOTS).collect(),
            waiting: Mutex::default(),
        })
    }

    /// A place for a connection from `prefix` (`None`: not counted), taken from whoever waits
    /// longest when all are taken. Only while every frame is being answered does it wait.
    pub(crate) async fn take(
        self: &Arc<Self>,
        prefix: Option<Prefix>,
    ) -> Result<Arc<Seat>, ShareTaken> {
        let share = match prefix {
            Some(prefix) => Some(Share::take(self, prefix)?),
            None => None,
        };
        if self.places.available_permits() == 0 {
            self.shed();
        }
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
            return Err(ShareTaken);
        };
        let leave = Arc::new(Notify::new());
        let turn = Mutex::new(Some(self.waiting().join(&leave)));
        Ok(Arc::new(Seat { seats: Arc::clone(self), turn, leave, _share: share, _place: place }))
    }

    /// Tells whoever waits longest to leave; `false` when nobody waits.
    pub(crate) fn shed(&self) -> bool {
        let longest = self.waiting().line.pop_first();
        longest.inspect(|(_, leave)| leave.notify_one()).is_some()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As many of these places as the system has room for, once it was asked for more: by itself it often
/// gives a process 1,024 open files, and the database needs some. Half of them at least are places.
pub(crate) fn room_for(places: usize) -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};

        let wanted = (places as u64).saturating_add(FILES_BESIDE);
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|current| current < wanted) {
            limit.current = Some(limit.maximum.map_or(wanted, |most| most.min(wanted)));
            let _ = setrlimit(Resource::Nofile, limit);
        }
        let room = getrlimit(Resource::Nofile)
            .current
            .map_or(u64::MAX, |files| files.saturating_sub(FILES_BESIDE).max(files / 2));
        places.min(usize::try_from(room).unwrap_or(usize::MAX))
    }
    #[cfg(not(unix))]
    places
}

/// Open files of a relay that are no client's connection: databases, listeners, the runtime's own.
#[cfg(unix)]
const FILES_BESIDE: u64 = 128;

impl Waiting {
    /// At the end of the line.
    fn join(&mut self, leave: &Arc<Notify>) -> u64 {
        let turn = self.next;
        self.next += 1;
        self.line.insert(turn, Arc::clone(leave));
        turn
    }
}

/// The place of one connection, free again when it is dropped.
pub(crate) struct Seat {
    seats: Arc<Seats>,
    turn: Mutex<Option<u64>>,
    leave: Arc<Notify>,
    _share: Option<Share>,
    _place: OwnedSemaphorePermit,
}

impl Seat {
    /// Ends when the place has gone to somebody else.
    pub(crate) async fn lost(&self) {
        self.leave.notified().await;
    }

    /// Out of the line while a frame is answered; at its end again afterwards.
    pub(crate) fn answering(self: &Arc<Self>) -> Answering {
        self.leave_line();
        Answering(Arc::clone(self))
    }

    fn turn(&self) -> MutexGuard<'_, Option<u64>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave_line(&self) {
        if let Some(turn) = self.turn().take() {
            self.seats.waiting().line.remove(&turn);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.leave_line();
    }
}

/// A frame is being answered.
pub(crate) struct Answering(Arc<Seat>);

impl Drop for Answering {
    fn drop(&mut self) {
        let turn = self.0.seats.waiting().join(&self.0.leave);
        *self.0.turn() = Some(turn);
    }
}

/// One of the places that a network may hold.
struct Share {
    seats: Arc<Seats>,
    slot: usize,
}

impl Share {
    fn take(seats: &Arc<Seats>, prefix: Prefix) -> Result<Self, ShareTaken> {
        let slot = usize::try_from(seats.key.hash_one(prefix) % SLOTS as u64).unwrap_or(0);
        let more = |held| (held < seats.share).then_some(held + 1);
        let counted = seats.held.get(slot).is_some_and(|held| {
            held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
        });
        if counted { Ok(Self { seats: Arc::clone(seats), slot }) } else { Err(ShareTaken) }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if let Some(held) = self.seats.held.get(self.slot) {
            held.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::address::connecting;

    /// What a future has to say without anybody else's doing.
    fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    fn take(seats: &Arc<Seats>) -> Option<Arc<Seat>> {
        at_once(seats.take(None)).map(Result::unwrap)
    }

    fn has_lost(seat: &Seat) -> bool {
        at_once(seat.lost()).is_some()
    }

    fn from(address: &str) -> Option<Prefix> {
        connecting(address.parse().unwrap(), &[])
    }

    #[test]
    fn whoever_waits_longest_gives_way() {
        let seats = Seats::new(3, 1);
        let [first, second, third] = [(); 3].map(|()| take(&seats).unwrap());
        // The first has sent a frame, and waits anew: after the third.
        drop(first.answering());
        let mut newcomer = pin!(seats.take(None));
        assert!(at_once(newcomer.as_mut()).is_none());
        assert_eq!([&first, &second, &third].map(|seat| has_lost(seat)), [false, true, false]);
        drop(second);
        let newcomer = at_once(newcomer).unwrap().unwrap();
        assert!(seats.shed() && has_lost(&third));
        assert!(seats.shed() && has_lost(&first));
        assert!(seats.shed() && has_lost(&newcomer));
        assert!(!seats.shed(), "each is told once");
    }

    #[test]
    fn a_frame_that_is_answered_is_not_cut_off() {
        let seats = Seats::new(1, 1);
        let busy = take(&seats).unwrap();
        let answering = busy.answering();
        let mut newcomer = pin!(seats.take(None));
        assert!(at_once(newcomer.as_mut()).is_none());
        assert!(!has_lost(&busy));
        // It is answered, and leaves by itself.
        drop(answering);
        assert!(!has_lost(&busy));
        drop(busy);
        assert!(at_once(newcomer).is_some());
    }

    #[test]
    fn a_network_has_its_share_and_no_more() {
        let seats = Seats::new(100, 3);
        let taken = |address| at_once(seats.take(from(address))).unwrap();
        let held = ["192.0.2.1"; 3].map(|address| taken(address).unwrap());
        assert!(taken("192.0.2.1").is_err());
        assert!(!held.iter().any(|seat| has_lost(seat)), "it takes no place from anybody");
        let _neighbour = taken("192.0.2.2").unwrap();
        let _household = ["2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1"].map(&taken);
        assert!(taken("2001:db8::9").is_err(), "one /56");
        drop(held);
        assert!(taken("192.0.2.1").is_ok());
        assert_eq!(seats.held.len(), SLOTS);
    }

    #[test]
    fn this_machine_and_a_trusted_proxy_are_not_counted() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        for (address, counted) in
            [("127.0.0.1", false), ("::1", false), ("10.0.0.3", false), ("192.0.2.1", true)]
        {
            let prefix = connecting(address.parse().unwrap(), &trusted);
            assert_eq!(prefix.is_some(), counted, "{address}");
        }
    }
}
