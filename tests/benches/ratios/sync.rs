//! What a sync costs a phone when nothing happened, in processor time: most syncs are such.

use std::time::Duration;

use attune_core::sync::SyncAnswer;
use rustix::time::{ClockId, clock_gettime};

use crate::harness::{Outcome, Report, by_turns};
use crate::paired::Paired;
use crate::world::{monday, sync};

const GOAL: Duration = Duration::from_millis(2);

/// One practice; with and without an envelope of the desk's to open. A desk syncs more often than a
/// phone, so in practice there is one.
pub(crate) fn idle(report: &mut Report) -> Outcome {
    let (mut silent, mut heard) = (Paired::new()?, Paired::new()?);
    let [quiet, with_news] = by_turns(
        300,
        [&mut || of_phone(&mut silent), &mut || {
            sync(&mut heard.desk, &mut heard.relay, monday());
            of_phone(&mut heard)
        }],
    )?;
    report.at_most("idle sync, processor time, the desk was silent", &quiet, GOAL);
    report.at_most("idle sync, processor time, the desk synced as well", &with_news, GOAL);
    Ok(())
}

/// The phone's part of one sync: this thread's time in user and system mode. The relay does not count.
fn of_phone(pair: &mut Paired) -> Outcome<Duration> {
    let Paired { phone, relay, .. } = pair;
    let mut spent = Duration::ZERO;
    let mut start = processor();
    phone.sync_begin(monday())?;
    while let Some(request) = phone.sync_next()? {
        spent += processor().saturating_sub(start);
        let answer = relay.answer(&request).ok_or("no answer")?;
        start = processor();
        phone.sync_feed(monday(), SyncAnswer::Http { status: 200, body: &answer })?;
    }
    Ok(spent + processor().saturating_sub(start))
}

fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or(0));
    seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or(0))
}
