//! The engine on a target made up for the test, with a clock that stands still but for waiting.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attune_load::{
    Answer, Broken, Client, Clock, Halt, Mix, PAYLOAD_LEN, Payload, Plan, Schedule, Target,
    WhenBroken, open_lanes, run, verify,
};

/// tokio's paused time: it goes on only while everybody waits, to the next moment somebody waits for.
struct Paused(tokio::time::Instant);

impl Paused {
    fn start() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Clock for Paused {
    fn another(&self) -> std::io::Result<Self> {
        Ok(Self(self.0))
    }

    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    async fn until(&mut self, at: Duration) {
        tokio::time::sleep_until(self.0 + at).await;
    }
}

type Rows = HashMap<u32, Vec<u8>>;

/// Keeps payloads in memory, and does what it is told to do wrong.
struct Made {
    payload: Arc<Payload>,
    rows: Mutex<Rows>,
    asked: Mutex<u64>,
    does: Does,
    start: tokio::time::Instant,
}

#[derive(Clone, Copy, PartialEq)]
enum Does {
    Well,
    /// Takes so long for the PUT of that number.
    Stall(u64, Duration),
    /// Acknowledges that PUT and does not keep it.
    Lose(u64),
    /// Keeps that PUT with a byte changed.
    Spoil(u64),
    /// Refuses every PUT that many.
    Refuse(u64),
    /// Keeps that PUT and answers nothing.
    Break(u64),
}

/// Each answer takes that long.
const USUAL: Duration = Duration::from_millis(1);

struct MadeClient(Arc<Made>);

struct Shared(Arc<Made>);

impl Target for Shared {
    type Client = MadeClient;

