//! A world drawn at random.

use super::asks::Asks;
use super::case::Case;
use super::manifest::Manifest;
use super::step::Step;
use crate::values::rng::Rng;

/// The names of sets: one of them looks like the name of a pod.
const NAMES: [&str; 2] = ["web", "db-2"];
/// The kinds whose news go wrong.
const WATCHED: [&str; 7] = [
    "pods",
    "sts",
    "pvc",
    "controllerrevisions",
    "pv",
    "nodes",
    "pdb",
];

impl Case {
    /// The world of this seed.
    pub fn random(seed: u64) -> Self {
        let mut draw = Draw(Rng::new(seed));
        let sets: Vec<_> = NAMES
            .into_iter()
            .take(1 + draw.below(4) / 3)
            .map(|name| draw.set(name))
            .collect();
        let mut case = Self {
            seed,
            upstream: draw.one_in(2),
            nodes: 1 + draw.number(4),
            sets,
            steps: Vec::new(),
        };
        case.steps.push(Step::Image9(false));
        for _ in 0..4 + draw.below(16) {
            let step = draw.step(&case);
            case.steps.extend(draw.prelude(&step));
            case.steps.push(step);
            let pause = draw.pause();
            case.steps.extend(pause.map(Step::Advance));
        }
        // Drawn apart, so that the worlds without policies stay what they are.
        let mut draw = Draw(Rng::new(seed.rotate_left(32) ^ 1));
        if draw.one_in(3) {
            draw.policies(&mut case);
            Self::later(seed, &mut case);
        }
        case
    }
}

impl Case {
    /// The policies that came later, drawn apart for the same reason.
    fn later(seed: u64, case: &mut Self) {
        let mut draw = Draw(Rng::new(seed.rotate_left(16) ^ 2));
        let asked = case.steps.iter_mut().filter_map(|step| match step {
            Step::Ask(_, asks) => Some(asks),
            _ => None,
        });
        let first = case.sets.iter_mut().map(|set| &mut set.asks);
        for asks in asked.chain(first.filter(|asks| !asks.is_nothing())) {
            asks.in_place = draw.of(&["", "", "IfPossible", "IfPossible", "Only"]);
            asks.pace = draw.of(&[0, 0, 5, 60]);
            let then = draw.of(&["Report", "Halt", "Suggest"]);
            asks.deadline = draw.of(&[None, None, Some((30, then)), Some((300, then))]);
        }
    }
}

