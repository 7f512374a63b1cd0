//! The operations on the store, as a table that any other store must hold to as well.

use attune_relay::{Body, Grant, Lane, Movable, Put, SqliteStore, Store, StoreError};
use attune_wire::{ENVELOPE_LEN, LaneId, MAX_VERSION};
use ring::digest::{SHA256, digest};

const LANE: LaneId = LaneId([7; 16]);

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn envelope(byte: u8) -> Box<[u8; ENVELOPE_LEN]> {
    Box::new([byte; ENVELOPE_LEN])
}

fn sha256(byte: u8) -> [u8; 32] {
    digest(&SHA256, &envelope(byte)[..]).as_ref().try_into().unwrap()
}

/// What one PUT after another is answered.
async fn puts(store: &impl Store) {
    for (version, byte, expected) in [
        (0, 1, Put::Stale(0)),
        (1, 1, Put::Stored),
        (1, 1, Put::Same),
        (1, 2, Put::Stale(1)),
        (0, 1, Put::Stale(1)),
        (5, 5, Put::Stored),
        (1, 1, Put::Stale(5)),
        (4, 5, Put::Stale(5)),
        (5, 5, Put::Same),
        (1 << 40, 6, Put::Stored),
        (MAX_VERSION, 7, Put::Stored),
        (MAX_VERSION, 7, Put::Same),
        (MAX_VERSION, 8, Put::Stale(MAX_VERSION)),
    ] {
        let put = store.put(LANE, version, envelope(byte), 100).await.unwrap();
        assert_eq!(put, expected, "version {version}, byte {byte}");
    }
}

pub(crate) async fn semantics(store: &impl Movable) {
    let lane = async || store.lane(LANE).await.unwrap();
    // Before it is opened.
    assert!(lane().await.is_none());
    assert_eq!(store.put(LANE, 1, envelope(1), 100).await, Ok(Put::Unknown));
    assert_eq!(store.close(LANE).await, Ok(false));
    assert_eq!(store.mark(LANE, 0, 0, None, Some(100)).await, Ok(()));
    assert!(lane().await.is_none());
    // Open, twice.
    assert_eq!(store.open(LANE, 100).await, Ok(true));
    assert_eq!(store.open(LANE, 105).await, Ok(false));
    let fresh = Lane { version: 0, read_version: 0, day: 100, body: Body::Nothing };
    assert!(lane().await == Some(fresh.clone()));

    puts(store).await;

    // A day that goes back changes nothing.
    let at_most = Lane { version: MAX_VERSION, body: Body::Envelope(envelope(7)), ..fresh };
    assert!(lane().await == Some(at_most.clone()));
    store.mark(LANE, MAX_VERSION, 0, None, Some(99)).await.unwrap();
    assert!(lane().await == Some(at_most.clone()));
    // A mark meant for another version changes nothing.
    store.mark(LANE, 5, 5, Some([1; 32]), Some(200)).await.unwrap();
    assert!(lane().await == Some(at_most.clone()));
    // Read: the envelope makes room for its digest, and a repeated PUT is still told apart.
    store.mark(LANE, MAX_VERSION, MAX_VERSION, Some(sha256(7)), Some(101)).await.unwrap();
    let read =
        Lane { read_version: MAX_VERSION, day: 101, body: Body::Digest(sha256(7)), ..at_most };
    assert!(lane().await == Some(read.clone()));
    assert_eq!(store.put(LANE, MAX_VERSION, envelope(7), 101).await, Ok(Put::Same));
    let other = store.put(LANE, MAX_VERSION, envelope(8), 101).await;
    assert_eq!(other, Ok(Put::Stale(MAX_VERSION)));
    // The read mark never goes back.
    store.mark(LANE, MAX_VERSION, 3, None, None).await.unwrap();
    assert!(lane().await == Some(read));
    // Expiry looks at the day again.
    assert_eq!(store.expire(LANE, 100).await, Ok(false));
    assert_eq!(store.expire(LANE, 101).await, Ok(true));
    assert_eq!(store.expire(LANE, 101).await, Ok(false));
    // A closed lane is gone and may be opened anew.
    assert_eq!(store.open(LANE, 102).await, Ok(true));
    assert_eq!(store.put(LANE, 1, envelope(1), 102).await, Ok(Put::Stored));
    assert_eq!(store.close(LANE).await, Ok(true));
    assert_eq!(store.close(LANE).await, Ok(false));
    assert!(lane().await.is_none());
    assert_eq!(store.open(LANE, 103).await, Ok(true));
    assert_eq!(lane().await.map(|lane| lane.version), Some(0));
    shares(store).await;
}

