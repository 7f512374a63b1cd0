//! The store on a real PostgreSQL server: the same semantics, and what a server brings of its own.

use std::sync::Arc;

use attune_cluster::{Cluster, name_of};
use attune_relay::{
    Address, Config, Database, PostgresStore, Put, Relay, RelayError, SCHEMA, Store, StoreError,
    Verdict, add_grant, examine, list_grants, remove_grant,
};
use attune_wire::{ENVELOPE_LEN, LaneId, Status};

use crate::client::{Pair, Stage, get, post};
use crate::store::{block_on, pages, semantics};

const LANE: LaneId = LaneId([7; 16]);

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

async fn open(text: &str) -> Result<PostgresStore, StoreError> {
    PostgresStore::open(&address(text)).await
}

fn envelope(byte: u8) -> Box<[u8; ENVELOPE_LEN]> {
    Box::new([byte; ENVELOPE_LEN])
}

#[test]
fn postgres_keeps_to_the_semantics() {
    let cluster = Cluster::shared();
    block_on(async {
        semantics(&open(&cluster.database()).await.unwrap()).await;
        let store = open(&cluster.database()).await.unwrap();
        pages(&store).await;
        assert!(store.is_ready().await);
        store.finish().await.unwrap();
        assert!(!store.is_ready().await);
        assert_eq!(
            store.open(LANE, 1).await,
            Err(StoreError::Unavailable { code: "closed".into() })
        );
    });
}

/// A relay over HTTP as on SQLite, grants included.
#[test]
fn a_relay_serves_from_it() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    let database: Database = text.parse().unwrap();
    let key = add_grant(&database, 1).unwrap();
    let stage = Stage::new(|config| {
        config.database = database.clone();
        config.open = false;
    });
    let (pair, other) = (stage.pair(1), stage.pair(2));
    let grant = |pair: &Pair| Some(key.grant(&pair.relay, &pair.lane()));
    for (frame, expected) in [
        (pair.open(None), Status::Denied),
        (pair.open(grant(&pair)), Status::Stored),
        (pair.open(grant(&pair)), Status::Same),
        (other.open(grant(&other)), Status::Full),
        (pair.put(1, 1), Status::Stored),
        (pair.put(1, 1), Status::Same),
        (pair.put(1, 2), Status::Stale),
        (pair.get(0), Status::New),
        (pair.get(1), Status::Nothing),
        (pair.put(1, 1), Status::Same),
        (pair.close(), Status::Stored),
        (pair.get(0), Status::Denied),
    ] {
        assert_eq!(stage.ask(&frame).status, expected);
    }
    assert_eq!(get(stage.running.addr, "/healthz").status, 200);
    let [row] = list_grants(&database).unwrap()[..] else { panic!("one grant") };
    assert_eq!((&row.id, row.cap), (key.id(), 1));
    assert!(remove_grant(&database, key.id()).unwrap());
    assert!(!remove_grant(&database, key.id()).unwrap());

    // Without its tables it answers 503, and says that it is not well.
    cluster.ask(name_of(&text), "DROP TABLE lane");
    assert_eq!(post(stage.running.addr, &pair.get(0)).status, 503);
}

/// Five columns and five columns, no index of ours, nothing that ties a lane to a grant.
#[test]
fn the_schema_is_these_columns() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    block_on(async { drop(open(&text).await.unwrap()) });
    let ask = |sql: &str| cluster.ask(name_of(&text), sql);
    let columns = ask("SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position)
         FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1 ORDER BY 1");
    assert_eq!(columns, "grant|grant_id key month used cap\nlane|lane_id ver read_ver day body");
    let others = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                  AND relkind <> 'r' ORDER BY 1";
    assert_eq!(ask(others), "grant_pkey\nlane_pkey");
    assert_eq!(tuned(cluster, name_of(&text)), "lane|e|{fillfactor=70}");
}

/// Tables with rows of lanes, each with the storage of its envelopes and its options. Sealed bytes are not
/// compressed, and leave room to be replaced: rows and bytes were measured with both.
fn tuned(cluster: &Cluster, name: &str) -> String {
    let sql = "SELECT relname, attstorage, reloptions FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
               WHERE relkind = 'r' AND relname LIKE 'lane%' AND attname = 'body' ORDER BY 1";
    cluster.ask(name, sql)
}

