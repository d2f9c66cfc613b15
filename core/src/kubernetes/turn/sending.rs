//! Sending the requests of a plan, or of its tail, as far as the order allows (rules E-1 to E-6).

use std::future::Future;
use std::vec;
use std::vec::Vec;

use super::request::{Outcome, Request, Requests, may_try};
use super::tail::Tail;
use crate::execution::{self, Execution};

/// Sends one after the other.
fn send_all(requests: &[Request], mut send: impl FnMut(&Request) -> Outcome) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::NotTried; requests.len()];
    execution::carry_out(&mut begin(requests), |index| {
        let request = &requests[index];
        outcomes[index] = send(request);
        request.in_short(&outcomes[index])
    });
    outcomes
}

/// Sends side by side, at most `width` at a time.
async fn send_all_async<'r, F: Future<Output = Outcome>>(
    requests: &'r [Request],
    width: usize,
    mut send: impl FnMut(&'r Request) -> F,
) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::NotTried; requests.len()];
    let end = |index: usize, outcome: Outcome| {
        let short = requests[index].in_short(&outcome);
        outcomes[index] = outcome;
        short
    };
    let start = |index: usize| send(&requests[index]);
    execution::carry_out_async(&mut begin(requests), width, start, end).await;
    outcomes
}

fn begin(requests: &[Request]) -> Execution {
    Execution::of(requests.iter().map(|request| Some(request.place())))
}

impl Requests {
    /// Begins to carry the plan out: says which requests may be sent now, as outcomes come in. It takes them
    /// [in short](Request::in_short).
    pub fn execution(&self) -> Execution {
        begin(&self.requests)
    }

    /// Sends one after the other what may be sent, and gives an outcome for each request.
    pub fn carry_out(&self, send: impl FnMut(&Request) -> Outcome) -> Vec<Outcome> {
        send_all(&self.requests, send)
    }

    /// The same with futures, as many side by side as the order allows and `width` (at least 1) says.
    pub async fn carry_out_async<'r, F: Future<Output = Outcome>>(
        &'r self,
        width: usize,
        send: impl FnMut(&'r Request) -> F,
    ) -> Vec<Outcome> {
        send_all_async(&self.requests, width, send).await
    }
}

impl Tail {
    /// As [`Requests::may_try`].
    pub fn may_try(&self, index: usize, outcomes: &[Outcome]) -> bool {
        may_try(&self.requests, index, outcomes)
    }

    /// As [`Requests::execution`].
    pub fn execution(&self) -> Execution {
        begin(&self.requests)
    }

    /// As [`Requests::carry_out`].
    pub fn carry_out(&self, send: impl FnMut(&Request) -> Outcome) -> Vec<Outcome> {
        send_all(&self.requests, send)
    }

    /// As [`Requests::carry_out_async`]. A tail goes one by one.
    pub async fn carry_out_async<'r, F: Future<Output = Outcome>>(
        &'r self,
        send: impl FnMut(&'r Request) -> F,
    ) -> Vec<Outcome> {
        send_all_async(&self.requests, 1, send).await
    }
}