/// A grant's share of a month: taken, used up, given back, and new in the next month.
async fn shares(store: &impl Movable) {
    const ID: [u8; 16] = [1; 16];
    const MAY: u32 = 24_316;
    let used =
        async || store.grants().await.unwrap().first().map(|grant| (grant.month, grant.used));
    assert_eq!(store.grant_key(ID).await, Ok(None));
    assert_eq!(store.take_grant(ID, MAY).await, Ok(false));
    assert_eq!(store.give_back(ID, MAY).await, Ok(false));
    let grant = Grant { id: ID, key: [2; 32], month: 0, used: 0, cap: 2 };
    store.merge_grant(grant).await.unwrap();
    assert_eq!(store.grant_key(ID).await, Ok(Some([2; 32])));
    assert_eq!(store.give_back(ID, MAY).await, Ok(false), "nothing was taken");
    for (taken, expected) in [(true, 1), (true, 2), (false, 2)] {
        assert_eq!(store.take_grant(ID, MAY).await, Ok(taken));
        assert_eq!(used().await, Some((MAY, expected)));
    }
    assert_eq!(store.give_back(ID, MAY).await, Ok(true));
    assert_eq!(used().await, Some((MAY, 1)));
    assert_eq!(store.take_grant(ID, MAY).await, Ok(true));
    // A clock that goes back goes on counting, and gives back, in the later month.
    assert_eq!(store.take_grant(ID, MAY - 1).await, Ok(false));
    assert_eq!(store.give_back(ID, MAY - 1).await, Ok(true));
    assert_eq!(store.take_grant(ID, MAY - 1).await, Ok(true));
    assert_eq!(used().await, Some((MAY, 2)));
    // A new month.
    assert_eq!(store.give_back(ID, MAY + 1).await, Ok(false));
    assert_eq!(store.take_grant(ID, MAY + 1).await, Ok(true));
    assert_eq!(used().await, Some((MAY + 1, 1)));
}

pub(crate) async fn pages(store: &impl Store) {
    for byte in (0..10).rev() {
        store.open(LaneId([byte; 16]), 100).await.unwrap();
    }
    store.put(LaneId([4; 16]), 9, envelope(1), 101).await.unwrap();
    let page = store.page(None, 3).await.unwrap();
    let ids: Vec<_> = page.lanes.iter().map(|(id, ..)| id.0[0]).collect();
    assert_eq!(ids, [0, 1, 2]);
    let page = store.page(Some(LaneId([2; 16])), 2).await.unwrap();
    assert_eq!(page.lanes[1], (LaneId([4; 16]), 9, 101, true));
    assert_eq!(page.lanes[0], (LaneId([3; 16]), 0, 100, false));
    assert!(store.page(Some(LaneId([9; 16])), 5).await.unwrap().lanes.is_empty());
}

#[test]
fn sqlite_keeps_to_the_semantics() {
    let folder = tempfile::tempdir().unwrap();
    for (name, file) in [("semantics", "a.db"), ("pages", "b.db")] {
        let store = SqliteStore::open(&folder.path().join(file), None).unwrap();
        block_on(async {
            if name == "semantics" {
                semantics(&store).await;
            } else {
                pages(&store).await;
            }
            store.finish().await.unwrap();
        });
    }
}

#[test]
fn a_closed_store_leaves_no_side_file_and_answers_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let store = SqliteStore::open(&file, None).unwrap();
    block_on(async {
        store.open(LANE, 1).await.unwrap();
        store.lane(LANE).await.unwrap();
        store.finish().await.unwrap();
        assert!(!store.is_ready().await);
        let gone = Err(StoreError::Unavailable { code: "closed".into() });
        assert_eq!(store.open(LANE, 1).await, gone);
        assert!(store.lane(LANE).await.is_err());
    });
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["relay.db"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn another_file_is_left_alone() {
    use attune_cipher::rusqlite::Connection;

    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| SqliteStore::open(&folder.path().join(name), None).map(|_| ());
    let text = folder.path().join("text");
    std::fs::write(&text, "a letter, and certainly no database; long enough to be read as one")
        .unwrap();
    assert_eq!(open("text"), Err(StoreError::NotARelay));
    assert!(std::fs::read(&text).unwrap().starts_with(b"a letter"));

    let other = Connection::open(folder.path().join("other")).unwrap();
    other.execute_batch("CREATE TABLE lane (a); PRAGMA application_id = 0").unwrap();
    drop(other);
    assert_eq!(open("other"), Err(StoreError::NotARelay));

    assert_eq!(open("newer"), Ok(()));
    let newer = Connection::open(folder.path().join("newer")).unwrap();
    newer.execute_batch("PRAGMA user_version = 2").unwrap();
    drop(newer);
    assert_eq!(open("newer"), Err(StoreError::NewerSchema));

    assert!(matches!(open("no/such/folder"), Err(StoreError::File(_))));
}

/// Five columns and five columns, no index of ours, nothing that ties a lane to a grant.
#[test]
fn the_schema_is_these_columns() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    drop(SqliteStore::open(&file, None).unwrap());
    let database = attune_cipher::rusqlite::Connection::open(&file).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut select = database.prepare(sql).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(list("SELECT name FROM sqlite_schema ORDER BY name"), ["grant", "lane"]);
    let columns = "SELECT name FROM pragma_table_info";
    assert_eq!(list(&format!("{columns}('lane')")), ["lane_id", "ver", "read_ver", "day", "body"]);
    assert_eq!(list(&format!("{columns}('grant')")), ["grant_id", "key", "month", "used", "cap"]);
    let indexes = "SELECT origin FROM pragma_index_list";
    assert_eq!(list(&format!("{indexes}('lane')")), ["pk"]);
    assert_eq!(list(&format!("{indexes}('grant')")), ["pk"]);
}