struct Draw(Rng);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0.next() % end).unwrap_or(0)
    }

    fn number(&mut self, end: u32) -> u32 {
        u32::try_from(self.0.next() % u64::from(end.max(1))).unwrap_or(0)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// What may come before a node is taken away: its machine fails; and the controller is about to die, so that it begins
    /// anew without ever having seen the node.
    fn prelude(&mut self, step: &Step) -> Vec<Step> {
        let Step::DeleteNode(node, _) = step else {
            return Vec::new();
        };
        let fails = self
            .one_in(2)
            .then(|| Step::Fail(node.clone(), self.one_in(2)));
        let dies = self.one_in(2).then(|| Step::Fault("calls crash".into()));
        fails.into_iter().chain(dies).collect()
    }

    fn pause(&mut self) -> Option<i64> {
        let pauses = [
            None,
            Some(300),
            Some(1_000),
            Some(1_500),
            Some(2_500),
            Some(6_000),
            Some(20_000),
            Some(90_000),
            Some(400_000),
        ];
        self.of(&pauses)
    }

    fn set(&mut self, name: &'static str) -> Manifest {
        Manifest {
            replicas: self.of(&[1, 2, 3, 3, 3, 4, 5]),
            start: self.of(&[0, 0, 0, 1, 9, 98]),
            parallel: self.one_in(2),
            on_delete: self.one_in(6),
            partition: self.of(&[0, 0, 0, 1, 2, 7]),
            max_unavailable: self.of(&["", "", "1", "2", "3", "10%", "50%"]),
            min_ready: self.of(&[0, 0, 0, 5, 30]),
            claims: self.of(&[0, 1, 1, 2]),
            scaled_delete: self.one_in(3),
            deleted_delete: self.one_in(3),
            size: self.of(&[1, 1, 2]),
            probe: self.one_in(2),
            budget: self.of(&[None, None, Some(0), Some(1), Some(2)]),
            zonal: self.one_in(4),
            ..Manifest::plain(name)
        }
    }

    /// Some sets ask for something from the beginning, and some ask for something else later.
    fn policies(&mut self, case: &mut Case) {
        for i in 0..case.sets.len() {
            if self.one_in(2) {
                case.sets[i].asks = self.asks(&case.sets[i]);
            }
        }
        for _ in 0..=self.below(3) {
            let set = case.sets[self.below(case.sets.len())].clone();
            let step = if self.one_in(3) {
                let pod = set.start + self.number(set.replicas + 1);
                Step::Rank(format!("{}-{pod}", set.name), self.number(3))
            } else {
                Step::Ask(set.name, self.asks(&set))
            };
            let place = self.below(case.steps.len() + 1);
            case.steps.insert(place, step);
        }
    }

    fn asks(&mut self, set: &Manifest) -> Asks {
        let mut asks = Asks::default();
        if self.one_in(2) {
            let first = set.start + self.number(set.replicas + 1);
            let last = first + self.of(&[0, 0, 1, 3]);
            asks.excluded.push((first, last, self.one_in(2)));
            if self.one_in(3) {
                let next = last + 2;
                asks.excluded.push((next, next, self.one_in(2)));
            }
            asks.stand_in_first = self.one_in(3);
        }
        if self.one_in(3) {
            let kinds = [
                "Creation",
                "ScaleIn",
                "Rollout",
                "Repair",
                "Replacement",
                "All",
            ];
            asks.paused.push(self.of(&kinds));
            if self.one_in(2) {
                let other = self.of(&kinds);
                if !asks.paused.contains(&other) {
                    asks.paused.push(other);
                }
            }
        }
        asks.ranked = self.of(&["", "", "Order", "Tiers"]);
        if self.one_in(4) {
            asks.scale_out = 1 + self.number(2);
            asks.scale_in = self.number(3);
        }
        if self.one_in(2) {
            asks.repair = Some((self.of(&[0, 10, 60]), self.number(3), self.one_in(2)));
        }
        asks
    }

    fn step(&mut self, case: &Case) -> Step {
        let sets: Vec<_> = case.sets.iter().collect();
        let set = self.of(&sets);
        let name = set.name;
        let pod = format!("{name}-{}", set.start + self.number(set.replicas + 1));
        let node = format!("node-{}", 1 + self.number(case.nodes));
        match self.below(41) {
            0..=3 => Step::Scale(name, self.number(6)),
            4..=6 => Step::Image(name, self.of(&[1, 2, 3])),
            7..=8 => Step::Image(name, 9),
            9 => Step::Undo(name),
            10..=12 => Step::Spec(name, self.spec()),
            13..=14 => Step::DeletePod(pod),
            15 => Step::DeleteSet(name, self.one_in(3)),
            16..=17 => Step::Apply(name),
            18 if self.one_in(4) => Step::Claim(format!("disk0-{pod}")),
            18 => Step::DeleteClaim(format!("disk0-{pod}")),
            19..=20 => Step::Touch(pod, self.number(4)),
            21 => Step::Kill(pod),
            22 => Step::Probe(pod, self.one_in(2)),
            23 => Step::Cordon(node, self.one_in(2)),
            24 => Step::Drain(node),
            25 => Step::Fail(node, self.one_in(2)),
            26 => Step::Restore(node),
            27 => Step::Fence(node),
            28 => {
                // One is always there in the end; and so are those whose disks no other node may reach.
                let back = node == "node-1" || case.is_zonal() || self.one_in(3);
                Step::DeleteNode(node, back)
            }
            40 if self.one_in(2) => Step::ForcePod(pod),
            40 => Step::Respell(name),
            29 => Step::End(pod),
            30 => Step::Crash,
            31 => {
                let by = self.of(&["500ms", "2s", "5s", "30s"]);
                Step::Fault(format!("rewind {by}"))
            }
            32..=35 => {
                let how = self.of(&["refuse", "time-out", "conflict", "crash"]);
                let (skip, times) = (self.below(4), self.of(&[1, 1, 2, 5]));
                Step::Fault(format!("calls {how} --skip {skip} --times {times}"))
            }
            36..=38 => {
                let kind = self.of(&WATCHED);
                let delay = self.of(&["300ms", "1s", "2s", "15s", "0"]);
                Step::Fault(format!("watch {kind} --delay {delay}"))
            }
            _ => {
                let (kind, how) = (self.of(&WATCHED), self.of(&["drop", "repeat", "swap"]));
                Step::Fault(format!("watch {kind} --{how} {}", 1 + self.below(3)))
            }
        }
    }

    /// A change of a spec, as a merge patch.
    fn spec(&mut self) -> String {
        let number = self.number(4);
        let keep = |delete| if delete { "Delete" } else { "Retain" };
        let rolling = |field: &str| {
            format!(
                r#"{{"updateStrategy":{{"type":"RollingUpdate","rollingUpdate":{{{field}}}}}}}"#
            )
        };
        match self.below(7) {
            0 => rolling(&format!(r#""partition":{number}"#)),
            1 => rolling(&format!(r#""maxUnavailable":{}"#, number.max(1))),
            2 => rolling(r#""maxUnavailable":"30%""#),
            3 => r#"{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}"#.into(),
            4 => format!(r#"{{"minReadySeconds":{}}}"#, number * 4),
            5 => format!(r#"{{"ordinals":{{"start":{number}}}}}"#),
            _ => {
                let (scaled, deleted) = (keep(self.one_in(2)), keep(self.one_in(2)));
                format!(
                    r#"{{"persistentVolumeClaimRetentionPolicy":{{"whenScaled":"{scaled}","whenDeleted":"{deleted}"}}}}"#
                )
            }
        }
    }
}
