//! One line for each set that is not up to date.

use std::fmt::Write;

use statefulset::Millis;
use statefulset::kubernetes::{Diagnosis, Verdict, Weight};
use statefulset_simulate::kubectl;

use super::report::Report;

/// Nobody asks for seconds here.
const MINUTE: Millis = 60_000;

/// The sets that are not up to date, the oldest trouble first, with how many sets there are.
pub(super) fn of(report: &Report, now: Millis) -> String {
    let all = report.diagnoses().count();
    let mut late: Vec<&Diagnosis> = report
        .diagnoses()
        .filter(|it| it.verdict != Verdict::UpToDate)
        .collect();
    // Where it is not known since when, it comes last.
    late.sort_by_key(|it| it.since.unwrap_or(Millis::MAX));
    let mut text = format!("not up to date: {} of {all} sets\n", late.len());
    for it in late {
        let standing = if it.is_stuck() {
            "stuck"
        } else {
            "in progress"
        };
        let (namespace, name, ready, wanted) = (&it.namespace, &it.name, it.ready, it.wanted);
        // There is nothing in it that cannot be written.
        let _ = write!(
            text,
            "  {namespace}/{name}: {standing}: {ready} of {wanted} ready"
        );
        if let Some(since) = it.since {
            let lasted = kubectl::duration(now.saturating_sub(since) / MINUTE * MINUTE);
            let _ = write!(text, ", for {lasted}");
        }
        let hindrances = it.causes.iter().filter(|it| it.weight == Weight::Hindrance);
        let names: Vec<_> = hindrances.map(|it| it.name.slug()).collect();
        if !names.is_empty() {
            let _ = write!(text, ", {}", names.join(", "));
        }
        text.push('\n');
    }
    text.push('\n');
    text
}
