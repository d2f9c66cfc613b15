//! Worlds in which a promise was once broken.

use super::case::Case;
use super::manifest::Manifest;
use super::step::Step;

/// Each of them.
pub fn past() -> Vec<Case> {
    let world = |sets: Vec<Manifest>, steps: Vec<Step>| Case {
        seed: 1,
        upstream: false,
        nodes: 3,
        sets,
        steps,
    };
    let plain = Manifest::plain("web");
    let gives_up = Manifest {
        deleted_delete: true,
        ..plain.clone()
    };
    let parallel = Manifest {
        parallel: true,
        ..plain.clone()
    };
    let orphan = Step::DeleteSet("web", true);
    let fault = |words: &str| Step::Fault(words.into());
    vec![
        // A node is taken away for good before its kubelet, which nobody can tell anything, has started what it was given.
        Case {
            upstream: true,
            nodes: 2,
            ..world(
                vec![parallel.clone()],
                vec![
                    Step::Fail("node-2".into(), false),
                    Step::DeleteNode("node-2".into(), false),
                    Step::Advance(90_000),
                ],
            )
        },
        // The set has let go of its pods and cannot vanish yet; it adopts none of them any more.
        world(
            vec![plain],
            vec![
                Step::Advance(60_000),
                fault("watch controllerrevisions --drop 3"),
                fault("calls refuse --times 5"),
                orphan.clone(),
                Step::Advance(1_000),
                Step::Spec("web", r#"{"ordinals":{"start":1}}"#.into()),
                Step::Advance(60_000),
            ],
        ),
        // The same, and it once was to give up its claims: the pods that it has let go of still use them.
        world(
            vec![gives_up.clone()],
            vec![
                Step::Advance(60_000),
                fault("calls refuse --times 5"),
                orphan.clone(),
                Step::Advance(60_000),
            ],
        ),
        // Nor does it when that it has let go of everything comes late.
        world(
            vec![gives_up.clone()],
            vec![
                Step::Advance(60_000),
                fault("watch controllerrevisions --delay 15s"),
                fault("watch pods --delay 5s"),
                fault("calls refuse --times 2"),
                orphan.clone(),
                Step::Advance(60_000),
            ],
        ),
        // Nor where it has made a revision since then.
        world(
            vec![gives_up],
            vec![
                Step::Advance(60_000),
                fault("watch pods --delay 2s"),
                orphan,
                Step::Image("web", 2),
                Step::Advance(60_000),
            ],
        ),
        // The last news of a set has not been told yet: what is right by the news before it is right.
        Case {
            upstream: true,
            ..world(
                vec![parallel],
                vec![
                    Step::Advance(60_000),
                    Step::Image("web", 3),
                    Step::Advance(60_000),
                    fault("watch sts --swap 2"),
                    Step::Apply("web"),
                    Step::Spec(
                        "web",
                        r#"{"updateStrategy":{"rollingUpdate":{"partition":3}}}"#.into(),
                    ),
                    Step::Advance(60_000),
                ],
            )
        },
    ]
}
