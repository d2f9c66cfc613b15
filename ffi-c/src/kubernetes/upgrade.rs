//! Upgrades of the control plane, looked at before they are done.

use core::ffi::c_char;

use serde::Serialize;
use statefulset::Version;
use statefulset::kubernetes::{Key, Upgrade};

use super::cluster::sts_cluster;
use super::turn::{json, no_such_set};
use crate::code::{STS_CODE_UNKNOWN_NUMBER, sts_code};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::report::sts_report;
use crate::text::{TextBuffer, sts_text};
use crate::upstream;

fn version(name: &'static str, number: u32) -> Result<Version, Fail> {
    upstream::version(number).ok_or_else(|| {
        let problem = format!("{number} has no meaning here");
        fail::argument(STS_CODE_UNKNOWN_NUMBER, name, &problem)
    })
}

/// Looks at a set under both versions, and writes what `say` makes of the difference.
///
/// # Safety
/// The text and the buffer are NULL or good for their bytes; `report` is NULL, misaligned or good for one report.
unsafe fn upgrade(
    cluster: sts_cluster,
    set: sts_text,
    (from, to): (u32, u32),
    now_ms: i64,
    (out, cap): (*mut c_char, usize),
    report: *mut sts_report,
    say: impl FnOnce(&Upgrade) -> Result<String, Fail>,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: by the contract of this function.
        let (set, mut out) = unsafe { (set.read("set")?, TextBuffer::new(out, cap)?) };
        let (from, to) = (version("from", from)?, version("to", to)?);
        cluster.look(|cluster| {
            let told = cluster.upgrade(&Key::from(set), from, to, now_ms);
            let told = told.map_err(|error| no_such_set(&error))?;
            out.say(&say(&told)?, report)
        })
    };
    // SAFETY: by the contract of this function.
    unsafe { guard(report, call) }
}

/// An upgrade, and the same as text.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    upgrade: &'a Upgrade,
    text: String,
}

/// Writes what an upgrade of the control plane from one version of Kubernetes to another (STS_KUBERNETES_*) would change
/// for the set `set`, "namespace/name", or a downgrade. It changes nothing. It is JSON:
///
///     {"namespace":"default","name":"web",
///      "changes":[{"effect":"restarts","pods":[0,1,2],"version":"1.34.0","cause":"…","rule":"K-11"}],"text":"…"}
///
/// The set is looked at under both versions, and under those between them, each with its default feature gates. All
/// else is decided as the cluster's profile says. `changes` is empty if the set fares the same. `effect` is "restarts"
/// (the pods are up to date before and not after it, so they are replaced though nobody changes the set), "stays" (they
/// are to be replaced before, and are up to date after it), "stops" (they are created or deleted now, and would not be
/// after it) or "begins" (they would be created or deleted at once). A later version may have more of them. `pods` are
/// ordinals, in ascending order. `version` is the name of the version that changed Kubernetes: the newer one of the two
/// between which the change begins. `cause` says what changed there, and `rule` which rule of the library says so.
/// `text` is what sts_cluster_upgrade_text() writes.
///
/// UNKNOWN_NUMBER for `from` and `to`. NO_SUCH_SET if there is no such set, if it cannot be read, or if pods or
/// revisions have never been listed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_upgrade(
    cluster: sts_cluster,
    set: sts_text,
    from: u32,
    to: u32,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let say = |upgrade: &Upgrade| {
        let text = upgrade.to_string();
        json(&Told { upgrade, text })
    };
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { upgrade(cluster, set, (from, to), now_ms, (out, cap), report, say) }
}

/// Writes what sts_cluster_upgrade() finds as text: a line for each change, without a newline after the last one, and
/// nothing if nothing changes. The text is for people, and later versions may word it differently. Arguments and codes
/// are those of sts_cluster_upgrade().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_upgrade_text(
    cluster: sts_cluster,
    set: sts_text,
    from: u32,
    to: u32,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let say = |upgrade: &Upgrade| Ok(upgrade.to_string());
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { upgrade(cluster, set, (from, to), now_ms, (out, cap), report, say) }
}
