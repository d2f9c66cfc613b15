//! A policy that is off, or says nothing, changes nothing: each policy in each version of Kubernetes, one moment after the other.
//! `CASES` says how many moments each version gets, `SEED` which.

use std::env;

use quickcheck::{Arbitrary, Gen};
use statefulset::{
    Change, Deadline, Exclusion, InPlace, Limit, Management, Millis, Overdue, PartitionBy, Paused,
    Plan, Policies, Profile, Progress, Purposes, Ranked, Repair, Rolling, Status, Strategy, Ties,
    Version, plan,
};
use statefulset_cases::Case;

/// A way to say nothing. The other policies of the moment are what they are.
struct Neutral {
    name: &'static str,
    /// Takes the policy away, and all that would give it a meaning; whether the moment is one to ask about.
    off: fn(&mut Case) -> bool,
    /// Gives the policy a value that says nothing.
    on: fn(&mut Case),
    except: Except,
}

/// What may differ all the same.
enum Except {
    Nothing,
    /// Waits, and when to look again.
    Waits,
    /// What the status says of times, and when to look again.
    Times,
}

/// Neither a case nor a random exclusion has these.
const NOWHERE: &[Exclusion] = &[
    Exclusion::range(100, 200),
    Exclusion::range(300, 400).keeping_claims(),
];

fn include_all(case: &mut Case) -> bool {
    let policies = &mut case.desired.policies;
    policies.excluded = &[];
    policies.partition_by = PartitionBy::Rank;
    policies.stand_in_first = false;
    true
}

fn unranked(case: &mut Case) -> bool {
    case.desired.policies.ranked = Ranked::Off;
    case.desired.policies.ties = Ties::HighestFirst;
    true
}

/// With the gate off, and with a partition, ranks count otherwise even where all are equal (rules ).
fn of_one_rank(case: &mut Case) -> bool {
    for pod in &mut case.pods {
        pod.rank = 0;
    }
    case.desired.profile.max_unavailable = true;
    if let Strategy::RollingUpdate(block) = &mut case.desired.strategy {
        let max_unavailable = block.and_then(|block| block.max_unavailable);
        *block = Some(Rolling {
            partition: 0,
            max_unavailable,
        });
    }
    unranked(case)
}

fn unlimited(case: &mut Case) -> bool {
    let policies = &mut case.desired.policies;
    policies.scale_out_limit = None;
    policies.scale_in_limit = None;
    policies.allowance = None;
    true
}

fn unrepaired(case: &mut Case) -> bool {
    case.desired.policies.repair = None;
    true
}

/// No limit as large as this one is ever reached.
fn as_many_as_there_are(case: &Case) -> Limit {
    let pods = u32::try_from(case.pods.len()).expect("few pods");
    Limit::Count(case.desired.replicas.max(pods).max(1))
}

fn repair(case: &mut Case, repair: Repair) {
    case.desired.policies.repair = Some(repair);
}

/// Nothing is counted, and nothing was.
fn timeless(case: &mut Case) -> bool {
    case.desired.policies.pace = None;
    case.desired.policies.deadline = None;
    if let Some(status) = &mut case.desired.published {
        (status.progressed_at, status.disrupted_at) = (None, None);
        status.progressing = None;
    }
    true
}

/// Nobody is asked, held or to be replaced.
fn unasked(case: &mut Case) -> bool {
    *case = case.clone().without_questions();
    true
}

/// Pods are only ever made again.
fn made_again(case: &mut Case) -> bool {
    case.desired.policies.in_place = InPlace::Off;
    for pod in &mut case.pods {
        pod.change = Change::Recreate;
    }
    true
}

