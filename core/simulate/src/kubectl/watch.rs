//! Changes as they come.

use crate::store::Change;
use crate::world::World;

/// For so long `-w` goes on by itself.
pub(super) const LONGEST: statefulset::Millis = 3_600_000;

/// What changes until the cluster settles.
pub(super) fn until_settled(world: &mut World) -> Vec<Change> {
    let begin = world.store_mut().bookmark();
    world.settle(LONGEST);
    world.store().read(&begin).to_vec()
}
