//! Templates: starting points for a person who writes. One is picked by hand, and fills only what is empty.

use attune_core::followup::NoteParts;
use attune_core::repair::RepairOption;
use maud::{Markup, html};
use zeroize::Zeroizing;

use crate::page::form;
use crate::page::words::say;

/// A starting point for one option.
pub(super) struct Template {
    /// Its name in the form.
    pub(super) name: &'static str,
    option: RepairOption,
    title: &'static str,
    /// The ids of the four parts; `None` for one that it leaves empty.
    parts: [Option<&'static str>; 4],
}

/// A template whose texts are `template-NAME` and the parts below it.
macro_rules! template {
    ($option:ident, $name:literal: $($part:literal)*) => {
        Template {
            name: $name,
            option: RepairOption::$option,
            title: concat!("template-", $name),
            parts: parts(&[$(($part, concat!("template-", $name, "-", $part))),*]),
        }
    };
}

const SLOTS: [&str; 4] = ["impact", "apology", "correction", "step"];

const TEMPLATES: [Template; 8] = [
    template!(WrittenFollowUp, "known": "impact" "apology" "correction" "step"),
    template!(WrittenFollowUp, "unknown": "impact" "apology" "correction" "step"),
    template!(WrittenFollowUp, "rule": "impact" "apology" "correction" "step"),
    template!(WrittenFollowUp, "plan": "impact" "apology" "correction" "step"),
    template!(RepairQuietly, "fix": "impact" "apology" "correction" "step"),
    template!(Pause, "pause": "impact" "correction" "step"),
    template!(SwitchTopic, "switch": "impact" "correction" "step"),
    template!(BriefCheckIn, "five": "impact" "correction" "step"),
];

const fn parts(given: &[(&'static str, &'static str)]) -> [Option<&'static str>; 4] {
    let mut parts = [None; 4];
    let (mut slot, mut at) = (0, 0);
    while slot < SLOTS.len() {
        // Each part starts with a letter of its own.
        if at < given.len() && given[at].0.as_bytes()[0] == SLOTS[slot].as_bytes()[0] {
            parts[slot] = Some(given[at].1);
            at += 1;
        }
        slot += 1;
    }
    parts
}

/// The templates for an option.
pub(super) fn of(option: RepairOption) -> impl Iterator<Item = &'static Template> {
    TEMPLATES.iter().filter(move |template| template.option == option)
}

impl Template {
    /// The parts with what was empty filled in.
    pub(super) fn fill(&self, parts: &NoteParts) -> NoteParts {
        let fill = |slot: usize, text: &Zeroizing<String>| match self.parts.get(slot) {
            Some(Some(id)) if text.trim().is_empty() => Zeroizing::new(say(id)),
            _ => text.clone(),
        };
        NoteParts {
            impact: fill(0, &parts.impact),
            apology: fill(1, &parts.apology),
            correction: fill(2, &parts.correction),
            step: fill(3, &parts.step),
        }
    }
}

/// Whether a part still stands as a template has it.
pub(super) fn is_untouched(option: RepairOption, text: &str) -> bool {
    let mut ids = of(option).flat_map(|template| template.parts.into_iter().flatten());
    !text.trim().is_empty() && ids.any(|id| say(id) == text.trim())
}

/// The templates to pick from, as long as there is something to fill.
pub(super) fn pick(option: RepairOption, parts: &NoteParts, action: &str) -> Markup {
    let full = parts.each().iter().all(|part| !part.trim().is_empty());
    html! {
        @if !full && of(option).next().is_some() {
            details.templates open[parts.is_empty()] {
                summary { (say("template-title")) }
                (form::group(&say("template-which"), Some(&say("template-line")), None, html! {
                    @for template in of(option) {
                        (form::radio("template", template.name, &say(template.title), false))
                    }
                }))
                button.quiet type="submit" formaction=(action) { (say("template-use")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use attune_core::followup::{Draft, check_note};

    use super::*;

    #[test]
    fn the_check_finds_nothing_in_what_one_may_start_from() {
        for template in &TEMPLATES {
            let filled = template.fill(&NoteParts::default());
            let text = filled.text(&say("write-leave"));
            let draft = Draft { option: template.option, text: &text, client_words: None };
            let check = check_note(&draft);
            assert!(check.findings.is_empty(), "{}: {:?}", template.name, check.findings);
            assert!(check.remarks.is_empty(), "{}: {:?}", template.name, check.remarks);
            assert!(check.grade <= 8.0, "{}", template.name);
        }
    }

    #[test]
    fn only_what_is_empty_is_filled() {
        let mine = |text: &str| Zeroizing::new(text.to_owned());
        let parts = NoteParts { apology: mine("Sorry."), step: mine("  "), ..NoteParts::default() };
        let filled = of(RepairOption::WrittenFollowUp).next().unwrap().fill(&parts);
        assert_eq!(filled.apology.as_str(), "Sorry.");
        assert!(filled.each().iter().all(|part| !part.trim().is_empty()));
        let pause = of(RepairOption::Pause).next().unwrap().fill(&NoteParts::default());
        assert!(pause.apology.is_empty() && !pause.step.is_empty());
        assert_eq!(of(RepairOption::NoContact).count(), 0);
    }
}
