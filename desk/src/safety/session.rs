//! Who is at the page: a browser that brought a one-time link, known from then on by its cookie.

use std::sync::Arc;

use attune_core::entropy::EntropyError;
use axum::http::{HeaderMap, header};

use super::secret::Secret;

/// Browsers at once. The link of one more ends the session of the oldest.
const MOST: usize = 4;

/// One browser's session. It lives as long as the program does; the vault has a lock of its own.
pub(crate) struct Session {
    cookie: Secret,
    /// What every form of this session carries.
    pub(crate) csrf: Secret,
}

/// The sessions there are, the oldest first.
#[derive(Default)]
pub(crate) struct Sessions(Vec<Arc<Session>>);

impl Sessions {
    /// Begins one.
    pub(crate) fn begin(&mut self) -> Result<Arc<Session>, EntropyError> {
        let session = Session { cookie: Secret::generate()?, csrf: Secret::generate()? };
        let session = Arc::new(session);
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(Arc::clone(&session));
        Ok(session)
    }

    /// The session whose cookie is among those that were sent.
    pub(crate) fn of(&self, headers: &HeaderMap, port: u16) -> Option<Arc<Session>> {
        let name = cookie_name(port);
        let cookies = headers.get_all(header::COOKIE).iter();
        let pairs = cookies.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
        let given = pairs.filter_map(|pair| pair.trim().split_once('='));
        let mut values = given.filter(|(known, _)| *known == name).map(|(_, value)| value);
        values.find_map(|value| self.0.iter().find(|session| session.cookie.is(value))).cloned()
    }
}

impl Session {
    /// The header that hands the cookie out. Browsers share cookies between the ports of a host, so
    /// the port is in its name.
    pub(crate) fn set_cookie(&self, port: u16) -> String {
        let name = cookie_name(port);
        format!("{name}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie.text())
    }

    /// Whether it is the same one.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.cookie.is(other.cookie.text())
    }
}

fn cookie_name(port: u16) -> String {
    format!("attune-desk-{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers
    }

    #[test]
    fn a_session_is_known_by_its_own_cookie_alone() {
        let mut sessions = Sessions::default();
        let one = sessions.begin().unwrap();
        let other = sessions.begin().unwrap();
        let of = |cookie: &str| sessions.of(&with(cookie), 7000);
        let pair =
            |session: &Session| session.set_cookie(7000).split(';').next().unwrap().to_owned();
        assert!(of(&pair(&one)).unwrap().is(&one));
        assert!(of(&format!("a=b; {}; c", pair(&other))).unwrap().is(&other));
        for cookie in ["", "attune-desk-7000=", "attune-desk-7000", "attune-desk-7000=00"] {
            assert!(of(cookie).is_none(), "{cookie}");
        }
        assert!(of(&pair(&one).replace("7000", "7001")).is_none());
        assert!(of(&format!("{}0", pair(&one))).is_none());
    }

    #[test]
    fn one_browser_too_many_ends_the_session_of_the_oldest() {
        let mut sessions = Sessions::default();
        let all: Vec<_> = (0..=MOST).map(|_| sessions.begin().unwrap()).collect();
        let known = |session: &Session| {
            let cookie = session.set_cookie(7000);
            sessions.of(&with(cookie.split(';').next().unwrap()), 7000).is_some()
        };
        assert!(!known(&all[0]));
        assert!(all[1..].iter().all(|session| known(session)));
    }
}
