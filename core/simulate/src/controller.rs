//! stub
use statefulset::{Millis, Profile};

use crate::component::Component;
use crate::error::ApiError;
use crate::store::Store;

#[derive(Debug)]
pub(crate) struct Controller;

impl Controller {
    pub(crate) fn new(_profile: Profile) -> Self {
        Self
    }
    pub(crate) fn explain(&self, _store: &Store, _n: &str, _s: &str) -> Result<String, ApiError> {
        Ok(String::new())
    }
    pub(crate) fn planned(&self, _store: &Store, _n: &str, _s: &str) -> Result<String, ApiError> {
        Ok(String::new())
    }
}

impl Component for Controller {
    fn act(&mut self, _store: &mut Store) {}
    fn next(&self) -> Option<Millis> {
        None
    }
}
