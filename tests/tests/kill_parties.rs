//! Phone, desks and relay as processes that are killed at random moments, at least 200 times.
//!
//! After each kill every vault opens, holds everything that was said to be done, and nothing that
//! was not begun. In the end, left alone for a few syncs, everybody agrees. `ATTUNE_KILLS` says how
//! often to kill; `ATTUNE_SEED` repeats the choices of a run, though not its timing.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use attune_core::practice::PracticeRole;
use attune_tests::dice::Dice;
use attune_tests::files::names;
use attune_tests::home::Home;
use attune_tests::ledger::{Begun, Ledger};
use attune_tests::process::{Aim, Process, RelayProcess, kills};
use attune_tests::road::{Syncs, sync};
use attune_tests::world::{lay_out, monday};

const PARTY: &str = env!("CARGO_BIN_EXE_party");
/// Syncs of each party after which everything has come through.
const ROUNDS: usize = 8;

struct Stage {
    root: PathBuf,
    relay: RelayProcess,
    dice: Dice,
    ledger: Ledger,
    /// Choices that are over.
    shared: usize,
    /// How often somebody was killed, by who and in the middle of what.
    hit: BTreeMap<String, u32>,
}

impl Stage {
    fn start(&mut self, who: &str) -> Process {
        let kind = if who == "phone" { "phone" } else { "desk" };
        let folder = self.root.join(who);
        let (address, seed) = (self.relay.address().to_string(), self.dice.roll().to_string());
        let arguments =
            [OsStr::new(kind), folder.as_os_str(), OsStr::new(&address), OsStr::new(&seed)];
        Process::start(Path::new(PARTY), &arguments, &[])
    }

    fn count(&mut self, who: &str, killed: bool, begun: &Begun) {
        if killed {
            let act = begun.as_ref().map_or("between", |act| act[0].as_str());
            *self.hit.entry(format!("{who}: {act}")).or_default() += 1;
        }
    }

    /// The phone and one desk live side by side until each is killed; the relay, too, every third time.
    fn round(&mut self) {
        let who = self.dice.pick(&["desk", "desk", "front"]).unwrap();
        let (phone, desk) = (self.start("phone"), self.start(who));
        let aims = [Aim::draw(&mut self.dice), Aim::draw(&mut self.dice)];
        let relay_too = self.dice.below(3) == 0;
        let [phone, desk] = std::thread::scope(|scope| {
            let phone = scope.spawn(move || phone.kill_at(aims[0]));
            let desk = scope.spawn(move || desk.kill_at(aims[1]));
            if relay_too {
                let after = std::time::Duration::from_micros(self.dice.below(150_000));
                // The delay is the fault itself, as in `Aim`.
                std::thread::sleep(after);
                self.relay.kill();
                self.relay.go_on();
            }
            [phone.join().unwrap(), desk.join().unwrap()]
        });
        if relay_too {
            self.count("relay", true, &None);
        }
        // The phone first: the desk's lines are about choices that it shared.
        let by_phone = self.ledger.hear(&phone.0);
        let by_desk = self.ledger.hear(&desk.0);
        self.count("phone", phone.1, &by_phone);
        self.count(who, desk.1, &by_desk);
        self.check_phone(&by_phone);
        self.check_desk(who);
    }

    fn check_phone(&mut self, begun: &Begun) {
        let home = Home::at(&self.root.join("phone"));
        let mut phone = home.open_phone().unwrap();
        phone.vault().verify().unwrap();
        self.ledger.check_phone(&phone, begun);
        phone.close().unwrap();
        assert_eq!(names(home.folder()), ["store.key", "vault.db", "vault.key"]);
    }

    fn check_desk(&mut self, who: &str) {
        let home = Home::at(&self.root.join(who));
        let mut desk = home.open_desk().unwrap();
        desk.vault().verify().unwrap();
        let role = if who == "desk" { PracticeRole::Therapist } else { PracticeRole::Coordinator };
        self.ledger.check_desk(&desk, role);
        desk.close().unwrap();
        assert_eq!(names(home.folder()), ["store.key", "vault.db", "vault.key"]);
    }

    fn check_agreement(&mut self) {
        let home = |name: &str| Home::at(&self.root.join(name));
        let mut phone = home("phone").open_phone().unwrap();
        let mut desk = home("desk").open_desk().unwrap();
        let mut front = home("front").open_desk().unwrap();
        for _ in 0..ROUNDS {
            for who in [&mut phone as &mut dyn Syncs, &mut desk, &mut front] {
                sync(who, self.relay.address(), monday()).unwrap();
            }
        }
        self.ledger.check_phone(&phone, &None);
        self.ledger.check_agreement(&phone, &desk, &front);
        self.shared += self.ledger.cases.len();
        self.ledger.erase_what_is_over(&mut phone);
        self.shared -= self.ledger.cases.len();
        phone.close().unwrap();
        desk.close().unwrap();
        front.close().unwrap();
    }
}

#[test]
fn whoever_is_killed_whenever_nothing_is_lost_and_effects_happen_once() {
    let seed = Dice::seed(17);
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path());
    let relay = RelayProcess::start(Path::new(PARTY), &folder.path().join("relay"));
    let mut stage = Stage {
        root: folder.path().to_owned(),
        relay,
        dice: Dice::new(seed),
        ledger: Ledger::default(),
        shared: 0,
        hit: BTreeMap::new(),
    };
    let mut rounds = 0;
    while stage.hit.values().sum::<u32>() < kills() {
        stage.round();
        rounds += 1;
        // Now and then all is quiet, and everybody must agree before it goes on.
        if rounds % 25 == 0 {
            stage.check_agreement();
        }
    }
    stage.check_agreement();
    println!("{rounds} rounds, {} choices over: {:#?}", stage.shared, stage.hit);
    for who in ["phone: sync", "desk: sync", "relay: between"] {
        assert!(stage.hit.contains_key(who), "nobody was killed at {who}");
    }
}
