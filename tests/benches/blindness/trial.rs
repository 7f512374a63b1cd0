//! One trial: something or nothing happens on the phone, and the syncs that follow are watched.

use attune_core::repair::RepairOption;
use attune_tests::road::{Syncs, sync_at_its_pace};
use attune_tests::tap::{Tap, Timed};
use attune_tests::world::{World, monday};

/// What happened before the phone synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Nothing,
    Choice,
    TakenBack,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Nothing, Self::Choice, Self::TakenBack];
}

/// What was seen of it.
pub(crate) struct Trial {
    pub(crate) kind: Kind,
    /// The messages of each watched sync.
    pub(crate) seen: [Vec<Timed>; 3],
}

impl Trial {
    /// From a settled state to a settled state.
    pub(crate) fn run(w: &mut World, tap: &Tap, kind: Kind) -> Self {
        let now = monday();
        let mut open = (kind == Kind::TakenBack).then(|| w.share(RepairOption::Pause, now));
        settle(w);
        match kind {
            Kind::Nothing => {}
            Kind::Choice => open = Some(w.share(RepairOption::Pause, now)),
            Kind::TakenBack => open.into_iter().for_each(|case| w.phone.take_back(case).unwrap()),
        }
        let watch = |who: &mut dyn Syncs| {
            sync_at_its_pace(who, tap.address(), now).unwrap();
            tap.take_timed()
        };
        let seen = [watch(&mut w.phone), watch(&mut w.desk), watch(&mut w.phone)];
        assert_eq!(w.inbox(now).len(), usize::from(kind == Kind::Choice), "what it was about");
        if kind == Kind::Choice {
            open.into_iter().for_each(|case| w.phone.take_back(case).unwrap());
        }
        settle(w);
        Self { kind, seen }
    }

    /// Everything but the time: direction, head and body of each message, in order.
    pub(crate) fn shape(&self, at: usize) -> Vec<(bool, usize, usize)> {
        self.seen[at]
            .iter()
            .map(|timed| (timed.message.outward, timed.message.head, timed.message.body))
            .collect()
    }

    /// All of the time, in microseconds: each message, each pause before the next, the whole.
    pub(crate) fn times(&self, at: usize) -> Vec<(String, f64)> {
        let seen = &self.seen[at];
        let micros = |from: std::time::Duration, to: std::time::Duration| {
            to.as_secs_f64().mul_add(1e6, -from.as_secs_f64() * 1e6)
        };
        let mut times = Vec::new();
        for (number, timed) in (1..).zip(seen) {
            times.push((format!("message {number}"), micros(timed.begins, timed.ends)));
        }
        for (number, two) in (1..).zip(seen.windows(2)) {
            let who = if two[0].message.outward { "the relay's" } else { "the party's" };
            times.push((
                format!("{who} pause after message {number}"),
                micros(two[0].ends, two[1].begins),
            ));
        }
        if let [first, .., last] = &seen[..] {
            times.push(("the whole".to_owned(), micros(first.begins, last.ends)));
        }
        times
    }
}

/// Until nobody has anything to say.
fn settle(w: &mut World) {
    let now = monday();
    for _ in 0..2 {
        w.sync_phone(now);
        w.sync_desk(now);
    }
    w.sync_phone(now);
}
