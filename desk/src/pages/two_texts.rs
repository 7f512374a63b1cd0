//! Two versions of one text: what is kept by now, and what was typed on a page that had not seen it. Both
//! are shown, neither is preferred, and the person picks.

use axum::http::StatusCode;
use maud::{Markup, html};

use crate::page::base::Base;
use crate::page::form;
use crate::page::layout::{Page, Tab};
use crate::page::words::say;
use crate::visit::Visit;

/// What differs, and where each version goes on.
pub(super) struct TwoTexts<'a> {
    /// The page of the text, with what is kept.
    pub(super) page: &'a str,
    /// Where what was typed is kept, if that is picked.
    pub(super) save: &'a str,
    /// What is kept now.
    pub(super) base: Base,
    pub(super) tab: Tab,
    pub(super) parts: Vec<Part<'a>>,
}

/// One part of the text.
pub(super) struct Part<'a> {
    /// Its name in the form.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) label: String,
    pub(super) kept: &'a str,
    pub(super) typed: &'a str,
}

impl TwoTexts<'_> {
    /// The page, with 409.
    pub(super) fn page(&self, visit: &Visit) -> Page {
        let content = html! {
            p { (say("two-line")) }
            div.lists {
                section {
                    h2 { (say("two-kept")) }
                    (version(self.parts.iter().map(|part| (part.label.as_str(), part.kept))))
                    p { a.button href=(self.page) { (say("two-take-kept")) } }
                }
                section {
                    h2 { (say("two-typed")) }
                    (version(self.parts.iter().map(|part| (part.label.as_str(), part.typed))))
                    (form::typed(visit, self.save, html! {
                        (self.base.field())
                        @for part in &self.parts {
                            input type="hidden" name=(part.name) value=(part.typed);
                        }
                        (form::submit(&say("two-take-typed")))
                    }))
                }
            }
        };
        visit
            .page(say("two-title"), content)
            .status(StatusCode::CONFLICT)
            .tab(self.tab)
            .at(self.page)
            .typed()
    }
}

/// Each part that has words, under what it is called.
fn version<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    let written: Vec<_> = parts.filter(|(_, text)| !text.is_empty()).collect();
    html! {
        @if written.is_empty() { p { (say("two-nothing")) } }
        @for (label, text) in written {
            h3 { (label) }
            blockquote.exact dir="auto" { (text) }
        }
    }
}
