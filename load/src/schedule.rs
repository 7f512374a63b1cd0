//! When each request is meant to go out.

use std::time::Duration;

/// Requests at one rate for all clients together, each client in its turn: client 0, 1, 2, then 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    /// Requests a second.
    rate: f64,
    clients: u32,
}

impl Schedule {
    /// `rate` requests a second by `clients` together; `None` when the rate is not above 0.
    #[must_use]
    pub fn new(rate: f64, clients: u32) -> Option<Self> {
        (rate.is_finite() && rate > 0.0 && clients > 0).then_some(Self { rate, clients })
    }

    /// Requests a second.
    #[must_use]
    pub fn rate(self) -> f64 {
        self.rate
    }

    /// When the client's request number `n` is meant to go out, from the start.
    #[must_use]
    pub fn due(&self, client: u32, n: u64) -> Duration {
        let turn = n as f64 * f64::from(self.clients) + f64::from(client);
        Duration::try_from_secs_f64(turn / self.rate).unwrap_or(Duration::MAX)
    }
}

/// Which requests are PUTs and which are GETs: spread evenly, the same in each run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    puts: f64,
}

impl Mix {
    /// PUTs alone.
    pub const PUTS: Self = Self { puts: 1.0 };

    /// That share of PUTs, from 0 to 1; `None` when it is outside.
    #[must_use]
    pub fn new(puts: f64) -> Option<Self> {
        (0.0..=1.0).contains(&puts).then_some(Self { puts })
    }

    /// Whether a client's request number `n` is a PUT.
    #[must_use]
    pub fn is_put(&self, n: u64) -> bool {
        ((n + 1) as f64 * self.puts).floor() > (n as f64 * self.puts).floor()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_take_turns_at_the_rate() {
        let schedule = Schedule::new(100.0, 4).unwrap();
        let due: Vec<u128> = (0..2)
            .flat_map(|n| (0..4).map(move |client| schedule.due(client, n).as_millis()))
            .collect();
        assert_eq!(due, [0, 10, 20, 30, 40, 50, 60, 70]);
        assert_eq!(schedule.due(0, 1_000_000).as_secs(), 40_000);
        for (rate, clients) in [(0.0, 1), (-1.0, 1), (f64::NAN, 1), (1.0, 0)] {
            assert_eq!(Schedule::new(rate, clients), None, "{rate} by {clients}");
        }
    }

    #[test]
    fn a_mix_is_its_share_and_spread() {
        for (share, wanted) in [(0.0, 0), (0.1, 10), (0.25, 25), (0.5, 50), (1.0, 100)] {
            let mix = Mix::new(share).unwrap();
            let puts: Vec<u64> = (0..100).filter(|n| mix.is_put(*n)).collect();
            assert_eq!(puts.len(), wanted, "{share}");
            let gaps = puts.windows(2).map(|pair| pair[1] - pair[0]);
            let longest = gaps.max().unwrap_or(0) as f64;
            assert!(longest * share <= 1.0 + share, "{share}: {longest}");
        }
        assert_eq!(Mix::new(1.1), None);
        assert_eq!(Mix::new(-0.1), None);
    }
}
