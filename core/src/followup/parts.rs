//! A note in its four parts, and as the one text that travels.

use zeroize::Zeroizing;

/// The four parts of a note, as a therapist writes them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NoteParts {
    /// What I did, and its likely effect.
    pub impact: Zeroizing<String>,
    /// One sentence of apology.
    pub apology: Zeroizing<String>,
    /// What I change, in the first person.
    pub correction: Zeroizing<String>,
    /// The next step, with its day.
    pub step: Zeroizing<String>,
}

impl NoteParts {
    /// The parts, in the order in which they are read.
    #[must_use]
    pub fn each(&self) -> [&str; 4] {
        [&self.impact, &self.apology, &self.correction, &self.step]
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.each().iter().all(|part| part.trim().is_empty())
    }

    /// The text that the client reads: a paragraph for each part that was written, and `leave` (that
    /// no reply is needed, in the writer's language) as the last. Empty if nothing was written.
    #[must_use]
    pub fn text(&self, leave: &str) -> Zeroizing<String> {
        let parts = self.each().into_iter().chain([leave]).map(str::trim);
        let mut text = Zeroizing::new(String::with_capacity(
            self.each().iter().map(|part| part.len() + 2).sum::<usize>() + leave.len(),
        ));
        if self.is_empty() {
            return text;
        }
        for part in parts.filter(|part| !part.is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_a_paragraph_and_what_is_empty_is_none() {
        let part = |text: &str| Zeroizing::new(text.to_owned());
        let parts = NoteParts {
            impact: part(" I joked about your name. "),
            step: part("I will say it right from Monday on."),
            ..NoteParts::default()
        };
        let text = parts.text("No reply is needed.");
        assert_eq!(
            text.as_str(),
            "I joked about your name.\n\nI will say it right from Monday on.\n\nNo reply is needed."
        );
        assert_eq!(NoteParts::default().text("No reply is needed.").as_str(), "");
    }
}
