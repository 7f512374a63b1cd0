//! PUTs a second with a commit for each, and with commits shared: the figures of
//! `docs/adr/0004-relay-store.md`.
//!
//! `cargo run --release -p attune-relay --example put_rate [FOLDER]`; the folder should lie on the
//! disk in question, not in memory.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use attune_relay::{Put, SqliteStore, Store, StoreError};
use attune_wire::{ENVELOPE_LEN, LaneId};

const LANES: u32 = 4_096;
const ALONE: u32 = 1_024;
const GROUPED: u32 = 16_384;
const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let store = Arc::new(SqliteStore::open(&folder.path().join("relay.db"), None)?);
    runtime.block_on(async {
        many(&store, 0, LANES, 256).await?;
        let mut version = 0;
        for _ in 0..ROUNDS {
            let mut rates = Vec::new();
            // By turns, so that a slow moment of the disk meets them all.
            for at_once in [1, 8, 32, 128, 512] {
                version += 1;
                let count = if at_once == 1 { ALONE } else { GROUPED };
                let start = Instant::now();
                many(&store, version, count, at_once).await?;
                rates.push((at_once, f64::from(count) / start.elapsed().as_secs_f64()));
            }
            let alone = rates[0].1;
            for (at_once, rate) in rates {
                print!("{at_once} at once {rate:.0}/s ({:.1})  ", rate / alone);
            }
            println!();
        }
        store.finish().await?;
        Ok(())
    })
}

/// `count` PUTs of `version`, `at_once` of them waiting at any time; version 0 opens the lanes.
async fn many(
    store: &Arc<SqliteStore>,
    version: u64,
    count: u32,
    at_once: u32,
) -> Result<(), StoreError> {
    let mut tasks = tokio::task::JoinSet::new();
    for first in 0..at_once {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            for number in (first..count).step_by(at_once as usize) {
                let id = lane(number % LANES);
                if version == 0 {
                    store.open(id, 1).await?;
                    continue;
                }
                // Each lane is written several times in a round.
                let version = version * 100 + u64::from(number / LANES);
                let body = Box::new([number.to_be_bytes()[3]; ENVELOPE_LEN]);
                let put = store.put(id, version, body, 1).await?;
                assert!(matches!(put, Put::Stored | Put::Stale(_)), "{put:?}");
            }
            Ok::<(), StoreError>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.map_err(|_| StoreError::Unavailable { code: "closed".into() })??;
    }
    Ok(())
}

/// Lanes lie as far apart as hashes do.
fn lane(number: u32) -> LaneId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.wrapping_mul(0x9e37_79b1).to_be_bytes());
    LaneId(id)
}
