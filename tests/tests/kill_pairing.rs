//! Phone and desk killed while they pair: nothing is left half-done, and both come to the same words.

use std::ffi::OsStr;
use std::path::Path;

use attune_core::PairingStage;
use attune_core::desk::{CodeForm, InviteKind};
use attune_core::practice::PracticeRole;
use attune_tests::dice::Dice;
use attune_tests::home::{Home, card};
use attune_tests::process::{Aim, Process, RelayProcess, kills};
use attune_tests::road::sync;
use attune_tests::world::{CLIENT, THERAPIST, monday};

const PARTY: &str = env!("CARGO_BIN_EXE_party");
/// Lives of each side, after which they are left alone.
const LIVES: u32 = 4;

#[test]
fn a_pairing_survives_kills_on_both_sides() {
    let seed = Dice::seed(31);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let root = tempfile::tempdir().unwrap();
    let relay_folder = root.path().join("relay");
    std::fs::create_dir(&relay_folder).unwrap();
    let relay = RelayProcess::start(Path::new(PARTY), &relay_folder);
    let now = monday();
    for number in 0..kills().div_ceil(40) {
        let home = |name: &str| Home::at(&root.path().join(format!("{number}")).join(name));
        let (phone_home, desk_home) = (home("phone"), home("desk"));
        phone_home.new_phone().close().unwrap();
        let mut desk = desk_home.new_desk(&card(PracticeRole::Therapist, THERAPIST));
        let invitation = desk.invite(InviteKind::Sent, CodeForm::Link, now).unwrap();
        sync(&mut desk, relay.address(), now).unwrap();
        desk.close().unwrap();
        let mut phone = phone_home.open_phone().unwrap();
        let practice = phone.join(&invitation.code, None, Some(CLIENT)).unwrap();
        phone.close().unwrap();

        let address = relay.address().to_string();
        for _ in 0..LIVES {
            let [phone, desk] = [&phone_home, &desk_home].map(|home| {
                let kind =
                    if home.folder().ends_with("phone") { "syncing-phone" } else { "syncing-desk" };
                let arguments = [OsStr::new(kind), home.folder().as_os_str(), OsStr::new(&address)];
                Process::start(Path::new(PARTY), &arguments, &[])
            });
            let aims = [Aim::draw(&mut dice), Aim::draw(&mut dice)];
            std::thread::scope(|scope| {
                scope.spawn(move || phone.kill_at(aims[0]));
                scope.spawn(move || desk.kill_at(aims[1]));
            });
        }

        let mut phone = phone_home.open_phone().unwrap();
        let mut desk = desk_home.open_desk().unwrap();
        for _ in 0..3 {
            sync(&mut phone, relay.address(), now).unwrap();
            sync(&mut desk, relay.address(), now).unwrap();
        }
        let practices = phone.practices().unwrap();
        let known = &practices[0];
        assert_eq!(known.stage, PairingStage::Active, "{:?}", known.health.trouble);
        let clients = desk.clients().unwrap();
        let client = &clients[0];
        assert_eq!(client.stage, PairingStage::Active, "{:?}", client.health.trouble);
        assert!(!client.health.second_claim, "taken for a second phone");
        assert_eq!(phone.words(practice).unwrap(), desk.words(invitation.client).unwrap());
        phone.close().unwrap();
        desk.close().unwrap();
    }
}
