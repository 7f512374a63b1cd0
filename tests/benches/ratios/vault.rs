//! The vault and the moments in it: opening, marking, listing, and size.

use std::path::Path;

use attune_cipher::rusqlite::{Connection, Result as SqlResult, params};
use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE, VaultError};
use tempfile::TempDir;

use crate::bare;
use crate::harness::{Outcome, Report, by_turns, timed};
use crate::world::{OpenStore, monday};

const SOME: u32 = 1_000;
const MANY: u32 = 10_000;
const A_MILLION: u32 = 1_000_000;

/// A moment's columns as they are.
type BareRow = (i64, i64, i32, Option<String>, Option<u8>);

/// A phone's opening against a bare one. The key store is unlocked before, as a platform's is.
pub(crate) fn open(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let bare_path = folder.path().join("bare.db");
    let floor = bare::create(&bare_path, "")?;
    fill(&floor, SOME)?;
    floor.close().map_err(|(_, error)| error)?;
    let bare_open = |before_the_key: &str| {
        let (took, database) = timed(|| bare::open(&bare_path, before_the_key))?;
        database.close().map_err(|(_, error)| error)?;
        Ok(took)
    };
    // Only now: from the next line on it is on in this process.
    let [unwiped] = by_turns(100, [&mut || bare_open("")])?;

    let path = folder.path().join(STORE_FILE);
    let passphrase = Passphrase::new("of the store".to_owned());
    let entropy = || Box::new(SystemEntropy::new());
    let store = FileKeyStore::create(&path, &passphrase, KdfCost::LEAST, &mut *entropy())?;
    let vault = folder.path().join("vault");
    let mut phone = Companion::create(&vault, &store, None, entropy())?;
    fill_phone(&mut phone, SOME)?;
    phone.close()?;
    let [floor, ours] = by_turns(
        200,
        [&mut || bare_open(bare::WIPED), &mut || {
            let (took, phone) = timed(|| Companion::open(&vault, &store, None, entropy()))?;
            phone.close()?;
            Ok(took)
        }],
    )?;
    report.ratio("open, against a bare raw-key open", &floor, &ours, Some(1.3));
    report.ratio("  of it, wiping of memory (bare open without, and with)", &unwiped, &floor, None);
    Ok(())
}

/// Marking a moment against a bare insert of the same row: one commit each.
pub(crate) fn flag(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let database = bare::create(&folder.path().join("bare.db"), bare::WIPED)?;
    let mut insert = database
        .prepare("INSERT INTO misattunement (id, marked_at, offset_minutes) VALUES (?1, ?2, ?3)")?;
    let mut phone = new_phone(&folder.path().join("phone"))?;
    let mut now = monday();
    let mut second = 0_i64;
    let [floor, ours] = by_turns(
        600,
        [
            &mut || {
                second += 1;
                let millis = monday().timestamp_millis() + second * 1_000;
                Ok(timed(|| insert.execute(params![millis * 1_024, millis, 120]))?.0)
            },
            &mut || {
                now += chrono::Duration::seconds(1);
                Ok(timed(|| phone.flag(now))?.0)
            },
        ],
    )?;
    report.ratio("flag, against a bare insert of the row", &floor, &ours, Some(1.15));
    Ok(())
}

/// The newest 50 of many moments, against the bare query.
pub(crate) fn newest(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let database = bare::create(&folder.path().join("bare.db"), bare::WIPED)?;
    fill(&database, MANY)?;
    let mut query = database.prepare(
        "SELECT id, marked_at, offset_minutes, note, pointer FROM misattunement
         ORDER BY id DESC LIMIT 50",
    )?;
    let mut phone = new_phone(&folder.path().join("phone"))?;
    fill_phone(&mut phone, MANY)?;
    let [floor, ours] = by_turns(
        5_000,
        [
            &mut || {
                let (took, rows) = timed(|| {
                    let rows = query.query_map([], |row| row.try_into())?;
                    rows.collect::<SqlResult<Vec<BareRow>>>()
                })?;
                (rows.len() == 50).then_some(took).ok_or_else(|| "not 50 rows".into())
            },
            &mut || {
                let (took, moments) = timed(|| phone.moments(None, 50))?;
                (moments.len() == 50).then_some(took).ok_or_else(|| "not 50 moments".into())
            },
        ],
    )?;
    report.ratio("newest 50, against the bare query", &floor, &ours, Some(1.2));
    Ok(())
}

/// Marking a moment among ten thousand, and among a million.
pub(crate) fn writes(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let mut small = new_phone(&folder.path().join("small"))?;
    let mut large = new_phone(&folder.path().join("large"))?;
    fill_phone(&mut small, MANY)?;
    fill_phone(&mut large, A_MILLION)?;
    let turn = |phone: &mut Companion, second: &mut i64| {
        *second += 1;
        let now = monday() + chrono::Duration::seconds(*second);
        Ok(timed(|| phone.flag(now))?.0)
    };
    let (mut at_small, mut at_large) = (0, 0);
    let [small, large] = by_turns(
        600,
        [&mut || turn(&mut small, &mut at_small), &mut || turn(&mut large, &mut at_large)],
    )?;
    report.ratio("flag among 1,000,000 moments, against 10,000", &small, &large, Some(1.1));
    Ok(())
}

fn new_phone(folder: &Path) -> Outcome<Companion> {
    Ok(Companion::create(folder, &OpenStore, None, Box::new(SystemEntropy::new()))?)
}

fn fill_phone(phone: &mut Companion, count: u32) -> Outcome {
    phone.vault().write(|db| Ok::<_, VaultError>(fill(db, count)?))?;
    Ok(())
}

/// `count` moments, one a minute, the last one just before [`monday`]; every third has words.
fn fill(db: &Connection, count: u32) -> SqlResult<()> {
    db.execute(
        "WITH RECURSIVE minute (ago) AS
             (SELECT ?1 UNION ALL SELECT ago - 1 FROM minute WHERE ago > 1)
         INSERT INTO misattunement (id, marked_at, offset_minutes, note)
         SELECT (?2 - ago * 60000) * 1024, ?2 - ago * 60000, 120,
                CASE WHEN ago % 3 = 0 THEN 'They spoke as if my family had no say in it.' END
         FROM minute",
        params![count, monday().timestamp_millis()],
    )?;
    Ok(())
}
