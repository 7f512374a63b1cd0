//! From Fluent to texts that both platforms can say.

use std::collections::BTreeMap;

use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement, VariantKey};
use fluent_syntax::{parser, unicode};

use super::{Body, Category, Kind, Language, Piece, Placeholder, Text};

type Pattern<'s> = ast::Pattern<&'s str>;

/// References that lead to references end here; a circle would not end at all.
const DEEPEST: usize = 8;

impl Language {
    /// Reads the sources of one language's files, in their order. What a placeholder holds stands in the
    /// first language's comments; tools for translators leave comments out, so `first` is asked then.
    ///
    /// # Errors
    /// One line for each text that cannot be carried over, with its id.
    pub fn read(tag: &str, sources: &[&str], first: Option<&Self>) -> Result<Self, Vec<String>> {
        let trees: Vec<_> = sources
            .iter()
            .map(|source| parser::parse(*source).unwrap_or_else(|(tree, _)| tree))
            .collect();
        let mut problems = Vec::new();
        let mut patterns = BTreeMap::new();
        for entry in trees.iter().flat_map(|tree| &tree.body) {
            let named = match entry {
                ast::Entry::Message(message) => {
                    message.value.as_ref().map(|value| (message.id.name.to_owned(), value))
                }
                ast::Entry::Term(term) => Some((format!("-{}", term.id.name), &term.value)),
                ast::Entry::Junk { content } => {
                    let line = content.lines().next().unwrap_or_default();
                    problems.push(format!("{tag}: this is not Fluent: {line}"));
                    None
                }
                _ => None,
            };
            if let Some((id, value)) = named
                && patterns.insert(id.clone(), value).is_some()
            {
                problems.push(format!("{tag}: {id} is there twice"));
            }
        }
        let mut texts = Vec::new();
        for tree in &trees {
            let mut group = String::new();
            for entry in &tree.body {
                match entry {
                    ast::Entry::GroupComment(comment) => group = comment.content.join(" "),
                    ast::Entry::Message(message) => match text(message, &group, &patterns, first) {
                        Ok(text) => texts.push(text),
                        Err(why) => problems.push(format!("{tag}: {}: {why}", message.id.name)),
                    },
                    _ => {}
                }
            }
        }
        if problems.is_empty() { Ok(Self { tag: tag.to_owned(), texts }) } else { Err(problems) }
    }
}

fn text(
    message: &ast::Message<&str>,
    group: &str,
    patterns: &BTreeMap<String, &Pattern<'_>>,
    first: Option<&Language>,
) -> Result<Text, String> {
    if !message.attributes.is_empty() {
        return Err("it has attributes, which no phone's format has".to_owned());
    }
    let value = message.value.as_ref().ok_or("it says nothing")?;
    let comment = message.comment.as_ref().map(|it| it.content.join(" ")).unwrap_or_default();
    let mut reading = Reading { patterns, selector: None, names: Vec::new() };
    let body = match reading.forms(value, DEEPEST)? {
        Forms::Plain(pieces) => Body::Plain(joined(pieces)),
        Forms::Plural(forms) => {
            Body::Plural(forms.into_iter().map(|(form, it)| (form, joined(it))).collect())
        }
    };
    let selector = reading.selector;
    let known = first.map(|first| {
        let text = first.texts.iter().find(|text| text.id == message.id.name);
        text.map(|text| text.placeholders.as_slice()).unwrap_or_default()
    });
    let placeholder = |name: String| {
        let known = known.and_then(|known| known.iter().find(|it| it.name == name));
        let kind = known.map_or_else(|| kind(&name, &comment), |known| Ok(known.kind))?;
        Ok(Placeholder { name, kind })
    };
    let placeholders =
        reading.names.into_iter().map(placeholder).collect::<Result<Vec<_>, String>>()?;
    if selector.is_some() && (placeholders.len() != 1 || placeholders[0].kind != Kind::Number) {
        let why = "a text with plural forms can have its number as its one placeholder";
        return Err(why.to_owned());
    }
    let text = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(_) => "value".to_owned(),
    };
    for form in body.forms() {
        let whole: String = form.iter().map(text).collect();
        if whole.trim().is_empty() {
            return Err("it says nothing".to_owned());
        }
        if whole.contains(|c: char| c.is_control() && c != '\n') {
            return Err("it has a control character".to_owned());
        }
        if whole.contains(['!', '\u{ff01}', '\u{a1}']) {
            return Err("it has an exclamation mark".to_owned());
        }
    }
    let (id, group) = (message.id.name.to_owned(), group.to_owned());
    Ok(Text { id, group, comment, placeholders, body })
}

