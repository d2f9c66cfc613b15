//! What a set waits for, by name.

use statefulset::kubernetes::{Requests, Unseen};
use statefulset::{Do, Gates, Reason};

use super::awaited::UnseenName;
use crate::field::Int;
use crate::moment::{Moment, When};
use crate::set::Words;
use crate::value::value_class;
use crate::word::Word;

value_class! {
    kubernetes;
    /// Why nothing is done now for the ordinals from `ordinal` to `through`, which are not up to date.
    Waiting in "waits" {
        /// The first ordinal that it covers.
        ordinal: Int => u32,
        /// The last ordinal that it covers.
        through: Int => u32,
        /// All conditions that are not met, not only the first.
        gates: Vec<String> => Words<Gates>,
        /// Kind of the object that it waits for, which may not exist yet. None if it waits for no object.
        on_kind: Option<String> = None => Option<String>,
        /// Name of that object; it is in the set's namespace, if its kind has namespaces. None for a list.
        on_name: Option<String> = None => Option<String>,
        /// What of that object has not been seen, if this is what the set waits for; as in `Awaited`.
        unseen: Option<&str> = None => Option<Word<UnseenName>>,
        /// The resource version of the write that has not been seen.
        version: Option<Int> = None => Option<u64>,
        /// The resource version up to which the kind has been seen.
        seen: Option<Int> = None => Option<u64>,
        /// Since when, where that is known.
        since: Option<When> = None => Option<Moment>,
        /// When it ends by itself, if nothing else happens.
        until: Option<When> = None => Option<Moment>,
        /// Why something would be done if the wait were over.
        reason: &str => Word<Reason>,
    }
}

impl Waiting {
    pub(super) fn all(requests: &Requests) -> Vec<Self> {
        let waits = requests.waits.iter().zip(&requests.blockers);
        let waits = waits.filter_map(|(action, on)| {
            let Do::Wait(wait) = action.what else {
                return None;
            };
            let unseen = on.as_ref().and_then(|on| on.unseen);
            Some(Self {
                ordinal: action.ordinal,
                through: wait.through,
                gates: Words(wait.gates),
                on_kind: on.as_ref().map(|on| on.kind.name().into()),
                on_name: on
                    .as_ref()
                    .map(|on| on.name.clone())
                    .filter(|name| !name.is_empty()),
                unseen: unseen.map(UnseenName::of).map(Word),
                version: unseen.and_then(Unseen::version),
                seen: unseen.and_then(Unseen::seen),
                since: wait.since.map(Moment),
                until: wait.until.map(Moment),
                reason: Word(action.reason),
            })
        });
        waits.collect()
    }
}
