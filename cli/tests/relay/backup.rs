//! `attune relay backup` while a client writes, and a relay that starts on the copy.

use std::sync::atomic::{AtomicU64, Ordering};

use attune_relay::inspect;
use attune_wire::{Operation, Status};

use crate::client::{Lane, ask};
use crate::process::{Served, ran};

#[test]
fn a_copy_under_load_holds_all_that_was_acknowledged_before() {
    const COPIES: u64 = 4;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let database = path("relay.db");
    let origin = "http://localhost";
    let open = ["--open", "--listen", "127.0.0.1:0", "--origin", origin, "--database"];
    let served = Served::start(&[&open[..], &[&database]].concat());
    let address = served.address;
    let lane = Lane::new(origin, 1);
    assert_eq!(ask(address, &lane.frame(Operation::Open, 0)), Some((Status::Stored, 0)));
    let stored = AtomicU64::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // As long as the relay answers.
            for version in 1.. {
                match ask(address, &lane.frame(Operation::Put, version)) {
                    Some(answer) => assert_eq!(answer, (Status::Stored, version)),
                    None => return,
                }
                stored.store(version, Ordering::SeqCst);
            }
        });
        for copy in 1..=COPIES {
            while stored.load(Ordering::SeqCst) < copy * 10 {
                std::thread::yield_now();
            }
            let (name, before) = (path(&format!("{copy}.db")), stored.load(Ordering::SeqCst));
            let (status, out, err) = ran(&["relay", "backup", &name, "--database", &database]);
            assert_eq!((status, err.as_str()), (0, ""));
            assert_eq!(out, format!("copied to {name}\n"));
            let row = &inspect(name.as_ref()).unwrap()[0];
            let after = stored.load(Ordering::SeqCst);
            // One more may have been stored than was answered.
            assert!(before <= row.ver && row.ver <= after + 1, "{before} {} {after}", row.ver);
            let (status, _, err) = ran(&["relay", "backup", &name, "--database", &database]);
            assert_eq!(status, 3, "nothing is replaced: {err}");
        }
        served.stop();
    });
    let last = stored.load(Ordering::SeqCst);
    // Back to the second copy: a writer that goes on is taken.
    let copy = inspect(path("2.db").as_ref()).unwrap()[0].ver;
    std::fs::rename(path("2.db"), &database).unwrap();
    let served = Served::start(&[&open[..], &[&database]].concat());
    let get = lane.frame(Operation::Get, copy - 1);
    assert_eq!(ask(served.address, &get), Some((Status::New, copy)));
    let put = lane.frame(Operation::Put, last + 1);
    assert_eq!(ask(served.address, &put), Some((Status::Stored, last + 1)));
    served.stop();
    let (status, out, _) = ran(&["relay", "backup", &path("x"), "--database", &database, "--json"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("{\"file\":\""), "{out}");
}
