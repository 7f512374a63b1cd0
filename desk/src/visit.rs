//! One request of somebody who was let in: what every handler works with.

use std::sync::Arc;

use attune_core::Error;
use attune_core::desk::Desk;
use attune_core::practice::PracticeRole;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, FixedOffset, NaiveDate};
use maud::Markup;

use crate::house::House;
use crate::page::base::Base;
use crate::page::form::TYPED;
use crate::page::layout::Page;
use crate::page::problem::Problem;
use crate::safety::form::Form;
use crate::safety::session::Session;

/// What a handler gives: a page or another address, or a problem, which becomes a page.
pub(crate) type Answer = Result<Reply, Problem>;

/// A request that has passed the gate: its session is known, and of a write the origin and the token of
/// its form were checked.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) house: Arc<House>,
    pub(crate) session: Arc<Session>,
    /// Path and query, as they were asked for.
    pub(crate) target: String,
    pub(crate) query: Form,
    /// Somebody looks at a page, and changes nothing by it.
    pub(crate) looks: bool,
    /// What was typed on that page before a sync or a lock: it is shown in place of what is kept.
    pub(crate) typed: Form,
}

impl Visit {
    /// One call of the core, with "now", on a thread that may wait. Locked meanwhile, it is a problem that
    /// leads to the door and back; a write is kept.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut Desk, DateTime<FixedOffset>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Problem> {
        self.house.ask(call).await
    }

    /// Today, in the desk's own zone.
    pub(crate) fn today(&self) -> NaiveDate {
        self.house.now().date_naive()
    }

    /// Whose desk it is.
    pub(crate) fn role(&self) -> PracticeRole {
        self.house.role().unwrap_or(PracticeRole::Therapist)
    }

    /// What was typed on this page before, if it is shown again with that.
    pub(crate) fn typed(&self) -> Option<&Form> {
        Some(&self.typed).filter(|form| form.has(TYPED))
    }

    /// A page with its title, which is its one heading of the first level.
    pub(crate) fn page(&self, title: impl Into<String>, content: Markup) -> Page {
        Page::of(self.clone(), title.into(), content)
    }

    /// After a write: on to another page.
    pub(crate) fn go(&self, target: impl Into<String>) -> Answer {
        Ok(Reply::Go(target.into()))
    }

    /// After a write: on to another page, where the text of that id is shown once.
    pub(crate) fn go_and_say(&self, target: impl Into<String>, id: &'static str) -> Answer {
        self.house.notice(&self.session, id);
        self.go(target)
    }
}

/// On the answer to a draft: the digest of what is kept now, for the form that goes on.
const KEPT_BASE: HeaderName = HeaderName::from_static("x-attune-base");

/// What goes back to the browser.
pub(crate) enum Reply {
    /// A page.
    Page(Box<Page>),
    /// 303: look there.
    Go(String),
    /// 204: a draft is kept, and the page stays. It is told what is kept now.
    Kept(Base),
}

impl From<Page> for Reply {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self {
            Self::Page(page) => page.into_response(),
            Self::Kept(base) => {
                let mut response = StatusCode::NO_CONTENT.into_response();
                if let Ok(base) = HeaderValue::from_str(base.text()) {
                    response.headers_mut().insert(KEPT_BASE, base);
                }
                response.extensions_mut().insert(Ours);
                response
            }
            Self::Go(target) => {
                let target = local(&target).unwrap_or("/");
                let mut response = StatusCode::SEE_OTHER.into_response();
                let target = HeaderValue::from_str(target);
                let home = HeaderValue::from_static("/");
                response.headers_mut().insert(header::LOCATION, target.unwrap_or(home));
                response.extensions_mut().insert(Ours);
                response
            }
        }
    }
}

/// Marks an answer that a page of ours gave, not the router.
#[derive(Clone, Copy)]
pub(crate) struct Ours;

/// `target`, if it is a page of this desk: a path of plain letters, and perhaps a query.
pub(crate) fn local(target: &str) -> Option<&str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_?=&.".contains(&b);
    let fits = target.starts_with('/') && !target.starts_with("//") && target.bytes().all(plain);
    fits.then_some(target)
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Internal)
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_desk() {
        for target in ["/", "/clients/3/words", "/away?to=/clients", "/a_b-c.d"] {
            assert_eq!(local(target), Some(target));
        }
        for target in [
            "",
            "clients",
            "//evil.example",
            "/\\evil.example",
            "/a b",
            "http://x/",
            "/\r\nx",
            "/%2f",
        ] {
            assert_eq!(local(target), None, "{target:?}");
        }
    }
}
