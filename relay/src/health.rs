//! Whether the relay is well. Nobody signs this question, so it must cost the store next to nothing,
//! whoever asks and how often.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::clock::Clock;

/// How long an answer of the store's counts.
const KEPT: Duration = Duration::from_secs(1);

/// When the store answered last, on the steady clock, and whether it was ready. Locked while it is asked.
#[derive(Default)]
pub(crate) struct Health(Arc<Mutex<Option<(Duration, bool)>>>);

impl Health {
    /// The answer of the last second, or else the one that `ask` gets. Whoever comes while the store is
    /// asked waits for that same answer.
    pub(crate) async fn is_ready(
        &self,
        clock: &Arc<dyn Clock>,
        ask: impl Future<Output = bool> + Send + 'static,
    ) -> bool {
        let mut kept = Arc::clone(&self.0).lock_owned().await;
        if let Some((at, is_ready)) = *kept
            && clock.steady().saturating_sub(at) < KEPT
        {
            return is_ready;
        }
        let clock = Arc::clone(clock);
        // A task of its own: who asks and hangs up would otherwise make room for the next question.
        let asked = tokio::spawn(async move {
            let is_ready = ask.await;
            *kept = Some((clock.steady(), is_ready));
            is_ready
        });
        asked.await.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    /// Milliseconds, as a test sets them.
    #[derive(Default)]
    struct Hands(AtomicU64);

    impl Clock for Hands {
        fn steady(&self) -> Duration {
            Duration::from_millis(self.0.load(Ordering::SeqCst))
        }

        fn unix(&self) -> Duration {
            self.steady()
        }
    }

    /// A store that answers as often as it is let, and counts.
    struct Asked {
        count: AtomicU64,
        answers: Semaphore,
    }

    impl Asked {
        fn new(answers: usize) -> Arc<Self> {
            Arc::new(Self { count: AtomicU64::new(0), answers: Semaphore::new(answers) })
        }

        /// Ready at each question but every third.
        async fn ask(self: Arc<Self>) -> bool {
            let count = self.count.fetch_add(1, Ordering::SeqCst) + 1;
            self.answers.acquire().await.unwrap().forget();
            !count.is_multiple_of(3)
        }

        fn count(&self) -> u64 {
            self.count.load(Ordering::SeqCst)
        }
    }

    fn run(story: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(story);
    }

    #[test]
    fn a_second_costs_one_question() {
        run(async {
            let hands = Arc::new(Hands::default());
            let clock: Arc<dyn Clock> = Arc::<Hands>::clone(&hands);
            let (health, asked) = (Health::default(), Asked::new(10));
            for (now, is_ready, count) in [
                (0, true, 1),
                (999, true, 1),
                (1_000, true, 2),
                (1_999, true, 2),
                (2_000, false, 3),
                (2_500, false, 3),
                (3_000, true, 4),
            ] {
                hands.0.store(now, Ordering::SeqCst);
                for _ in 0..50 {
                    let answer = health.is_ready(&clock, Arc::clone(&asked).ask()).await;
                    assert_eq!((answer, asked.count()), (is_ready, count), "at {now}");
                }
            }
        });
    }

    #[test]
    fn who_hangs_up_does_not_have_the_store_asked_again() {
        run(async {
            let clock: Arc<dyn Clock> = Arc::new(Hands::default());
            let (health, asked) = (Arc::new(Health::default()), Asked::new(0));
            let mut waiting = tokio::task::JoinSet::new();
            for _ in 0..50 {
                let (health, clock) = (Arc::clone(&health), Arc::clone(&clock));
                let ask = Arc::clone(&asked).ask();
                waiting.spawn(async move { health.is_ready(&clock, ask).await });
            }
            while asked.count() == 0 {
                tokio::task::yield_now().await;
            }
            waiting.shutdown().await;
            asked.answers.add_permits(10);
            assert!(health.is_ready(&clock, Arc::clone(&asked).ask()).await);
            assert_eq!(asked.count(), 1);
        });
    }
}
