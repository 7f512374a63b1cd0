//! A sync on its way: the desk is there for a person while the network is asked.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use attune_core::sync::SyncRequest;
use attune_desk::{Carried, Carrier};

use crate::world::{PASSPHRASE, World, say};

/// A network that hangs until it is let go.
struct Hanging {
    entered: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl Carrier for Hanging {
    fn carry(&self, _: &SyncRequest) -> Carried {
        let _ = self.entered.lock().unwrap().send(());
        // Whoever held the other end has gone: so does this request.
        let _ = self.go.lock().unwrap().recv();
        Carried::Unreachable
    }
}

#[test]
fn pages_answer_and_the_desk_locks_while_the_network_hangs() {
    let (entered, has_entered) = channel();
    let (let_go, go) = channel();
    let carrier = Hanging { entered: Mutex::new(entered), go: Mutex::new(go) };
    let world = World::with(Arc::new(carrier));
    let mut browser = world.browser();
    let card = World::card("https://relay.example.org");
    browser.write("/start/therapist", "/start/therapist", &card);
    let token = browser.token("/clients");
    let inviting = {
        let (browser, token) = (browser.clone(), token.clone());
        std::thread::spawn(move || {
            let fields = [("kind", "sent"), ("form", "link"), ("csrf", &token)];
            browser.post("/invite", &fields.map(|(name, value)| (name, value.to_owned()))).status
        })
    };
    has_entered.recv().unwrap();
    // Reading, writing and locking wait for nothing.
    let page = browser.get("/clients");
    assert!(page.status == 200 && page.says(&say("desk-sync-running")), "{}", page.body);
    let minutes = [("minutes", "7".to_owned())];
    assert_eq!(browser.write("/settings/lock", "/settings/lock", &minutes).status, 303);
    assert_eq!(browser.write("/clients", "/lock", &[]).location(), "/unlock");
    assert_eq!(browser.get("/clients").location(), "/unlock?to=/clients");
    // The answer comes to a vault that is closed: it changes nothing, and the next sync begins anew.
    drop(let_go);
    assert_eq!(inviting.join().unwrap(), 303);
    let fields = [("passphrase", PASSPHRASE.to_owned())];
    assert_eq!(browser.write("/unlock", "/unlock", &fields).location(), "/");
    assert_eq!(browser.write("/clients", "/sync", &[]).status, 303);
    let list = browser.get("/clients");
    assert!(list.says(&say("stage-waiting")) && list.says(&say("desk-offline")), "{}", list.body);
}
