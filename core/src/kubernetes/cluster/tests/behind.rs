//! A set that is held up goes on as soon as a walk through all of them would find that it may.

use super::*;
use crate::wait::Gate;

/// Writes that the view has not shown yet, for sets that are planned for now and then.
#[expect(clippy::needless_pass_by_value, reason = "what quickcheck hands over")]
fn goes_on(standalone: bool, steps: Vec<(u8, Step)>) -> bool {
    let profiles = [Profile::UPSTREAM, Profile::STANDALONE];
    let mut model = Model::new(profiles[usize::from(standalone)], false);
    // Sets whose last plan waited for the view, as a walk would find them.
    let mut held = BTreeSet::new();
    for (place, &(deed, step)) in steps.iter().enumerate() {
        let (_, which, how) = step;
        let ahead = model.version + u64::from(how % 5);
        match deed % 8 {
            0..=2 => {
                let key = Key::new("default", SETS[usize::from(which) % SETS.len()]);
                let Ok(plan) = model.cluster.plan(&key, NOW) else {
                    continue;
                };
                // Something may be seen between plan and outcome.
                if deed % 2 == 0 {
                    model.step(step);
                }
                let stale = plan
                    .plan
                    .waits()
                    .any(|(_, it)| it.gates.contains(Gate::StaleView));
                let done = Outcome::Done {
                    resource_version: ahead.to_string(),
                };
                let outcomes = vec![done; plan.requests.len()];
                model.cluster.finish(&key, plan.id, &outcomes, NOW);
                if stale {
                    held.insert(key);
                } else {
                    held.remove(&key);
                }
            }
            3 => {
                let kind = *Dice(how).one(&Kind::ALL);
                model.cluster.bookmark(kind, &ahead.to_string());
            }
            _ => model.step(step),
        }
        held.retain(|key| model.cluster.objects.is_set(key));
        let due = model.cluster.due(NOW).sets;
        for key in &held {
            if model.cluster.awaited_by(key).is_none() && !due.contains(key) {
                println!("{key} is forgotten after {:?}", &steps[..=place]);
                return false;
            }
        }
    }
    true
}

#[test]
fn who_is_held_up_goes_on_as_soon_as_the_view_is_good_enough() {
    let property: fn(bool, Vec<(u8, Step)>) -> bool = goes_on;
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let dice = Gen::from_size_and_seed(60, number("SEED").unwrap_or(1));
    QuickCheck::new()
        .rng(dice)
        .tests(number("CASES").unwrap_or(300))
        .quickcheck(property);
}
