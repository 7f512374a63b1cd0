//! What the practice tells its clients of how it works, and what a client told about themselves.

use std::path::Path;

use attune_core::desk::Desk;
use attune_core::lane::document::ABOUT_LEN;
use serde_json::json;

use super::clients;
use crate::failure::{Fault, or_text};
use crate::home::Home;
use crate::output::Answer;
use crate::say::say;

/// Shows what the practice tells.
pub(super) fn own(desk: &mut Desk) -> Result<Answer, Fault> {
    let text = desk.about()?;
    let lines = match &text {
        Some(text) => {
            let mut lines = vec![say("told-title")];
            lines.extend(text.lines().map(|line| format!("  | {line}")));
            lines
        }
        None => vec![say("told-none")],
    };
    Ok(Answer::new(json!({ "text": text }), lines))
}

/// Tells it, in place of what was told before.
pub(super) fn tell(desk: &mut Desk, home: &Home, file: Option<&Path>) -> Result<Answer, Fault> {
    let text = home.read_text(file)?;
    desk.set_about(&text)
        .map_err(|error| or_text(error, "told-too-long", "told-none", ABOUT_LEN))?;
    let mut answer = own(desk)?;
    let told = !text.trim().is_empty();
    answer.lines.extend(told.then(|| say("told-goes")));
    answer.lines.push(say("next-desk-sync"));
    Ok(answer)
}

/// Shows what a client told about themselves.
pub(super) fn client(desk: &mut Desk, typed: &str) -> Result<Answer, Fault> {
    let client = clients::named(desk, typed)?;
    let text = desk.about_client(client.id)?;
    let mut lines = vec![clients::name_line(client.name.as_deref())];
    match &text {
        Some(text) => lines.extend(text.lines().map(|line| format!("  | {line}"))),
        None => lines.push(format!("  {}", say("told-by-client-none"))),
    }
    let json = json!({
        "client": client.id.0.to_string(),
        "name": client.name,
        "text": text.as_ref().map(|text| text.as_str()),
    });
    Ok(Answer::new(json, lines))
}
