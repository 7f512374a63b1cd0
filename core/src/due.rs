//! When something is due: working days, the practice's own shorter deadlines, the next session.
//!
//! A due day is counted from the day on which the desk received the choice, in the desk's own zone.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::repair::RepairOption;

/// The days of the week on which a practice works. At least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingWeek(u8);

impl WorkingWeek {
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// A week from its bits, Monday lowest; `None` if no day is set or a bit above Sunday is.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 || bits > 0b111_1111 { None } else { Some(Self(bits)) }
    }

    /// The week's bits, Monday lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether the practice works on that day of the week.
    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// The `count`-th working day after `day`; a count of 0 is `day` itself.
    #[must_use]
    pub fn after(self, day: NaiveDate, count: u8) -> NaiveDate {
        let mut left = count;
        let mut at = day;
        while left > 0 {
            // The calendar ends in the year 262142; stopping there is as good as any answer.
            let Some(next) = at.checked_add_days(Days::new(1)) else { return at };
            at = next;
            if self.has(at.weekday()) {
                left -= 1;
            }
        }
        at
    }
}

impl Default for WorkingWeek {
    fn default() -> Self {
        Self::MONDAY_TO_FRIDAY
    }
}

/// Deadlines that a practice set shorter than the standard ones; `None` keeps the standard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// `WrittenFollowUp`, in working days (standard 3).
    pub written_follow_up: Option<u8>,
    /// `RequestProvider`, in working days (standard 2).
    pub request_provider: Option<u8>,
    /// `RepairQuietly`, in days of the calendar (standard 7).
    pub repair_quietly: Option<u8>,
}

/// When a choice is due at the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// From now on, until the client says otherwise. It cannot be late.
    AtOnce,
    /// At the next session, whose day the desk was not told.
    NextSession,
    /// By the end of that day.
    By(NaiveDate),
}

impl Due {
    /// The due rule of `option`, received on `received`, with the day of the next session if known.
    ///
    /// Source: the product's table of options. A practice's deadline counts only where it is the
    /// shorter one. `Keep` never travels; its answer is [`Due::NextSession`], which nobody asks for.
    #[must_use]
    pub fn of(
        option: RepairOption,
        received: NaiveDate,
        next_session: Option<NaiveDate>,
        week: WorkingWeek,
        deadlines: Deadlines,
    ) -> Self {
        let next_session = next_session.filter(|day| *day >= received);
        let shorter = |own: Option<u8>, standard: u8| own.map_or(standard, |own| own.min(standard));
        let sooner = |day: NaiveDate| next_session.map_or(day, |session| session.min(day));
        match option {
            RepairOption::Pause | RepairOption::NoContact => Self::AtOnce,
            RepairOption::WrittenFollowUp => {
                Self::By(sooner(week.after(received, shorter(deadlines.written_follow_up, 3))))
            }
            RepairOption::RequestProvider => {
                Self::By(week.after(received, shorter(deadlines.request_provider, 2)))
            }
            RepairOption::RepairQuietly => {
                let days = shorter(deadlines.repair_quietly, 7);
                let last = received.checked_add_days(Days::new(days.into())).unwrap_or(received);
                Self::By(sooner(last))
            }
            RepairOption::Keep
            | RepairOption::SwitchTopic
            | RepairOption::BriefCheckIn
            | RepairOption::Interpreter => next_session.map_or(Self::NextSession, Self::By),
        }
    }

    /// The day, where there is one.
    #[must_use]
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::By(day) => Some(day),
            Self::AtOnce | Self::NextSession => None,
        }
    }
}

/// Days since 1970-01-01, as they travel; `None` before that day or past the year 262142.
#[must_use]
pub fn day_number(day: NaiveDate) -> Option<u32> {
    u32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

/// The day of that number, as it travels.
#[must_use]
pub fn day_of(number: u32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_days(Days::new(number.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_skip_the_days_off() {
        // 2026-03-05 is a Thursday.
        let week = WorkingWeek::MONDAY_TO_FRIDAY;
        assert_eq!(week.after(day("2026-03-05"), 0), day("2026-03-05"));
        assert_eq!(week.after(day("2026-03-05"), 1), day("2026-03-06"));
        assert_eq!(week.after(day("2026-03-05"), 2), day("2026-03-09"));
        assert_eq!(week.after(day("2026-03-07"), 3), day("2026-03-11"));
        // Sunday to Thursday.
        let week = WorkingWeek::from_bits(0b100_1111).unwrap();
        assert_eq!(week.after(day("2026-03-05"), 1), day("2026-03-08"));
        assert_eq!(WorkingWeek::from_bits(0), None);
        assert_eq!(WorkingWeek::from_bits(128), None);
    }

    #[test]
    fn due_days_follow_the_table() {
        use RepairOption as O;
        let thursday = "2026-03-05";
        let none = Deadlines::default();
        let short = Deadlines {
            written_follow_up: Some(1),
            request_provider: Some(9),
            repair_quietly: Some(2),
        };
        let cases: [(O, Option<&str>, Deadlines, Due); 16] = [
            (O::Pause, None, none, Due::AtOnce),
            (O::NoContact, Some("2026-03-06"), none, Due::AtOnce),
            (O::SwitchTopic, None, none, Due::NextSession),
            (O::SwitchTopic, Some("2026-03-12"), none, Due::By(day("2026-03-12"))),
            (O::WrittenFollowUp, None, none, Due::By(day("2026-03-10"))),
            (O::WrittenFollowUp, Some("2026-03-09"), none, Due::By(day("2026-03-09"))),
            (O::WrittenFollowUp, Some("2026-03-20"), none, Due::By(day("2026-03-10"))),
            (O::WrittenFollowUp, Some("2026-03-01"), none, Due::By(day("2026-03-10"))),
            (O::WrittenFollowUp, None, short, Due::By(day("2026-03-06"))),
            (O::RequestProvider, None, none, Due::By(day("2026-03-09"))),
            (O::RequestProvider, None, short, Due::By(day("2026-03-09"))),
            (O::RepairQuietly, None, none, Due::By(day("2026-03-12"))),
            (O::RepairQuietly, Some("2026-03-10"), none, Due::By(day("2026-03-10"))),
            (O::RepairQuietly, None, short, Due::By(day("2026-03-07"))),
            (O::BriefCheckIn, None, none, Due::NextSession),
            (O::Interpreter, Some("2026-03-11"), none, Due::By(day("2026-03-11"))),
        ];
        for (option, session, deadlines, wanted) in cases {
            let week = WorkingWeek::MONDAY_TO_FRIDAY;
            let due = Due::of(option, day(thursday), session.map(day), week, deadlines);
            assert_eq!(due, wanted, "{option:?} {session:?} {deadlines:?}");
        }
    }

    #[test]
    fn days_travel_as_numbers() {
        assert_eq!(day_number(day("1970-01-01")), Some(0));
        assert_eq!(day_number(day("2026-03-05")), Some(20_517));
        assert_eq!(day_of(20_517), Some(day("2026-03-05")));
        assert_eq!(day_number(day("1969-12-31")), None);
    }
}
