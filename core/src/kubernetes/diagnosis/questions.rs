//! What is written on pods about their end: who is held, who was asked and has not answered (rules Y-8 to Y-10).

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::Case;
use super::cause::{Cause, ObjectName, Weight};
use super::cure::{Cure, quoted};
use super::name::CauseName;
use crate::desired::Ordinal;
use crate::kubernetes::object::template;
use crate::kubernetes::value::changed::CHANGED_ANNOTATION;
use crate::kubernetes::value::marks::{
    HOLD_ANNOTATION, MarkedBy, Marks, PREPARE_ANNOTATION, PREPARED_ANNOTATION, REPLACE_ANNOTATION,
    purpose_words,
};
use crate::wait::Gate;

/// The causes and remarks that marks on pods give.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let mut found = Vec::new();
    if case.set().policies.marked_by != MarkedBy::Annotations {
        return found;
    }
    for pod in case.turn.snapshot.roster.pods() {
        let name = template::pod_name(case.set(), pod.ordinal);
        let Some(Some(facts)) = case.turn.objects.pods.get(case.namespace(), &name) else {
            continue;
        };
        let marked = Marked {
            case,
            ordinal: pod.ordinal,
            name,
            marks: facts.mold.marks,
            changing: facts.mold.changing,
        };
        found.extend(marked.unreadable());
        found.extend(marked.held());
        found.extend(marked.preparing());
    }
    found
}

struct Marked<'a> {
    case: &'a Case<'a>,
    ordinal: Ordinal,
    name: String,
    marks: Marks,
    changing: Option<bool>,
}

impl Marked<'_> {
    fn waits_at(&self, gate: Gate) -> bool {
        self.case.waits_at(self.ordinal, gate)
    }

    fn cause(&self, name: CauseName, text: String) -> Cause {
        let range = (self.ordinal, self.ordinal);
        Cause::new(name, range, ObjectName::new("Pod", &*self.name), text)
    }

    fn annotate(&self, what: &str) -> String {
        let namespace = self.case.namespace();
        format!("kubectl annotate pod {} -n {namespace} {what}", self.name)
    }

    fn unreadable(&self) -> Option<Cause> {
        if !self.marks.unreadable && self.changing.is_some() {
            return None;
        }
        let text = format!(
            "{} has an annotation {HOLD_ANNOTATION}, {REPLACE_ANNOTATION}, {PREPARE_ANNOTATION} or {CHANGED_ANNOTATION} that cannot be \
             understood; it is held for everything, not replaced, not back in service, or not done with a change, whichever it is",
            self.name
        );
        let cure = Cure::new("take these annotations away, and write the one that was meant");
        let command = format!(
            "{HOLD_ANNOTATION}- {REPLACE_ANNOTATION}- {PREPARE_ANNOTATION}- {CHANGED_ANNOTATION}-"
        );
        let cause = self.cause(CauseName::MarkUnreadable, text);
        let gates = [Gate::Held, Gate::Preparing, Gate::PodChanging];
        let matters = gates.into_iter().any(|gate| self.waits_at(gate));
        let cause = cause.weighing(if matters {
            Weight::Hindrance
        } else {
            Weight::Remark
        });
        Some(cause.cure(cure.run(self.annotate(&command))))
    }

    fn held(&self) -> Option<Cause> {
        if self.marks.unreadable || !self.waits_at(Gate::Held) {
            return None;
        }
        let words = purpose_words(self.marks.hold);
        let text = format!("{} is held, and does not go for {words} now", self.name);
        let cure = Cure::new("let it go when it suits you");
        let cause = self.cause(CauseName::Held, text);
        let cause = cause.seen(annotation(HOLD_ANNOTATION), words);
        Some(cause.cure(cure.run(self.annotate(&format!("{HOLD_ANNOTATION}-")))))
    }

    fn preparing(&self) -> Option<Cause> {
        let question = self.marks.question()?;
        if !self.waits_at(Gate::Preparing) {
            return None;
        }
        let about = match question.split(' ').next() {
            Some("leave") => "was asked to prepare for its end, and has not answered",
            Some("restart") => "was asked to prepare for a restart, and has not answered",
            _ => "was told that it stays after it was asked to prepare, and is not back in service",
        };
        let text = format!("{} {about}", self.name);
        let cure = Cure::new(format!(
            "the program that looks after the pod answers by copying {PREPARE_ANNOTATION} to {PREPARED_ANNOTATION} once it has done what \
             that says; where there is no such program, do it yourself, and answer then"
        ));
        let answer = format!("--overwrite {PREPARED_ANNOTATION}={}", quoted(&question));
        let cure = cure.run(self.annotate(&answer));
        let cause = self
            .cause(CauseName::Preparing, text)
            .since(self.marks.since);
        let cause = cause.seen(annotation(PREPARE_ANNOTATION), question.clone());
        Some(cause.cure(cure.but("an answer before the pod is prepared loses what it has")))
    }
}

fn annotation(name: &str) -> String {
    format!("metadata.annotations[{name}]")
}
