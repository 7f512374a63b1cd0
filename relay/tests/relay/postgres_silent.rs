//! A database server that takes what it is asked, does it, and owes the answer.

use std::os::unix::net::UnixListener as StdListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use attune_cluster::{Cluster, name_of};
use attune_relay::{Address, Grant, Movable as _, PostgresStore, Put, Store as _, StoreError};
use attune_wire::{ENVELOPE_LEN, LaneId};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

use crate::store::block_on;

const LANE: LaneId = LaneId([7; 16]);
const GRANT: [u8; 16] = [1; 16];
const MAY: u32 = 24_316;

/// How long the server may owe an answer here. Whoever waits for less than this has been given one.
const ANSWER: Duration = Duration::from_secs(1);

/// Stands between a store and a server, on a socket of the same name in a folder of its own.
struct Between {
    /// The next connection that asks something gets no answer any more, though the server is asked.
    mute_next: Arc<AtomicBool>,
    muted: Arc<AtomicU32>,
}

impl Between {
    fn start(cluster: &Cluster, folder: &Path) -> Self {
        const SOCKET: &str = ".s.PGSQL.5432";
        let listener = StdListener::bind(folder.join(SOCKET)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = UnixListener::from_std(listener).unwrap();
        let this = Self { mute_next: Arc::default(), muted: Arc::default() };
        let (mute_next, muted) = (Arc::clone(&this.mute_next), Arc::clone(&this.muted));
        let server = cluster.folder().join(SOCKET);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&server).await.unwrap();
                tokio::spawn(carry(client, server, Arc::clone(&mute_next), Arc::clone(&muted)));
            }
        });
        this
    }

    fn mute_next(&self) {
        self.mute_next.store(true, Ordering::SeqCst);
    }

    fn muted(&self) -> u32 {
        self.muted.load(Ordering::SeqCst)
    }
}

async fn carry(
    client: UnixStream,
    server: UnixStream,
    mute_next: Arc<AtomicBool>,
    muted: Arc<AtomicU32>,
) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let is_mute = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&is_mute);
    let answers = async move {
        let mut bytes = vec![0; 16_384];
        while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
            if !heard.load(Ordering::SeqCst) && to_client.write_all(&bytes[..count]).await.is_err()
            {
                break;
            }
        }
        // Whoever was muted is not told either that the server hung up.
        if heard.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    };
    let questions = async move {
        let mut bytes = vec![0; 16_384];
        while let Ok(count @ 1..) = from_client.read(&mut bytes).await {
            if mute_next.swap(false, Ordering::SeqCst) {
                is_mute.store(true, Ordering::SeqCst);
                muted.fetch_add(1, Ordering::SeqCst);
            }
            if to_server.write_all(&bytes[..count]).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(answers, questions);
}

/// A store whose server can be muted, with one lane and one grant of two lanes a month.
async fn stage(cluster: &Cluster, folder: &Path) -> (PostgresStore, Between) {
    let between = Between::start(cluster, folder);
    let text = cluster.database();
    let address: Address =
        format!("postgres:///{}?host={}&user=postgres", name_of(&text), folder.display())
            .parse()
            .unwrap();
    let store = PostgresStore::open(&address.with_answer_within(ANSWER)).await.unwrap();
    store.open(LANE, 1).await.unwrap();
    let grant = Grant { id: GRANT, key: [2; 32], month: 0, used: 0, cap: 2 };
    store.merge_grant(grant).await.unwrap();
    (store, between)
}

/// What may be repeated is asked again over another connection, and comes to what it came to.
#[test]
fn what_is_not_answered_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    block_on(async {
        let (store, between) = stage(Cluster::shared(), folder.path()).await;
        for version in 1..=2 {
            between.mute_next();
            let put = store.put(LANE, version, Box::new([1; ENVELOPE_LEN]), 1).await;
            // The first time it was done, and nobody was told.
            assert!(matches!(put, Ok(Put::Stored | Put::Same)), "{put:?}");
        }
        between.mute_next();
        assert_eq!(store.lane(LANE).await.unwrap().unwrap().version, 2);
        assert!(between.muted() >= 3);
        between.mute_next();
        assert!(!store.is_ready().await);
        assert!(store.is_ready().await);
    });
}

/// A share that was taken, though nobody heard of it, is not taken twice.
#[test]
fn a_share_is_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    block_on(async {
        let (store, between) = stage(Cluster::shared(), folder.path()).await;
        let used = async || store.grants().await.unwrap()[0].used;
        let unanswered = Err(StoreError::Unavailable { code: "unanswered".into() });
        // A connection's first use of a statement asks for its preparation, which is no question yet.
        let prepare = async || {
            assert_eq!(store.take_grant(GRANT, MAY).await, Ok(true));
            assert_eq!(store.give_back(GRANT, MAY).await, Ok(true));
        };
        prepare().await;
        between.mute_next();
        assert_eq!(store.take_grant(GRANT, MAY).await, unanswered);
        assert_eq!((used().await, between.muted()), (1, 1));
        prepare().await;
        between.mute_next();
        assert_eq!(store.give_back(GRANT, MAY).await, unanswered);
        assert_eq!((used().await, between.muted()), (0, 2));
    });
}

/// Every connection that is used has told the server when to give up.
#[test]
fn the_server_is_told_when_to_give_up() {
    let cluster = Cluster::shared();
    let text = cluster.database();
    block_on(async {
        let store = PostgresStore::open(&text.parse().unwrap()).await.unwrap();
        cluster.ask(
            name_of(&text),
            "CREATE FUNCTION check_limits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF current_setting('statement_timeout') <> '5s'
                 OR current_setting('lock_timeout') <> '4s'
                 OR current_setting('synchronous_commit') <> 'on'
                 THEN RAISE EXCEPTION 'no limits'; END IF;
                 RETURN new; END $$;
             CREATE TRIGGER limits BEFORE INSERT ON lane
             FOR EACH ROW EXECUTE FUNCTION check_limits()",
        );
        assert_eq!(store.open(LANE, 1).await, Ok(true));
    });
}
