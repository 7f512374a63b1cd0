//! One-time links: each lets one browser in, once, within two minutes.
//!
//! The program that opens a browser gives it the name of a private file that leads to the link: a
//! link among the arguments of a process could be read by others on the machine.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use attune_core::entropy::EntropyError;
use chrono::{DateTime, Duration, FixedOffset};

use super::secret::Secret;

/// For how long a link counts.
const MINUTES: i64 = 2;
/// Links at once; one more ends the oldest.
const MOST: usize = 8;

struct Link {
    key: Secret,
    until: DateTime<FixedOffset>,
    /// The file that leads to it.
    file: Option<PathBuf>,
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // What it leads to no longer counts, whether or not the file could be removed.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// The links that still count.
#[derive(Default)]
pub(crate) struct Links(Vec<Link>);

impl Links {
    /// Makes a link; gives its key.
    pub(crate) fn make(&mut self, now: DateTime<FixedOffset>) -> Result<Secret, EntropyError> {
        self.sweep(now);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        let key = Secret::generate()?;
        let until = now + Duration::minutes(MINUTES);
        self.0.push(Link { key: key.clone(), until, file: None });
        Ok(key)
    }

    /// The link of that key goes together with `file`.
    pub(crate) fn goes_with(&mut self, key: &Secret, file: PathBuf) {
        if let Some(link) = self.0.iter_mut().find(|link| link.key.is(key.text())) {
            link.file = Some(file);
        }
    }

    /// Takes the link of that key, if it counts. It does not count a second time.
    pub(crate) fn take(&mut self, given: &str, now: DateTime<FixedOffset>) -> bool {
        self.sweep(now);
        let found = self.0.iter().position(|link| link.key.is(given));
        found.is_some_and(|at| {
            self.0.remove(at);
            true
        })
    }

    /// Lets go of the links that no longer count, and their files.
    pub(crate) fn sweep(&mut self, now: DateTime<FixedOffset>) {
        // One that counts for longer than any was made for comes of a clock that was set back.
        let fresh =
            |link: &Link| link.until > now && link.until - now <= Duration::minutes(MINUTES);
        self.0.retain(fresh);
    }

    /// Lets go of every link and file.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Writes the private file that leads to `link`, in a private folder of the desk's own.
pub(crate) fn write_launcher(folder: &Path, link: &str, title: &str) -> std::io::Result<PathBuf> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let path = folder.join("open-the-desk.html");
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let refresh = format!("0; url={link}");
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="referrer" content="no-referrer";
                meta http-equiv="refresh" content=(refresh);
                title { (title) }
            }
            body { p { a href=(link) { (title) } } }
        }
    };
    options.open(&path)?.write_all(page.into_string().as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nine() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-03-02T09:00:00+02:00").unwrap()
    }

    #[test]
    fn a_link_counts_once_and_for_two_minutes() {
        let mut links = Links::default();
        let key = links.make(nine()).unwrap();
        assert!(!links.take("", nine()) && !links.take(&"0".repeat(64), nine()));
        assert!(links.take(key.text(), nine() + Duration::seconds(119)));
        assert!(!links.take(key.text(), nine() + Duration::seconds(119)));
        let late = links.make(nine()).unwrap();
        assert!(!links.take(late.text(), nine() + Duration::seconds(120)));
        let earlier = links.make(nine()).unwrap();
        assert!(!links.take(earlier.text(), nine() - Duration::seconds(1)));
    }

    #[test]
    fn there_are_never_many_links() {
        let mut links = Links::default();
        let keys: Vec<_> = (0..=MOST).map(|_| links.make(nine()).unwrap()).collect();
        assert!(!links.take(keys[0].text(), nine()));
        assert!(links.take(keys[MOST].text(), nine()));
    }

    #[test]
    fn a_launcher_is_private_and_goes_with_its_link() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("desk");
        for ends in ["used", "expired", "stopped"] {
            let mut links = Links::default();
            let key = links.make(nine()).unwrap();
            let link = format!("http://127.0.0.1:7000/open?key={}", key.text());
            let path = write_launcher(&folder, &link, "Open the desk").unwrap();
            links.goes_with(&key, path.clone());
            assert!(std::fs::read_to_string(&path).unwrap().contains(&link));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
                assert_eq!(mode(&path) & 0o777, 0o600);
                assert_eq!(mode(&folder) & 0o777, 0o700);
            }
            match ends {
                "used" => assert!(links.take(key.text(), nine())),
                "expired" => links.sweep(nine() + Duration::minutes(2)),
                _ => links.clear(),
            }
            assert!(!path.exists(), "{ends}");
        }
    }
}
