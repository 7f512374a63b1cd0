//! Forms and their fields. Every form of a session carries its token; every field has a label, and beside
//! it what is the matter with it.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a part of a page is written where it is handed over"
)]

use maud::{Markup, html};

use super::base::Base;
use super::words::say;
use crate::safety::once::ONCE;
use crate::safety::secret::Secret;
use crate::visit::Visit;

/// The name of the token's field.
pub(crate) const CSRF: &str = "csrf";
/// On a form of typed text, whose id it is as well: there is one on a page at most. *Lock now* and
/// *Sync now* send it along, so that nothing that was typed is lost by them.
pub(crate) const TYPED: &str = "typed";
/// Where the draft of such a form is kept, if it has a place.
pub(crate) const DRAFT: &str = "draft";

/// A form that writes: a POST with the session's token.
pub(crate) fn post(visit: &Visit, action: &str, content: Markup) -> Markup {
    post_classed(visit, action, "", content)
}

/// As [`post`], with a class.
pub(crate) fn post_classed(visit: &Visit, action: &str, class: &str, content: Markup) -> Markup {
    html! {
        form method="post" action=(action) class=[(!class.is_empty()).then_some(class)]
            accept-charset="utf-8" autocomplete="off" {
            (carried(visit))
            (content)
        }
    }
}

/// As [`post`], for text that somebody types, and that nothing keeps before it is sent.
pub(crate) fn typed(visit: &Visit, action: &str, content: Markup) -> Markup {
    html! {
        form id=(TYPED) method="post" action=(action) accept-charset="utf-8" autocomplete="off" {
            (carried(visit))
            input type="hidden" name=(TYPED) value="yes";
            (content)
        }
    }
}

/// As [`typed`], for drafts: with JavaScript it is also sent to `save` by itself, a moment after the last
/// letter. The answer to that is not shown. It carries what the page was made from.
pub(crate) fn post_saved(
    visit: &Visit,
    action: &str,
    save: &str,
    base: &Base,
    content: Markup,
) -> Markup {
    html! {
        form id=(TYPED) method="post" action=(action) accept-charset="utf-8" autocomplete="off"
            data-autosave=(save) {
            (carried(visit))
            input type="hidden" name=(TYPED) value="yes";
            input type="hidden" name=(DRAFT) value=(save);
            (base.field())
            (content)
            p.saved role="status" data-saved=(say("form-saved")) data-unsaved=(say("form-unsaved"))
                data-changed=(say("form-changed-elsewhere")) data-gone=(say("form-gone")) {}
        }
    }
}

/// What every form carries: the session's token, and one of its own, so that it counts once.
fn carried(visit: &Visit) -> Markup {
    // Without random bytes it is a form that counts each time.
    let once = Secret::generate().ok();
    html! {
        input type="hidden" name=(CSRF) value=(visit.session.csrf.text());
        @if let Some(once) = &once { input type="hidden" name=(ONCE) value=(once.text()); }
    }
}

/// The button of a form.
pub(crate) fn submit(label: &str) -> Markup {
    html! { button type="submit" { (label) } }
}

/// What is the matter with a form, field by field.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// The text of that id is the matter with that field.
    pub(crate) fn add(&mut self, field: &'static str, text: String) {
        self.0.push((field, text));
    }

    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much is.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is the matter with that field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// All of it, before the form, with links to the fields.
    pub(crate) fn summary(&self) -> Markup {
        html! {
            @if !self.is_empty() {
                div.errors role="alert" tabindex="-1" {
                    h2 { (say("form-errors")) }
                    ul {
                        @for (field, text) in &self.0 {
                            li { a href={ "#f-" (field) } { (text) } }
                        }
                    }
                }
            }
        }
    }
}

/// A field: its name in the form, its label, and what else stands beside it.
pub(crate) struct Field<'a> {
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: &'a str,
    error: Option<&'a str>,
    optional: bool,
    counted_with: Option<&'static str>,
    first: bool,
    elsewhere: bool,
}

impl<'a> Field<'a> {
    /// An empty field.
    pub(crate) fn new(name: &'static str, label: String) -> Self {
        Self {
            name,
            label,
            hint: None,
            value: "",
            error: None,
            optional: false,
            counted_with: None,
            first: false,
            elsewhere: false,
        }
    }

    /// A line below the label.
    pub(crate) fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What stands in it.
    pub(crate) fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// What is the matter with it.
    pub(crate) fn errors(mut self, errors: &'a Errors) -> Self {
        self.error = errors.of(self.name);
        self
    }

