//! Frames and envelopes that are flipped, replayed, reflected or spliced, at a real relay: refused, with
//! every state as it was; and what was meant arrives afterwards.

use attune_cipher::rusqlite::{Connection, OpenFlags, params};
use attune_core::Trouble;
use attune_core::lane::ids::CaseId;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::sync::SyncRequest;
use attune_relay::Row;
use attune_tests::road::{Fate, agent, operation_of, send, sync_with};
use attune_tests::world::{World, monday};
use attune_wire::{ENVELOPE_LEN, FRAME_LEN, LaneId, Operation, Response, Status};

/// A choice for the therapist lies at the relay, unread.
struct Uploaded {
    w: World,
    case: CaseId,
    /// From the phone to the therapist's desk.
    out: LaneId,
    /// From the therapist's desk to the phone.
    back: LaneId,
    /// From the phone to the front desk.
    front: LaneId,
}

impl Uploaded {
    fn new() -> Self {
        let mut w = World::paired();
        let now = monday();
        w.sync_all(now);
        let before = w.relay.rows();
        // Fetched at the first sync, and let go of at the second, which says so.
        w.sync_desk(now);
        w.sync_desk(now);
        let after = w.relay.rows();
        let lane = |is: fn(&Row, &Row) -> bool| {
            let at = before.iter().zip(&after).position(|(before, after)| is(before, after));
            after[at.unwrap()].lane_id
        };
        let back = lane(|before, after| before.ver != after.ver);
        let out = lane(|before, after| before.holds_envelope() && !after.holds_envelope());
        let case = w.share(RepairOption::Pause, now);
        let before = w.relay.rows();
        w.sync_phone(now);
        let after = w.relay.rows();
        let other = before.iter().zip(&after).find(|(a, b)| a.ver != b.ver && b.lane_id != out);
        let front = other.unwrap().1.lane_id;
        Self { w, case, out, back, front }
    }

    fn row(&self, lane: LaneId) -> Row {
        self.w.relay.rows().into_iter().find(|row| row.lane_id == lane).unwrap()
    }

    fn body(&self, lane: LaneId) -> Vec<u8> {
        self.row(lane).body.filter(|body| body.len() == ENVELOPE_LEN).expect("an envelope")
    }

    /// Puts an envelope under a version into a lane, behind the relay's back.
    fn forge(&mut self, lane: LaneId, version: u64, body: &[u8]) {
        self.w.relay.stop();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let file = Connection::open_with_flags(self.w.relay.database(), flags).unwrap();
        let version = i64::try_from(version).unwrap();
        let sql = "UPDATE lane SET ver = ?2, body = ?3 WHERE lane_id = ?1";
        assert_eq!(file.execute(sql, params![lane.0, version, body]).unwrap(), 1);
        file.close().unwrap();
        self.w.relay.go_on();
    }

    /// The therapist's desk fetches what is there, and cannot read it: nothing shows.
    fn desk_refuses(&mut self, what: &str) {
        let now = monday();
        self.w.sync_desk(now);
        assert_eq!(self.w.client().health.trouble, Trouble::Unreadable, "{what}");
        assert!(self.w.inbox(now).is_empty(), "{what}");
        self.w.sync_phone(now);
    }

    /// Left alone, everything arrives, once.
    fn arrives(mut self) {
        let now = monday();
        self.w.sync_all(now);
        self.w.sync_all(now);
        let cases: Vec<_> = self.w.inbox(now).iter().map(|card| card.case).collect();
        assert_eq!(cases, [self.case]);
        assert!(self.w.front_inbox(now).is_empty());
        assert_eq!(self.w.state(self.case, now), ChoiceState::Received);
        for trouble in [self.w.client().health.trouble, self.w.practice().health.trouble] {
            assert_eq!(trouble, Trouble::None);
        }
        assert!(self.w.phone.restored(now).unwrap().is_empty());
    }
}

#[test]
fn a_flipped_envelope_does_not_open() {
    // Suite, encapsulation (its first, middle and last byte), ciphertext, tag.
    for at in [0, 1, 600, 1_120, 1_121, 5_000, ENVELOPE_LEN - 1] {
        let mut at_relay = Uploaded::new();
        let (lane, version) = (at_relay.out, at_relay.row(at_relay.out).ver);
        let mut body = at_relay.body(lane);
        body[at] ^= 1;
        at_relay.forge(lane, version, &body);
        at_relay.desk_refuses(&format!("byte {at}"));
        at_relay.arrives();
    }
}

#[test]
fn an_envelope_of_noise_does_not_open() {
    let mut at_relay = Uploaded::new();
    let (lane, version) = (at_relay.out, at_relay.row(at_relay.out).ver);
    at_relay.forge(lane, version, &[1; ENVELOPE_LEN]);
    at_relay.desk_refuses("noise of the right suite");
    at_relay.arrives();
}

