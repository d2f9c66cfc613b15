//! Plans carried out: by the caller's functions one after the other, or side by side by the caller.

use core::ffi::c_void;
use core::ptr::{null, null_mut};

use statefulset_c::*;

use crate::handle::{Handle, NOW, Said, shown, tell, text};

/// What a callback is handed back.
#[derive(Default)]
struct Told {
    lines: Vec<String>,
    /// Outcomes in the order of the calls; DONE after their end.
    answers: Vec<u32>,
    cluster: u64,
}

impl Told {
    fn answer(&mut self, line: String) -> u32 {
        let answer = self.answers.get(self.lines.len()).copied();
        self.lines.push(line);
        answer.unwrap_or(STS_OUTCOME_DONE)
    }
}

unsafe extern "C" fn act(user: *mut c_void, action: *const sts_action, index: usize) -> u32 {
    // SAFETY: what `carry_out` hands out, and what the library promises.
    let (told, action) = unsafe { (&mut *user.cast::<Told>(), &*action) };
    told.answer(format!("{index}: {} {}", action.kind, action.ordinal))
}

fn desired() -> sts_desired {
    sts_desired {
        replicas: 3,
        current_revision: 1,
        update_revision: 1,
        template_count: 1,
        management: STS_MANAGEMENT_PARALLEL,
        profile: sts_profile_upstream(),
        ..sts_desired::default()
    }
}

fn nothing() -> sts_observed {
    sts_observed {
        sizes: sts_sizes::OWN,
        flags: STS_OBSERVED_FRESH | STS_OBSERVED_CLAIMS,
        reserved: 0,
        pods: null(),
        pod_count: 0,
        claims: null(),
        claim_count: 0,
        volumes: null(),
        volume_count: 0,
        nodes: null(),
        node_count: 0,
        budgets: null(),
        budget_count: 0,
        reach: null(),
        reach_count: 0,
    }
}

fn carry_out(answers: &[u32]) -> (Vec<String>, sts_report) {
    let (set, seen) = (desired(), nothing());
    let mut told = Told {
        answers: answers.to_vec(),
        ..Told::default()
    };
    let user = (&raw mut told).cast();
    // SAFETY: every pointer is to a live local.
    let said = tell(|report| unsafe {
        sts_carry_out(&raw const set, &raw const seen, 0, Some(act), user, report)
    });
    assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
    (told.lines, said.report)
}

const ALL: [&str; 6] = ["0: 1 0", "1: 3 0", "2: 1 1", "3: 3 1", "4: 1 2", "5: 3 2"];

#[test]
fn actions_are_done_in_order_and_what_depends_on_a_failure_is_not() {
    let (lines, report) = carry_out(&[]);
    assert_eq!(lines, ALL);
    assert_eq!((report.next, report.action_count), (STS_NEXT_REST, 6));
    assert_ne!(report.flags & STS_REPORT_STATUS, 0);
    for failure in [STS_OUTCOME_FAILED, STS_OUTCOME_ALREADY_EXISTS, 77] {
        let (lines, report) = carry_out(&[STS_OUTCOME_DONE, STS_OUTCOME_DONE, failure]);
        assert_eq!(lines, [ALL[0], ALL[1], ALL[2], ALL[4], ALL[5]]);
        assert_eq!(report.next, STS_NEXT_RETRY);
    }
    let (lines, report) = carry_out(&[STS_OUTCOME_NOT_TRIED]);
    assert_eq!(lines, ALL[..1], "the first pod is a stage of its own");
    assert_eq!(report.next, STS_NEXT_AGAIN);
}

#[test]
fn without_a_function_nothing_is_done() {
    let (set, seen) = (desired(), nothing());
    // SAFETY: every pointer is to a live local.
    let said = tell(|report| unsafe {
        sts_carry_out(&raw const set, &raw const seen, 0, None, null_mut(), report)
    });
    assert_eq!(
        (said.code, said.message()),
        (STS_CODE_BAD_POINTER, "act is NULL")
    );
    let cluster = Handle::with_set();
    // SAFETY: as above.
    let said = tell(|report| unsafe {
        let set = text("default/web");
        sts_cluster_carry_out(cluster.0, set, NOW, None, None, null_mut(), report)
    });
    assert_eq!(
        (said.code, said.message()),
        (STS_CODE_BAD_POINTER, "send is NULL")
    );
}

fn places() -> Vec<sts_place> {
    let (set, seen) = (desired(), nothing());
    let mut out = [sts_action::default(); 16];
    // SAFETY: every pointer is to a live local.
    let said = tell(|report| unsafe {
        let out = out.as_mut_ptr();
        sts_plan(&raw const set, &raw const seen, 0, out, 16, report)
    });
    let count = usize::try_from(said.report.action_count).expect("few");
    let actions = out[..count].iter();
    // SAFETY: as above.
    actions
        .map(|action| unsafe { sts_action_place(&raw const *action) })
        .collect()
}