const NEUTRALS: &[Neutral] = &[
    Neutral {
        name: "kinds of changes where none is made in place",
        off: |case| made_again(case) && !case.pods.is_empty(),
        on: |case| {
            for pod in &mut case.pods {
                pod.change = Change::Nothing;
            }
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "changes in place where none is possible",
        off: made_again,
        on: |case| case.desired.policies.in_place = InPlace::IfPossible,
        except: Except::Nothing,
    },
    Neutral {
        name: "nothing but changes in place where no pod is old",
        off: |case| {
            let update = case.desired.update;
            for pod in &mut case.pods {
                pod.revision = update;
            }
            case.desired.current = update;
            made_again(case)
        },
        on: |case| case.desired.policies.in_place = InPlace::Only,
        except: Except::Nothing,
    },
    Neutral {
        name: "holds for the purposes of other pods",
        off: |case| {
            let slots = case.slots();
            let mut pods = case.pods.iter();
            pods.any(|pod| slots.contains(&pod.ordinal)) && unasked(case)
        },
        on: |case| {
            let slots = case.slots();
            for pod in &mut case.pods {
                if slots.contains(&pod.ordinal) {
                    pod.hold = Purposes::SCALE_IN;
                }
            }
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "questions about what is never to be done",
        off: |case| unasked(case) && !case.desired.profile.drain_nodes && unrepaired(case),
        on: |case| {
            case.desired.policies.ask = Purposes::DRAIN.with(Purposes::REPAIR);
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "partition_by and stand_in_first without an exclusion",
        off: include_all,
        on: |case| {
            case.desired.policies.partition_by = PartitionBy::Ordinal;
            case.desired.policies.stand_in_first = true;
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "excluded ordinals that nothing has",
        off: include_all,
        on: |case| case.desired.policies.excluded = NOWHERE,
        except: Except::Nothing,
    },
    Neutral {
        name: "paused repairs where there are none",
        off: |case| {
            let policies = &mut case.desired.policies;
            // Everything that is paused is another matter.
            let bits = policies.paused.bits() & !Paused::REPAIR.bits();
            policies.paused = Paused::from_bits(bits).expect("some of the kinds");
            policies.paused.with(Paused::REPAIR) != Paused::ALL && unrepaired(case)
        },
        on: |case| {
            let paused = case.desired.policies.paused;
            case.desired.policies.paused = paused.with(Paused::REPAIR);
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "ties and ranks that do not matter",
        off: |case| {
            for pod in &mut case.pods {
                pod.rank = 0;
            }
            unranked(case)
        },
        on: |case| {
            case.desired.policies.ties = Ties::LowestFirst;
            // Of duplicate pods the contents decide, and a rank is one of them.
            for pod in &mut case.pods {
                pod.rank = pod.ordinal % 3 + 1;
            }
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "an order of equal ranks",
        off: of_one_rank,
        on: |case| {
            case.desired.policies.ranked = Ranked::Order;
            for pod in &mut case.pods {
                pod.rank = 1;
            }
        },
        except: Except::Waits,
    },
    Neutral {
        name: "tiers of equal ranks",
        off: of_one_rank,
        on: |case| case.desired.policies.ranked = Ranked::Tiers,
        except: Except::Waits,
    },
    Neutral {
        name: "limits that are not reached",
        off: unlimited,
        on: |case| {
            let limit = as_many_as_there_are(case);
            case.desired.policies.scale_out_limit = Some(limit);
            case.desired.policies.scale_in_limit = Some(limit);
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "a limit of all",
        off: unlimited,
        on: |case| case.desired.policies.scale_out_limit = Some(Limit::Percent(100)),
        except: Except::Nothing,
    },
    Neutral {
        name: "limits in OrderedReady",
        off: |case| unlimited(case) && case.desired.management == Management::OrderedReady,
        on: |case| {
            case.desired.policies.scale_out_limit = Some(Limit::Count(1));
            case.desired.policies.scale_in_limit = Some(Limit::Count(1));
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "an allowance for all",
        off: unlimited,
        on: |case| case.desired.policies.allowance = Some(u32::MAX),
        except: Except::Nothing,
    },
    Neutral {
        name: "repairs after all time",
        off: unrepaired,
        on: |case| repair(case, Repair::after(Millis::MAX)),
        except: Except::Waits,
    },
    Neutral {
        name: "repairs in OrderedReady that are not meant for it",
        off: |case| unrepaired(case) && case.desired.management == Management::OrderedReady,
        on: |case| {
            let anywhere_else = Repair {
                after: 0,
                beyond_budget: u32::MAX,
                ordered: false,
                pending: true,
            };
            repair(case, anywhere_else);
        },
        except: Except::Nothing,
    },
    Neutral {
        name: "repairs without a rollout",
        off: |case| {
            let rolls = matches!(case.desired.strategy, Strategy::RollingUpdate(_));
            unrepaired(case) && !rolls
        },
        on: |case| repair(case, Repair::after(0)),
        except: Except::Nothing,
    },
    Neutral {
        name: "no time between two disruptions",
        off: timeless,
        on: |case| case.desired.policies.pace = Some(0),
        except: Except::Times,
    },
    Neutral {
        name: "a deadline after all time",
        off: timeless,
        on: |case| {
            let (after, then) = (Millis::MAX, Overdue::Suggest);
            case.desired.policies.deadline = Some(Deadline { after, then });
        },
        except: Except::Times,
    },
    Neutral {
        name: "a walk without a rollout",
        off: |case| {
            case.desired.profile.walk = false;
            !matches!(case.desired.strategy, Strategy::RollingUpdate(_))
        },
        on: |case| case.desired.profile.walk = true,
        except: Except::Nothing,
    },
    Neutral {
        name: "a walk in OrderedReady",
        off: |case| {
            case.desired.profile.walk = false;
            case.desired.policies = Policies {
                excluded: case.desired.policies.excluded,
                ..Policies::NONE
            };
            // There a percentage is one of the pods that take part.
            let by_partition = case.desired.profile.kubernetes >= Version::V1_38;
            case.desired.management == Management::OrderedReady && !by_partition
        },
        on: |case| case.desired.profile.walk = true,
        except: Except::Waits,
    },
];

fn planned(case: &Case) -> Plan {
    plan(&case.desired, &case.observed(), case.now).expect("the case keeps the contract")
}

/// What is known of the set after the plan, but for what a pace and a deadline add to it.
fn known(plan: &Plan, case: &Case) -> Option<Status> {
    let status = plan.status.or(case.desired.published)?;
    let of_a_deadline = [Progress::Advancing, Progress::Overdue, Progress::Arrived];
    Some(Status {
        progressed_at: None,
        disrupted_at: None,
        progressing: status.progressing.filter(|it| !of_a_deadline.contains(it)),
        ..status
    })
}

/// `Ok(false)` where the moment is none to ask about.
fn compare(case: &Case, neutral: &Neutral) -> Result<bool, String> {
    let mut without = case.clone();
    if !(neutral.off)(&mut without) {
        return Ok(false);
    }
    let mut with = without.clone();
    (neutral.on)(&mut with);
    assert!(
        with != without,
        "{} changes nothing in {with:?}",
        neutral.name
    );
    let (off, on) = (planned(&without), planned(&with));
    let same = match neutral.except {
        Except::Nothing => off == on,
        Except::Waits => off.deeds().eq(on.deeds()) && off.status == on.status,
        Except::Times => {
            let (before, after) = (known(&off, &without), known(&on, &with));
            off.actions == on.actions && before == after
        }
    };
    if same {
        return Ok(true);
    }
    Err(format!(
        "{}: {without:?}\noff: {off:?}\non:  {on:?}",
        neutral.name
    ))
}

#[test]
fn a_policy_that_says_nothing_changes_nothing() {
    let number = |name| env::var(name).ok().map(|text| text.parse().expect(name));
    let (seed, cases) = (number("SEED").unwrap_or(1), number("CASES").unwrap_or(100));
    let mut moments: Vec<u64> = vec![0; NEUTRALS.len()];
    let mut acting: u64 = 0;
    for (more, version) in (0..).zip(Version::ALL) {
        let mut g = Gen::from_size_and_seed(8, seed + more);
        for _ in 0..cases {
            let mut case = Case::arbitrary(&mut g);
            let profile = case.desired.profile;
            case.desired.profile = Profile {
                max_unavailable: profile.max_unavailable,
                ..profile.following(version)
            };
            for (neutral, moments) in NEUTRALS.iter().zip(&mut moments) {
                match compare(&case, neutral) {
                    Ok(asked) => *moments += u64::from(asked),
                    Err(difference) => panic!("{version}: {difference}"),
                }
            }
            acting += u64::from(planned(&case).deeds().next().is_some());
        }
    }
    for (neutral, moments) in NEUTRALS.iter().zip(&moments) {
        println!("{moments:>9}  {}", neutral.name);
        assert!(*moments > 0, "never asked: {}", neutral.name);
    }
    let all: u64 = moments.iter().sum();
    let (ways, versions) = (NEUTRALS.len(), Version::ALL.len());
    println!(
        "{all} moments in which a policy says nothing: 0 plans differ ({ways} ways to say nothing, {versions} versions, seed {seed})"
    );
    // Most moments have something to do.
    let drawn = cases * u64::try_from(versions).expect("few versions");
    assert!(
        acting * 2 > drawn,
        "{acting} of {drawn} moments have a plan"
    );
}
