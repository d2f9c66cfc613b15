//! A set's turn in one call: what is sent, in which order, how much of it side by side (rules E-1 to E-6).

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::json;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome, Request};

use crate::world::{World, body, done, key, line, pod, web_with_claims};

/// Runs a future that wakes itself.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut context) {
            return answer;
        }
    }
}

/// Lets others go first, a few times.
async fn step_aside(mut times: u32) {
    poll_fn(|_| {
        times = times.saturating_sub(1);
        if times == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

/// A set of three pods that may start beside each other (the first one alone, rule O-3), each with a claim, and its
/// revision.
fn wide() -> (World, String) {
    let mut set = web_with_claims();
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    World::with_set(&set)
}

#[test]
fn one_call_is_a_whole_turn() {
    let (mut world, _) = wide();
    let mut sent = Vec::new();
    let tail = world.cluster.carry_out(&key(), 0, |_, request| {
        sent.push(line(request));
        done()
    });
    let tail = tail.expect("there is such a set");
    assert!(!world.is_due(), "it has been finished and settled");
    assert_eq!(sent, lines());
    assert_eq!(tail.requests.len(), 1);
    assert_eq!(tail.events.len(), 6);
}

fn lines() -> Vec<String> {
    let (world, _) = wide();
    let mut lines: Vec<_> = world.lines();
    assert_eq!(lines.len(), 6, "{lines:?}");
    lines.push("PATCH /apis/apps/v1/statefulsets/web/status".to_owned());
    lines
}

#[test]
fn what_depends_on_a_failure_is_not_sent() {
    let (mut world, _) = wide();
    let mut sent = Vec::new();
    let tail = world.cluster.carry_out(&key(), 0, |_, request| {
        sent.push(line(request));
        // The claim of the second pod: that pod is left out, the third goes on beside it.
        let fails = sent.len() == 3;
        if fails {
            Outcome::Failed("no room".into())
        } else {
            done()
        }
    });
    tail.expect("there is such a set");
    let mut expected = lines();
    expected.remove(3);
    assert_eq!(sent, expected);
}

#[test]
fn what_is_held_back_leaves_the_set_due() {
    let (mut world, _) = wide();
    let tail = world.cluster.carry_out(&key(), 0, |_, _| Outcome::NotTried);
    assert!(tail.expect("there is such a set").events.is_empty());
    assert!(world.is_due());
}

#[test]
fn nothing_is_sent_for_a_set_that_is_not_there() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let set = Key::new("default", "nobody");
    let refused = cluster.carry_out(&set, 0, |_, _| panic!("nothing is to be sent"));
    assert_eq!(
        refused.expect_err("nobody").to_string(),
        "StatefulSet default/nobody: .: there is no such set"
    );
}

/// The cluster is shown what is seen while the requests are under way.
#[test]
fn the_cluster_can_learn_meanwhile() {
    let (mut world, revision) = wide();
    let mut shown = false;
    let tail = world.cluster.carry_out(&key(), 0, |cluster, request| {
        if request.path.ends_with("/pods") && !shown {
            shown = true;
            let seen = pod("web-0", &revision).to_string();
            cluster
                .apply(Kind::Pod, seen.as_bytes())
                .expect("it can be read");
        }
        done()
    });
    tail.expect("there is such a set");
    assert!(shown && world.is_due(), "what was seen is news");
}

#[test]
fn chains_go_side_by_side_and_each_in_order() {
    for (width, most) in [(0, 1), (1, 1), (2, 2), (32, 2)] {
        let (mut world, _) = wide();
        let (now, peak) = (Cell::new(0), Cell::new(0));
        let sent = RefCell::new(Vec::new());
        let ended = RefCell::new(Vec::new());
        let send = async |request: &Request| {
            now.set(now.get() + 1);
            peak.set(peak.get().max(now.get()));
            if request.path.ends_with("/pods") {
                let claim = format!("www-{}", name(request));
                assert!(
                    ended.borrow().contains(&claim),
                    "{claim} comes first: {ended:?}"
                );
            }
            // The first takes the longest.
            let patience = 8 - u32::try_from(sent.borrow().len()).expect("few");
            step_aside(patience).await;
            sent.borrow_mut().push(line(request));
            ended.borrow_mut().push(name(request));
            now.set(now.get() - 1);
            done()
        };
        let tail = wait_for(world.cluster.carry_out_async(&key(), 0, width, send));
        assert_eq!(tail.expect("there is such a set").events.len(), 6);
        assert!(!world.is_due());
        assert_eq!(peak.get(), most, "with {width} at a time");
        let (mut sent, mut all) = (sent.into_inner(), lines());
        assert_eq!(sent.last(), all.last(), "the status comes last");
        sent.sort();
        all.sort();
        assert_eq!(sent, all);
    }
}

fn name(request: &Request) -> String {
    let name = &body(request)["metadata"]["name"];
    name.as_str().unwrap_or_default().to_owned()
}

/// A turn can be given to a runtime that moves tasks between threads.
#[test]
fn a_turn_can_be_sent_to_another_thread() {
    fn movable<T: Send>(future: T) -> T {
        future
    }
    async fn send(_: &Request) -> Outcome {
        done()
    }
    let (mut world, _) = wide();
    let plan = world.plan();
    let outcomes = wait_for(movable(plan.carry_out_async(4, send)));
    assert_eq!(outcomes, vec![done(); 6]);
    let set = key();
    let turn = movable(world.cluster.carry_out_async(&set, 0, 4, send));
    assert!(wait_for(turn).is_ok());
}
