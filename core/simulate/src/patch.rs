use crate::{ApiError, Kind, Object, Store};
use serde_json::Value;
use std::rc::Rc;
#[derive(Clone, Copy)]
pub enum PatchType {
    Json,
    Merge,
    Strategic,
}
pub fn three_way(_: Kind, _: &Value, m: &Value, _: &Value) -> Value {
    m.clone()
}
impl Store {
    pub fn patch(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        patch: &Value,
        _how: PatchType,
        _status: bool,
    ) -> Result<Rc<Object>, ApiError> {
        let mut o = Object::clone(&*self.require(kind, namespace, name)?);
        json_patch::merge(&mut o, patch);
        self.update(kind, o)
    }
}
