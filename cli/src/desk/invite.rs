//! A code for one client: a link, also as a QR code, or eight words.

use attune_core::desk::{CodeForm, Desk, Invitation, InviteKind};
use attune_core::{PairingStage, Trouble};
use chrono::DateTime;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;

use super::clients;
use crate::args::InviteArgs;
use crate::exit::Name;
use crate::failure::{Failure, Fault};
use crate::home::Home;
use crate::output::{Answer, timestamp};
use crate::say::{say, say_with};
use crate::transport::run_desk_sync;

/// Makes a code and brings it to the relay.
pub(super) fn invite(desk: &mut Desk, home: &Home, args: &InviteArgs) -> Result<Answer, Fault> {
    let kind = if args.sent { InviteKind::Sent } else { InviteKind::Live };
    let form = if args.words { CodeForm::Words } else { CodeForm::Link };
    let invitation = desk.invite(kind, form, home.now)?;
    let run = run_desk_sync(desk, home.now)?;
    let client = clients::find(desk, invitation.client)?;
    let trouble = client.health.trouble;
    let failure = match trouble {
        Trouble::None => None,
        Trouble::Unreachable => clients::not_reached(&run, &[], &invitation.relay),
        Trouble::Denied | Trouble::Full => {
            let values = [("relay", invitation.relay.as_str().into())];
            Some(Failure::new(Name::BadGrant, say_with("err-relay-grant", &values)))
        }
        _ => Some(Failure::of(Name::NotReady, "desk-busy")),
    };
    let live_until = DateTime::from_timestamp_millis(invitation.live_until)
        .map(|at| at.with_timezone(home.now.offset()));
    let json = json!({
        "client": invitation.client.0.to_string(),
        "code": invitation.code.as_str(),
        "relay": invitation.relay,
        "live_until": live_until.map(timestamp),
        "stage": PairingStage::name(client.stage),
        "trouble": trouble.name(),
    });
    Ok(Answer::new(json, lines(&invitation, args)).then(failure))
}

fn lines(invitation: &Invitation, args: &InviteArgs) -> Vec<String> {
    let mut lines = vec![say("invite-show"), String::new()];
    if args.words {
        lines.push(format!("  {}", invitation.code.as_str()));
        lines.push(String::new());
        lines.push(format!("{} {}", say("invite-words-relay"), invitation.relay));
    } else {
        lines.extend(qr(&invitation.code));
        lines.push(format!("  {}", invitation.code.as_str()));
        lines.push(String::new());
    }
    let counts = if args.sent {
        say_with("invite-hours", &[("count", SENT_HOURS.into())])
    } else {
        say_with("invite-minutes", &[("count", LIVE_MINUTES.into())])
    };
    lines.extend([counts, say("invite-link-once"), say("next-after-phone")]);
    lines.push(clients::client_line(invitation.client));
    lines
}

/// For how long codes count, as the core makes them.
const SENT_HOURS: u32 = 72;
const LIVE_MINUTES: u32 = 10;

/// The code as a picture of characters: light on dark, as most terminals are. One that is too long
/// for a picture still stands below it as text.
fn qr(code: &str) -> Vec<String> {
    let Ok(picture) = QrCode::new(code) else { return Vec::new() };
    let text = picture
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark)
        .build();
    text.lines().map(ToOwned::to_owned).collect()
}
