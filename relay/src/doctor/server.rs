//! The database server: whether it can be reached, keeps what it says it keeps, and holds a relay's
//! tables; and whether the role may do what it needs, and no more.

use super::{Findings, Verdict};
use crate::config::Config;
use crate::postgres::{Address, Looked, look as ask};

const ABOUT: &str = "database";

/// Seconds that two clocks may differ before somebody should look. Days and months hang on them, no more.
const SKEW: u64 = 120;

/// Looks at the server; it is not changed.
pub(super) fn look(config: &Config, address: &Address, found: &mut Findings) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return found.bad(ABOUT, format!("it cannot be asked: {}", error.kind())),
    };
    match runtime.block_on(ask(address)) {
        Ok(looked) => tell(config, &looked, found),
        // 28: who asks; 3D: which database; the rest is the road there, or a setting that says its name.
        Err(error) => found.bad(ABOUT, error.to_string()),
    }
}

fn tell(config: &Config, looked: &Looked, found: &mut Findings) {
    match (looked.has_tables, looked.may_make) {
        (false, true) => {
            found.look(ABOUT, "its tables are not there yet: the first start makes them");
        }
        (false, false) => found.bad(
            ABOUT,
            "its tables are not there or not for this role, and it may not make them: see `attune relay \
             schema`, and grant SELECT, INSERT, UPDATE and DELETE on both",
        ),
        (true, _) if !looked.may_serve => found.bad(
            ABOUT,
            "the role may not read and write the tables: grant SELECT, INSERT, UPDATE and DELETE on both",
        ),
        (true, _) if looked.grants == 0 && !config.open => found
            .look(ABOUT, "there is no grant, so no practice can pair: `attune relay grant add`"),
        (true, _) => {}
    }
    if looked.may_too_much {
        found.look(
            ABOUT,
            "the role may do anything, or make databases or roles: give the relay one that may not",
        );
    }
    let here = config.clock.unix().as_secs();
    if u64::try_from(looked.unix).unwrap_or(0).abs_diff(here) > SKEW {
        found.look("clock", "the server's clock and this machine's are minutes apart");
    }
    if found.worst(ABOUT) == Verdict::Ok {
        found.ok(ABOUT, "it answers, keeps its settings, and holds a relay's tables");
    }
}
