//! A cluster in the state that another one was seen in.

use super::*;
use statefulset_simulate::Object;

fn objects(world: &World) -> Vec<Object> {
    let kinds = Kind::built_in();
    let lists = kinds.flat_map(|kind| world.store().list(kind, None).map(|it| Object::clone(it)));
    lists.collect()
}

/// Name, uid, node, readiness and restarts of each pod.
fn pods(world: &World) -> Vec<[String; 5]> {
    let pods = world.store().list(Kind::Pod, None);
    let facts = pods.map(|pod| {
        [
            pod.name().to_owned(),
            pod.uid().to_owned(),
            pod.text("/spec/nodeName").to_owned(),
            pod.condition("Ready").to_owned(),
            format!("{:?}", pod.int("/status/containerStatuses/0/restartCount")),
        ]
    });
    facts.collect()
}

fn restored(world: &World) -> World {
    let options = Options {
        start: world.now(),
        ..world.options().clone()
    };
    World::restore(options, &objects(world))
}

#[test]
fn what_runs_goes_on_where_it_was() {
    let mut world = world();
    create(&mut world, Kind::StatefulSet, set("web", 3));
    world.settle(HOUR);
    let mut again = restored(&world);
    assert_eq!(again.settle(HOUR), Settled::Quiet);
    assert_eq!(pods(&again), pods(&world));
    assert_eq!(again.processes().count(), 3);
}

#[test]
fn what_was_broken_stays_broken() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::StatefulSet, set("web", 3));
    world.settle(HOUR);
    let mut again = restored(&world);
    again.settle(HOUR);
    assert_eq!(pods(&again), pods(&world));
    assert_eq!(pods(&again).len(), 1);
    again.mend_image("nginx:1.12");
    again.advance(HOUR);
    assert_eq!(pods(&again).len(), 3);
}

#[test]
fn a_node_that_was_lost_stays_lost_and_its_pods_with_it() {
    let mut world = world();
    create(&mut world, Kind::StatefulSet, set("web", 3));
    world.settle(HOUR);
    let lost = pods(&world)[0][2].clone();
    let failure = statefulset_simulate::Failure::Power;
    world.fail_node(&lost, failure).expect("a node");
    world.advance(120_000);
    let mut again = restored(&world);
    again.advance(60_000);
    let ready = |world: &World| pods(world).iter().filter(|pod| pod[3] == "True").count();
    assert_eq!(ready(&again), ready(&world));
    assert!(ready(&again) < 3);
}
