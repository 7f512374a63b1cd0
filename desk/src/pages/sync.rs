//! *Sync now*.

use std::time::Duration;

use axum::Router;
use axum::routing::post;

use crate::safety::form::Form;
use crate::visit::{Answer, Visit, local};

/// How long the page waits for its end; it goes on by itself.
const WAIT: Duration = Duration::from_secs(8);

pub(crate) fn routes() -> Router {
    Router::new().route("/sync", post(sync))
}

async fn sync(visit: Visit, form: Form) -> Answer {
    let said = run(&visit).await;
    visit.go_and_say(local(form.raw("to")).unwrap_or("/"), said)
}

/// Runs a sync; the id of the text that says how it ended.
pub(super) async fn run(visit: &Visit) -> &'static str {
    visit.house.sync_within(WAIT).await;
    let state = visit.house.sync_state();
    match state.last {
        _ if state.running => "desk-sync-said-running",
        Some(last) if last.reached => "desk-sync-said",
        _ => "desk-sync-said-unreached",
    }
}
