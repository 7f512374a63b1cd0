//! The phones' own files: what the client reads, as Android's and Apple's tools want it.
//!
//! No Fluent is shipped on a phone. A text that a platform's format cannot say is an error that names
//! its id: nothing is left out, and nothing is changed on the way.

mod android;
mod apple;
mod current;
mod languages;
mod pseudo;
mod read;
mod shells;
mod swift;

use std::collections::BTreeMap;

pub use current::{differences, left_over};
pub use languages::{files, languages};
pub use shells::unused;

/// The language in which texts are written first; every other one is held against it.
pub const FIRST: &str = "en";

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the root of the checkout, with `/` between its parts.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// What the client reads in one language, in the order of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag, such as `en` or `pt-BR`.
    pub tag: String,
    /// The texts.
    pub texts: Vec<Text>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its id in Fluent.
    pub id: String,
    /// The heading that it stands under.
    pub group: String,
    /// What translators are told of it, as it stands in Fluent.
    pub comment: String,
    /// Its placeholders. The first is `%1$`, in every language.
    pub placeholders: Vec<Placeholder>,
    /// What it says.
    pub body: Body,
}

/// A value that is put in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placeholder {
    /// Its name in Fluent, without `$`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a placeholder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A whole number.
    Number,
    /// Words.
    Words,
}

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The same, whatever the values are.
    Plain(Vec<Piece>),
    /// By the number that is its one placeholder; there is a piece list for `Other`.
    Plural(BTreeMap<Category, Vec<Piece>>),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// The value of the placeholder with that index.
    Value(usize),
}

/// A plural form, by the names of Unicode's CLDR, which both platforms use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// For none, in languages that have a form for it.
    Zero,
    /// In English, for 1 alone.
    One,
    /// For two, in languages that have a form for it.
    Two,
    /// For a few.
    Few,
    /// For many.
    Many,
    /// All else.
    Other,
}

impl Category {
    const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The name in Fluent and on both platforms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

impl Body {
    /// Every form that it has: one, or one for each category.
    pub fn forms(&self) -> impl Iterator<Item = &Vec<Piece>> {
        let (plain, plural) = match self {
            Self::Plain(pieces) => (Some(pieces), None),
            Self::Plural(forms) => (None, Some(forms.values())),
        };
        plain.into_iter().chain(plural.into_iter().flatten())
    }

    /// The same forms, each with its pieces changed.
    fn map(&self, change: impl Fn(&[Piece]) -> Vec<Piece>) -> Self {
        match self {
            Self::Plain(pieces) => Self::Plain(change(pieces)),
            Self::Plural(forms) => Self::Plural(
                forms.iter().map(|(category, pieces)| (*category, change(pieces))).collect(),
            ),
        }
    }
}

impl Text {
    /// The comment for translators, with what each placeholder has become.
    fn note(&self, sign: impl Fn(usize, Kind) -> String) -> String {
        let became = |(index, placeholder): (usize, &Placeholder)| {
            format!("{} is ${}.", sign(index, placeholder.kind), placeholder.name)
        };
        let placeholders = self.placeholders.iter().enumerate().map(became);
        let comment = Some(self.comment.clone()).filter(|comment| !comment.is_empty());
        comment.into_iter().chain(placeholders).collect::<Vec<_>>().join(" ")
    }
}
