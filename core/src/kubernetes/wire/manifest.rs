//! A StatefulSet as somebody wrote it, where no API server looks at it.

use serde_json::{Map, Value};

use crate::kubernetes::defaults::default_stateful_set;
use crate::kubernetes::value::input::{WireError, read};
use crate::profile::Profile;

/// A StatefulSet as an API server would store it, from its JSON: see
/// [`default_stateful_set`](crate::kubernetes::default_stateful_set).
///
/// An error means that the text is not a JSON object.
/// ```
/// use statefulset::Profile;
/// use statefulset::kubernetes::normalize;
///
/// let set = normalize(br#"{"metadata": {"name": "web"}, "spec": {"template": {"spec": {"containers": [{"image": "web:1"}]}}}}"#,
///     &Profile::UPSTREAM)?;
/// assert_eq!(set["spec"]["replicas"], 1);
/// assert_eq!(set["spec"]["podManagementPolicy"], "OrderedReady");
/// # Ok::<(), statefulset::kubernetes::WireError>(())
/// ```
pub fn normalize(set: &[u8], profile: &Profile) -> Result<Value, WireError> {
    let fields = read::<Map<_, _>>(set);
    let fields = fields.map_err(|(path, problem)| WireError::form(path, problem))?;
    let mut set = Value::Object(fields);
    default_stateful_set(&mut set, profile);
    Ok(set)
}
