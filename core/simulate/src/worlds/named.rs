//! For each pattern a world that provokes it on purpose.

use super::case::Case;
use super::manifest::Manifest;
use super::pattern::Pattern;
use super::step::Step;

/// A world that provokes a pattern.
#[derive(Debug)]
pub struct Named {
    /// The pattern.
    pub pattern: Pattern,
    /// Its set `web`, made from a plain one.
    set: fn(&mut Manifest),
    /// What happens once all is well, one step a line.
    steps: fn() -> Vec<Step>,
}

/// Time for all pods of a set to become ready.
const UP: Step = Step::Advance(60_000);

impl Named {
    /// The world, under one of the two profiles.
    pub fn case(&self, upstream: bool) -> Case {
        let mut set = Manifest::plain("web");
        (self.set)(&mut set);
        let other = Manifest {
            replicas: 1,
            ..Manifest::plain("db-2")
        };
        Case {
            seed: 1,
            upstream,
            nodes: 3,
            sets: vec![set, other],
            steps: (self.steps)(),
        }
    }
}

fn fault(words: &str) -> Step {
    Step::Fault(words.into())
}

fn delete(pod: &str) -> Step {
    Step::DeletePod(pod.into())
}

const fn seconds(seconds: i64) -> Step {
    Step::Advance(seconds * 1000)
}

/// A broken revision, and one that mends it.
fn broken_and_mended() -> Vec<Step> {
    let (bad, good) = (Step::Image("web", 9), Step::Image("web", 2));
    let by_hand = delete("web-2");
    vec![UP, Step::Image9(false), bad, by_hand, UP, good, UP]
}

const fn named(pattern: Pattern, set: fn(&mut Manifest), steps: fn() -> Vec<Step>) -> Named {
    Named {
        pattern,
        set,
        steps,
    }
}

