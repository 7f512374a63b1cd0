//! PostgreSQL's server, for the tests of the relay that stand on one.

use std::path::Path;
use std::process::Command;

use super::{install, may_install};
use crate::child;

/// What a package would do at once and tests have no use for: a server of the machine's own.
const NO_CLUSTER: &str = "create_main_cluster = false\n";

/// Makes sure that `initdb` and `postgres` are there. The tests start servers of their own.
///
/// # Errors
/// Says what to install, where that cannot be done from here.
pub(crate) fn postgres() -> Result<(), String> {
    if is_there() {
        return Ok(());
    }
    let mut output = String::new();
    if may_install() {
        let settings = Path::new("/etc/postgresql-common/createcluster.conf");
        let is_new = !settings.exists()
            && std::fs::create_dir_all("/etc/postgresql-common").is_ok()
            && std::fs::write(settings, NO_CLUSTER).is_ok();
        output = install(&["postgresql", "postgresql-client"]);
        if is_new {
            // The tests have no say over what this machine does with PostgreSQL later.
            let _ = std::fs::remove_file(settings);
        }
        if is_there() {
            return Ok(());
        }
    }
    Err(format!(
        "PostgreSQL's server is missing. Set it up with: apt-get install postgresql, or name the folder of \
         its programs in ATTUNE_POSTGRES\n{output}"
    ))
}

fn is_there() -> bool {
    if std::env::var_os("ATTUNE_POSTGRES").is_some() {
        return true;
    }
    let packaged = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .any(|version| version.path().join("bin/initdb").exists());
    packaged || child::finish(Command::new("initdb").arg("--version")).success
}
