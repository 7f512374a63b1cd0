//! What the relay holds after a whole story: five columns, envelopes of one size, and nothing to read.

use attune_cipher::rusqlite::{Connection, OpenFlags};
use attune_core::lane::ids::CaseId;
use attune_core::preview::RepairChoice;
use attune_core::repair::{Pointer, RepairOption};
use attune_tests::files::{found_below, names, spellings};
use attune_tests::world::{CLIENT, FRONT_DESK, THERAPIST, World, monday};
use attune_wire::{ENVELOPE_LEN, RelayId};

const WORDS: &str = "the words of the client themselves";
const NOTE: &str = "I said your name wrong, and that may have hurt. No reply is needed.";

/// The whole story, as far as a choice in the therapist's inbox, one answered, one at the front desk.
fn told() -> (World, Vec<CaseId>) {
    let mut w = World::paired();
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some(WORDS)).unwrap();
    w.phone.set_pointer(moment, Some(Pointer::LeftOut)).unwrap();
    let with_all = RepairChoice {
        moment: Some(moment),
        with_pointer: true,
        with_words: true,
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    let answered = w.share_choice(&with_all, now);
    let mut cases = vec![answered, w.share(RepairOption::RequestProvider, now)];
    w.sync_all(now);
    w.desk.reply(answered, NOTE, now).unwrap();
    w.sync_all(now);
    cases.push(w.share(RepairOption::BriefCheckIn, now));
    // The last word is uploaded and not read: its envelopes are there to be looked at.
    w.sync_phone(now);
    (w, cases)
}

#[test]
fn a_row_has_five_columns_and_an_envelope_of_one_size() {
    let (w, _) = told();
    let rows = w.relay.rows();
    assert_eq!(rows.len(), 4, "two lanes for each of two pairings");
    let held: Vec<_> = rows.iter().filter(|row| row.holds_envelope()).collect();
    assert_eq!(held.len(), 2, "one for each desk to fetch");
    for row in rows {
        let body = row.body.unwrap();
        assert!([ENVELOPE_LEN, 32].contains(&body.len()), "{} bytes", body.len());
        assert!(row.ver > 0 && row.read_ver <= row.ver);
    }
}

#[test]
fn the_file_has_two_tables_and_no_other_column() {
    let (w, _) = told();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let file = Connection::open_with_flags(w.relay.database(), flags).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = file.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let tables = list("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    assert_eq!(tables, ["grant", "lane"]);
    let columns = |table| list(&format!("SELECT name FROM pragma_table_info('{table}')"));
    assert_eq!(columns("lane"), ["lane_id", "ver", "read_ver", "day", "body"]);
    assert_eq!(columns("grant"), ["grant_id", "key", "month", "used", "cap"]);
    let other = list("SELECT type FROM sqlite_schema WHERE type != 'table' AND sql IS NOT NULL");
    assert!(other.is_empty(), "{other:?}");
    // Envelopes look random: no two are alike, and none has a run of one byte.
    let mut statement = file.prepare("SELECT body FROM lane WHERE length(body) = 8192").unwrap();
    let bodies: Vec<Vec<u8>> =
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(bodies.len(), 2);
    assert_ne!(bodies[0], bodies[1]);
    for body in &bodies {
        assert!(!body.windows(8).any(|run| run.iter().all(|byte| byte == &run[0])));
    }
}

#[test]
fn nothing_in_its_folder_can_be_read() {
    let (mut w, cases) = told();
    let mut needles: Vec<Vec<u8>> = [WORDS, NOTE, CLIENT, THERAPIST, FRONT_DESK, "LeftOut"]
        .into_iter()
        .chain(RepairOption::ALL.into_iter().map(RepairOption::name))
        // So short that they are found in noise.
        .filter(|text| text.len() > 4)
        .flat_map(spellings)
        .collect();
    needles.extend(cases.iter().map(|case| case.as_bytes().to_vec()));
    needles.extend(cases.iter().flat_map(|case| spellings(&hex(case.as_bytes()))));
    let folder = w.relay.folder().to_owned();
    assert!(names(&folder).iter().any(|name| name.ends_with("-wal")), "{:?}", names(&folder));
    assert_eq!(found_below(&folder, &needles), [], "while it runs");
    w.relay.stop();
    assert_eq!(names(&folder), ["relay.db"]);
    assert_eq!(found_below(&folder, &needles), [], "after it stopped");
}

#[test]
fn lanes_of_one_phone_have_nothing_in_common() {
    let (w, _) = told();
    let rows = w.relay.rows();
    let id = RelayId::of_origin(attune_tests::place::ORIGIN);
    for (at, row) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            let shared = row.lane_id.0.iter().zip(&other.lane_id.0).filter(|(a, b)| a == b).count();
            assert!(shared < 8, "{shared} of 16 bytes are alike");
        }
        let body = row.body.as_ref().unwrap();
        assert!(!body.windows(16).any(|at| at == row.lane_id.0));
        assert!(!body.windows(32).any(|at| at == id.0));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
