//! `pgbench` with the bare statement of a PUT: what the database alone can do, with nothing of ours.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use attune_load::Verdict;

use crate::postgres::Cluster;
use crate::subject::{Figures, Load, Subject};

pub(crate) const NAME: &str = "pgbench, the bare statement";
const DATABASE: &str = "bare";

/// The relay's table in a database of its own, and its statement.
pub(crate) struct Pgbench {
    cluster: std::rc::Rc<Cluster>,
    folder: PathBuf,
}

impl Pgbench {
    /// The schema is copied from the database `of`, in which a relay made it.
    pub(crate) fn new(
        cluster: &std::rc::Rc<Cluster>,
        of: &str,
        folder: &Path,
        load: &Load,
    ) -> Result<Self, String> {
        cluster.create(DATABASE)?;
        let mut dump = cluster.program("pg_dump");
        dump.args(["--schema-only", "--no-owner", &cluster.url(of)]);
        let dump = dump.output().map_err(|error| format!("pg_dump: {error}"))?;
        cluster.script(DATABASE, &dump.stdout)?;
        let fill = format!(
            "INSERT INTO lane (lane_id, ver, read_ver, day, body) SELECT decode(md5(n::text), 'hex'), \
             1, 0, 1, decode(repeat('00', 8192), 'hex') FROM generate_series(0, {}) n",
            load.lanes - 1
        );
        cluster.sql(DATABASE, &fill)?;
        let folder = folder.join("pgbench");
        std::fs::create_dir(&folder).map_err(|error| error.to_string())?;
        let script = format!(
            "\\set n random(0, {})\nUPDATE lane SET ver = ver + 1, body = :body, \
             day = greatest(day, 20000) WHERE lane_id = decode(md5(:n::text), 'hex');\n",
            load.lanes - 1
        );
        std::fs::write(folder.join("put.sql"), script).map_err(|error| error.to_string())?;
        Ok(Self { cluster: std::rc::Rc::clone(cluster), folder })
    }
}

impl Subject for Pgbench {
    fn name(&self) -> &str {
        NAME
    }

    fn turn(&mut self, load: &Load) -> Result<Figures, String> {
        for old in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if old.file_name().to_string_lossy().starts_with("log") {
                let _ = std::fs::remove_file(old.path());
            }
        }
        let mut pgbench = self.cluster.program("pgbench");
        pgbench.args(["-n", "-M", "prepared", "-j", "2", "-c", &load.clients.to_string()]);
        pgbench.args(["-T", &format!("{:.0}", load.seconds.max(1.0)), "-f", "put.sql", "-l"]);
        pgbench.args(["--log-prefix", "log", "-D"]).arg(format!("body=\\x{}", "5a".repeat(8_192)));
        pgbench.arg(self.cluster.url(DATABASE)).current_dir(&self.folder).stdin(Stdio::null());
        let done = pgbench.output().map_err(|error| format!("pgbench: {error}"))?;
        let said = String::from_utf8_lossy(&done.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rate| rate.split(' ').next()?.parse().ok());
        let errors = || format!("pgbench: {}", String::from_utf8_lossy(&done.stderr));
        let puts_per_second: f64 = rate.ok_or_else(errors)?;
        let mut micros = self.latencies();
        micros.sort_unstable();
        let within = |share: f64| {
            let at = (micros.len() as f64 * share) as usize;
            Duration::from_micros(micros.get(at).or(micros.last()).copied().unwrap_or(0))
        };
        Ok(Figures {
            puts_per_second,
            p50: within(0.5),
            p99: within(0.99),
            // Its processes end with their connections, and what they used is gone with them.
            processor_us: None,
            steady: None,
        })
    }

    fn kill(&mut self, _: &Load) -> Result<Option<Verdict>, String> {
        Ok(None)
    }
}

impl Pgbench {
    /// Of each transaction, in microseconds: the third column of its log.
    fn latencies(&self) -> Vec<u64> {
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let logs = files.filter(|file| file.file_name().to_string_lossy().starts_with("log"));
        let texts = logs.filter_map(|log| std::fs::read_to_string(log.path()).ok());
        let mut all = Vec::new();
        for text in texts {
            all.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()));
        }
        all
    }
}
