//! Closed is a state of ours: what began before is finished, what begins after is declined, the last one frees the file.

#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use attune_ffi::{AttuneError, KeyStore, StorageTrouble, Vault, delete_all, start_over};
use world::{Asked, Home, Meanwhile, Store, now};

/// A store that says when it is asked to seal, and waits until it may: what it is, what says so, what lets it go on.
fn slow(store: &Arc<Store>) -> (Arc<impl KeyStore + use<>>, Receiver<()>, Sender<()>) {
    let ((asked, is_asked), (answer, may_answer)) = (channel(), channel());
    let (asked, may_answer) = (Mutex::new(asked), Mutex::new(may_answer));
    let slow = Meanwhile::over(store, move |what| {
        if what == Asked::Seal {
            asked.lock().unwrap().send(()).unwrap();
            may_answer.lock().unwrap().recv().unwrap();
        }
    });
    (slow, is_asked, answer)
}

#[test]
fn the_last_call_out_frees_the_vault() {
    let home = Home::new();
    let vault = home.create();
    let kept = vault.flag(now()).unwrap();
    let (store, is_asked, answer) = slow(&home.store);
    let inside = {
        let vault = vault.clone();
        thread::spawn(move || vault.set_passcode(store, None))
    };
    is_asked.recv().unwrap();
    assert_eq!(vault.close(), Ok(false));
    assert_eq!((vault.is_closed(), vault.is_free()), (Ok(true), Ok(false)));
    assert_eq!(vault.flag(now()), Err(AttuneError::Closed));
    let second = Vault::open(home.path(), home.store.clone(), None).err();
    assert_eq!(second, Some(AttuneError::Storage { why: StorageTrouble::Busy }));

    answer.send(()).unwrap();
    assert_eq!(inside.join().unwrap(), Ok(()), "what began before is finished");
    assert_eq!((vault.is_free(), vault.close()), (Ok(true), Ok(true)));
    assert_eq!(home.open().moment(kept).unwrap().id, kept);
}

#[test]
fn eight_threads_and_a_close_among_them() {
    let home = Home::new();
    let vault = home.create();
    let (begun, has_begun) = channel();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (vault, begun) = (vault.clone(), begun.clone());
            thread::spawn(move || {
                let mut marked = Vec::new();
                // Were it never closed, this would end all the same.
                for _ in 0..500 {
                    match vault.flag(now()) {
                        Ok(id) => marked.push(id.value),
                        Err(error) => return (marked, Some(error)),
                    }
                    let _ = begun.send(());
                }
                (marked, None)
            })
        })
        .collect();
    for _ in 0..64 {
        has_begun.recv().unwrap();
    }
    vault.close().unwrap();
    let mut marked = Vec::new();
    for thread in threads {
        let (own, error) = thread.join().unwrap();
        assert_eq!(error, Some(AttuneError::Closed));
        marked.extend(own);
    }
    assert_eq!(vault.is_free(), Ok(true));
    marked.sort_unstable();
    let mut kept: Vec<_> =
        home.open().moments(None, 1_000).unwrap().iter().map(|moment| moment.id.value).collect();
    kept.sort_unstable();
    assert_eq!(kept, marked);
}

#[test]
fn every_call_after_closing_says_so() {
    let home = Home::new();
    let vault = home.create();
    let id = vault.flag(now()).unwrap();
    vault.close().unwrap();
    let closed = Some(AttuneError::Closed);
    assert_eq!(vault.moments(None, 1).err(), closed);
    assert_eq!(vault.undo(id).err(), closed);
    assert_eq!(vault.practices().err(), closed);
    assert_eq!(vault.sync_begin(now()).err(), closed);
    assert_eq!(vault.sync_next().err(), closed);
    assert_eq!(vault.readable(now()).err(), closed);
    assert_eq!(vault.set_passcode(home.store.clone(), None).err(), closed);
    assert_eq!(vault.verify().err(), closed);
}

/// Begins a change of the passcode, closes the vault while its store is asked, and lets it end after `meanwhile`.
fn change_while(home: &Home, meanwhile: impl FnOnce()) -> Result<(), AttuneError> {
    let vault = home.create();
    let (store, is_asked, answer) = slow(&home.store);
    let change = {
        let vault = vault.clone();
        thread::spawn(move || vault.set_passcode(store, None))
    };
    is_asked.recv().unwrap();
    assert_eq!(vault.close(), Ok(false));
    meanwhile();
    answer.send(()).unwrap();
    let changed = change.join().unwrap();
    assert_eq!(vault.is_free(), Ok(true));
    changed
}

#[test]
fn a_passcode_that_was_under_way_brings_no_key_back() {
    let absent = AttuneError::Storage { why: StorageTrouble::Absent };
    let home = Home::new();
    let changed = change_while(&home, || delete_all(home.path(), home.store.clone()).unwrap());
    assert_eq!(changed, Err(absent));
    assert_eq!(home.files(), [""; 0]);
}

#[test]
fn a_passcode_that_was_under_way_locks_no_other_vault() {
    let home = Home::new();
    let mut kept = None;
    let changed = change_while(&home, || {
        start_over(home.path(), now()).unwrap();
        let next = home.create();
        kept = Some(next.flag(now()).unwrap());
        assert!(next.close().unwrap());
    });
    assert_eq!(changed, Err(AttuneError::KeyGone));
    assert_eq!(Some(home.open().moment(kept.unwrap()).unwrap().id), kept);
}
