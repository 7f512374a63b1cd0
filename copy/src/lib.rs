//! Every word that a person reads, in one place: Fluent files under `en/`, embedded at build time.
//!
//! A word is asked for by its id, and the answer is the text or an error: never an empty string,
//! never the id itself, never a text with a hole in it. The files are split by who reads them
//! ([`Audience`]), and the tests hold each audience to its rules.

mod audience;
pub mod native;
mod option;
pub mod say;
mod trouble;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::{ast, parser};

pub use audience::Audience;
pub use fluent_bundle::FluentValue as Value;
pub use option::{OptionIds, option_ids};
pub use trouble::trouble_id;

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::of("en", &audience::ENGLISH));

/// All texts of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    index: BTreeMap<String, Entry>,
}

struct Entry {
    audience: Audience,
    placeholders: Vec<String>,
}

/// A text could not be had. Ids and placeholders are ours: neither holds a person's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// No text has that id.
    #[error("no text has the id {0}")]
    UnknownId(String),
    /// The text has a placeholder for which no value was given.
    #[error("the text {id} needs a value for {placeholder}")]
    MissingValue {
        /// The text's id.
        id: String,
        /// The placeholder's name, without `$`.
        placeholder: String,
    },
    /// A value was given for a placeholder that the text does not have.
    #[error("the text {id} has no placeholder {placeholder}")]
    UnknownPlaceholder {
        /// The text's id.
        id: String,
        /// The name given, without `$`.
        placeholder: String,
    },
    /// The text is broken: a reference in it leads nowhere.
    #[error("the text {0} is broken")]
    Broken(String),
}

impl Words {
    /// The English texts, parsed on first use and kept.
    #[must_use]
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The text of `id`, which has no placeholders.
    ///
    /// # Errors
    /// [`WordsError`] if there is no such text, or if it needs values.
    pub fn get(&self, id: &str) -> Result<String, WordsError> {
        self.format(id, &[])
    }

    /// The text of `id` with a value for each of its placeholders, no more and no less.
    ///
    /// # Errors
    /// [`WordsError`] if there is no such text, or if values and placeholders do not agree.
    pub fn format(&self, id: &str, values: &[(&str, Value<'_>)]) -> Result<String, WordsError> {
        let unknown = || WordsError::UnknownId(id.to_owned());
        let entry = self.index.get(id).ok_or_else(unknown)?;
        let given = |name: &str| values.iter().any(|(given, _)| *given == name);
        if let Some(missing) = entry.placeholders.iter().find(|name| !given(name)) {
            return Err(WordsError::MissingValue {
                id: id.to_owned(),
                placeholder: missing.clone(),
            });
        }
        if let Some((extra, _)) =
            values.iter().find(|(name, _)| !entry.placeholders.iter().any(|known| known == name))
        {
            return Err(WordsError::UnknownPlaceholder {
                id: id.to_owned(),
                placeholder: (*extra).to_owned(),
            });
        }
        let message = self.bundle.get_message(id).ok_or_else(unknown)?;
        let pattern = message.value().ok_or_else(unknown)?;
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(WordsError::Broken(id.to_owned())) }
    }

    /// The texts `{id}-1`, `{id}-2` and so on, in that order: a list such as a card's *Do* list.
    ///
    /// # Errors
    /// [`WordsError::UnknownId`] if not even `{id}-1` exists; any other as [`get`](Self::get).
    pub fn list(&self, id: &str) -> Result<Vec<String>, WordsError> {
        let lines: Vec<String> = (1..)
            .map(|number| format!("{id}-{number}"))
            .take_while(|line| self.index.contains_key(line))
            .map(|line| self.get(&line))
            .collect::<Result<_, _>>()?;
        if lines.is_empty() { Err(WordsError::UnknownId(format!("{id}-1"))) } else { Ok(lines) }
    }

    /// A day as a person reads it, such as "Friday, March 6".
    ///
    /// `weekday` counts from Monday = 1 to Sunday = 7, `month` from January = 1, `day` from 1.
    ///
    /// # Errors
    /// [`WordsError::UnknownId`] if weekday or month is out of its range.
    pub fn day(&self, weekday: u32, month: u32, day: u32) -> Result<String, WordsError> {
        let weekday = self.get(&format!("weekday-{weekday}"))?;
        let month = self.get(&format!("month-{month}"))?;
        let day = day.to_string();
        self.format(
            "day-line",
            &[("weekday", weekday.into()), ("month", month.into()), ("day", day.into())],
        )
    }

    /// Every id, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// Who reads the text of `id`; `None` if there is no such text.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<Audience> {
        self.index.get(id).map(|entry| entry.audience)
    }

    /// The placeholders of `id`, sorted, without `$`; `None` if there is no such text.
    #[must_use]
    pub fn placeholders(&self, id: &str) -> Option<&[String]> {
        self.index.get(id).map(|entry| entry.placeholders.as_slice())
    }

    /// A line that does not parse, or an id used twice, is left out, so that asking for it is an
    /// error; that no embedded file has one is held by a test.
    fn of(language: &str, files: &[(Audience, &str)]) -> Self {
        // The language chooses the plural rules; its tag is ours and parses.
        let language = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Terminals show the marks that Fluent puts around values as boxes.
        bundle.set_use_isolating(false);
        let mut index = BTreeMap::new();
        for (audience, source) in files {
            let tree = parser::parse(*source).unwrap_or_else(|(tree, _)| tree);
            let entries = tree.body.iter().filter_map(|entry| message(entry, *audience));
            for (id, entry) in entries {
                index.entry(id).or_insert(entry);
            }
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(resource, _)| resource);
            // Refuses a second use of an id, which the index leaves out as well.
            let _ = bundle.add_resource(resource);
        }
        Self { bundle, index }
    }
}

fn message(entry: &ast::Entry<&str>, audience: Audience) -> Option<(String, Entry)> {
    let ast::Entry::Message(message) = entry else {
        return None;
    };
    let mut placeholders = Vec::new();
    variables(message.value.as_ref()?, &mut placeholders);
    placeholders.sort();
    placeholders.dedup();
    Some((message.id.name.to_owned(), Entry { audience, placeholders }))
}

fn variables(pattern: &ast::Pattern<&str>, found: &mut Vec<String>) {
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { .. } => {}
            ast::PatternElement::Placeable { expression } => match expression {
                ast::Expression::Inline(inline) => variable(inline, found),
                ast::Expression::Select { selector, variants } => {
                    variable(selector, found);
                    for variant in variants {
                        variables(&variant.value, found);
                    }
                }
            },
        }
    }
}

fn variable(inline: &ast::InlineExpression<&str>, found: &mut Vec<String>) {
    if let ast::InlineExpression::VariableReference { id } = inline {
        found.push(id.name.to_owned());
    }
}