/// What a text's comment says of a placeholder: `$day (String)`, `$minutes (Number)`. Of several that
/// are named in a row, the next bracket is for all.
fn kind(name: &str, comment: &str) -> Result<Kind, String> {
    let unsaid = || format!("its comment does not say if ${name} is a (Number) or a (String)");
    let sign = format!("${name}");
    let is_whole = |at: usize| {
        let next = comment[at + sign.len()..].chars().next();
        !next.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let at = comment.match_indices(&sign).map(|(at, _)| at).find(|at| is_whole(*at));
    let (_, rest) = comment[at.ok_or_else(unsaid)?..].split_once('(').ok_or_else(unsaid)?;
    match rest.split_once(')') {
        Some(("Number", _)) => Ok(Kind::Number),
        Some(("String", _)) => Ok(Kind::Words),
        _ => Err(unsaid()),
    }
}

/// One text on its way.
struct Reading<'a, 's> {
    patterns: &'a BTreeMap<String, &'a Pattern<'s>>,
    /// The number that chooses the form, if one does.
    selector: Option<usize>,
    /// Placeholders, in the order in which they stand there.
    names: Vec<String>,
}

enum Forms {
    Plain(Vec<Piece>),
    Plural(BTreeMap<Category, Vec<Piece>>),
}

impl Forms {
    fn push(&mut self, piece: &Piece) {
        match self {
            Self::Plain(pieces) => pieces.push(piece.clone()),
            Self::Plural(forms) => {
                forms.values_mut().for_each(|pieces| pieces.push(piece.clone()));
            }
        }
    }

    fn append(&mut self, next: Self) -> Result<(), String> {
        match (&mut *self, next) {
            (_, Self::Plain(pieces)) => pieces.iter().for_each(|piece| self.push(piece)),
            (Self::Plain(before), Self::Plural(mut forms)) => {
                forms.values_mut().for_each(|form| {
                    form.splice(0..0, before.iter().cloned());
                });
                *self = Self::Plural(forms);
            }
            (Self::Plural(_), Self::Plural(_)) => {
                return Err("it has plural forms twice".to_owned());
            }
        }
        Ok(())
    }
}

impl Reading<'_, '_> {
    fn forms(&mut self, pattern: &Pattern<'_>, deepest: usize) -> Result<Forms, String> {
        let mut forms = Forms::Plain(Vec::new());
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    forms.push(&Piece::Words((*value).to_owned()));
                }
                PatternElement::Placeable { expression } => {
                    forms.append(self.expression(expression, deepest)?)?;
                }
            }
        }
        Ok(forms)
    }

    fn expression(&mut self, it: &Expression<&str>, deepest: usize) -> Result<Forms, String> {
        let (selector, variants) = match it {
            Expression::Inline(inline) => return self.inline(inline, deepest),
            Expression::Select { selector, variants } => (selector, variants),
        };
        let InlineExpression::VariableReference { id } = selector else {
            return Err("its form is chosen by something else than a number given".to_owned());
        };
        self.selector = Some(self.index(id.name));
        let mut forms = BTreeMap::new();
        for variant in variants {
            let VariantKey::Identifier { name } = variant.key else {
                return Err(
                    "it has a form for one number, and phones have forms by kind".to_owned()
                );
            };
            let category = Category::named(name)
                .ok_or_else(|| format!("{name} is no plural form, and phones have no others"))?;
            let Forms::Plain(pieces) = self.forms(&variant.value, deepest)? else {
                return Err("it has plural forms within plural forms".to_owned());
            };
            if variant.default != (category == Category::Other) {
                return Err("the form that is marked with * must be `other`".to_owned());
            }
            forms.insert(category, pieces);
        }
        Ok(Forms::Plural(forms))
    }

    fn inline(&mut self, it: &InlineExpression<&str>, deepest: usize) -> Result<Forms, String> {
        match it {
            InlineExpression::StringLiteral { value } => {
                let mut words = String::new();
                // Writing into a string cannot fail.
                let _ = unicode::unescape_unicode(&mut words, value);
                Ok(Forms::Plain(vec![Piece::Words(words)]))
            }
            InlineExpression::NumberLiteral { value } => {
                Ok(Forms::Plain(vec![Piece::Words((*value).to_owned())]))
            }
            InlineExpression::VariableReference { id } => {
                Ok(Forms::Plain(vec![Piece::Value(self.index(id.name))]))
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.reference(id.name, deepest)
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.reference(&format!("-{}", id.name), deepest)
            }
            InlineExpression::Placeable { expression } => self.expression(expression, deepest),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                Err("it refers to a text by an attribute or with arguments".to_owned())
            }
            InlineExpression::FunctionReference { id, .. } => {
                Err(format!("{} is a function, which phones do not have", id.name))
            }
        }
    }

    fn reference(&mut self, id: &str, deepest: usize) -> Result<Forms, String> {
        let deepest = deepest.checked_sub(1).ok_or("its references do not end")?;
        let pattern = self
            .patterns
            .get(id)
            .ok_or_else(|| format!("{id}, which it refers to, is not there"))?;
        self.forms(pattern, deepest)
    }

    fn index(&mut self, name: &str) -> usize {
        let known = self.names.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }
}

/// Words that follow on words are one piece.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (all.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(words)) => before.push_str(&words),
            (_, piece) => all.push(piece),
        }
    }
    all
}
