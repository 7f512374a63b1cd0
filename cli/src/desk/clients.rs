//! Clients: who is linked, comparing words, the next session, connecting, cutting a link.

use attune_copy::trouble_id;
use attune_core::desk::{Client, ClientId, Desk};
use attune_core::{Error, PairingStage, Trouble};
use serde_json::{Value, json};

use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::{Answer, iso};
use crate::say::{say, say_day, say_name, say_with};
use crate::transport::{SyncRun, run_desk_sync};

/// Lists the clients.
pub(super) fn list(desk: &mut Desk) -> Result<Answer, Fault> {
    let clients = desk.clients()?;
    let mut lines: Vec<_> = clients.iter().flat_map(lines_of).collect();
    if clients.is_empty() {
        lines.extend([say("clients-none"), say("next-invite")]);
    }
    let documents: Vec<_> = clients.iter().map(document).collect();
    Ok(Answer::new(json!({ "clients": documents }), lines))
}

/// Shows the four words to compare.
pub(super) fn words(desk: &mut Desk, typed: &str) -> Result<Answer, Fault> {
    let client = named(desk, typed)?;
    let words = desk.words(client.id)?;
    let json = json!({
        "client": client.id.0.to_string(),
        "name": client.name,
        "words": words,
        "compared": client.health.compared,
    });
    let lines = vec![
        name_line(client.name.as_deref()),
        format!("  {}", words.join("  ")),
        say("desk-words-line"),
        client_line(client.id),
        say("next-desk-confirm"),
    ];
    Ok(Answer::new(json, lines))
}

/// Takes the therapist's word for it that the words match, or cuts the link.
pub(super) fn confirm(
    desk: &mut Desk,
    home: &Home,
    typed: &str,
    differ: bool,
) -> Result<Answer, Fault> {
    let client = named(desk, typed)?;
    let mut lines = Vec::new();
    let line = if differ {
        desk.unpair(client.id, home.now)?;
        "desk-words-differ"
    } else {
        let words = desk.words(client.id)?;
        desk.confirm_words(client.id, &words)?;
        // A connection may have changed them since they were read aloud: these are what counts.
        lines.push(format!("  {}", words.join("  ")));
        "desk-words-matched"
    };
    let stage = if differ { PairingStage::Ended } else { client.stage };
    let json = json!({
        "client": client.id.0.to_string(),
        "compared": !differ,
        "stage": stage.name(),
    });
    lines.push(say(line));
    Ok(Answer::new(json, lines))
}

/// Notes the day of the next session.
pub(super) fn next_session(desk: &mut Desk, typed: &str, date: &str) -> Result<Answer, Fault> {
    let client = named(desk, typed)?;
    let day = if date.eq_ignore_ascii_case("none") {
        None
    } else {
        Some(date.parse().map_err(|_| {
            Failure::new(Name::Usage, say_with("err-no-day", &[("day", date.into())]))
        })?)
    };
    desk.set_next_session(client.id, day)?;
    let json = json!({ "client": client.id.0.to_string(), "next_session": day.map(iso) });
    let line =
        day.map_or_else(|| say("next-session-unknown"), |day| say_day("card-next-session", day));
    Ok(Answer::new(json, vec![line]))
}

/// Connects once for every client.
pub(super) fn sync(desk: &mut Desk, home: &Home) -> Result<Answer, Fault> {
    let waiting: Vec<_> = desk
        .clients()?
        .iter()
        .filter(|client| client.stage == PairingStage::Waiting)
        .map(|client| client.id)
        .collect();
    let run = run_desk_sync(desk, home.now)?;
    let clients = desk.clients()?;
    let mut lines = Vec::new();
    for client in &clients {
        let mut told = health_lines(client);
        if waiting.contains(&client.id) && client.stage == PairingStage::Active {
            told.push(say("invite-claimed"));
            told.extend([say("next-desk-words"), client_line(client.id)]);
        }
        if !told.is_empty() {
            lines.push(name_line(client.name.as_deref()));
            lines.extend(told.into_iter().map(|line| format!("  {line}")));
        }
    }
    let relay = desk.card()?.relays.into_iter().next().unwrap_or_default();
    let failure = not_reached(&run, &clients, &relay);
    if failure.is_none() && lines.is_empty() {
        lines.push(say("desk-synced"));
    }
    if !desk.inbox(home.now)?.is_empty() {
        lines.push(say("next-inbox"));
    }
    let documents: Vec<_> = clients.iter().map(document).collect();
    let json = json!({ "clients": documents, "reached": failure.is_none() });
    Ok(Answer::new(json, lines).then(failure))
}

