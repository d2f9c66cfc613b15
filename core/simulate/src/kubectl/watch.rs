//! Changes as they come.

use crate::store::Change;
use crate::world::World;

/// For so long `-w` goes on by itself.
pub(super) const LONGEST: statefulset::Millis = 3_600_000;

/// What changes until the cluster settles.
pub(super) fn until_settled(world: &mut World) -> Vec<Change> {
    let before = world.store().version();
    world.settle(LONGEST);
    world.store().changes_since(before).to_vec()
}
