//! The verdict on sets that live at random: a healthy one is never called stuck, and one that stays short of what is wanted
//! is, with a cause that is named. More lives: `N=2000 SEED=7 cargo test -p statefulset-simulate --test verdicts`.

use std::{env, io};

use statefulset::kubernetes::{Diagnosis, Verdict, Weight};
use statefulset_simulate::kubectl::Kubectl;
use statefulset_simulate::{Options, Profile, World};

/// A life: what the set is like, and what is done to it.
#[derive(Clone, Debug)]
struct Life {
    manifest: String,
    commands: Vec<String>,
}

/// Numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let place = self.roll(choices.len() as u64);
        choices[usize::try_from(place).expect("a place")]
    }
}

fn manifest(dice: &mut Dice) -> String {
    let management = dice.one_of(&["OrderedReady", "Parallel"]);
    let strategy = dice.one_of(&[
        "{type: OnDelete}",
        // Without a block, and in Parallel, upstream deletes a pod that is lost in mid-rollout as often as it creates it.
        "{type: RollingUpdate, rollingUpdate: {partition: 0}}",
        "{type: RollingUpdate, rollingUpdate: {partition: 1}}",
        "{type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}",
    ]);
    let probe = dice.one_of(&["", "readinessProbe: {httpGet: {path: /, port: 80}}"]);
    let claims = "volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}";
    let claims = dice.one_of(&["", claims]);
    let mount = if claims.is_empty() {
        ""
    } else {
        "volumeMounts: [{name: data, mountPath: /d}]"
    };
    let replicas = dice.roll(4) + 1;
    format!(
        "apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  serviceName: web
  replicas: {replicas}
  podManagementPolicy: {management}
  updateStrategy: {strategy}
  selector: {{matchLabels: {{app: web}}}}
  {claims}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
      - name: main
        image: nginx:1
        {mount}
        {probe}
"
    )
}

/// What a healthy set goes through.
fn good(dice: &mut Dice) -> String {
    let pod = dice.roll(4);
    match dice.roll(6) {
        0 => format!("scale sts web --replicas={}", dice.roll(5)),
        1 => format!("set image sts/web main=nginx:{}", dice.roll(3) + 1),
        2 => format!("delete pod web-{pod} --wait=false --ignore-not-found"),
        3 => "rollout restart sts/web".into(),
        _ => format!("advance {}s", dice.roll(60) + 1),
    }
}

/// What may go wrong.
fn bad(dice: &mut Dice) -> String {
    let (pod, node) = (dice.roll(4), dice.roll(3) + 1);
    let finalizers = r#"--type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    match dice.roll(9) {
        0 => "break image nginx:2".into(),
        1 => format!("fail node node-{node} power"),
        2 => format!("fail node node-{node} network"),
        3 => format!("patch pod web-{pod} {finalizers}"),
        4 => format!("patch pvc data-web-{pod} {finalizers}"),
        5 => format!("delete pvc data-web-{pod} --wait=false"),
        6 => "cordon node-1 node-2 node-3".into(),
        7 => format!("fail probe web-{pod}"),
        _ => format!("run web-{pod} --image=nginx:1"),
    }
}

fn world() -> World {
    World::new(Options {
        profile: Profile::UPSTREAM,
        ..Options::default()
    })
}

/// Lives a life, and shows what is said after each command. What cannot be done is left out, as where a pod is not there.
fn live(life: &Life, mut look: impl FnMut(&str, &Diagnosis)) {
    let mut world = world();
    let mut read = |_: &str| -> io::Result<String> { Ok(life.manifest.clone()) };
    let mut kubectl = Kubectl::new(&mut read);
    let applied = kubectl.run(&mut world, "apply -f web.yaml");
    assert!(!applied.failed, "{}", applied.text);
    for command in &life.commands {
        kubectl.run(&mut world, command);
        look(command, &world.diagnose("default", "web").expect("the set"));
    }
}

/// The first thing that is wrong with a life in which nothing went wrong.
fn false_alarm(life: &Life) -> Option<String> {
    let mut wrong = None;
    live(life, |command, found| {
        let is_wrong = match found.verdict {
            Verdict::Stuck => true,
            // The last command lets everything settle.
            verdict => command == "settle" && verdict != Verdict::UpToDate,
        };
        if is_wrong {
            wrong.get_or_insert_with(|| format!("after {command}:\n{found}"));
        }
    });
    wrong
}

/// What is wrong with what is said at the end of a life in which things went wrong and nothing has happened for long.
fn silence(life: &Life) -> Option<String> {
    let mut last = None;
    live(life, |_, found| last = Some(found.clone()));
    let found = last?;
    let names_one = found.causes.iter().any(|it| it.weight == Weight::Hindrance);
    let is_right = match found.verdict {
        Verdict::UpToDate => found.at_goal,
        Verdict::Stuck => names_one,
        _ => false,
    };
    (!is_right).then(|| found.to_string())
}

/// Fails with the smallest life that is judged wrongly.
fn judge(lives: impl Iterator<Item = (u64, Life)>, wrong: fn(&Life) -> Option<String>) {
    for (seed, mut life) in lives {
        if wrong(&life).is_none() {
            continue;
        }
        let mut place = 0;
        while place + 1 < life.commands.len() {
            let mut smaller = life.clone();
            smaller.commands.remove(place);
            if wrong(&smaller).is_some() {
                life = smaller;
            } else {
                place += 1;
            }
        }
        let told = wrong(&life).unwrap_or_default();
        panic!(
            "seed {seed}:\n{}\n{}\n\n{told}",
            life.manifest,
            life.commands.join("\n")
        );
    }
}

fn seeds() -> impl Iterator<Item = u64> {
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let first = number("SEED").unwrap_or(1);
    first..first + number("N").unwrap_or(60)
}

#[test]
fn a_healthy_set_is_never_stuck() {
    let lives = seeds().map(|seed| {
        let mut dice = Dice(seed);
        let manifest = manifest(&mut dice);
        let mut commands: Vec<String> = (0..12).map(|_| good(&mut dice)).collect();
        commands.push("settle".into());
        (seed, Life { manifest, commands })
    });
    judge(lives, false_alarm);
}

#[test]
fn a_set_that_stays_short_of_what_is_wanted_is_stuck_and_says_why() {
    let lives = seeds().map(|seed| {
        let mut dice = Dice(seed);
        let manifest = manifest(&mut dice);
        let mut commands = vec!["advance 20s".to_owned()];
        for _ in 0..6 {
            commands.push(bad(&mut dice));
            commands.push(good(&mut dice));
        }
        // A container that ends again and again is restarted every five minutes in the end.
        commands.push("advance 40m".into());
        (seed, Life { manifest, commands })
    });
    judge(lives, silence);
}
