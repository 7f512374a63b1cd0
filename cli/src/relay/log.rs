//! The relay's log on standard error: Attune's own few lines, and nobody else's. What a library would
//! say there may hold an address, or the text of a database's error.

use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt;

/// From here on this process writes its log.
pub(super) fn start() {
    // Asked for twice in one process (as a test may), the first subscriber stays.
    let _ = lines(io::stderr).try_init();
}

fn lines(writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static) -> impl SubscriberInitExt {
    // The beginning of a target: Attune's crates are all called that.
    let ours = Targets::new().with_target("attune", LevelFilter::INFO);
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).finish().with(ours)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read as _, Seek as _};
    use std::sync::Arc;

    use super::*;

    #[test]
    fn no_library_writes_into_it() {
        let mut file = tempfile::tempfile().unwrap();
        let writer: Arc<File> = Arc::new(file.try_clone().unwrap());
        let logging = lines(writer).set_default();
        tracing::error!(target: "deadpool.postgres", "of the pool");
        tracing::error!(target: "tokio_postgres::connection", "of the database");
        tracing::error!(target: "hyper", "of the web");
        tracing::error!(target: "attune_relay::server", "of the relay");
        tracing::debug!(target: "attune_relay::server", "too much");
        drop(logging);

        let mut log = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut log).unwrap();
        assert_eq!(log.lines().count(), 1, "{log}");
        assert!(log.ends_with("ERROR attune_relay::server: of the relay\n"), "{log}");
    }
}
