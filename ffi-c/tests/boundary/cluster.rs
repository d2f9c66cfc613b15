//! The kubernetes tier behind its handle: what it is told, what it says, and how it refuses.

use core::ptr::{null, null_mut};

use statefulset_c::*;

use crate::handle::{Handle, KINDS, NOW, SET, bytes, reconcile, tell, text};

const DONE: &str = r#"[{"status":"done"},{"status":"done"}]"#;

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_handle_that_names_no_cluster_is_refused_by_every_call() {
    let freed = Handle::with_set();
    let handle = freed.0;
    drop(freed);
    for odd in [handle, sts_cluster { id: 0 }, sts_cluster { id: u64::MAX }] {
        let odd = Handle(odd);
        let plan = sts_plan_id::default();
        let calls = [
            odd.apply(STS_KIND_STATEFUL_SET, SET),
            odd.remove(STS_KIND_POD, "default/web-0", ""),
            odd.begin_list(STS_KIND_POD),
            odd.end_list(STS_KIND_POD, "1"),
            odd.watch("{}"),
            odd.due(NOW),
            odd.take_due(NOW),
            odd.awaited(),
            odd.plan("default/web"),
            odd.explain("default/web"),
            odd.diagnose("default/web", "", 0),
            odd.diagnose_text("default/web", "", 0),
            odd.upgrade("default/web", STS_KUBERNETES_1_33, STS_KUBERNETES_1_37),
            odd.upgrade_text("default/web", 0, 0),
            odd.may_try(plan, 0, "[]"),
            odd.finish(plan, "[]"),
            odd.settle(plan, "[]"),
        ];
        for said in calls {
            assert_eq!(said.code, STS_CODE_NO_SUCH_CLUSTER);
            assert_eq!(said.report.list, STS_LIST_ARGUMENT);
            assert_eq!(said.field(), "cluster");
            assert_eq!(said.message(), "cluster was never made, or has been freed");
        }
    }
    assert_eq!(sts_cluster_free(handle), STS_CODE_NO_SUCH_CLUSTER);
    assert_eq!(sts_cluster_free(sts_cluster { id: 0 }), STS_CODE_OK);
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_plan_is_the_same_until_it_is_finished() {
    let cluster = Handle::with_set();
    let due = cluster.due(NOW);
    assert_eq!(due.report.action_count, 1);
    assert_eq!(due.good(), "default/web\n");
    let first = cluster.plan("default/web");
    let id = first.report.plan;
    assert_eq!(first.report.action_count, 2);
    let first = first.good();
    assert_eq!(cluster.plan("default/web").good(), first);
    assert!(first.starts_with(&format!("{{\"id\":\"{}.{}\",", id.view, id.now_ms)));

    let tail = cluster.finish(id, DONE);
    assert_eq!(tail.report.next, STS_NEXT_REST);
    assert!(tail.good().contains("SuccessfulCreate"));
    assert_eq!(cluster.due(NOW).good(), "");
    assert_eq!(cluster.settle(id, r#"[{"http":500}]"#).code, STS_CODE_OK);
    let due = cluster.due(NOW);
    assert_eq!(
        due.report.flags,
        STS_REPORT_NEXT_WAKE | STS_REPORT_RETRYING,
        "a failed status is tried again"
    );
    let other = cluster.finish(id, DONE);
    assert_eq!(other.report.next, STS_NEXT_AGAIN, "a plan is finished once");
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn a_set_in_hand_is_not_handed_out_twice_and_stays_due() {
    let cluster = Handle::with_set();
    let plan = cluster.plan("default/web").report.plan;
    // `ask` has taken it with just enough room, and not with too little.
    assert_eq!(cluster.take_due(NOW).good(), "default/web\n");
    assert_eq!(cluster.take_due(NOW).good(), "");
    assert_eq!(cluster.due(NOW).good(), "default/web\n");
    let again = SET
        .replace("\"replicas\":2", "\"replicas\":1")
        .replace("\"10\"", "\"11\"");
    cluster.apply(STS_KIND_STATEFUL_SET, &again).good();
    assert_eq!(cluster.take_due(NOW).good(), "", "it is still in hand");
    cluster.finish(plan, DONE).good();
    assert_eq!(
        cluster.take_due(NOW).good(),
        "default/web\n",
        "it has changed meanwhile"
    );
    cluster.finish(sts_plan_id::default(), "[]").good();
    assert_eq!(
        cluster.take_due(NOW).good(),
        "default/web\n",
        "it was handed back"
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn what_is_awaited_is_named_and_asked_for_again() {
    let cluster = Handle::new();
    cluster.apply(STS_KIND_STATEFUL_SET, SET).good();
    let plan = cluster.plan("default/web");
    let id = plan.report.plan;
    let on = r#""on":{"kind":"StatefulSet","unseen":"list"}"#;
    assert!(plan.text.contains(on), "{}", plan.text);
    assert_eq!(
        cluster.awaited().good(),
        "[]",
        "nobody has been held up yet"
    );
    cluster.finish(id, "[]").good();
    let due = cluster.due(NOW);
    assert_eq!(due.report.flags, STS_REPORT_NEXT_WAKE | STS_REPORT_AWAITED);
    assert_eq!(due.report.next_wake_ms, NOW + 30_000);
    assert_eq!(
        cluster.awaited().good(),
        r#"[{"set":"default/web","kind":"StatefulSet","unseen":"list","since":1800000000000,"text":"waiting for a complete list of the kind StatefulSet: there was none yet (begin_list, then end_list)"}]"#
    );
    assert_eq!(cluster.due(NOW + 30_000).good(), "default/web\n");

    let cluster = Handle::with_set();
    let id = cluster.plan("default/web").report.plan;
    let done =
        r#"[{"status":"done","resourceVersion":"811"},{"status":"done","resourceVersion":"812"}]"#;
    cluster.finish(id, done).good();
    cluster.bookmark(STS_KIND_CONTROLLER_REVISION, "811").good();
    cluster.bookmark(STS_KIND_POD, "805").good();
    let told = cluster.explain("default/web").good();
    let text = "waiting to see our own write: pod web-0 was created at resource version 812, the pod watch is at 805";
    assert_eq!(told, format!("web: nothing is decided yet: {text}"));
    let plan = cluster.plan("default/web");
    let on = r#""on":{"kind":"Pod","name":"web-0","unseen":"write","version":812,"seen":805},"since":1800000000000"#;
    assert!(plan.text.contains(on), "{}", plan.text);
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn the_skip_rules_are_the_library_s() {
    let cluster = Handle::with_set();
    let id = cluster.plan("default/web").report.plan;
    let may_try = |index, outcomes: &str| {
        let said = cluster.may_try(id, index, outcomes);
        assert_eq!(said.code, STS_CODE_OK, "{}", said.message());
        said.report.flags & STS_REPORT_MAY_TRY != 0
    };
    assert!(may_try(0, "[]"));
    assert!(!may_try(1, "[]"), "what comes before it is not known");
    assert!(may_try(1, r#"[{"status":"done"}]"#));
    assert!(!may_try(1, r#"[{"status":"conflict"}]"#));
    assert!(!may_try(2, DONE), "out of range");
    assert!(!may_try(u64::MAX, DONE));
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn sentences_are_about_one_set() {
    let cluster = Handle::with_set();
    let told = cluster.explain("default/web").good();
    assert!(told.starts_with("web-0: create the pod"), "{told}");
    for said in [
        cluster.plan("default/other"),
        cluster.explain("other"),
        cluster.diagnose("", "", 0),
        cluster.diagnose_text("default/other", "{}", 1),
        cluster.upgrade("default/other", 0, 0),
        cluster.upgrade_text("", 0, 0),
    ] {
        assert_eq!(said.code, STS_CODE_NO_SUCH_SET);
        assert!(said.message().ends_with("there is no such set"));
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn bad_objects_are_named_and_set_aside() {
    let cluster = Handle::with_set();
    let broken = r#"{"metadata":{"namespace":"default","name":"web-7"},"spec":{"nodeName":7}}"#;
    let said = cluster.apply(STS_KIND_POD, broken);
    assert_eq!(said.code, STS_CODE_BAD_OBJECT);
    assert_eq!((said.report.kind, said.field()), (STS_KIND_POD, "json"));
    let told = said.message();
    assert!(
        told.starts_with("Pod default/web-7: spec.nodeName: invalid type"),
        "{told}"
    );
    let told = cluster.explain("default/web").good();
    assert!(told.contains("could not be read"), "{told}");
    for nonsense in ["", "{", "[]", "7", "{\"metadata\":{}}"] {
        for kind in KINDS {
            let said = cluster.apply(kind, nonsense);
            assert_eq!(said.code, STS_CODE_BAD_OBJECT, "{nonsense}");
            assert_eq!(said.report.kind, kind);
        }
    }
    // The longest names leave room for the problem.
    let name = "n".repeat(253);
    let broken = format!(
        r#"{{"metadata":{{"namespace":"{}","name":"{name}"}},"spec":7}}"#,
        "s".repeat(63)
    );
    let said = cluster.apply(STS_KIND_POD, &broken);
    assert!(
        said.message().contains(": spec: invalid type"),
        "{}",
        said.message()
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn bad_text_and_bad_json_say_where() {
    let cluster = Handle::with_set();
    let id = cluster.plan("default/web").report.plan;
    let said = cluster.finish(id, r#"[{"status":"done"},{"status":"fine"}]"#);
    assert_eq!((said.code, said.field()), (STS_CODE_BAD_JSON, "outcomes"));
    assert!(
        said.message()
            .starts_with("[1].status: unknown variant `fine`")
    );
    let said = cluster.watch(r#"{"type":"ADDED","object":{"kind":"Pod"}}"#);
    assert_eq!((said.code, said.field()), (STS_CODE_BAD_JSON, "event"));
    assert_eq!(
        said.message(),
        "object.apiVersion: expected \"v1\", found \"\""
    );
    let said = cluster.watch(r#"{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1"}}"#);
    assert_eq!((said.code, said.field()), (STS_CODE_BAD_OBJECT, "event"));

    let odd = bytes(b"default/\xff");
    // SAFETY: the text is static.
    let said = tell(|report| unsafe {
        sts_cluster_remove(cluster.0, STS_KIND_POD, odd, text(""), report)
    });
    assert_eq!((said.code, said.field()), (STS_CODE_BAD_TEXT, "object"));
    assert_eq!(said.message(), "object is not UTF-8 from byte 8 on");
    assert_eq!(
        cluster.due(NOW).good(),
        "default/web\n",
        "nothing has changed"
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn pointers_and_numbers_are_checked() {
    let cluster = Handle::new();
    for kind in [0, 10, u32::MAX] {
        let said = cluster.begin_list(kind);
        assert_eq!((said.code, said.field()), (STS_CODE_UNKNOWN_NUMBER, "kind"));
        assert_eq!(cluster.apply(kind, "{}").code, STS_CODE_UNKNOWN_NUMBER);
    }
    for kinds in [1, 1 << 10, u32::MAX] {
        let said = reconcile("default/web", kinds, "[]");
        assert_eq!(
            (said.code, said.field()),
            (STS_CODE_UNKNOWN_NUMBER, "kinds")
        );
    }
    let nothing = sts_text {
        data: null(),
        size: 1,
    };
    let endless = sts_text {
        data: SET.as_ptr().cast(),
        size: usize::MAX,
    };
    for (odd, problem) in [
        (nothing, "event is NULL and its count is not 0"),
        (endless, "event has an impossible count"),
    ] {
        // SAFETY: the text must be refused before it is followed.
        let said = tell(|report| unsafe { sts_cluster_watch(cluster.0, odd, report) });
        assert_eq!((said.code, said.message()), (STS_CODE_BAD_POINTER, problem));
    }
    // SAFETY: NULL with room must be refused before anything is written.
    let said = tell(|report| unsafe { sts_cluster_due(cluster.0, 0, null_mut(), 1, report) });
    assert_eq!(
        (said.code, said.report.list),
        (STS_CODE_BAD_POINTER, STS_LIST_OUT)
    );

    let mut profile = sts_profile_upstream();
    let mut made = sts_cluster { id: 0 };
    let make = |profile: *const sts_profile, out| {
        // SAFETY: NULL, or live locals.
        tell(|report| unsafe { sts_cluster_new(profile, out, report) })
    };
    assert_eq!(make(null(), &raw mut made).field(), "profile");
    assert_eq!(make(&raw const profile, null_mut()).field(), "out");
    profile.give_up = 7;
    let said = make(&raw const profile, &raw mut made);
    assert_eq!(
        (said.code, said.field()),
        (STS_CODE_UNKNOWN_NUMBER, "profile.give_up")
    );
    assert_eq!(said.message(), "profile.give_up: 7 has no meaning here");
    profile.give_up = 0;
    profile.reserved[1] = 1;
    let said = make(&raw const profile, &raw mut made);
    assert_eq!(
        (said.code, said.field()),
        (STS_CODE_RESERVED, "profile.reserved")
    );
    assert_eq!(made.id, 0, "a failure wrote to out");
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn sets_of_another_resource() {
    let profile = sts_profile_upstream();
    let mut made = sts_cluster { id: 0 };
    let mut make = |api_version, kind, plural| {
        let (api_version, kind, plural) = (text(api_version), text(kind), text(plural));
        // SAFETY: live locals.
        tell(|report| unsafe {
            sts_cluster_new_of(
                &raw const profile,
                api_version,
                kind,
                plural,
                &raw mut made,
                report,
            )
        })
    };
    for (api_version, kind, plural, field) in [
        ("a/b/c", "PlannedSet", "plannedsets", "api_version"),
        ("example.org/v1", "Planned/Set", "plannedsets", "kind"),
        ("v1", "Pod", "pods", "kind"),
        ("example.org/v1", "PlannedSet", "", "plural"),
    ] {
        let said = make(api_version, kind, plural);
        assert_eq!((said.code, said.field()), (STS_CODE_NOT_A_NAME, field));
    }
    make("example.org/v1", "PlannedSet", "plannedsets").good();
    let cluster = Handle(made);
    for kind in KINDS {
        // SAFETY: live locals.
        tell(|report| unsafe { sts_cluster_begin_list(cluster.0, kind, report) }).good();
        // SAFETY: as above.
        tell(|report| unsafe { sts_cluster_end_list(cluster.0, kind, text("1"), report) }).good();
    }
    cluster.apply(STS_KIND_STATEFUL_SET, SET).good();
    let plan = cluster.plan("default/web").good();
    assert!(
        plan.contains(r#""apiVersion":"example.org/v1","blockOwnerDeletion":true,"controller":true,"kind":"PlannedSet""#),
        "{plan}"
    );
    // Messages call a set what it is.
    let broken = cluster.apply(STS_KIND_STATEFUL_SET, &SET.replace("\"spec\"", "\"specs\""));
    assert_eq!(broken.code, STS_CODE_BAD_OBJECT);
    assert_eq!(broken.report.kind, STS_KIND_STATEFUL_SET);
    let said = broken.message();
    assert!(said.starts_with("PlannedSet default/web: "), "{said}");
    let missing = cluster.plan("default/other");
    assert_eq!(
        missing.message(),
        "PlannedSet default/other: .: there is no such set"
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes, since it reads objects")]
fn one_look_needs_no_handle() {
    let kinds = KINDS.iter().fold(0, |bits, kind| bits | 1 << kind);
    let answer = reconcile("default/web", kinds, SET);
    assert_eq!(answer.report.action_count, 2);
    let answer = answer.good();
    assert!(answer.contains(r#""tail":{"requests":["#), "{answer}");
    let unknown = reconcile("default/web", kinds & !(1 << STS_KIND_POD), SET);
    assert_eq!(unknown.report.action_count, 0);
    assert!(unknown.good().contains("stale-view"));
    let missing = reconcile("default/other", kinds, SET);
    assert_eq!(missing.code, STS_CODE_NO_SUCH_SET);
    let broken = reconcile("default/web", kinds, "[{}]");
    assert_eq!(
        (broken.code, broken.field()),
        (STS_CODE_BAD_JSON, "objects")
    );
    assert_eq!(broken.message(), "[0].kind: is missing");
}
