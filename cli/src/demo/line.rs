//! One line of the story: who can see it, what it says, and whether it is so.

use std::io::{self, Write};

use serde::Serialize;

use super::page::Page;

/// Who can see what a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Sam, on the phone.
    Client,
    /// Dr Lind, at her desk.
    Therapist,
    /// The front desk.
    Coordinator,
    /// Whoever runs the relay.
    Relay,
    /// Not one of the others.
    NobodyElse,
}

impl Who {
    /// Everybody that a line can name.
    pub(super) const ALL: [Self; 5] =
        [Self::Client, Self::Therapist, Self::Coordinator, Self::Relay, Self::NobodyElse];

    /// The name in scripts.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Therapist => "therapist",
            Self::Coordinator => "coordinator",
            Self::Relay => "relay",
            Self::NobodyElse => "nobody else",
        }
    }

    /// The id of the name in the left column.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Client => "demo-who-client",
            Self::Therapist => "demo-who-therapist",
            Self::Coordinator => "demo-who-coordinator",
            Self::Relay => "demo-who-relay",
            Self::NobodyElse => "demo-who-nobody",
        }
    }
}

/// What a script may want of a line beside its text. Names are the product's terms.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Details {
    /// The option's name, such as `Pause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) option: Option<&'static str>,
    /// The state's name, such as `Queued`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<&'static str>,
    /// The name of the practice that gets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recipient: Option<String>,
    /// The choice's id, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) case: Option<String>,
    /// The due day, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
    /// The pointer's name, such as `Said`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<&'static str>,
    /// The client's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) words: Option<String>,
    /// The practice's note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

/// A claim with its check. It is made only after the check has run.
pub(super) struct Line {
    who: Who,
    says: String,
    holds: bool,
    details: Details,
}

impl Line {
    /// `who` can see what `says` tells; `holds` is what the check of it found in the stores.
    pub(super) fn new(who: Who, says: String, holds: bool) -> Self {
        Self { who, says, holds, details: Details::default() }
    }

    /// The same with fields for scripts.
    pub(super) fn with(mut self, details: Details) -> Self {
        self.details = details;
        self
    }
}

/// One line as `--json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    scene: u32,
    title: &'a str,
    who: &'static str,
    says: &'a str,
    checked: bool,
    #[serde(flatten)]
    details: &'a Details,
}

/// How the lines are shown.
pub(super) enum Form {
    /// One JSON object a line, and nothing else.
    JsonLines,
    /// For a person.
    Page(Page),
}

/// Tells the story line by line, and remembers what of it was not so.
pub(super) struct Teller<'a> {
    out: &'a mut dyn Write,
    form: Form,
    scene: u32,
    title: String,
    count: usize,
    wrong: Vec<String>,
}

impl<'a> Teller<'a> {
    /// A teller that writes to `out`.
    pub(super) fn new(out: &'a mut dyn Write, form: Form) -> Self {
        Self { out, form, scene: 0, title: String::new(), count: 0, wrong: Vec::new() }
    }

    /// Begins the next scene.
    ///
    /// # Errors
    /// Those of the output.
    pub(super) fn scene(&mut self, title: String) -> io::Result<()> {
        self.scene += 1;
        self.title = title;
        if let Form::Page(page) = &self.form {
            self.out.write_all(page.heading(self.scene, &self.title).as_bytes())?;
        }
        self.out.flush()
    }

    /// Prints one line, whether it holds or not, and remembers it if it does not.
    ///
    /// # Errors
    /// Those of the output.
    pub(super) fn tell(&mut self, line: &Line) -> io::Result<()> {
        self.count += 1;
        if !line.holds {
            self.wrong.push(format!("{} ({}): {}", self.scene, line.who.name(), line.says));
        }
        match &self.form {
            Form::JsonLines => {
                let printed = Printed {
                    scene: self.scene,
                    title: &self.title,
                    who: line.who.name(),
                    says: &line.says,
                    checked: line.holds,
                    details: &line.details,
                };
                serde_json::to_writer(&mut *self.out, &printed)?;
                writeln!(self.out)?;
            }
            Form::Page(page) => {
                let text = page.line(line.who, &line.says, line.holds);
                self.out.write_all(text.as_bytes())?;
            }
        }
        self.out.flush()
    }

    /// Prints something that is no claim; scripts do not get it.
    ///
    /// # Errors
    /// Those of the output.
    pub(super) fn aside(&mut self, text: &str) -> io::Result<()> {
        if let Form::Page(page) = &self.form {
            self.out.write_all(page.aside(text).as_bytes())?;
        }
        self.out.flush()
    }

    /// How many lines were told.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// The lines that did not hold, with their scene and who would see them.
    pub(super) fn wrong(&self) -> &[String] {
        &self.wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(form: Form, holds: bool) -> (String, Vec<String>, usize) {
        let mut out = Vec::new();
        let mut teller = Teller::new(&mut out, form);
        teller.scene("A scene".into()).unwrap();
        let details = Details { option: Some("Pause"), ..Details::default() };
        teller.tell(&Line::new(Who::Relay, "It holds.".into(), true)).unwrap();
        teller.tell(&Line::new(Who::Client, "So it is.".into(), holds).with(details)).unwrap();
        let (wrong, count) = (teller.wrong().to_vec(), teller.count());
        (String::from_utf8(out).unwrap(), wrong, count)
    }

    #[test]
    fn a_line_that_does_not_hold_is_printed_and_remembered() {
        let (out, wrong, count) = told(Form::JsonLines, false);
        let lines: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["checked"], true);
        assert_eq!(lines[0].get("option"), None);
        assert_eq!(lines[1]["checked"], false);
        assert_eq!(lines[1]["option"], "Pause");
        assert_eq!(wrong, ["1 (client): So it is."]);
        assert_eq!(count, 2);
        assert_eq!(super::super::verdict(&wrong), std::process::ExitCode::FAILURE);
    }

    #[test]
    fn lines_that_hold_end_well() {
        let (out, wrong, _) = told(Form::JsonLines, true);
        assert_eq!(
            out.lines().next().unwrap(),
            r#"{"scene":1,"title":"A scene","who":"relay","says":"It holds.","checked":true}"#
        );
        assert!(wrong.is_empty());
        assert_eq!(super::super::verdict(&wrong), std::process::ExitCode::SUCCESS);
    }
}
