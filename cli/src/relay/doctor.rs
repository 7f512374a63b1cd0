//! `attune relay doctor`: a look at all that a relay stands on, and at whether it can be reached.

use attune_relay::{Config, Finding, Verdict, examine};
use clap::Args;
use serde_json::json;

use super::serve::Serve;
use super::{RelayCommandError, print, reach};

pub(super) const HELP: &str = "\
Give it the flags, or the environment, that the relay has; it may be running. It changes nothing but
for one small file beside the database, which it removes. Each line starts with what was found:

  ok    as it should be
  look  it works, but somebody should look at it
  bad   it does not work, or is not safe

Exit status 0 unless something is bad. No lane, grant, key or password is ever printed.";

/// How the relay is run.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    serve: Serve,
}

impl Doctor {
    /// Looks, tells, and fails when something is bad.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        let mut found = Vec::new();
        let mut config = self.serve.config()?;
        match self.serve.tls.open() {
            Ok(tls) => config = Config { tls, ..config },
            Err(error) => {
                found.push(Finding {
                    about: "tls",
                    verdict: Verdict::Bad,
                    says: error.to_string(),
                });
            }
        }
        found.extend(examine(&config));
        found.extend(reach::look(&config));
        if self.serve.json {
            let found: Vec<_> = found
                .iter()
                .map(|finding| {
                    let verdict = word(finding.verdict);
                    json!({ "about": finding.about, "verdict": verdict, "says": finding.says })
                })
                .collect();
            print(&json!({ "findings": found }).to_string())?;
        } else {
            for Finding { about, verdict, says } in &found {
                print(&format!("{:<5} {about}: {says}", word(*verdict)))?;
            }
        }
        let bad = found.iter().any(|finding| finding.verdict == Verdict::Bad);
        if bad { Err(RelayCommandError::Unsound) } else { Ok(()) }
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::Look => "look",
        Verdict::Bad => "bad",
    }
}