    async fn client(&self, _: u32) -> Result<MadeClient, Broken> {
        Ok(MadeClient(Arc::clone(&self.0)))
    }
}

impl Client for MadeClient {
    async fn open(&mut self, _: u32) -> Result<u64, Broken> {
        Ok(0)
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let made = &self.0;
        let number = {
            let mut asked = made.asked.lock().unwrap();
            *asked += 1;
            *asked - 1
        };
        let wait = match made.does {
            Does::Stall(at, wait) if at == number => wait,
            _ => USUAL,
        };
        tokio::time::sleep(wait).await;
        let mut bytes = Box::new([0; PAYLOAD_LEN]);
        made.payload.write(lane, version, &mut bytes);
        match made.does {
            Does::Lose(at) if at == number => return Ok(Answer::Acknowledged),
            Does::Refuse(every) if number % every == 0 => return Ok(Answer::Refused("FULL")),
            Does::Spoil(at) if at == number => bytes[5_000] ^= 1,
            _ => {}
        }
        made.rows.lock().unwrap().insert(lane, bytes.to_vec());
        if made.does == Does::Break(number) {
            return Err(Broken("no answer came"));
        }
        Ok(Answer::Acknowledged)
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        tokio::time::sleep(USUAL).await;
        Ok(self.0.rows.lock().unwrap().get(&lane).cloned())
    }
}

impl Made {
    fn that(does: Does) -> (Arc<Shared>, Arc<Payload>) {
        let payload = Arc::new(Payload::new(1));
        let made = Self {
            payload: Arc::clone(&payload),
            rows: Mutex::default(),
            asked: Mutex::default(),
            does,
            start: tokio::time::Instant::now(),
        };
        (Arc::new(Shared(Arc::new(made))), payload)
    }
}

fn plan(rate: Option<f64>) -> Plan {
    Plan {
        clients: 2,
        schedule: rate.map(|rate| Schedule::new(rate, 2).unwrap()),
        mix: Mix::PUTS,
        duration: Duration::from_secs(10),
        rounds: None,
        when_broken: WhenBroken::Stop,
    }
}

/// At 100 a second by two clients, each asks every 20 ms. One answer that takes a second holds up
/// the 50 after it, each a little less; a count from the moment of sending would know of one.
#[tokio::test(start_paused = true)]
async fn a_stall_is_felt_by_all_it_held_up() {
    let (target, _) = Made::that(Does::Stall(100, Duration::from_secs(1)));
    let mut ledger = open_lanes(&target, 8, 2).await.unwrap();
    let report = run(&target, &plan(Some(100.0)), &Paused::start(), &mut ledger, &Halt::default())
        .await
        .unwrap();
    assert_eq!(report.acknowledged, 1_000, "the schedule is kept, whatever happens");
    let close = |share: f64, wanted: u128| {
        let millis = report.put_within(share).as_millis();
        assert!(millis.abs_diff(wanted) <= 1 + wanted / 100, "{share}: {millis}, not {wanted}");
    };
    close(0.5, 1);
    close(0.94, 1);
    // 53 of a thousand were late, the last of them by 12 ms, the first by the whole second.
    close(0.99, 811);
    close(1.0, 1_000);
}

#[tokio::test(start_paused = true)]
async fn without_a_rate_each_client_asks_when_it_was_answered() {
    let (target, payload) = Made::that(Does::Well);
    let mut ledger = open_lanes(&target, 8, 2).await.unwrap();
    let report =
        run(&target, &plan(None), &Paused::start(), &mut ledger, &Halt::default()).await.unwrap();
    assert_eq!(report.acknowledged, 2 * 10_000, "10 s of 1 ms, twice");
    assert_eq!(report.put_within(1.0).as_millis(), 1);
    let verdict = verify(&target, &payload, &mut ledger).await.unwrap();
    assert!(verdict.is_good() && verdict.lanes == 8, "{verdict:?}");
}

/// What was acknowledged and not kept is found; so is what was kept otherwise than it was sent.
#[tokio::test(start_paused = true)]
async fn a_target_that_lies_is_found_out() {
    // With 5,000 lanes none is written twice: no later version hides the loss.
    for (does, lost, wrong) in [
        (Does::Well, 0, 0),
        (Does::Lose(700), 1, 0),
        (Does::Spoil(700), 0, 1),
        (Does::Refuse(10), 0, 0),
        (Does::Break(700), 0, 0),
    ] {
        let (target, payload) = Made::that(does);
        let mut ledger = open_lanes(&target, 5_000, 2).await.unwrap();
        let report =
            run(&target, &plan(Some(100.0)), &Paused::start(), &mut ledger, &Halt::default())
                .await
                .unwrap();
        let verdict = verify(&target, &payload, &mut ledger).await.unwrap();
        assert_eq!((verdict.lost, verdict.wrong), (lost, wrong));
        match does {
            Does::Refuse(_) => {
                assert_eq!((report.acknowledged, report.refused["FULL"]), (900, 100));
            }
            // That client stopped, and the other went on.
            Does::Break(_) => {
                assert_eq!((report.acknowledged, report.broken["no answer came"]), (850, 1));
            }
            _ => assert_eq!(report.acknowledged, 1_000),
        }
        if does == Does::Break(700) {
            // It was kept: from now on that is what must be there.
            let again = verify(&target, &payload, &mut ledger).await.unwrap();
            assert!(again.is_good());
            target.0.rows.lock().unwrap().clear();
            let gone = verify(&target, &payload, &mut ledger).await.unwrap();
            assert_eq!(gone.lost, 851);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_broken_connection_is_mended_when_asked_to() {
    let (target, payload) = Made::that(Does::Break(700));
    let mut ledger = open_lanes(&target, 8, 2).await.unwrap();
    let retry =
        Plan { when_broken: WhenBroken::Retry(Duration::from_secs(1)), ..plan(Some(100.0)) };
    let report =
        run(&target, &retry, &Paused::start(), &mut ledger, &Halt::default()).await.unwrap();
    assert_eq!((report.acknowledged, report.broken["no answer came"]), (1_000, 1));
    assert!(verify(&target, &payload, &mut ledger).await.unwrap().is_good());
    assert!(target.0.start.elapsed() < Duration::from_secs(11));
}

#[tokio::test(start_paused = true)]
async fn a_mix_reads_what_was_written() {
    let (target, _) = Made::that(Does::Well);
    let mut ledger = open_lanes(&target, 8, 2).await.unwrap();
    let mixed = Plan { mix: Mix::new(0.25).unwrap(), ..plan(Some(100.0)) };
    let report =
        run(&target, &mixed, &Paused::start(), &mut ledger, &Halt::default()).await.unwrap();
    assert_eq!((report.acknowledged, report.read), (250, 750));
    assert_eq!(report.get_within(1.0).as_millis(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_ends_when_each_lane_was_written_or_when_told_to() {
    let (target, _) = Made::that(Does::Well);
    let mut ledger = open_lanes(&target, 9, 2).await.unwrap();
    let thrice = Plan { rounds: Some(3), ..plan(None) };
    let halt = Halt::default();
    let report = run(&target, &thrice, &Paused::start(), &mut ledger, &halt).await.unwrap();
    assert_eq!(report.acknowledged, 27);
    halt.now();
    let report = run(&target, &thrice, &Paused::start(), &mut ledger, &halt).await.unwrap();
    assert_eq!(report.acknowledged, 0);
}
