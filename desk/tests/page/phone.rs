//! A client's phone on the other side of a desk's page, with a real relay between them.

use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::lane::ids::CaseId;
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_core::sync::SyncAnswer;
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE};
use attune_relay::{Config, Relay, Running};
use tempfile::TempDir;

use crate::world::{Browser, Hands, World, post};

/// A relay, open to anybody on this machine.
pub(crate) struct Place {
    pub(crate) relay: Running,
    _folder: TempDir,
}

pub(crate) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(Config::trial(folder.path().join("relay.db"))).unwrap();
    Place { relay, _folder: folder }
}

/// A phone, as the core has it.
pub(crate) struct Phone {
    pub(crate) companion: Companion,
    hands: Hands,
}

impl Phone {
    pub(crate) fn new(world: &World, name: &str) -> Self {
        let dir = world.place().join(name);
        let passphrase = Passphrase::new("a phone's own words".to_owned());
        let (path, cost) = (dir.join(STORE_FILE), KdfCost::LEAST);
        let store =
            FileKeyStore::create(&path, &passphrase, cost, &mut SystemEntropy::new()).unwrap();
        let entropy = Box::new(SystemEntropy::new());
        let companion = Companion::create(&dir, &store, None, entropy).unwrap();
        Self { companion, hands: world.hands.clone() }
    }

    pub(crate) fn join(&mut self, code: &str, relay: Option<&str>, name: &str) -> PracticeId {
        let practice = self.companion.join(code, relay, Some(name)).unwrap();
        self.sync();
        practice
    }

    pub(crate) fn sync(&mut self) {
        self.companion.sync_begin(self.hands.now()).unwrap();
        while self.step() {}
    }

    /// One request; whether there was one.
    pub(crate) fn step(&mut self) -> bool {
        let Some(request) = self.companion.sync_next().unwrap() else { return false };
        let answer = post(&request.url, request.body.as_slice());
        let answer = answer.as_ref().map_or(SyncAnswer::Unreachable, |(status, body)| {
            SyncAnswer::Http { status: *status, body }
        });
        self.companion.sync_feed(self.hands.now(), answer).unwrap();
        true
    }

    /// Marks a moment, and shares an option for it with these words, and what it was about.
    pub(crate) fn share(&mut self, with: PracticeId, option: RepairOption, words: &str) -> CaseId {
        let now = self.hands.now();
        let moment = self.companion.flag(now).unwrap();
        let tells = !words.is_empty();
        if tells {
            self.companion.set_note(moment, Some(words)).unwrap();
            self.companion.set_pointer(moment, Some(Pointer::Said)).unwrap();
        }
        let choice = RepairChoice {
            option,
            practice: with,
            moment: Some(moment),
            with_pointer: tells,
            with_words: tells,
            until: None,
            replaces: None,
        };
        let preview = self.companion.preview(&choice, now).unwrap();
        let case = self.companion.share(&preview.digest, now).unwrap();
        self.sync();
        case
    }

    pub(crate) fn state(&self, case: CaseId) -> ChoiceState {
        let choices = self.companion.choices(self.hands.now()).unwrap();
        choices.into_iter().find(|choice| choice.case == case).unwrap().state
    }
}

/// A desk that is linked with a phone, the four words compared at both ends.
pub(crate) struct Linked {
    // Stopped in this order: who asks before who answers.
    pub(crate) browser: Browser,
    pub(crate) world: World,
    pub(crate) phone: Phone,
    pub(crate) practice: PracticeId,
    /// Where the client's page is.
    pub(crate) client: String,
    _place: Place,
}

impl Linked {
    /// With a therapist's desk, or with a coordinator's.
    pub(crate) fn new(role: &str, name: &str) -> Self {
        let place = place();
        let world = World::new();
        let mut browser = world.browser();
        let mut card = World::card(&place.relay.origin);
        for option in ["RepairQuietly", "BriefCheckIn", "RequestProvider", "Interpreter"] {
            card.push(("offer", option.to_owned()));
        }
        let start = format!("/start/{role}");
        let made = browser.write(&start, &start, &card);
        assert_eq!(made.status, 303, "{}", made.body);
        browser.write("/clients", "/sync", &[]);
        let fields = [("kind", "live".to_owned()), ("form", "link".to_owned())];
        let at = browser.write("/invite", "/invite", &fields).location().to_owned();
        let page = browser.get(&at);
        let link = page.body.split_once("<p class=\"code\">").unwrap().1;
        let link = link.split('<').next().unwrap().replace("&amp;", "&");
        let mut phone = Phone::new(&world, "phone");
        let practice = phone.join(&link, None, name);
        sync(&mut browser);
        phone.sync();
        sync(&mut browser);
        let client = at.replace("/invite/", "/clients/");
        let compare = format!("{client}/words");
        let words = phone.companion.words(practice).unwrap();
        let shown = words.map(|word| ("word", word.to_owned()));
        assert_eq!(browser.write(&compare, &compare, &shown).location(), client);
        phone.companion.confirm_words(practice, &words).unwrap();
        Self { browser, world, phone, practice, client, _place: place }
    }

    /// A therapist's desk, linked with Sam.
    pub(crate) fn therapist() -> Self {
        Self::new("therapist", "Sam")
    }

    /// Shares an option, and brings it to the desk; the path of its card.
    pub(crate) fn card(&mut self, option: RepairOption, words: &str) -> (CaseId, String) {
        let case = self.phone.share(self.practice, option, words);
        self.sync();
        let hex: String = case.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        (case, format!("/card/{hex}"))
    }

    /// As [`card`](Self::card), and a person opens it.
    pub(crate) fn opened(&mut self, option: RepairOption) -> (CaseId, String) {
        let (case, path) = self.card(option, "");
        let opened = self.write(&format!("{path}/open"), &[]);
        assert_eq!((opened.status, opened.location()), (303, path.as_str()), "{}", opened.body);
        (case, path)
    }

    /// A form of this session, sent to `to`.
    pub(crate) fn write(&mut self, to: &str, fields: &[(&str, &str)]) -> crate::world::Answer {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.browser.write("/clients", to, &fields)
    }

    /// As [`write`](Self::write), from `page` as it is now: the form says which text it was made from.
    pub(crate) fn edit(
        &mut self,
        page: &str,
        to: &str,
        fields: &[(&str, &str)],
    ) -> crate::world::Answer {
        let base = self.browser.get(page).value("base").unwrap_or_default();
        let fields: Vec<_> = fields.iter().copied().chain([("base", base.as_str())]).collect();
        self.write(to, &fields)
    }

    /// The desk syncs, the phone syncs, and once more, so that both know of each other.
    pub(crate) fn sync(&mut self) {
        for _ in 0..2 {
            sync(&mut self.browser);
            self.phone.sync();
        }
    }
}

pub(crate) fn sync(browser: &mut Browser) {
    assert_eq!(browser.write("/clients", "/sync", &[]).status, 303);
}