/// What may start next: its index; none, before another outcome comes; or all is over.
pub(crate) fn may_start(
    places: &[sts_place],
    outcomes: &[u32],
) -> Result<Option<usize>, &'static str> {
    let (first, told) = (places.as_ptr(), outcomes.as_ptr());
    // SAFETY: every pointer is to live locals, so many of them.
    let said = tell(|report| unsafe { sts_may_start(first, told, places.len(), report) });
    assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
    let (flags, index) = (said.report.flags, said.report.index);
    match (
        flags & STS_REPORT_MAY_START != 0,
        flags & STS_REPORT_OVER != 0,
    ) {
        (true, false) => Ok(usize::try_from(index).ok()),
        (false, false) => Ok(None),
        (false, true) => Err("over"),
        (true, true) => panic!("it may start and is over"),
    }
}

#[test]
fn what_may_run_side_by_side_is_told_one_by_one() {
    use STS_OUTCOME_RUNNING as RUNNING;
    let places = places();
    let mut outcomes = [STS_OUTCOME_NOT_TRIED; 6];
    for (index, then) in [(0, None), (1, None)] {
        assert_eq!(may_start(&places, &outcomes), Ok(Some(index)));
        outcomes[index] = RUNNING;
        assert_eq!(may_start(&places, &outcomes), Ok(then));
        outcomes[index] = STS_OUTCOME_DONE;
    }
    // Two claims at a time, and each pod after its own.
    assert_eq!(may_start(&places, &outcomes), Ok(Some(2)));
    outcomes[2] = RUNNING;
    assert_eq!(may_start(&places, &outcomes), Ok(Some(4)));
    outcomes[4] = RUNNING;
    assert_eq!(may_start(&places, &outcomes), Ok(None));
    outcomes[4] = STS_OUTCOME_DONE;
    assert_eq!(may_start(&places, &outcomes), Ok(Some(5)));
    outcomes[2] = STS_OUTCOME_FAILED;
    assert_eq!(
        may_start(&places, &outcomes),
        Ok(Some(5)),
        "not the pod of the claim that failed"
    );
    outcomes[5] = STS_OUTCOME_HELD_BACK;
    assert_eq!(may_start(&places, &outcomes), Err("over"));
    assert_eq!(may_start(&[], &[]), Err("over"));
    // SAFETY: the pointers are to live locals.
    let said = tell(|report| unsafe {
        sts_may_start(places.as_ptr(), [0, 0, 0, 9, 0, 0].as_ptr(), 6, report)
    });
    assert_eq!((said.code, said.report.index), (STS_CODE_UNKNOWN_NUMBER, 3));
}

#[test]
fn what_is_no_action_has_no_place() {
    let bare = |action: &sts_action| {
        // SAFETY: the pointer is to a live local.
        unsafe { sts_action_place(&raw const *action) }.flags
    };
    // SAFETY: NULL is allowed.
    assert_eq!(unsafe { sts_action_place(null()) }.flags, STS_PLACE_NOTHING);
    let of = |kind| sts_action {
        kind,
        reason: STS_REASON_SCALE_IN,
        ..sts_action::default()
    };
    assert_eq!(bare(&of(STS_ACTION_WAIT)), STS_PLACE_NOTHING);
    assert_eq!(bare(&of(99)), STS_PLACE_NOTHING);
    assert_eq!(bare(&of(STS_ACTION_DELETE_POD)), STS_PLACE_MAY_BE_GONE);
    assert_eq!(bare(&of(STS_ACTION_SET_CLAIM_OWNER)), STS_PLACE_IN_TURN);
    let drain = sts_action {
        reason: STS_REASON_DRAIN,
        ..of(STS_ACTION_EVICT_POD)
    };
    assert_eq!(bare(&drain), STS_PLACE_DUTY | STS_PLACE_MAY_BE_GONE);
}

