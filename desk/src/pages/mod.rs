//! The pages, one file each, and how to add one.
//!
//! A page is a file here with `pub(crate) fn routes() -> Router`, merged in [`routes`] below:
//!
//! ```text
//! pub(crate) fn routes() -> Router {
//!     Router::new().route("/plans/{client}", get(show).post(save))
//! }
//!
//! // A handler takes the visit, and what else it needs; a path is taken as text and read here.
//! async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
//!     let id = clients::id_of(&typed)?;
//!     // One call of the core on the open vault. Its errors, and "locked", become pages by `?`.
//!     let plan = visit.ask(move |desk, now| desk.plan(id, now)).await?;
//!     Ok(page(&visit, &plan, &Errors::default()).into())
//! }
//!
//! // A write. The gate has checked host, origin, session, size and the form's token by now.
//! async fn save(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
//!     let mut errors = Errors::default();
//!     let text = form.text("text");
//!     if text.is_empty() {
//!         errors.add("text", say("plan-empty"));
//!         // The form once more, with what was typed, and 422.
//!         return Ok(page(&visit, &text, &errors).unprocessed().into());
//!     }
//!     visit.ask(move |desk, now| desk.set_plan(text, now)).await?;
//!     // 303, and a line that the next page shows once.
//!     visit.go_and_say("/plans", "plan-saved")
//! }
//!
//! // A draft that the script sends by itself (`form::post_saved`): kept, and the page stays. Its form
//! // carries which text the page was made from; where another is kept by now, `two_texts` shows both.
//! async fn draft(visit: Visit, form: Form) -> Answer {
//!     let text = form.text("text");
//!     let base = visit.ask(move |desk, now| desk.keep_draft(text, now)).await?;
//!     Ok(Reply::Kept(base))
//! }
//!
//! fn page(visit: &Visit, text: &str, errors: &Errors) -> Page {
//!     visit.page(say("plan-title"), html! {
//!         (errors.summary())
//!         // `form::post` carries the session's token; `form::typed` is for text, one on a page: *Lock now*
//!         // and *Sync now* take it along, and `show` finds it in `visit.typed()`. `form::post_saved` also
//!         // keeps drafts.
//!         (form::typed(visit, "/plans", html! {
//!             (Field::new("text", say("plan-text")).value(text).errors(errors).area(8, 4_800, Some(120)))
//!             (form::submit(&say("form-save")))
//!         }))
//!     })
//!     .tab(Tab::Inbox)
//!     // Where one looks at it: in answer to a write, that is another address.
//!     .at("/plans")
//!     // Somebody types here: never put away by itself.
//!     .typed()
//! }
//! ```
//!
//! What is written for a person stands in `copy/en/desk_work.ftl` and is asked for by `say("id")`; ids that
//! are not literals in a call to `say` are literals elsewhere in this crate, and `tests/words.rs` finds both.
//! A write that meets a locked vault is kept and done after unlocking; handlers do nothing for it, but a
//! handler must be sound when it runs later than the person pressed. GET never changes the vault: an act of
//! a person, such as opening a card, is a POST.

mod about;
pub(crate) mod asset;
mod card;
mod card_form;
mod case;
mod checked;
mod clients;
mod compare;
mod editor;
pub(crate) mod gone;
mod inbox;
mod invite;
mod offer;
pub(crate) mod open;
pub(crate) mod own_data;
mod passphrase;
mod proposals;
mod retention;
mod settings;
mod start;
mod sync;
mod templates;
mod two_texts;
pub(crate) mod unlock;
mod work;
mod worksheet;

use axum::Router;

use crate::page::problem::Problem;

/// Every page behind the gate.
pub(crate) fn routes() -> Router {
    Router::new()
        .merge(start::routes())
        .merge(unlock::routes())
        .merge(inbox::routes())
        .merge(card::routes())
        .merge(worksheet::routes())
        .merge(editor::routes())
        .merge(offer::routes())
        .merge(work::routes())
        .merge(proposals::routes())
        .merge(about::routes())
        .merge(retention::routes())
        .merge(own_data::routes())
        .merge(clients::routes())
        .merge(compare::routes())
        .merge(invite::routes())
        .merge(settings::routes())
        .merge(sync::routes())
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::Method)
}
