//! Answers taken apart by callers that read no JSON.

use core::ptr::{null, null_mut};

use statefulset_c::*;

use crate::carry_out::may_start;
use crate::handle::{Handle, KINDS, SET, ask, reconcile, shown, tell, text};

fn requests(answer: &str) -> Vec<sts_request> {
    // SAFETY: the report is a live local, and there is no room to write to.
    let said = tell(|report| unsafe { sts_requests(text(answer), null_mut(), 0, report) });
    let count = usize::try_from(said.report.action_count).expect("few");
    let mut out = Vec::with_capacity(count);
    // SAFETY: there is room for so many.
    let said =
        tell(|report| unsafe { sts_requests(text(answer), out.as_mut_ptr(), count, report) });
    assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
    // SAFETY: they have been written.
    unsafe { out.set_len(count) };
    out
}

fn events(answer: &str) -> Vec<sts_event> {
    let mut out = Vec::with_capacity(16);
    // SAFETY: there is room for so many.
    let said = tell(|report| unsafe { sts_events(text(answer), out.as_mut_ptr(), 16, report) });
    assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
    // SAFETY: they have been written.
    unsafe { out.set_len(usize::try_from(said.report.action_count).expect("few")) };
    out
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn answers_come_apart_without_a_reader_of_json() {
    let cluster = Handle::with_set();
    let plan = cluster.plan("default/web");
    let id = plan.report.plan;
    let plan = plan.good();
    let sent = requests(&plan);
    assert_eq!(sent.len(), 2);
    assert_eq!((sent[0].place.stage, sent[0].reason), (3, 0));
    assert_eq!((sent[1].place.stage, sent[1].place.step), (4, 2));
    assert_eq!(sent[1].reason, STS_REASON_SCALE_OUT);
    assert_eq!(shown(sent[1].path), "/api/v1/namespaces/default/pods");
    assert!(plan.contains(&format!("\"body\":{}}}", shown(sent[1].body))));
    assert_eq!((sent[1].uid.size, sent[1].resource_version.size), (0, 0));

    let places: Vec<_> = sent.iter().map(|request| request.place).collect();
    assert_eq!(may_start(&places, &[0, 0]), Ok(Some(0)));
    assert_eq!(may_start(&places, &[STS_OUTCOME_RUNNING, 0]), Ok(None));
    assert_eq!(may_start(&places, &[STS_OUTCOME_DONE, 0]), Ok(Some(1)));
    assert_eq!(may_start(&places, &[STS_OUTCOME_FAILED, 0]), Err("over"));

    let outcomes = r#"[{"status":"done"},{"status":"failed","message":"a \"quoted\"\nword"}]"#;
    let tail = cluster.finish(id, outcomes).good();
    let last = requests(&tail);
    assert_eq!(shown(last[0].uid), "set-1");
    assert_eq!(last[0].place.flags, STS_PLACE_DUTY);
    let told = events(&tail);
    assert_eq!(
        (told[0].kind, shown(told[0].reason)),
        (STS_EVENT_WARNING, "FailedCreate".to_owned())
    );
    // SAFETY: texts and buffers are live locals.
    let plain =
        ask(|out, cap, report| unsafe { sts_plain_text(told[0].message, out, cap, report) });
    let plain = plain.good();
    assert!(plain.ends_with("a \"quoted\"\nword"), "{plain}");
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn preconditions_are_found_wherever_they_stand() {
    let of = |body: &str| {
        let answer = format!(
            r#"{{"requests":[{{"stage":1,"chain":2,"step":3,"duty":true,"inTurn":true,"reason":"drain","method":"POST",
            "path":"/a\"b","contentType":"c","tolerates":["not-found","invalid"],"body":{body}}}],"events":[]}}"#
        );
        let request = requests(&answer)[0];
        assert_eq!(
            request.place.flags,
            STS_PLACE_DUTY | STS_PLACE_IN_TURN | STS_PLACE_MAY_BE_GONE | STS_PLACE_MAY_BE_INVALID
        );
        assert_eq!(
            (shown(request.path), request.reason),
            (r#"/a\"b"#.to_owned(), STS_REASON_DRAIN)
        );
        assert_eq!(shown(request.body), body);
        (
            shown_or_none(request.uid),
            shown_or_none(request.resource_version),
        )
    };
    let both = ("u".to_owned(), "7".to_owned());
    assert_eq!(
        of(r#"{"metadata":{"uid":"u","resourceVersion":"7"}}"#),
        both
    );
    assert_eq!(
        of(r#"{"kind":"DeleteOptions","preconditions":{"uid":"u","resourceVersion":"7"}}"#),
        both
    );
    assert_eq!(
        of(
            r#"{"metadata":{"name":"n"},"deleteOptions":{"preconditions":{"uid":"u","resourceVersion":"7"}}}"#
        ),
        both
    );
    let none = (String::new(), String::new());
    assert_eq!(of(r#"{"metadata":{"name":"n"}}"#), none);
    assert_eq!(of("{}"), none);
    assert_eq!(of(r#"{"metadata":7}"#), none);
}

/// The same of a text that may be absent.
fn shown_or_none(text: sts_text) -> String {
    if text.size == 0 {
        String::new()
    } else {
        shown(text)
    }
}

#[test]
fn what_is_no_answer_is_refused() {
    for nonsense in ["", "{", "[]x", "{\"requests\":[{}]}", "7"] {
        // SAFETY: there is no room to write to.
        let said = tell(|report| unsafe { sts_requests(text(nonsense), null_mut(), 0, report) });
        assert_eq!(
            (said.code, said.field()),
            (STS_CODE_BAD_JSON, "answer"),
            "{nonsense}"
        );
        // SAFETY: as above.
        let said = tell(|report| unsafe { sts_events(text(nonsense), null_mut(), 0, report) });
        assert_eq!(said.code, STS_CODE_BAD_JSON, "{nonsense}");
    }
    for nonsense in ["\"", "\\", "\\x", "a\nb", "\",\""] {
        // SAFETY: as above.
        let said =
            ask(|out, cap, report| unsafe { sts_plain_text(text(nonsense), out, cap, report) });
        assert_eq!(
            (said.code, said.field()),
            (STS_CODE_BAD_JSON, "quoted"),
            "{nonsense}"
        );
    }
}

/// What is left to do after one look stands within the answer.
#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn the_tail_of_one_look_comes_apart_as_well() {
    let kinds = KINDS.iter().fold(0, |bits, kind| bits | 1 << kind);
    let answer = reconcile("default/web", kinds, SET);
    assert_eq!(answer.report.next, STS_NEXT_REST);
    let answer = answer.good();
    assert_eq!((requests(&answer).len(), events(&answer).len()), (2, 0));
    // SAFETY: the text is a live local.
    let tail = shown(unsafe { sts_tail(text(&answer)) });
    assert!(answer.contains(&format!("\"tail\":{tail}")), "{answer}");
    let last = requests(&tail);
    assert_eq!(last.len(), 1);
    assert_eq!(
        shown(last[0].path),
        "/apis/apps/v1/namespaces/default/statefulsets/web/status"
    );
    assert_eq!(shown(events(&tail)[0].reason), "SuccessfulCreate");
    for none in [&*tail, "{\"tail\":7", "", "7"] {
        // SAFETY: as above.
        let rest = unsafe { sts_tail(text(none)) };
        assert_eq!((rest.data, rest.size), (null(), 0), "{none}");
    }
}
