//! Where a moment stands on the axis. Long stretches in which nothing happens are cut short.

use statefulset::Millis;

/// A stretch in which nothing happens is cut if it is so many times as long as everything shorter together.
const LONG: Millis = 3;

/// It then takes this part of what everything shorter takes.
const SHORT: Millis = 4;

/// Distances between ticks that people can read, in seconds.
const STEPS: [Millis; 18] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/// One stretch between two moments at which something happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stretch {
    from: Millis,
    to: Millis,
    /// How many milliseconds' room it gets.
    room: Millis,
}

impl Stretch {
    const fn length(&self) -> Millis {
        self.to - self.from
    }

    const fn is_cut(&self) -> bool {
        self.room < self.length()
    }
}

/// The axis.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Scale {
    stretches: Vec<Stretch>,
    width: f64,
}

impl Scale {
    /// An axis of this width from the first to the last of `moments`.
    pub(super) fn new(mut moments: Vec<Millis>, width: f64) -> Self {
        moments.sort_unstable();
        moments.dedup();
        let mut stretches: Vec<_> = moments
            .windows(2)
            .map(|pair| Stretch {
                from: pair[0],
                to: pair[1],
                room: pair[1] - pair[0],
            })
            .collect();
        let mut by_length: Vec<&mut Stretch> = stretches.iter_mut().collect();
        by_length.sort_by_key(|stretch| stretch.room);
        let mut shorter = 0;
        for stretch in by_length {
            if shorter > 0 && stretch.room > LONG * shorter {
                stretch.room = (shorter / SHORT).max(1);
            }
            shorter += stretch.room;
        }
        Self { stretches, width }
    }

    /// The place of a moment: 0 at the beginning, `width` at the end.
    pub(super) fn place(&self, at: Millis) -> f64 {
        let mut before = 0.0;
        for stretch in &self.stretches {
            if at < stretch.to {
                let inside = (at - stretch.from).max(0);
                before += float(stretch.room) * float(inside) / float(stretch.length());
                break;
            }
            before += float(stretch.room);
        }
        before * self.unit()
    }

    /// Stretches that are cut short: from, to.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (Millis, Millis)> {
        let cut = self.stretches.iter().filter(|stretch| stretch.is_cut());
        cut.map(|stretch| (stretch.from, stretch.to))
    }

    /// Round moments, counted from `zero`, that are at least `apart` from each other and not in a cut.
    pub(super) fn ticks(&self, zero: Millis, apart: f64) -> Vec<Millis> {
        let (Some(first), Some(last)) = (self.stretches.first(), self.stretches.last()) else {
            return Vec::new();
        };
        let fits = |step: &Millis| float(step * 1000) * self.unit() >= apart;
        let step = STEPS.into_iter().find(fits).unwrap_or(STEPS[17]) * 1000;
        let mut ticks: Vec<Millis> = Vec::new();
        let mut at = zero + (first.from - zero + step - 1).div_euclid(step) * step;
        while at <= last.to {
            let cut = self.cuts().find(|&(from, to)| from < at && at < to);
            if let Some((_, to)) = cut {
                // On to the first tick after the cut.
                at += ((to - at + step - 1) / step) * step;
                continue;
            }
            let free = ticks
                .last()
                .is_none_or(|&before| self.place(at) - self.place(before) >= apart);
            if free {
                ticks.push(at);
            }
            at += step;
        }
        ticks
    }

    /// Room for one millisecond.
    fn unit(&self) -> f64 {
        let all: Millis = self.stretches.iter().map(|stretch| stretch.room).sum();
        self.width / float(all.max(1))
    }
}

/// Exact as long as the simulated time is below some hundred thousand years.
#[allow(
    clippy::cast_precision_loss,
    reason = "a picture needs no more than 52 bits"
)]
const fn float(millis: Millis) -> f64 {
    millis as f64
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "small whole numbers are exact")]
mod tests {
    use super::Scale;

    #[test]
    fn time_is_even() {
        let scale = Scale::new(vec![4_000, 0, 1_000, 4_000], 400.0);
        assert_eq!(scale.place(0), 0.0);
        assert_eq!(scale.place(3_000), 300.0);
        assert_eq!(scale.place(9_000), 400.0);
        assert_eq!(scale.cuts().count(), 0);
        assert_eq!(scale.ticks(0, 90.0), [0, 1_000, 2_000, 3_000, 4_000]);
        assert_eq!(scale.ticks(0, 150.0), [0, 2_000, 4_000]);
    }

    #[test]
    fn quiet_hours_are_cut() {
        let hour = 3_600_000;
        let scale = Scale::new(vec![0, 4_000, hour, hour + 4_000], 100.0);
        assert_eq!(scale.cuts().collect::<Vec<_>>(), [(4_000, hour)]);
        assert_eq!(scale.place(4_000), 40.0);
        assert_eq!(scale.place(hour), 60.0);
        assert_eq!(scale.place(hour + 4_000), 100.0);
        let ticks = scale.ticks(0, 20.0);
        assert_eq!(ticks, [0, 2_000, 4_000, hour, hour + 2_000, hour + 4_000]);
    }

    #[test]
    fn nothing_has_no_ticks() {
        let scale = Scale::new(vec![5], 80.0);
        assert_eq!(scale.place(5), 0.0);
        assert!(scale.ticks(0, 10.0).is_empty());
    }
}
