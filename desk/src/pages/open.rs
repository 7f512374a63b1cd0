//! The way in: a one-time link shows a button, and the button takes the link.
//!
//! Looking at the link takes nothing: a browser that looks ahead, or a mail program that looks at links,
//! does not use it up. And it is our own page that sends the form: the cookie is kept for this site alone
//! (`SameSite=Strict`), which a page that a file led to is not yet.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::html;

use crate::house::House;
use crate::page::layout::bare;
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::safety::form::Form;
use crate::safety::gate::set_cookie;
use crate::visit::Reply;

/// Shows the button, or takes the link that it sends.
pub(crate) fn answer(house: &Arc<House>, given: &Form, writes: bool) -> Result<Response, Problem> {
    let key = given.raw("key");
    if !writes {
        let content = html! {
            p { (say("open-line")) }
            form method="post" action="/open" autocomplete="off" {
                input type="hidden" name="key" value=(key);
                button type="submit" autofocus { (say("open-button")) }
            }
        };
        return Ok(bare(StatusCode::OK, &say("open-title"), &content));
    }
    let Some(session) = house.admit(key)? else {
        let content = html! { p { (say("open-old")) } };
        return Ok(bare(StatusCode::FORBIDDEN, &say("problem-session-title"), &content));
    };
    let mut response = Reply::Go("/".into()).into_response();
    set_cookie(&mut response, &session.set_cookie(house.port));
    Ok(response)
}