unsafe extern "C" fn send(
    user: *mut c_void,
    request: *const sts_request,
    response: *mut sts_response,
) {
    // SAFETY: what `turn` hands out, and what the library promises.
    let (told, request, response) =
        unsafe { (&mut *user.cast::<Told>(), &*request, &mut *response) };
    assert_eq!(
        (response.http, response.outcome),
        (0, STS_OUTCOME_NOT_TRIED)
    );
    let body = shown(request.body);
    assert!(body.starts_with('{') && body.ends_with('}'), "{body}");
    let line = format!(
        "{} {} {}",
        shown(request.method),
        shown(request.path),
        shown(request.content_type)
    );
    if told.lines.is_empty() {
        // The cluster is not in use meanwhile.
        let cluster = sts_cluster { id: told.cluster };
        // SAFETY: the report is a live local.
        let listed = tell(|it| unsafe { sts_cluster_begin_list(cluster, STS_KIND_NODE, it) });
        assert_eq!(listed.code, STS_CODE_OK);
    }
    match told.answer(line) {
        STS_OUTCOME_DONE => {
            response.http = 201;
            response.text = text(r#"{"metadata":{"resourceVersion":"12"}}"#);
        }
        STS_OUTCOME_FAILED => {
            response.http = 403;
            response.text = text(r#"{"message":"not \"here\""}"#);
        }
        other => response.outcome = other,
    }
}

unsafe extern "C" fn record(user: *mut c_void, event: *const sts_event) {
    // SAFETY: as above.
    let (told, event) = unsafe { (&mut *user.cast::<Told>(), &*event) };
    told.lines.push(format!(
        "{} {}: {}",
        event.kind,
        shown(event.reason),
        shown(event.message)
    ));
}

fn turn(cluster: &Handle, set: &str, answers: &[u32]) -> (Vec<String>, Said) {
    let mut told = Told {
        answers: answers.to_vec(),
        cluster: cluster.0.id,
        ..Told::default()
    };
    let user = (&raw mut told).cast();
    // SAFETY: every pointer is to a live local.
    let said = tell(|report| unsafe {
        sts_cluster_carry_out(
            cluster.0,
            text(set),
            NOW,
            Some(send),
            Some(record),
            user,
            report,
        )
    });
    (told.lines, said)
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_turn_sends_what_may_be_sent_and_tells_what_happened() {
    let cluster = Handle::with_set();
    let (lines, said) = turn(&cluster, "default/web", &[]);
    assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
    assert_eq!(
        (said.report.next, said.report.action_count),
        (STS_NEXT_REST, 2)
    );
    let expected = [
        "POST /apis/apps/v1/namespaces/default/controllerrevisions application/json",
        "POST /api/v1/namespaces/default/pods application/json",
        "1 SuccessfulCreate: Create Pod web-0 in StatefulSet web successful",
        "PATCH /apis/apps/v1/namespaces/default/statefulsets/web/status application/merge-patch+json",
    ];
    assert_eq!(lines, expected);
    assert_eq!(cluster.due(NOW).good(), "");

    let cluster = Handle::with_set();
    let (lines, said) = turn(
        &cluster,
        "default/web",
        &[STS_OUTCOME_DONE, STS_OUTCOME_FAILED],
    );
    assert_eq!(said.report.next, STS_NEXT_RETRY);
    assert_eq!(
        lines[2],
        "2 FailedCreate: Create Pod web-0 in StatefulSet web failed error: not \"here\""
    );
    let cluster = Handle::with_set();
    let (lines, said) = turn(&cluster, "default/web", &[STS_OUTCOME_NOT_TRIED]);
    assert_eq!((said.code, lines.len()), (STS_CODE_OK, 1));
    let due = cluster.due(NOW);
    let retrying = STS_REPORT_NEXT_WAKE | STS_REPORT_RETRYING;
    assert_eq!(due.report.flags, retrying, "it is looked at again");
    assert_eq!(
        turn(&cluster, "default/other", &[]).1.code,
        STS_CODE_NO_SUCH_SET
    );
    let (lines, said) = turn(&Handle(sts_cluster { id: 0 }), "default/web", &[]);
    assert_eq!((said.code, lines.len()), (STS_CODE_NO_SUCH_CLUSTER, 0));
}

#[test]
fn an_answer_of_the_server_is_one_word() {
    // SAFETY: the texts are live locals.
    let word = |flags, http, body| unsafe { sts_outcome_of_response(flags, http, text(body)) };
    assert_eq!(word(0, 201, "{}"), STS_OUTCOME_DONE);
    assert_eq!(word(0, 404, ""), STS_OUTCOME_NOT_FOUND);
    assert_eq!(
        word(0, 409, r#"{"reason":"AlreadyExists"}"#),
        STS_OUTCOME_ALREADY_EXISTS
    );
    assert_eq!(word(0, 409, r#"{"reason":"Conflict"}"#), STS_OUTCOME_FAILED);
    assert_eq!(word(0, 422, "{}"), STS_OUTCOME_FAILED);
    assert_eq!(word(STS_PLACE_MAY_BE_INVALID, 422, "{}"), STS_OUTCOME_DONE);
    for odd in [0, 1, 65536 + 200, u32::MAX] {
        assert_eq!(word(0, odd, "{}"), STS_OUTCOME_FAILED);
    }
}
