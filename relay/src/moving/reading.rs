//! A file, into a store.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use attune_wire::LaneId;

use super::file::{Reader, Record};
use super::{Moved, MovingError};
use crate::store::{Body, Lane, Movable, Store, StoreError};

/// Lanes of the store at once, to compare with.
const PAGE: u32 = 256;

/// Lanes that are written at once: a store commits many together.
const AT_ONCE: usize = 64;

/// Looks through the whole file first, so that a damaged one changes nothing; then brings it in.
pub(super) async fn import(
    store: &impl Movable,
    file: &Path,
    complete: bool,
) -> Result<Moved, MovingError> {
    let mut reader = Reader::start(BufReader::new(File::open(file)?))?;
    while !matches!(reader.next()?, Record::End) {}
    let mut moved = Moved { lanes: reader.lanes, grants: reader.grants, ..Moved::default() };
    if complete && moved.lanes == 0 && !store.page(None, 1).await?.lanes.is_empty() {
        return Err(MovingError::Empty);
    }

    let mut reader = Reader::start(BufReader::new(File::open(file)?))?;
    let mut there = There::new(store);
    let mut grants = BTreeSet::new();
    let mut group = Vec::new();
    loop {
        match reader.next()? {
            Record::Grant(grant) => {
                grants.insert(grant.id);
                store.merge_grant(grant).await?;
            }
            Record::Lane(id, lane) => {
                let found = there.up_to(id).await?;
                if complete {
                    moved.removed += remove(store, &found.before).await?;
                }
                if found.needs(&lane) {
                    group.push((id, lane));
                }
                if group.len() == AT_ONCE {
                    moved.changed += merge(store, &mut group).await?;
                }
            }
            Record::End => break,
        }
    }
    moved.changed += merge(store, &mut group).await?;
    if complete {
        let last = there.rest().await?;
        moved.removed += remove(store, &last).await?;
        for grant in store.grants().await? {
            if !grants.contains(&grant.id) {
                moved.removed += u64::from(store.remove_grant(grant.id).await?);
            }
        }
    }
    Ok(moved)
}

/// Brings lanes in, all of them under way at once.
async fn merge(store: &impl Movable, group: &mut Vec<(LaneId, Lane)>) -> Result<u64, StoreError> {
    let merges = group.drain(..).map(|(id, lane)| store.merge(id, lane));
    let merged = futures_util::future::try_join_all(merges).await?;
    Ok(merged.into_iter().map(u64::from).sum())
}

async fn remove(store: &impl Movable, lanes: &[LaneId]) -> Result<u64, StoreError> {
    let mut removed = 0;
    for id in lanes {
        removed += u64::from(store.close(*id).await?);
    }
    Ok(removed)
}

/// The lanes of the store, walked in the order of their ids beside those of the file.
struct There<'a, S> {
    store: &'a S,
    after: Option<LaneId>,
    page: VecDeque<(LaneId, u64, u32, bool)>,
    is_last: bool,
}

/// What stands in the store up to a lane.
struct Found {
    /// Lanes before it that the file passed over.
    before: Vec<LaneId>,
    /// Version, day, and whether its envelope is there.
    same: Option<(u64, u32, bool)>,
}

impl Found {
    /// Whether the store has anything to learn from `lane`.
    fn needs(&self, lane: &Lane) -> bool {
        let is_envelope = matches!(lane.body, Body::Envelope(_));
        self.same != Some((lane.version, lane.day, is_envelope))
    }
}

impl<'a, S: Store> There<'a, S> {
    fn new(store: &'a S) -> Self {
        Self { store, after: None, page: VecDeque::new(), is_last: false }
    }

    async fn up_to(&mut self, id: LaneId) -> Result<Found, StoreError> {
        let mut found = Found { before: Vec::new(), same: None };
        while let Some((next, version, day, is_envelope)) = self.peek().await? {
            if next > id {
                break;
            }
            self.page.pop_front();
            if next == id {
                found.same = Some((version, day, is_envelope));
                break;
            }
            found.before.push(next);
        }
        Ok(found)
    }

    async fn rest(&mut self) -> Result<Vec<LaneId>, StoreError> {
        let mut rest = Vec::new();
        while let Some((id, ..)) = self.peek().await? {
            self.page.pop_front();
            rest.push(id);
        }
        Ok(rest)
    }

    async fn peek(&mut self) -> Result<Option<(LaneId, u64, u32, bool)>, StoreError> {
        if self.page.is_empty() && !self.is_last {
            self.page = self.store.page(self.after, PAGE).await?.lanes.into();
            self.after = self.page.back().map(|(id, ..)| *id).or(self.after);
            self.is_last = self.page.is_empty();
        }
        Ok(self.page.front().copied())
    }
}
