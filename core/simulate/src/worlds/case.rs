//! A world before it begins: what is in it, and what will happen to it.

use std::collections::BTreeMap;
use std::io;

use super::asks::Asks;
use super::breach::Breach;
use super::manifest::{Manifest, large_claim, zones};
use super::pattern::Tally;
use super::step::Step;
use super::witness::Witness;
use crate::kubectl::Kubectl;
use crate::world::{Options, World};
use statefulset::{Millis, PolicySource, Profile};

/// A world before it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// What the cluster itself draws at random comes from here.
    pub seed: u64,
    /// Whether the controller and the cluster behave as Kubernetes', or the library does everything.
    pub upstream: bool,
    /// How many nodes there are.
    pub nodes: u32,
    /// What its sets begin as. They are there from the beginning.
    pub sets: Vec<Manifest>,
    /// What happens.
    pub steps: Vec<Step>,
}

/// A world in which a promise was broken.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The world, up to there.
    pub case: Case,
    /// What happened.
    pub breach: Breach,
    /// The lines of its story, up to there.
    pub told: Vec<String>,
}

impl Failure {
    /// The story that tells it.
    pub fn story(&self) -> String {
        let Case { upstream, seed, .. } = self.case;
        let profile = if upstream { "upstream" } else { "standalone" };
        let policies = if self.case.asks() {
            "option policies annotations\n"
        } else {
            ""
        };
        let nodes: Vec<_> = self.case.node_names().collect();
        format!(
            "# {}\noption profile {profile}\n{policies}option nodes {}\noption seed {seed}\n{}\n",
            self.breach,
            nodes.join(" "),
            self.told.join("\n")
        )
    }
}

/// For so long the world is left alone when all faults have ended: longer than any pause after a failure.
const REST: Millis = 3_600_000;

impl Case {
    /// How its controller behaves.
    fn profile(&self) -> Profile {
        let profile = if self.upstream {
            Profile::UPSTREAM
        } else {
            Profile::STANDALONE
        };
        Profile {
            policies: if self.asks() {
                PolicySource::Annotations
            } else {
                PolicySource::Resource
            },
            ..profile
        }
    }

    /// Whether one of its sets ever asks for something beyond Kubernetes.
    fn asks(&self) -> bool {
        self.sets.iter().any(|set| !set.asks.is_nothing())
            || self.steps.iter().any(|step| matches!(step, Step::Ask(..)))
    }

    /// The names of its nodes.
    pub fn node_names(&self) -> impl Iterator<Item = String> + use<> {
        (1..=self.nodes).map(|i| format!("node-{i}"))
    }

    /// Lives through it. What is provoked is counted in `tally`.
    pub fn run(&self, tally: &mut Tally) -> Result<(), Box<Failure>> {
        let options = Options {
            nodes: self.node_names().collect(),
            profile: self.profile(),
            seed: self.seed,
            ..Options::default()
        };
        let files = self.files();
        let missing = || io::ErrorKind::NotFound.into();
        let mut read = |path: &str| files.get(path).cloned().ok_or_else(missing);
        let mut world = World::new(options);
        let names = self.sets.iter().map(|set| set.name).collect();
        let mut life = Life {
            witness: Witness::new(names, self.upstream, world.store_mut().bookmark()),
            world,
            kubectl: Kubectl::new(&mut read),
            told: Vec::new(),
        };
        life.world.faults_mut().record();
        let lived = life.live(self);
        let told = std::mem::take(&mut life.told);
        tally.add(life.witness.tally());
        lived.map_err(|breach| {
            Box::new(Failure {
                case: self.clone(),
                breach,
                told,
            })
        })
    }

    /// The files that the story names, and what is in them.
    pub fn files(&self) -> BTreeMap<String, String> {
        let sets = self.sets.iter().map(|set| (set.file(), set.text()));
        let claims = self.steps.iter().filter_map(|step| match step {
            Step::Claim(name) => Some((format!("{name}.json"), large_claim(name))),
            _ => None,
        });
        let zones = self
            .is_zonal()
            .then(|| ("zones.json".to_owned(), zones(self.node_names())));
        sets.chain(claims).chain(zones).collect()
    }

    /// Whether some of its disks belong to a zone.
    pub(super) fn is_zonal(&self) -> bool {
        self.sets.iter().any(|set| set.zonal)
    }

