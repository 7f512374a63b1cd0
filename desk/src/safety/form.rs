//! What a browser sends of a form: `application/x-www-form-urlencoded` (WHATWG URL, section 5.1).

use std::sync::Arc;

use zeroize::Zeroizing;

/// Fields in a form; more are not read.
const MOST_FIELDS: usize = 256;

/// The fields of a form or of a query, wiped with the last of its owners. Values may be passphrases and
/// words for a client: they have no `Debug`.
#[derive(Clone, Default)]
pub(crate) struct Form(Arc<Vec<(String, Zeroizing<String>)>>);

impl Form {
    /// Reads the fields. `None` when it is no form: a wrong escape, no UTF-8, too many fields.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Vec::new();
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == MOST_FIELDS {
                return None;
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(halves.next().unwrap_or_default())?;
            let value = decoded(halves.next().unwrap_or_default())?;
            fields.push((name.to_string(), value));
        }
        Some(Self(Arc::new(fields)))
    }

    /// The first value of that field as it was typed, or nothing.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// The first value of that field without spaces around it, lines ending as they do here.
    pub(crate) fn text(&self, name: &str) -> Zeroizing<String> {
        let raw = self.raw(name).trim();
        let mut text = Zeroizing::new(String::with_capacity(raw.len()));
        for (at, line) in raw.split("\r\n").enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }

    /// Whether the field was sent: a box that is ticked, a button that was pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The names of the fields.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The values of the fields, in the order of their names.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, value)| value.as_str())
    }

    /// Every value of that field.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The bytes without their escapes. The text is as long as it will ever be from the start: growing leaves
/// copies behind.
fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => digit(*rest.next()?)? * 16 + digit(*rest.next()?)?,
            other => *other,
        });
    }
    let text = std::str::from_utf8(&plain).ok()?;
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    out.push_str(text);
    Some(out)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let form =
            Form::parse(b"name=Dr.+Ada%20Okoye&note=a%0D%0Ab%26c%3D&offer=Pause&offer=X&e=&t")
                .unwrap();
        assert_eq!(form.raw("name"), "Dr. Ada Okoye");
        // Wiped, and never grown: that would leave a copy behind.
        let note: Zeroizing<String> = form.text("note");
        assert_eq!((note.as_str(), note.capacity()), ("a\nb&c=", form.raw("note").len()));
        assert_eq!(form.all("offer").collect::<Vec<_>>(), ["Pause", "X"]);
        assert!(form.has("e") && form.has("t") && !form.has("x"));
        assert_eq!(form.raw("x"), "");
        assert_eq!(Form::parse("n=%C3%A9".as_bytes()).unwrap().raw("n"), "\u{e9}");
        assert!(Form::parse(b"").is_some());
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for bytes in [&b"a=%"[..], b"a=%4", b"a=%zz", b"a=%ff", b"%=a", b"a=\xff"] {
            assert!(Form::parse(bytes).is_none(), "{bytes:?}");
        }
        let many = "a=b&".repeat(MOST_FIELDS);
        assert!(Form::parse(many.as_bytes()).is_some());
        assert!(Form::parse(format!("{many}a=b").as_bytes()).is_none());
    }
}