#[test]
fn an_envelope_under_another_version_does_not_open() {
    let mut at_relay = Uploaded::new();
    let (lane, version) = (at_relay.out, at_relay.row(at_relay.out).ver);
    let body = at_relay.body(lane);
    at_relay.forge(lane, version + 1, &body);
    at_relay.w.sync_desk(monday());
    assert_eq!(at_relay.w.client().health.trouble, Trouble::Unreadable);
    assert!(at_relay.w.inbox(monday()).is_empty());
}

#[test]
fn an_envelope_of_another_practices_lane_does_not_open() {
    let mut at_relay = Uploaded::new();
    let (out, front) = (at_relay.out, at_relay.front);
    let (out_version, front_version) = (at_relay.row(out).ver, at_relay.row(front).ver);
    let (out_body, front_body) = (at_relay.body(out), at_relay.body(front));
    at_relay.forge(out, out_version, &front_body);
    at_relay.forge(front, front_version, &out_body);
    at_relay.w.sync_front(monday());
    assert!(at_relay.w.front_inbox(monday()).is_empty());
    at_relay.desk_refuses("spliced");
    at_relay.arrives();
}

#[test]
fn the_phones_own_envelope_does_not_open_on_the_way_back() {
    let mut at_relay = Uploaded::new();
    let (lane, body) = (at_relay.back, at_relay.body(at_relay.out));
    // Under the version that it was sealed for, so that only the lane differs.
    let version = at_relay.row(at_relay.out).ver.max(at_relay.row(lane).ver + 1);
    at_relay.forge(lane, version, &body);
    at_relay.w.sync_phone(monday());
    assert_eq!(at_relay.w.practice().health.trouble, Trouble::Unreadable);
    assert_eq!(at_relay.w.state(at_relay.case, monday()), ChoiceState::Uploaded);
    // The desk's next word is refused as stale once, and it goes above.
    at_relay.w.sync_all(monday());
    at_relay.w.sync_all(monday());
    assert_eq!(at_relay.w.inbox(monday()).len(), 1);
    assert_eq!(at_relay.w.state(at_relay.case, monday()), ChoiceState::Received);
}

/// Every frame of a sync, as somebody on the road may have kept it.
fn frames_of_a_sync(w: &mut World) -> Vec<SyncRequest> {
    let mut kept = Vec::new();
    let copy = |request: &SyncRequest| SyncRequest {
        url: request.url.clone(),
        body: request.body.clone(),
    };
    sync_with(&mut w.phone, w.relay.address(), monday(), |request| {
        kept.push(copy(request));
        Fate::Whole
    })
    .unwrap();
    assert_eq!(kept.len(), 4);
    kept
}

fn status(w: &World, request: &SyncRequest) -> Option<Status> {
    let (status, body) = send(&agent(), w.relay.address(), request)?;
    (status == 200).then(|| Response::parse(&body).unwrap().status)
}

#[test]
fn replayed_frames_change_nothing() {
    let Uploaded { mut w, case, .. } = Uploaded::new();
    let now = monday();
    let old = frames_of_a_sync(&mut w);
    w.phone.take_back(case).unwrap();
    w.sync_phone(now);
    let before = w.relay.rows();
    for request in &old {
        let answer = status(&w, request).unwrap();
        if operation_of(request) == Operation::Put {
            assert_eq!(answer, Status::Stale);
        }
    }
    assert!(w.relay.rows() == before);
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.inbox(now).is_empty(), "what was taken back stays so");
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: false });
}

#[test]
fn a_frame_with_any_byte_flipped_is_refused() {
    let Uploaded { mut w, .. } = Uploaded::new();
    let mut frames = frames_of_a_sync(&mut w);
    // One that is newer than what is stored, and so would be taken.
    frames.retain(|request| operation_of(request) == Operation::Put);
    let before = w.relay.rows();
    // A byte of each field: version, operation, zeros, relay, writer, reader, version, signature,
    // zeros, envelope.
    for at in [0, 1, 2, 4, 36, 68, 107, 108, 171, 172, 255, 256, 4_000, FRAME_LEN - 1] {
        for request in &frames {
            let mut body = request.body.clone();
            body[at] ^= 1;
            let flipped = SyncRequest { url: request.url.clone(), body };
            let answer = status(&w, &flipped);
            let refused = matches!(answer, None | Some(Status::Denied | Status::Version));
            assert!(refused, "byte {at}: {answer:?}");
        }
    }
    assert!(w.relay.rows() == before);
}

#[test]
fn a_frame_with_another_frames_envelope_is_refused() {
    let Uploaded { mut w, .. } = Uploaded::new();
    let frames = frames_of_a_sync(&mut w);
    let puts: Vec<_> =
        frames.iter().filter(|request| operation_of(request) == Operation::Put).collect();
    let before = w.relay.rows();
    let mut body = puts[0].body.clone();
    body[attune_wire::HEADER_LEN..].copy_from_slice(&puts[1].body[attune_wire::HEADER_LEN..]);
    let spliced = SyncRequest { url: puts[0].url.clone(), body };
    assert_eq!(status(&w, &spliced), Some(Status::Denied));
    assert!(w.relay.rows() == before);
}