    /// Its steps, with what makes it a whole story: sets at the beginning, and peace at the end.
    fn script(&self) -> impl Iterator<Item = Step> {
        let sets = self.sets.iter().map(|set| Step::Apply(set.name));
        let zones = self.is_zonal().then_some(Step::Zones);
        zones
            .into_iter()
            .chain(sets)
            .chain(self.steps.iter().cloned())
            .chain(self.peace())
    }

    /// All faults end, save that some nodes never come back; whoever asked for something that cannot be asks for something
    /// that can.
    fn peace(&self) -> impl Iterator<Item = Step> {
        let lost = |node: &String| self.steps.contains(&Step::DeleteNode(node.clone(), false));
        let mended = |step: &Step| match step {
            Step::Fail(node, _) | Step::Fence(node) | Step::DeleteNode(node, _) => {
                Some(if lost(node) {
                    Step::DeleteNode(node.clone(), false)
                } else {
                    Step::Restore(node.clone())
                })
            }
            Step::Cordon(node, true) | Step::Drain(node) => Some(Step::Cordon(node.clone(), false)),
            Step::Probe(pod, false) => Some(Step::Probe(pod.clone(), true)),
            Step::Image(set, 9) => Some(Step::Image(set, 2)),
            _ => None,
        };
        // Whoever paused something goes on.
        let goes_on = |set: &Manifest| {
            let later = self.steps.iter().filter_map(|step| match step {
                Step::Ask(name, asks) if *name == set.name => Some(asks),
                _ => None,
            });
            let asked: Vec<&Asks> = [&set.asks].into_iter().chain(later).collect();
            let is_paused = asked.iter().any(|asks| !asks.paused.is_empty());
            let last = asked.last().filter(|_| is_paused)?;
            Some(Step::Ask(set.name, last.going_on()))
        };
        let mut steps = vec![Step::Fault("none".into())];
        steps.extend(self.sets.iter().filter_map(goes_on));
        for step in self.steps.iter().filter_map(mended) {
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps.push(Step::Advance(REST));
        steps.into_iter()
    }
}

/// So often somebody comes and takes broken pods away.
const ROUNDS: u32 = 5;

/// A world while it lives.
struct Life<'f> {
    world: World,
    kubectl: Kubectl<'f>,
    witness: Witness,
    told: Vec<String>,
}

impl Life<'_> {
    fn live(&mut self, case: &Case) -> Result<(), Breach> {
        self.world.quiesce();
        let begins = case.sets.len() + usize::from(case.is_zonal());
        for (number, step) in case.script().enumerate() {
            self.take(&step)?;
            if number < begins && self.told.iter().any(|line| line.starts_with('!')) {
                return Err(Breach::of("a world begins", format!("{step} failed")));
            }
        }
        self.end()
    }

    fn take(&mut self, step: &Step) -> Result<(), Breach> {
        self.witness.foresee(&self.world, step);
        if let Step::Advance(by) = step {
            self.told.push(step.to_string());
            // The same as the command, with a look at each moment.
            let until = self.world.now().saturating_add(*by);
            while self.world.step(until) {
                self.look()?;
            }
        } else {
            let output = self.kubectl.run(&mut self.world, &step.to_string());
            let mark = if output.failed { "! " } else { "" };
            self.told.push(format!("{mark}{step}"));
            self.witness.answered(step, &output);
        }
        self.look()?;
        self.witness.open(&mut self.world)
    }

    fn look(&mut self) -> Result<(), Breach> {
        let passes = self.world.faults_mut().take_passes();
        self.witness.look(&self.world, &passes)
    }

    /// All sets are at their goals or stuck as upstream would be; those that are stuck recover once somebody takes the
    /// broken pods away. From then on nothing happens.
    fn end(&mut self) -> Result<(), Breach> {
        for round in 0..ROUNDS {
            // What a partition keeps at a broken revision can only be had by mending that.
            if round == ROUNDS / 2 {
                self.take(&Step::Image9(true))?;
                self.take(&Step::Advance(REST))?;
            }
            let stuck = self.witness.stuck(&self.world)?;
            if stuck.is_empty() {
                break;
            }
            for step in stuck {
                self.take(&step)?;
            }
            self.take(&Step::Advance(REST))?;
        }
        self.witness.arrived(&self.world)?;
        self.world.advance(REST);
        Witness::is_quiet(&self.world.faults_mut().take_passes())
    }
}