#[test]
fn tables_of_somebody_else_are_left_alone() {
    let cluster = Cluster::shared();
    let refused = |prepare: &str| {
        let text = cluster.database();
        cluster.ask(name_of(&text), prepare);
        let before =
            cluster.ask(name_of(&text), "SELECT * FROM pg_tables WHERE schemaname = 'public'");
        let error = block_on(open(&text)).map(|_| ()).unwrap_err();
        let after =
            cluster.ask(name_of(&text), "SELECT * FROM pg_tables WHERE schemaname = 'public'");
        assert_eq!(before, after);
        error
    };
    assert_eq!(refused("CREATE TABLE lane (a INT)"), StoreError::NotARelay);
    assert_eq!(
        refused(&format!("{SCHEMA}; ALTER TABLE lane ALTER COLUMN body TYPE TEXT USING ''")),
        StoreError::NotARelay
    );
    assert_eq!(
        refused(&format!("{SCHEMA}; ALTER TABLE lane ADD COLUMN more INT")),
        StoreError::NewerSchema
    );
}

/// The partitions of `docs/scaling.md`, as they stand there.
#[test]
fn partitions_keep_to_the_semantics() {
    let page = include_str!("../../../docs/scaling.md");
    let made = page.split("```sql").nth(1).unwrap().split("```").next().unwrap();
    let cluster = Cluster::shared();
    let prepared = || {
        let text = cluster.database();
        cluster.ask(name_of(&text), made);
        text
    };
    block_on(async {
        let text = prepared();
        semantics(&open(&text).await.unwrap()).await;
        let partitions = "SELECT count(*) FROM pg_partition_tree('lane') WHERE isleaf";
        assert_eq!(cluster.ask(name_of(&text), partitions), "4");
        let each = ["0", "4", "8", "c"].map(|first| format!("lane_{first}|e|{{fillfactor=70}}"));
        assert_eq!(tuned(cluster, name_of(&text)), each.join("\n"));
        pages(&open(&prepared()).await.unwrap()).await;
    });
}

/// What `docs/scaling.md` gives to the role that serves is enough, and a role that may make nothing says so.
#[test]
fn the_least_that_a_role_needs() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    let name = name_of(&text);
    cluster.ask(name, "CREATE ROLE least LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    let as_least = cluster.address(name, "least");
    let error = block_on(open(&as_least)).map(|_| ()).unwrap_err();
    // 42501: insufficient privilege.
    assert_eq!(error, StoreError::Unavailable { code: "42501".into() });
    cluster.ask(name, SCHEMA);
    cluster.ask(name, "GRANT SELECT, INSERT, UPDATE, DELETE ON lane, \"grant\" TO least");
    block_on(async { semantics(&open(&as_least).await.unwrap()).await });
    assert_eq!(tuned(cluster, name), "lane|e|{fillfactor=70}", "as a relay would make them");
    let add = add_grant(&as_least.parse().unwrap(), 1);
    assert!(add.is_ok());
}

/// What `attune relay doctor` says of a server, and that it leaves it as it is.
#[test]
fn the_doctor_looks_at_a_server() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    let name = name_of(&text);
    cluster.ask(name, "CREATE ROLE looked LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    let as_looked = cluster.address(name, "looked");
    let said = |text: &str| -> Vec<(Verdict, String)> {
        let mut config = Config::trial(text.parse::<Database>().unwrap());
        config.open = false;
        config.origin = Some("https://relay.example".into());
        let found = examine(&config).into_iter().filter(|finding| finding.about == "database");
        found.map(|finding| (finding.verdict, finding.says)).collect()
    };
    let one = |text: &str, verdict: Verdict, word: &str| {
        let [(found, says)] = &said(text)[..] else { panic!("{:?}", said(text)) };
        assert!(*found == verdict && says.contains(word), "{found:?} {says}");
    };
    one(&as_looked, Verdict::Bad, "attune relay schema");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(cluster.ask(name, tables), "0");
    cluster.ask(name, SCHEMA);
    one(&as_looked, Verdict::Bad, "not for this role");
    cluster.ask(name, "GRANT SELECT ON lane, \"grant\" TO looked");
    one(&as_looked, Verdict::Bad, "may not read and write");
    cluster.ask(name, "GRANT SELECT, INSERT, UPDATE, DELETE ON lane, \"grant\" TO looked");
    one(&as_looked, Verdict::Look, "no grant");
    add_grant(&as_looked.parse().unwrap(), 1).unwrap();
    one(&as_looked, Verdict::Ok, "it answers");
    one(&text, Verdict::Look, "may do anything");
    one("postgres:///x?host=/no/such/folder&user=x", Verdict::Bad, "connection");
}

