//! Which languages there are, that they say the same things, and which files come of them.

use std::io;
use std::path::Path;

use super::{Body, Category, FIRST, File, Language, Piece, Text, android, apple, pseudo, swift};

/// A phone formats days by itself, so these stay in the terminal.
const LEFT_OUT: [&str; 3] = ["weekday-", "month-", "day-line"];

/// Reads every language below `copy`: each folder that holds `client.ftl`. The first is English.
///
/// # Errors
/// What the system said, or one line for each text that cannot be carried over, is not there in a
/// language, or has other placeholders there.
pub fn languages(copy: &Path) -> Result<Vec<Language>, Vec<String>> {
    let mut tags = tags(copy).map_err(|error| vec![format!("{}: {error}", copy.display())])?;
    tags.sort_by_key(|tag| (tag != FIRST, tag.clone()));
    let mut languages: Vec<Language> = Vec::new();
    let mut problems = Vec::new();
    for tag in tags {
        let sources = match sources(&copy.join(&tag)) {
            Ok(sources) => sources,
            Err(error) => {
                problems.push(format!("{tag}: {error}"));
                continue;
            }
        };
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        match Language::read(&tag, &sources, languages.first()) {
            Ok(mut language) => {
                language.texts.retain(|text| !LEFT_OUT.iter().any(|it| text.id.starts_with(it)));
                if let Some(first) = languages.first() {
                    problems.extend(language.follow(first));
                }
                languages.push(language);
            }
            Err(more) => problems.extend(more),
        }
    }
    if languages.first().is_none_or(|language| language.tag != FIRST) {
        problems.push(format!("{FIRST} is not there, or cannot be read"));
    }
    if problems.is_empty() { Ok(languages) } else { Err(problems) }
}

/// The files of all languages, and of two that nobody speaks. Those two stand where only debug builds
/// and tests see them: no phone shall offer them to a person.
#[must_use]
pub fn files(languages: &[Language]) -> Vec<File> {
    let Some(first) = languages.first() else { return Vec::new() };
    let (accented, mirrored) = (pseudo::accented(first), pseudo::mirrored(first));
    let android = |set: &str, language: &Language| {
        let is_first = language.tag == FIRST;
        let values = if is_first { String::new() } else { android::qualifier(&language.tag) };
        let path = format!("android/app/src/{set}/res/values{values}/strings.xml");
        File { path, text: android::file(language) }
    };
    let mut files: Vec<File> = languages.iter().map(|it| android("main", it)).collect();
    files.extend([&accented, &mirrored].map(|it| android("debug", it)));
    let spoken: Vec<&Language> = languages.iter().collect();
    files.push(File {
        path: "ios/App/Resources/Localizable.xcstrings".to_owned(),
        text: apple::file(&spoken),
    });
    files.push(File {
        path: "ios/Pseudo/Localizable.xcstrings".to_owned(),
        text: apple::file(&[&accented, &mirrored]),
    });
    files.push(File { path: swift::PATH.to_owned(), text: swift::file(first) });
    files
}

fn tags(copy: &Path) -> io::Result<Vec<String>> {
    let mut tags = Vec::new();
    for entry in copy.read_dir()? {
        let entry = entry?;
        if entry.path().join("client.ftl").is_file() {
            tags.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(tags)
}

/// What the client reads: `client.ftl`, then the files whose names begin with `client_`.
fn sources(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_client = name == "client.ftl" || name.starts_with("client_");
        if is_client && name.ends_with(".ftl") {
            names.push(name);
        }
    }
    names.sort();
    names.iter().map(|name| std::fs::read_to_string(folder.join(name))).collect()
}

impl Language {
    /// Takes on the first language's order of texts and of placeholders, its comments and its groups.
    /// Gives a line for each text in which the two do not agree.
    pub fn follow(&mut self, first: &Self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut texts = Vec::new();
        for text in &first.texts {
            let Some(at) = self.texts.iter().position(|it| it.id == text.id) else {
                problems.push(format!("{}: {} is not there", self.tag, text.id));
                continue;
            };
            let mut own = self.texts.remove(at);
            if let Err(why) = own.follow(text) {
                problems.push(format!("{}: {}: {why}", self.tag, text.id));
            }
            texts.push(own);
        }
        let unknown = self.texts.drain(..).map(|text| text.id);
        let line = |id| format!("{}: {id} is not there in {}", self.tag, first.tag);
        problems.extend(unknown.map(line));
        self.texts = texts;
        problems
    }
}

impl Text {
    fn follow(&mut self, first: &Self) -> Result<(), String> {
        let sorted = |text: &Self| {
            let mut all = text.placeholders.clone();
            all.sort();
            all
        };
        if sorted(self) != sorted(first) {
            let names = |text: &Self| {
                let names = text.placeholders.iter().map(|it| format!("${}", it.name));
                names.collect::<Vec<_>>().join(", ")
            };
            return Err(format!(
                "its placeholders are [{}] and not [{}]",
                names(self),
                names(first)
            ));
        }
        let place = |index: usize| {
            let name = &self.placeholders[index].name;
            first.placeholders.iter().position(|it| it.name == *name).unwrap_or(index)
        };
        let body = self.body.map(|pieces| {
            let piece = |piece: &Piece| match piece {
                Piece::Value(index) => Piece::Value(place(*index)),
                Piece::Words(words) => Piece::Words(words.clone()),
            };
            pieces.iter().map(piece).collect()
        });
        // A language without plural forms says it once; Android asks for the same kind of text in all.
        self.body = match (body, &first.body) {
            (Body::Plain(pieces), Body::Plural(_)) => {
                Body::Plural([(Category::Other, pieces)].into())
            }
            (Body::Plural(_), Body::Plain(_)) => {
                return Err("it has plural forms, and the first language has none".to_owned());
            }
            (body, _) => body,
        };
        self.placeholders.clone_from(&first.placeholders);
        self.comment.clone_from(&first.comment);
        self.group.clone_from(&first.group);
        Ok(())
    }
}