    /// It may stay empty.
    pub(crate) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Its words count together with those of the other fields of that name.
    pub(crate) fn counted_with(mut self, group: &'static str) -> Self {
        self.counted_with = Some(group);
        self
    }

    /// It is what one comes to the page for: typing goes there at once.
    pub(crate) fn first(mut self) -> Self {
        self.first = true;
        self
    }

    /// It belongs to the page's form of typed text, and does not stand within it.
    pub(crate) fn elsewhere(mut self) -> Self {
        self.elsewhere = true;
        self
    }

    fn form(&self) -> Option<&'static str> {
        self.elsewhere.then_some(TYPED)
    }

    /// A line of text.
    pub(crate) fn line(self, most: usize) -> Markup {
        let input = html! {
            input type="text" id={ "f-" (self.name) } name=(self.name) value=(self.value)
                maxlength=(most) aria-describedby=[self.described()]
                aria-invalid=[self.error.map(|_| "true")];
        };
        self.around(input)
    }

    /// A number.
    pub(crate) fn number(self, least: u32, most: u32) -> Markup {
        let input = html! {
            input.short type="number" inputmode="numeric" id={ "f-" (self.name) } name=(self.name)
                value=(self.value) min=(least) max=(most) aria-describedby=[self.described()]
                aria-invalid=[self.error.map(|_| "true")];
        };
        self.around(input)
    }

    /// A day.
    pub(crate) fn date(self) -> Markup {
        let input = html! {
            input.short type="date" id={ "f-" (self.name) } name=(self.name) value=(self.value)
                form=[self.form()]
                aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")];
        };
        self.around(input)
    }

    /// A passphrase. What was typed is never written back.
    pub(crate) fn passphrase(self, autocomplete: &str) -> Markup {
        let input = html! {
            input type="password" id={ "f-" (self.name) } name=(self.name) maxlength="1000"
                autocomplete=(autocomplete) spellcheck="false" autocapitalize="off" autofocus[self.first]
                aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")];
        };
        self.around(input)
    }

    /// Several lines of text. With JavaScript, `words_left` counts down from that many words.
    pub(crate) fn area(self, rows: u8, most: usize, words_left: Option<usize>) -> Markup {
        let input = html! {
            textarea id={ "f-" (self.name) } name=(self.name) rows=(rows) maxlength=(most)
                form=[self.form()]
                aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")]
                data-words-left=[words_left] data-words-group=[self.counted_with] {
                // The first line break is the browser's to leave out.
                "\n" (self.value)
            }
        };
        self.around(input)
    }

    /// The ids of what is to be read out with it.
    fn described(&self) -> Option<String> {
        let mut ids = Vec::new();
        ids.extend(self.hint.is_some().then(|| format!("h-{}", self.name)));
        ids.extend(self.error.map(|_| format!("e-{}", self.name)));
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn around(&self, input: Markup) -> Markup {
        html! {
            div.field {
                label for={ "f-" (self.name) } {
                    (self.label)
                    @if self.optional { " " span.optional { (say("form-optional")) } }
                }
                @if let Some(hint) = &self.hint { p.hint id={ "h-" (self.name) } { (hint) } }
                @if let Some(error) = self.error { p.error id={ "e-" (self.name) } { (error) } }
                (input)
            }
        }
    }
}

/// Boxes or buttons that belong together, under one heading.
pub(crate) fn group(
    legend: &str,
    hint: Option<&str>,
    error: Option<(&str, &str)>,
    content: Markup,
) -> Markup {
    html! {
        fieldset id=[error.map(|(field, _)| format!("f-{field}"))] tabindex=[error.map(|_| "-1")] {
            legend { (legend) }
            @if let Some(hint) = hint { p.hint { (hint) } }
            @if let Some((_, error)) = error { p.error { (error) } }
            (content)
        }
    }
}

/// A box that can be ticked.
pub(crate) fn tick(name: &str, value: &str, label: &str, ticked: bool) -> Markup {
    choice("checkbox", name, value, label, ticked)
}

/// One of several, of which one is taken.
pub(crate) fn radio(name: &str, value: &str, label: &str, taken: bool) -> Markup {
    choice("radio", name, value, label, taken)
}

fn choice(kind: &str, name: &str, value: &str, label: &str, on: bool) -> Markup {
    html! {
        label.choice {
            input type=(kind) name=(name) value=(value) checked[on];
            span { (label) }
        }
    }
}
