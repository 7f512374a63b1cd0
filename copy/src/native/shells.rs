//! Which texts no phone app asks for.

use std::io;
use std::path::Path;

use super::{android, swift};

/// Sources of the apps, and the endings of what may name a text.
const SHELLS: [(&str, &[&str]); 2] = [("android", &["kt", "xml"]), ("ios", &["swift"])];

/// Folders that hold no source of ours.
const BUILT: [&str; 3] = ["target", "build", ".build"];

/// The ids of the texts that are there for the phone apps alone and that neither app names. None, if
/// there is no app below `root`. What stands in `client.ftl` is the terminal's as well.
///
/// # Errors
/// What the system said, if the texts cannot be read.
pub fn unused(root: &Path) -> io::Result<Vec<String>> {
    let texts = std::fs::read_to_string(root.join("copy/en/client_app.ftl"))?;
    let ids = texts.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
    let ids = ids.filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()));
    let mut sources = Vec::new();
    for (folder, endings) in SHELLS {
        gather(&root.join(folder), endings, &mut sources);
    }
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let is_used = |id: &str| {
        let name = android::name(id);
        let signs = [
            format!("R.string.{name}"),
            format!("R.plurals.{name}"),
            format!("@string/{name}"),
            format!("\"{id}\""),
            format!(".{}", swift::name(id)),
        ];
        sources.iter().any(|source| signs.iter().any(|sign| has_whole(source, sign)))
    };
    Ok(ids.filter(|id| !is_used(id)).map(str::to_owned).collect())
}

/// Not as the start of a longer name.
fn has_whole(source: &str, sign: &str) -> bool {
    source.match_indices(sign).any(|(at, _)| {
        let next = source[at + sign.len()..].chars().next();
        sign.ends_with('"') || !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn gather(folder: &Path, endings: &[&str], sources: &mut Vec<String>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !BUILT.contains(&name.as_str()) {
                gather(&path, endings, sources);
            }
        } else if name != "strings.xml"
            && !path.ends_with(swift::PATH)
            && endings.iter().any(|ending| name.ends_with(&format!(".{ending}")))
            && let Ok(source) = std::fs::read_to_string(&path)
        {
            sources.push(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_within_a_longer_one_is_not_a_use() {
        assert!(has_whole("getString(R.string.home_mark)", "R.string.home_mark"));
        assert!(!has_whole("getString(R.string.home_mark_hint)", "R.string.home_mark"));
        assert!(has_whole("MainButton(.homeMark)", ".homeMark"));
        assert!(!has_whole("Sub(.homeMarkHint)", ".homeMark"));
    }
}
