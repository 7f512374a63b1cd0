//! A relay that is none, or that lies. The phone says what is true, believes nothing, loses nothing,
//! and goes on with an honest one.

use attune_core::Trouble;
use attune_core::companion::WaitsFor;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_tests::hostile::{Hostile, http, request_in, says, says_with};
use attune_tests::road::{agent, send, sync};
use attune_tests::world::{World, monday};
use attune_wire::{FRAME_LEN, Operation, Response, Status};

/// The phone syncs with a server that answers so, says `trouble`, and has still not sent its choice;
/// with the honest relay all goes its way.
fn told_as(trouble: Trouble, answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) {
    told_by(trouble, &Hostile::start(answer));
}

fn told_by(trouble: Trouble, server: &Hostile) {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, server.address(), now).unwrap();
    assert_eq!(w.practice().health.trouble, trouble);
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    assert_eq!(w.shown(case, now).waits_for, None);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 1);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.practice().health.trouble, Trouble::None);
}

/// Answers a GET with `get` and a PUT with `put`.
fn by_turns(get: Vec<u8>, put: Vec<u8>) -> impl FnMut(&[u8]) -> Vec<u8> + Send + 'static {
    move |body| match request_in(body).operation {
        Operation::Get => get.clone(),
        _ => put.clone(),
    }
}

#[test]
fn what_is_no_answer_counts_as_none() {
    let frame = |edit: fn(&mut Vec<u8>)| {
        let mut frame = vec![0; FRAME_LEN];
        frame[0] = 1;
        frame[1] = Status::Nothing.code();
        edit(&mut frame);
        http("200 OK", "", &frame)
    };
    let answers: Vec<(&str, Vec<u8>)> = vec![
        ("nothing at all", Vec::new()),
        ("no HTTP", b"hello\r\n\r\n".to_vec()),
        ("half a head", b"HTTP/1.1 200 OK\r\ncontent-".to_vec()),
        ("500", http("500 Internal Server Error", "", b"sorry")),
        ("503", http("503 Service Unavailable", "retry-after: 1\r\n", &[1; FRAME_LEN])),
        ("429", http("429 Too Many Requests", "", b"{}")),
        ("204", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        ("an empty body", http("200 OK", "", b"")),
        ("a byte short", frame(|frame| frame.truncate(FRAME_LEN - 1))),
        ("a byte long", frame(|frame| frame.push(0))),
        ("a megabyte", http("200 OK", "", &vec![1; 1 << 20])),
        (
            "more promised than sent",
            b"HTTP/1.1 200 OK\r\ncontent-length: 8448\r\n\r\n\x01".to_vec(),
        ),
        ("another frame version", frame(|frame| frame[0] = 2)),
        ("a status that there is not", frame(|frame| frame[1] = 9)),
        ("what must be zero is not", frame(|frame| frame[2] = 1)),
        ("a version out of range", frame(|frame| frame[4] = 0x80)),
    ];
    for (name, answer) in answers {
        println!("{name}");
        told_as(Trouble::Unreachable, move |_| answer.clone());
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Hostile::start(|_| says(Status::Nothing, 0));
    let location = format!("location: http://{}/v1/f\r\n", elsewhere.address());
    for status in
        ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let answer = http(status, &location, b"");
        told_as(Trouble::Unreachable, move |_| answer.clone());
    }
    assert_eq!(elsewhere.asked(), 0);
}

#[test]
fn what_a_relay_refuses_is_told_by_its_kind() {
    for (status, trouble) in [
        (Status::Denied, Trouble::Denied),
        (Status::Slow, Trouble::Slow),
        (Status::Full, Trouble::Full),
        (Status::Version, Trouble::NewerNeeded),
        // What only another operation is answered with.
        (Status::Stored, Trouble::Unreachable),
        (Status::Stale, Trouble::Unreachable),
    ] {
        println!("{status:?}");
        told_as(trouble, move |body| match request_in(body).operation {
            Operation::Get => says(status, 1),
            _ => says(Status::Denied, 0),
        });
    }
}

#[test]
fn a_refused_upload_is_told_by_its_kind() {
    let nothing = || says(Status::Nothing, 0);
    for (status, trouble) in [
        (Status::Denied, Trouble::Denied),
        (Status::Slow, Trouble::Slow),
        (Status::Full, Trouble::Full),
        (Status::New, Trouble::Unreachable),
        (Status::Nothing, Trouble::Unreachable),
    ] {
        println!("{status:?}");
        told_as(trouble, by_turns(nothing(), says(status, 1)));
    }
}

#[test]
fn a_version_beyond_belief_is_not_believed() {
    for version in [1 << 40, (1 << 63) - 1] {
        let nothing = says(Status::Nothing, 0);
        told_as(Trouble::VersionJump, by_turns(nothing.clone(), says(Status::Stale, version)));
        let put = says(Status::Denied, 0);
        let got = by_turns(says(Status::New, version), put);
        // What the upload met is told last.
        told_as(Trouble::Denied, got);
    }
}

#[test]
fn noise_is_not_taken_for_news() {
    for version in [100, 1 << 20] {
        let get = says(Status::New, version);
        told_as(Trouble::Slow, by_turns(get, says(Status::Slow, 0)));
    }
}

#[test]
fn a_server_that_never_hangs_up_does_not_hold_a_sync_up() {
    told_by(Trouble::Denied, &Hostile::lingering(|_| says(Status::Denied, 0)));
}

/// It says "stored" and drops it. The phone has the relay's word and claims no more than that.
#[test]
fn a_relay_that_drops_what_it_stored_delivers_nothing_and_breaks_nothing() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    let server = Hostile::start(|body| {
        let request = request_in(body);
        match request.operation {
            Operation::Put => says(Status::Stored, request.version),
            _ => says(Status::Nothing, request.version),
        }
    });
    for _ in 0..3 {
        sync(&mut w.phone, server.address(), now).unwrap();
        assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    }
    assert!(server.asked() >= 12);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert!(w.phone.restored(now).unwrap().is_empty());
}

