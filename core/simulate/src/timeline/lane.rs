//! One thing's life: what it was, from when to when.

use statefulset::Millis;

/// A stretch of time in one state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Span<T> {
    pub from: Millis,
    /// `None` while it lasts.
    pub to: Option<Millis>,
    pub what: T,
}

/// Stretches one after the other; between them the thing was not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Lane<T>(Vec<Span<T>>);

impl<T> Default for Lane<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Lane<T> {
    /// From `at` on the thing is in this state, or (`None`) not there. What lasted no time at all leaves no trace.
    pub(super) fn turn(&mut self, at: Millis, what: Option<T>) {
        if let Some(last) = self.0.last_mut().filter(|last| last.to.is_none()) {
            if what.as_ref() == Some(&last.what) {
                return;
            }
            if last.from == at {
                self.0.pop();
            } else {
                last.to = Some(at);
            }
        }
        let Some(what) = what else {
            return;
        };
        // What was left for no time goes on.
        match self.0.last_mut() {
            Some(last) if last.to == Some(at) && last.what == what => last.to = None,
            _ => self.0.push(Span {
                from: at,
                to: None,
                what,
            }),
        }
    }

    /// The state it is in, or was in last.
    pub(super) fn last(&self) -> Option<&T> {
        self.0.last().map(|span| &span.what)
    }

    /// All stretches that reach into the time from `from` to `to`, cut to it.
    pub(super) fn within(
        &self,
        from: Millis,
        to: Millis,
    ) -> impl Iterator<Item = (Millis, Millis, &T)> {
        self.0.iter().filter_map(move |span| {
            let (begin, end) = (span.from.max(from), span.to.unwrap_or(to).min(to));
            (begin < end).then_some((begin, end, &span.what))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Lane;

    #[test]
    fn stretches_follow_each_other() {
        let mut lane = Lane::default();
        lane.turn(10, Some('a'));
        lane.turn(20, Some('a'));
        lane.turn(30, Some('b'));
        lane.turn(30, Some('c'));
        lane.turn(40, None);
        lane.turn(50, Some('c'));
        let all: Vec<_> = lane.within(0, 60).collect();
        assert_eq!(all, [(10, 30, &'a'), (30, 40, &'c'), (50, 60, &'c')]);
        let some: Vec<_> = lane.within(20, 35).collect();
        assert_eq!(some, [(20, 30, &'a'), (30, 35, &'c')]);
        assert_eq!(lane.last(), Some(&'c'));
    }

    #[test]
    fn what_is_interrupted_for_no_time_is_not_interrupted() {
        let mut lane = Lane::default();
        lane.turn(10, Some('a'));
        lane.turn(20, Some('b'));
        lane.turn(20, Some('a'));
        assert_eq!(lane.within(0, 30).collect::<Vec<_>>(), [(10, 30, &'a')]);
    }
}