/// At least one for each pattern.
pub const NAMED: &[Named] = &[
    named(
        Pattern::S1,
        |_| {},
        || {
            let (slow, gone, back) = (
                fault("watch sts --delay 15s"),
                Step::DeleteSet("web", true),
                Step::Apply("web"),
            );
            vec![
                UP,
                slow,
                gone,
                seconds(20),
                back,
                seconds(1),
                delete("web-1"),
                UP,
                Step::DeleteSet("web", false),
                Step::Apply("web"),
                UP,
            ]
        },
    ),
    named(
        Pattern::S2,
        |set| set.scaled_delete = true,
        || {
            let (slow, less, more) = (
                fault("watch sts --delay 15s"),
                Step::Scale("web", 2),
                Step::Scale("web", 3),
            );
            vec![UP, less, UP, slow, more, seconds(1), delete("web-0"), UP]
        },
    ),
    named(
        Pattern::S3,
        |_| {},
        || {
            vec![
                UP,
                Step::Claim("disk0-web-3".into()),
                Step::Scale("web", 4),
                UP,
                Step::Image("web", 2),
                UP,
            ]
        },
    ),
    named(
        Pattern::S4,
        |_| {},
        || {
            vec![
                UP,
                fault("watch pods --delay 5s"),
                Step::Image("web", 2),
                seconds(1),
                Step::Scale("web", 4),
                UP,
            ]
        },
    ),
    named(
        Pattern::S5,
        |_| {},
        || {
            vec![
                UP,
                fault("watch pods --delay 5s"),
                delete("web-0"),
                seconds(1),
                Step::Scale("web", 2),
                UP,
            ]
        },
    ),
    // The update is seen and nothing done for a while; then the victim is replaced; then the controller starts again
    // and sees the victim, but not the successor.
    named(
        Pattern::S6,
        |_| {},
        || {
            let (late, update) = (
                fault("calls refuse --skip 1 --times 7"),
                Step::Image("web", 2),
            );
            vec![
                UP,
                late,
                update,
                seconds(5),
                fault("rewind 4980ms"),
                Step::Crash,
                UP,
            ]
        },
    ),
    named(
        Pattern::S7,
        |_| {},
        || {
            let slow = fault("watch controllerrevisions --delay 5s");
            vec![
                UP,
                slow,
                Step::Image("web", 2),
                seconds(2),
                Step::Scale("web", 4),
                UP,
            ]
        },
    ),
    named(
        Pattern::I1,
        |_| {},
        || vec![UP, fault("calls crash --skip 1"), Step::Image("web", 2), UP],
    ),
    named(
        Pattern::I2,
        |_| {},
        || {
            vec![
                UP,
                Step::Image("web", 2),
                Step::Advance(500),
                Step::Scale("web", 4),
                UP,
            ]
        },
    ),
    named(
        Pattern::I3,
        |_| {},
        || {
            vec![
                UP,
                fault("watch pods --delay 5s"),
                Step::Image("web", 2),
                seconds(1),
                Step::Crash,
                UP,
            ]
        },
    ),
    named(
        Pattern::I4,
        |set| set.parallel = true,
        || vec![UP, fault("calls refuse"), Step::Scale("web", 6), UP],
    ),
    named(Pattern::I5, |_| {}, broken_and_mended),
    named(
        Pattern::U1,
        |_| {},
        || vec![UP, fault("watch pods --drop 2"), delete("web-1"), UP],
    ),
    named(Pattern::U2, |set| set.min_ready = 10, Vec::new),
    named(
        Pattern::U3,
        |_| {},
        || {
            vec![
                UP,
                Step::Image("web", 2),
                seconds(3),
                Step::Kill("web-0".into()),
                UP,
            ]
        },
    ),
    named(Pattern::R1, |_| {}, broken_and_mended),
    named(Pattern::R1, |set| set.parallel = true, broken_and_mended),
    named(Pattern::R1, |set| set.on_delete = true, broken_and_mended),
    named(
        Pattern::R1,
        |set| (set.parallel, set.on_delete) = (true, true),
        broken_and_mended,
    ),
    named(
        Pattern::R2,
        |set| set.max_unavailable = "2",
        broken_and_mended,
    ),
    named(
        Pattern::R3,
        |set| (set.start, set.partition, set.replicas) = (5, 1, 4),
        || vec![UP, Step::Image("web", 2), seconds(1), delete("web-5"), UP],
    ),
    named(
        Pattern::R4,
        |set| set.partition = 2,
        || vec![UP, Step::Image("web", 2), seconds(1), delete("web-0"), UP],
    ),
    named(
        Pattern::R5,
        |set| set.max_unavailable = "10%",
        || vec![UP, Step::Image("web", 2), UP],
    ),
    named(
        Pattern::R6,
        |_| {},
        || vec![seconds(1), Step::Image("web", 2), UP],
    ),
    named(
        Pattern::R7,
        |set| set.partition = 3,
        || vec![UP, Step::Image("web", 2), UP],
    ),
    named(Pattern::R8, |_| {}, || vec![UP, Step::Respell("web"), UP]),
    named(
        Pattern::R9,
        |set| set.probe = true,
        || {
            vec![
                UP,
                Step::Probe("web-2".into(), false),
                UP,
                delete("web-0"),
                UP,
            ]
        },
    ),
    named(
        Pattern::R10,
        |_| {},
        || vec![UP, Step::End("web-1".into()), UP],
    ),
    named(
        Pattern::R11,
        |set| (set.start, set.replicas) = (8, 4),
        || vec![UP, Step::Image("web", 2), UP],
    ),
    named(Pattern::R12, |_| {}, || vec![UP, delete("web-1"), UP]),
    named(
        Pattern::R13,
        |_| {},
        || vec![UP, Step::Image("web", 2), Step::Image("db-2", 2), UP],
    ),
    named(
        Pattern::R14,
        |_| {},
        || {
            vec![
                UP,
                Step::DeleteClaim("disk0-web-1".into()),
                delete("web-0"),
                UP,
            ]
        },
    ),
    named(
        Pattern::R15,
        |_| {},
        || {
            vec![
                UP,
                Step::DeleteSet("web", false),
                UP,
                Step::Apply("web"),
                UP,
            ]
        },
    ),
    named(Pattern::R16, |_| {}, Vec::new),
    named(
        Pattern::L1,
        |_| {},
        || {
            let node = || "node-3".to_owned();
            vec![
                UP,
                Step::Fail(node(), false),
                fault("calls crash"),
                Step::DeleteNode(node(), false),
                Step::Image("web", 2),
                UP,
            ]
        },
    ),
];