/// An old envelope under its own version is no news; under a new one it does not open.
#[test]
fn an_old_body_under_a_new_version_is_refused() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_phone(now);
    w.sync_desk(now);
    // What the desk says to the phone, caught on its way.
    let honest = w.relay.address();
    let caught = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let keep = std::sync::Arc::clone(&caught);
    attune_tests::road::sync_with(&mut w.phone, honest, now, |request| {
        if let Some((_, body)) = send(&agent(), honest, request)
            && let Ok(answer) = Response::parse(&body)
            && answer.status == Status::New
        {
            keep.lock().unwrap().push(answer);
        }
        attune_tests::road::Fate::Whole
    })
    .unwrap();
    let old = caught.lock().unwrap().first().cloned().unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Received);
    w.desk.reply(case, "A note.", now).unwrap();
    w.sync_desk(now);
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Answered);

    for (claimed, trouble) in
        [(old.version, Trouble::None), (old.version + 40, Trouble::Unreadable)]
    {
        let body = old.envelope.clone();
        let server = Hostile::start(move |sent| {
            let request = request_in(sent);
            match request.operation {
                Operation::Get => says_with(Status::New, claimed, body.clone()),
                _ => says(Status::Stored, request.version),
            }
        });
        sync(&mut w.phone, server.address(), now).unwrap();
        assert_eq!(w.practice().health.trouble, trouble);
        assert_eq!(w.state(case, now), ChoiceState::Answered);
        assert_eq!(w.phone.notes().unwrap().len(), 1);
    }
    w.sync_all(now);
    assert_eq!(w.practice().health.trouble, Trouble::None);
}

/// A believable "stale" is what a restored phone sees too. The phone cannot tell, so it asks the person.
#[test]
fn a_relay_that_lies_stale_makes_the_phone_ask_and_nothing_is_lost() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    let server = Hostile::start(|body| {
        let request = request_in(body);
        match request.operation {
            Operation::Get => says(Status::Nothing, request.version),
            _ => says(Status::Stale, request.version + 3),
        }
    });
    sync(&mut w.phone, server.address(), now).unwrap();
    assert_eq!(w.practice().health.trouble, Trouble::Unreadable);
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    assert_eq!(w.shown(case, now).waits_for, Some(WaitsFor::Confirmation));
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
    w.phone.confirm_restored(case).unwrap();
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 1);
    assert_eq!(w.state(case, now), ChoiceState::Received);
}