/// Cuts the link with a client.
pub(super) fn unpair(desk: &mut Desk, home: &Home, typed: &str) -> Result<Answer, Fault> {
    let client = named(desk, typed)?;
    desk.unpair(client.id, home.now)?;
    let json = json!({
        "client": client.id.0.to_string(),
        "stage": PairingStage::Ended.name(),
    });
    Ok(Answer::new(json, vec![say("client-unlinked"), say("next-desk-sync")]))
}

/// The client of that id.
pub(super) fn find(desk: &Desk, id: ClientId) -> Result<Client, Fault> {
    let found = desk.clients()?.into_iter().find(|client| client.id == id);
    Ok(found.ok_or(Error::NotFound)?)
}

/// "From" and the name that the client chose.
pub(super) fn name_line(name: Option<&str>) -> String {
    name.map_or_else(|| say("desk-no-name"), |name| say_name("card-from", name))
}

/// "For" and the name that the client chose.
pub(super) fn to_line(name: Option<&str>) -> String {
    format!("  {}", name.map_or_else(|| say("desk-no-name"), |name| say_name("put-for", name)))
}

/// Which client it is.
pub(super) fn client_line(id: ClientId) -> String {
    format!("{}: {}", say("list-client"), id.0)
}

/// The failure that tells of relays that were not reached. A desk has one relay in use, `relay`; a
/// client's trouble with it shows where nothing answered at all.
pub(super) fn not_reached(run: &SyncRun, clients: &[Client], relay: &str) -> Option<Failure> {
    let mut relays = run.unreached.clone();
    let unreachable = |client: &Client| client.health.trouble == Trouble::Unreachable;
    if clients.iter().any(unreachable) {
        relays.extend(Some(relay.to_owned()).filter(|_| run.requests > 0));
    }
    Failure::not_reached(relays)
}

/// The client that was typed.
pub(super) fn named(desk: &Desk, typed: &str) -> Result<Client, Fault> {
    let missing = || {
        let says = say_with("err-no-client", &[("client", typed.into())]);
        Failure::new(Name::NotFound, says)
    };
    let id = typed.trim().parse().map(ClientId).map_err(|_| missing())?;
    let found = desk.clients()?.into_iter().find(|client| client.id == id);
    Ok(found.ok_or_else(missing)?)
}

fn document(client: &Client) -> Value {
    json!({
        "client": client.id.0.to_string(),
        "name": client.name,
        "stage": client.stage.name(),
        "next_session": client.next_session.map(iso),
        "note_waits": client.note_waits,
        "compared": client.health.compared,
        "newcomer": client.health.newcomer,
        "two_phones": client.health.two_phones,
        "second_claim": client.health.second_claim,
        "trouble": client.health.trouble.name(),
    })
}

fn lines_of(client: &Client) -> Vec<String> {
    let stage = match client.stage {
        PairingStage::Waiting => "stage-waiting",
        PairingStage::Active => "stage-active",
        PairingStage::Ended => "stage-ended",
    };
    let mut lines = vec![name_line(client.name.as_deref()), format!("  {}", say(stage))];
    if let Some(day) = client.next_session {
        lines.push(format!("  {}", say_day("card-next-session", day)));
    }
    if client.stage == PairingStage::Active && !client.health.compared {
        lines.push(format!("  {}", say("desk-words-later")));
    }
    lines.extend(health_lines(client).into_iter().map(|line| format!("  {line}")));
    lines.push(format!("  {}", client_line(client.id)));
    lines
}

/// What the last sync met, and what else is the matter with a pairing.
fn health_lines(client: &Client) -> Vec<String> {
    let mut lines = Vec::new();
    let (trouble, waits) = (client.health.trouble, client.stage == PairingStage::Waiting);
    // A relay that was not reached is told once, and not for each client.
    lines.extend(trouble_id(trouble.name(), waits).filter(|_| trouble != Trouble::Unreachable));
    if client.health.second_claim && client.health.trouble != Trouble::SecondClaim {
        lines.push("invite-second");
    }
    if client.health.two_phones {
        lines.push("client-two-phones");
    }
    if client.health.newcomer {
        lines.push("client-new-phone");
    }
    if client.note_waits {
        lines.push("reply-wait");
    }
    lines.into_iter().map(say).collect()
}
