//! The time of a run, counted from its start.

use std::future::Future;
use std::time::{Duration, Instant};

/// A clock for one client. A test brings one of its own.
pub trait Clock: Send + Sync + Sized + 'static {
    /// The same time for another client.
    ///
    /// # Errors
    /// When the system gives no timer.
    fn another(&self) -> std::io::Result<Self>;

    /// Time since the start.
    fn now(&self) -> Duration;

    /// Waits until then; at once when it is past.
    fn until(&mut self, at: Duration) -> impl Future<Output = ()> + Send;
}

/// The machine's own clock. On Linux it wakes to some microseconds; tokio's timers, elsewhere, to a
/// millisecond, which then counts as latency.
pub struct SystemClock {
    start: Instant,
    #[cfg(target_os = "linux")]
    timer: linux::Timer,
}

impl SystemClock {
    /// Starts now. Needs a tokio runtime with its input and output enabled.
    ///
    /// # Errors
    /// When the system gives no timer.
    pub fn start() -> std::io::Result<Self> {
        Self::at(Instant::now())
    }

    fn at(start: Instant) -> std::io::Result<Self> {
        Ok(Self {
            start,
            #[cfg(target_os = "linux")]
            timer: linux::Timer::new()?,
        })
    }
}

impl Clock for SystemClock {
    fn another(&self) -> std::io::Result<Self> {
        Self::at(self.start)
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    async fn until(&mut self, at: Duration) {
        let left = at.saturating_sub(self.now());
        if left.is_zero() {
            return;
        }
        #[cfg(target_os = "linux")]
        if self.timer.wait(left).await.is_ok() {
            return;
        }
        tokio::time::sleep(left).await;
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };
    use tokio::io::unix::AsyncFd;

    /// A timer of the system's that a runtime can wait for (`timerfd_create(2)`).
    pub(super) struct Timer(AsyncFd<OwnedFd>);

    impl Timer {
        pub(super) fn new() -> io::Result<Self> {
            let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
            let timer = timerfd_create(TimerfdClockId::Monotonic, flags)?;
            #[expect(deprecated, reason = "its successor is unsafe; this owns what it registers")]
            Ok(Self(AsyncFd::new(timer)?))
        }

        /// Waits so long, which is not zero: that would switch the timer off.
        pub(super) async fn wait(&mut self, left: Duration) -> io::Result<()> {
            let value = Timespec {
                tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
                tv_nsec: i64::from(left.subsec_nanos()).max(1),
            };
            let once =
                Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value: value };
            timerfd_settime(self.0.get_ref(), TimerfdTimerFlags::empty(), &once)?;
            loop {
                let mut ready = self.0.readable().await?;
                let read = ready.try_io(|timer| {
                    let mut expired = [0; 8];
                    Ok(rustix::io::read(timer.get_ref(), &mut expired)?)
                });
                if let Ok(done) = read {
                    return done.map(|_| ());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_never_wakes_too_soon() {
        let mut clock = SystemClock::start().unwrap();
        for wait in [0, 1, 300, 2_500] {
            let at = clock.now() + Duration::from_micros(wait);
            clock.until(at).await;
            assert!(clock.now() >= at, "{wait}");
        }
        let past = clock.now();
        clock.until(Duration::ZERO).await;
        assert!(clock.another().unwrap().now() >= past, "one start for all");
    }
}
