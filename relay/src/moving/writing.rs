//! The rows of a store, into a file.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::file::Writer;
use super::{Moved, MovingError};
use crate::store::Movable;

/// Rows at once: with their envelopes a megabyte.
const PAGE: u32 = 128;

/// Writes all rows; a file that was begun is removed when that fails.
pub(super) async fn export(store: &impl Movable, file: &Path) -> Result<Moved, MovingError> {
    let written = write(store, new_private(file)?).await;
    if written.is_err() {
        let _ = std::fs::remove_file(file);
    }
    written
}

async fn write(store: &impl Movable, file: File) -> Result<Moved, MovingError> {
    let mut writer = Writer::start(BufWriter::new(file))?;
    for grant in store.grants().await? {
        writer.grant(&grant)?;
    }
    let mut after = None;
    loop {
        let rows = store.rows(after, PAGE).await?;
        let Some((last, _)) = rows.last() else {
            break;
        };
        after = Some(*last);
        for (id, lane) in &rows {
            writer.lane(*id, lane)?;
        }
    }
    let (lanes, grants) = (writer.lanes, writer.grants);
    let mut file = writer.end()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(Moved { lanes, grants, ..Moved::default() })
}

fn new_private(file: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}