#[test]
fn a_server_that_does_not_write_to_its_disk_is_refused() {
    for (setting, named) in [("fsync=off", "fsync"), ("full_page_writes=off", "full_page_writes")] {
        let cluster = Cluster::start(&[setting]);
        let error = block_on(open(&cluster.database())).map(|_| ()).unwrap_err();
        assert_eq!(error, StoreError::Setting(named));
    }
    // What the role would have by itself is put right.
    let cluster = Cluster::shared();
    let text = cluster.database();
    cluster.ask(
        name_of(&text),
        "CREATE ROLE hasty LOGIN SUPERUSER; ALTER ROLE hasty SET synchronous_commit = off",
    );
    block_on(async {
        let store = open(&cluster.address(name_of(&text), "hasty")).await.unwrap();
        assert_eq!(store.open(LANE, 1).await, Ok(true));
    });
}

#[test]
fn what_cannot_be_reached_is_an_error_and_no_wait() {
    let nowhere = "postgres:///relay?host=/no/such/folder&user=attune";
    let error = block_on(open(nowhere)).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    let mut config = Config::trial(nowhere.parse::<Database>().unwrap());
    config.max_bytes = Some(1 << 20);
    assert!(matches!(Relay::start(config), Err(RelayError::NotAFile)));
}

/// Under an isolation that refuses what crosses (as CockroachDB always does), writers of one lane fall over
/// one another; each asks again until it has an answer.
#[test]
fn serialization_failures_are_asked_again() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    let name = name_of(&text);
    cluster.ask(
        name,
        "CREATE ROLE strict LOGIN SUPERUSER;
         ALTER ROLE strict SET default_transaction_isolation = 'serializable'",
    );
    // Besides: three of four are refused so, whatever else happens.
    block_on(async { drop(open(&text).await.unwrap()) });
    cluster.ask(
        name,
        "CREATE SEQUENCE turns;
         CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF nextval('turns') % 4 <> 0 THEN RAISE EXCEPTION SQLSTATE '40001'; END IF;
             RETURN new; END $$;
         CREATE TRIGGER refuse BEFORE UPDATE ON lane FOR EACH ROW EXECUTE FUNCTION refuse()",
    );
    block_on(async {
        let store = Arc::new(open(&cluster.address(name, "strict")).await.unwrap());
        store.open(LANE, 1).await.unwrap();
        for version in 1..=5 {
            assert_eq!(store.put(LANE, version, envelope(1), 1).await, Ok(Put::Stored));
        }
        assert_eq!(cluster.ask(name, "SELECT last_value FROM turns"), "20");
        cluster.ask(name, "DROP TRIGGER refuse ON lane");
        let mut writers = tokio::task::JoinSet::new();
        for version in 6..=17_u64 {
            let store = Arc::clone(&store);
            writers.spawn(async move { (version, store.put(LANE, version, envelope(1), 1).await) });
        }
        while let Some(put) = writers.join_next().await {
            let (version, put) = put.unwrap();
            assert!(matches!(put, Ok(Put::Stored | Put::Stale(_))), "{version}: {put:?}");
        }
        assert_eq!(store.lane(LANE).await.unwrap().unwrap().version, 17);
    });
}

/// Connections cut again and again while many write: nobody is told that something was stored which is
/// not there, and everybody is answered.
#[test]
fn connections_that_break_lose_nothing() {
    const LANES: u8 = 8;
    let cluster = Cluster::shared();
    let text = cluster.database();
    block_on(async {
        let store = Arc::new(open(&text).await.unwrap());
        let mut writers = tokio::task::JoinSet::new();
        for byte in 0..LANES {
            let store = Arc::clone(&store);
            writers.spawn(async move {
                let lane = LaneId([byte; 16]);
                let mut acknowledged = 0;
                while store.open(lane, 1).await.is_err() {}
                for version in 1..=60 {
                    if let Ok(Put::Stored | Put::Same) =
                        store.put(lane, version, envelope(byte), 1).await
                    {
                        acknowledged = version;
                    }
                }
                (lane, acknowledged)
            });
        }
        let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let mut cuts = 0;
        let mut done = Vec::new();
        loop {
            cuts += cluster.ask(name_of(&text), cut).parse::<u32>().unwrap();
            while let Some(writer) = writers.try_join_next() {
                done.push(writer.unwrap());
            }
            if done.len() == usize::from(LANES) {
                break;
            }
        }
        assert!(cuts > 0);
        for (lane, acknowledged) in done {
            assert!(acknowledged > 0);
            let there = store.lane(lane).await.unwrap().unwrap().version;
            assert!(there >= acknowledged, "{there} {acknowledged}");
        }
    });
}

/// Two relays that start at the same time on an empty database both find their tables.
#[test]
fn two_that_start_at_once_make_the_tables_once() {
    let cluster = Cluster::shared();
    for _ in 0..5 {
        let text = cluster.database();
        block_on(async {
            let (one, two, three) = tokio::join!(open(&text), open(&text), open(&text));
            assert!(one.is_ok() && two.is_ok() && three.is_ok());
        });
    }
}
