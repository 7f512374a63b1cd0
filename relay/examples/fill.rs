//! A database of many lanes, each with an envelope, made through the store alone: so that memory and
//! disk of a large relay can be measured without a million signatures.
//!
//! `cargo run --release -p attune-relay --example fill FILE LANES`; afterwards `attune relay bench
//! --serve --database FILE` puts load on a relay that has them.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use attune_relay::{SqliteStore, Store, StoreError};
use attune_wire::{ENVELOPE_LEN, LaneId};

/// Writes under way at once: full groups.
const AT_ONCE: u32 = 256;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(lanes)) = (arguments.next(), arguments.next()) else {
        return Err("usage: fill FILE LANES".into());
    };
    let lanes: u32 = lanes.parse()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let store = Arc::new(SqliteStore::open(Path::new(&file), None)?);
    let start = Instant::now();
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for first in 0..AT_ONCE {
            let store = Arc::clone(&store);
            tasks.spawn(async move {
                for number in (first..lanes).step_by(AT_ONCE as usize) {
                    let (id, filler) = (lane(number), number.to_le_bytes()[0]);
                    // As they come about: opened, and written some time later.
                    store.open(id, 20_000).await?;
                    store.put(id, 1, Box::new([filler; ENVELOPE_LEN]), 20_000).await?;
                }
                Ok::<(), StoreError>(())
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.map_err(|_| StoreError::Unavailable { code: "closed".into() })??;
        }
        store.finish().await
    })?;
    let bytes = std::fs::metadata(&file)?.len();
    let seconds = start.elapsed().as_secs_f64();
    println!("{lanes} lanes, {seconds:.0} s, {} bytes a lane", bytes / u64::from(lanes.max(1)));
    Ok(())
}

/// Lanes lie as far apart as hashes do: a one-to-one mixing of the number.
fn lane(number: u32) -> LaneId {
    let mixed = u128::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    LaneId((mixed ^ (mixed >> 64)).to_be_bytes())
}
