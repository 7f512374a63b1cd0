//! The frame of every page: heading, where one can go, *Lock now* in the same place, sync, footer.

use attune_core::practice::PracticeRole;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::form;
use super::words::{moment, say, say_with};
use crate::visit::{Ours, Visit, local};

/// Where one can go from every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// What is open.
    Inbox,
    /// Who is linked.
    Clients,
    /// A therapist's own work afterwards.
    Work,
    /// What a therapist puts to clients.
    Proposals,
    /// The practice's own settings.
    Settings,
}

impl Tab {
    /// Each with its address and the id of its word.
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Inbox, "/", "page-tab-inbox"),
        (Self::Clients, "/clients", "page-tab-clients"),
        (Self::Work, "/work", "page-tab-work"),
        (Self::Proposals, "/proposals", "page-tab-proposals"),
        (Self::Settings, "/settings", "page-tab-settings"),
    ];

    /// Whether the desk of that role has it.
    fn is_for(self, role: PracticeRole) -> bool {
        role == PracticeRole::Therapist || !matches!(self, Self::Work | Self::Proposals)
    }
}

/// A page for somebody who is in.
pub(crate) struct Page {
    visit: Visit,
    title: String,
    content: Markup,
    tab: Option<Tab>,
    status: StatusCode,
    typed: bool,
    at: Option<String>,
}

impl Page {
    pub(crate) fn of(visit: Visit, title: String, content: Markup) -> Self {
        let status = StatusCode::OK;
        Self { visit, title, content, tab: None, status, typed: false, at: None }
    }

    /// The page belongs to that tab.
    pub(crate) fn tab(mut self, tab: Tab) -> Self {
        self.tab = Some(tab);
        self
    }

    /// Where one looks at this page, for a form that is shown again in answer to a write.
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.at = Some(path.into());
        self
    }

    /// Where this page can be looked at again.
    fn here(&self) -> &str {
        let target = Some(self.visit.target.as_str()).filter(|_| self.visit.looks);
        self.at.as_deref().or(target).and_then(local).unwrap_or("/")
    }

    /// Somebody types here: the page is never put away by itself, since that would lose what was typed.
    pub(crate) fn typed(mut self) -> Self {
        self.typed = true;
        self
    }

    /// What was sent cannot be taken as it is: the form is shown again, with what is the matter.
    pub(crate) fn unprocessed(mut self) -> Self {
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self.typed()
    }

    /// Another status than 200.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    fn markup(&self) -> Markup {
        let visit = &self.visit;
        let notice = visit.house.take_notice(&visit.session);
        let open = visit.house.role();
        // What is typed is escaped and never looks like that.
        let has_typed = self.content.0.contains(&format!(" id=\"{}\"", form::TYPED));
        let body = html! {
            a.skip href="#main" { (say("page-skip")) }
            header.top {
                a.brand href="/" { (say("page-brand")) }
                @if let Some(role) = open {
                    nav aria-label=(say("page-nav")) {
                        ul {
                            @for (tab, href, id) in Tab::ALL.into_iter().filter(|(tab, ..)| tab.is_for(role)) {
                                li {
                                    @if self.tab == Some(tab) {
                                        a href=(href) aria-current="page" { (say(id)) }
                                    } @else {
                                        a href=(href) { (say(id)) }
                                    }
                                }
                            }
                        }
                    }
                    @if has_typed {
                        // *Enter* in a field presses the first button of its form: not the one beside.
                        button type="submit" form=(form::TYPED) hidden {}
                        div.lock { (self.with_typed("/lock", "page-lock")) }
                    } @else {
                        (form::post_classed(visit, "/lock", "lock", html! {
                            button.quiet type="submit" { (say("page-lock")) }
                        }))
                    }
                }
            }
            main #main tabindex="-1" {
                h1 { (self.title) }
                @if let Some(id) = notice {
                    p.notice role="status" { (say(id)) }
                }
                (self.content)
            }
            footer.foot {
                @if let Some(role) = open { (self.sync(has_typed)) (not_watched(role)) }
            }
        };
        // Of a page that is typed on, the script puts away what is kept as a draft.
        let idle = (self.typed && open.is_some()).then(|| visit.house.idle_seconds());
        document(&self.title, &body, idle)
    }

    /// A button that takes along what is typed on this page.
    fn with_typed(&self, action: &str, label: &'static str) -> Markup {
        html! {
            button.quiet type="submit" form=(form::TYPED) formaction=(action) formnovalidate
                name="to" value=(self.here()) { (say(label)) }
        }
    }

    /// When the last sync was, and a button for the next.
    fn sync(&self, has_typed: bool) -> Markup {
        let visit = &self.visit;
        let state = visit.house.sync_state();
        let line = match state.last {
            _ if state.running => say("desk-sync-running"),
            None => say("desk-sync-none"),
            Some(last) => {
                let at = moment(last.at, visit.today());
                let id = if last.reached { "desk-sync-done" } else { "desk-sync-unreached" };
                say_with(id, &[("time", at.into())])
            }
        };
        html! {
            div.sync {
                p { (line) }
                @if has_typed {
                    (self.with_typed("/sync", "desk-sync-now"))
                } @else {
                    (form::post(visit, "/sync", html! {
                        input type="hidden" name="to" value=(self.here());
                        button.quiet type="submit" { (say("desk-sync-now")) }
                    }))
                }
            }
        }
    }
}

fn not_watched(role: PracticeRole) -> Markup {
    html! {
        p { (say("desk-not-watched")) }
        @if role == PracticeRole::Coordinator { p { (say("front-only")) } }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = respond(self.status, self.markup());
        // What lies on a screen that nobody touches is put away when the vault is.
        if !self.typed && self.visit.house.role().is_some() {
            let (seconds, here) = (self.visit.house.idle_seconds(), self.here());
            let refresh = format!("{seconds}; url=/away?to={here}");
            if let Ok(refresh) = HeaderValue::from_str(&refresh) {
                response.headers_mut().insert(header::REFRESH, refresh);
            }
        }
        response
    }
}

/// A page for nobody in particular: no name, no button, nothing of the vault.
pub(crate) fn bare(status: StatusCode, title: &str, content: &Markup) -> Response {
    let body = html! {
        header.top { span.brand { (say("page-brand")) } }
        main #main { h1 { (title) } (content) }
    };
    respond(status, document(title, &body, None))
}

fn document(title: &str, body: &Markup, idle: Option<u32>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (say_with("page-title", &[("title", title.into())])) }
                link rel="icon" href="/assets/desk.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/desk.css";
                script src="/assets/desk.js" defer {}
            }
            body data-words-label=(say("form-words-left")) data-idle=[idle] { (body) }
        }
    }
}

fn respond(status: StatusCode, markup: Markup) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response =
        (status, [(header::CONTENT_TYPE, kind)], markup.into_string()).into_response();
    response.extensions_mut().insert(Ours);
    response
}
