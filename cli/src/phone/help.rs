//! Help outside of Attune, from lists that are on this machine: no data folder, no relay.

use attune_core::help::{HelpEntry, HelpKind, help as entries_of};
use serde_json::json;

use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::output::{Answer, iso};
use crate::say::{say, say_day, say_with};

/// Shows one list for one country; without a country, what holds everywhere.
pub(super) fn help(region: Option<&str>, list: &str) -> Result<Answer, Fault> {
    let kind = LISTS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(list))
        .ok_or_else(|| Failure::of(Name::Usage, "err-no-list"))?;
    let entries = region.map(|region| entries_of(kind.1, region)).unwrap_or_default();
    let json = json!({
        "list": kind.0,
        "region": entries.first().map(|entry| entry.region),
        "entries": entries.iter().map(|entry| json!({
            "name": entry.name,
            "phone": entry.phone,
            "site": entry.site,
            "source": entry.source,
            "checked": iso(entry.checked),
        })).collect::<Vec<_>>(),
    });
    Ok(Answer::new(json, lines(kind.1, region, &entries)))
}

/// The lists by the names that scripts know.
const LISTS: [(&str, HelpKind); 3] =
    [("Now", HelpKind::Now), ("Outside", HelpKind::Outside), ("Provider", HelpKind::Provider)];

fn lines(kind: HelpKind, region: Option<&str>, entries: &[&HelpEntry]) -> Vec<String> {
    let (title, below) = match kind {
        HelpKind::Now => ("safety-list-title", "safety-offline"),
        HelpKind::Outside => ("serious-line", "serious-list"),
        HelpKind::Provider => ("outside-title", "outside-sub"),
    };
    let mut lines = vec![say(title), say(below)];
    let Some(first) = entries.first() else {
        let region = region.unwrap_or("-").to_ascii_uppercase();
        lines.push(match kind {
            HelpKind::Now => say("safety-fallback"),
            HelpKind::Outside => say("serious-fallback"),
            HelpKind::Provider => say_with("outside-none", &[("place", region.into())]),
        });
        if kind == HelpKind::Provider {
            lines.push(say("outside-clinic"));
        }
        return lines;
    };
    lines.push(say_with("safety-list-place", &[("place", place(first.region).into())]));
    for entry in entries {
        let reach = [entry.phone, entry.site].into_iter().flatten().collect::<Vec<_>>().join("  ");
        lines.push(format!("  {}: {reach}", entry.name));
    }
    let oldest = entries.iter().map(|entry| entry.checked).min().unwrap_or(first.checked);
    lines.push(say_day("safety-checked", oldest));
    lines
}

/// A region's name; one without a text of its own is called by its letters.
fn place(region: &str) -> String {
    match region {
        "AU" => say("place-au"),
        "CA" => say("place-ca"),
        "EU" => say("place-eu"),
        "GB" => say("place-gb"),
        "IE" => say("place-ie"),
        "NZ" => say("place-nz"),
        "US" => say("place-us"),
        other => other.to_owned(),
    }
}
