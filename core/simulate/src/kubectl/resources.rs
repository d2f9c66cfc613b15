//! What a command's arguments name: `sts`, `po,pvc`, `pod web-0 web-1`, `sts/web`.

use std::rc::Rc;

use super::failure::Failure;
use super::selector::{FieldSelector, Labels};
use crate::store::Store;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Object;

/// The resources that arguments name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// All objects of these kinds.
    Kinds(Vec<Kind>),
    /// These objects.
    Objects(Vec<(Kind, String)>),
}

/// What `all` stands for: not all kinds, but those that this word is about in every cluster.
const ALL: [&str; 10] = [
    "pods",
    "replicationcontrollers",
    "services",
    "daemonsets",
    "deployments",
    "replicasets",
    "statefulsets",
    "horizontalpodautoscalers",
    "cronjobs",
    "jobs",
];

/// Reads `KIND[,KIND] [NAME…]` or `KIND/NAME…`, with the kinds that every cluster has.
pub(super) fn named(words: &[String]) -> Result<Named, Failure> {
    read(&kind, words)
}

/// The same, with all kinds that this cluster has.
pub(super) fn named_in(store: &Store, words: &[String]) -> Result<Named, Failure> {
    read(&|word| kind_in(store, word), words)
}

type Reader<'a> = &'a dyn Fn(&str) -> Result<Kind, Failure>;

fn read(kind: Reader<'_>, words: &[String]) -> Result<Named, Failure> {
    let Some((first, names)) = words.split_first() else {
        return Err(Failure::error(NOTHING_NAMED));
    };
    if words.iter().any(|word| word.contains('/')) {
        let pairs = words.iter().map(|word| pair(kind, word));
        return pairs.collect::<Result<_, _>>().map(Named::Objects);
    }
    let mut kinds = Vec::new();
    for word in first.split(',').filter(|word| !word.is_empty()) {
        if word == "all" {
            kinds.extend(ALL.into_iter().filter_map(Kind::of_word));
        } else {
            kinds.push(kind(word)?);
        }
    }
    if names.is_empty() {
        return Ok(Named::Kinds(kinds));
    }
    let pairs = kinds
        .iter()
        .flat_map(|&kind| names.iter().map(move |name| (kind, name.clone())));
    Ok(Named::Objects(pairs.collect()))
}

/// Reads arguments that must name objects.
pub(super) fn objects(words: &[String]) -> Result<Vec<(Kind, String)>, Failure> {
    all_named(named(words)?)
}

/// The same, with all kinds that this cluster has.
pub(super) fn objects_in(store: &Store, words: &[String]) -> Result<Vec<(Kind, String)>, Failure> {
    all_named(named_in(store, words)?)
}

fn all_named(named: Named) -> Result<Vec<(Kind, String)>, Failure> {
    match named {
        Named::Objects(objects) => Ok(objects),
        Named::Kinds(_) => Err(Failure::error(
            "resource(s) were provided, but no name was specified",
        )),
    }
}

/// Reads arguments that must name one StatefulSet.
pub(super) fn stateful_set(words: &[String], verb: &str) -> Result<String, Failure> {
    match objects(words)?.as_slice() {
        [(Kind::StatefulSet, name)] => Ok(name.clone()),
        [(kind, name)] => Err(Failure::error(format!(
            "{} \"{name}\" {verb} is not supported: expected a statefulset",
            kind.resource()
        ))),
        _ => Err(Failure::error("expected exactly one statefulset")),
    }
}

/// The kind that `word` means, of those that every cluster has.
pub(super) fn kind(word: &str) -> Result<Kind, Failure> {
    let found = Kind::of_word(word).or_else(|| with_group(word, Kind::of_word));
    found.ok_or_else(|| unknown(word))
}

/// The kind that `word` means, of all that this cluster has.
pub(super) fn kind_in(store: &Store, word: &str) -> Result<Kind, Failure> {
    let called = |word: &str| store.kind_called(word);
    let found = called(word).or_else(|| with_group(word, called));
    found.ok_or_else(|| unknown(word))
}

/// `statefulsets.v1.apps`, `sts.apps`
fn with_group(word: &str, called: impl Fn(&str) -> Option<Kind>) -> Option<Kind> {
    let (word, rest) = word.split_once('.')?;
    let kind = called(word)?;
    let (group, version) = (kind.group(), kind.version());
    let fits = rest == group || rest == format!("{version}.{group}");
    (fits && !group.is_empty()).then_some(kind)
}

fn unknown(word: &str) -> Failure {
    Failure::error(format!(
        "the server doesn't have a resource type \"{word}\""
    ))
}

fn pair(kind: Reader<'_>, word: &str) -> Result<(Kind, String), Failure> {
    let parts: Vec<_> = word.split('/').collect();
    match parts.as_slice() {
        [kind_word, name] if !name.is_empty() && !kind_word.is_empty() => {
            Ok((kind(kind_word)?, (*name).to_owned()))
        }
        [_, _] => Err(Failure::error(
            "arguments in resource/name form must have a single resource and name",
        )),
        [_] => Err(Failure::error(
            "there is no need to specify a resource type as a separate argument when passing arguments in \
             resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource \
             resource/<resource_name>'",
        )),
        _ => Err(Failure::error(
            "arguments in resource/name form may not have more than one slash",
        )),
    }
}

/// What is said where nothing is named.
pub(super) const NOTHING_NAMED: &str = "You must provide one or more resources by argument or filename.\n\
    Example resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'\n   \
    \'<resource> <name>\'\n   \'<resource>\'";

/// Which of a kind's objects are meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// One namespace; `None` is all of them.
    pub namespace: Option<String>,
    pub labels: Labels,
    pub fields: FieldSelector,
}

impl Filter {
    pub(super) fn list(&self, store: &Store, kind: Kind) -> Vec<Rc<Object>> {
        let objects = store.list(kind, self.namespace.as_deref());
        objects.filter(|o| self.fits(o)).cloned().collect()
    }

    pub(super) fn matches(&self, key: &Key, object: &Object) -> bool {
        let here = !key.kind.is_namespaced()
            || self.namespace.as_ref().is_none_or(|n| *n == key.namespace);
        here && self.fits(object)
    }

    fn fits(&self, object: &Object) -> bool {
        self.labels.matches(object) && self.fields.matches(object)
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, named, objects};
    use crate::values::kind::Kind;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn arguments_name_resources() {
        let kinds = named(&words("sts,po")).unwrap();
        assert_eq!(kinds, Named::Kinds(vec![Kind::StatefulSet, Kind::Pod]));
        for word in [
            "statefulsets.v1.apps",
            "sts.apps",
            "sts.v1.apps",
            "statefulset",
        ] {
            assert_eq!(super::kind(word).unwrap(), Kind::StatefulSet, "{word}");
        }
        assert!(super::kind("pods.v1").is_err() && super::kind("sts.v2.apps").is_err());
        let expected = vec![(Kind::Pod, "a".to_owned()), (Kind::Pod, "b".to_owned())];
        assert_eq!(objects(&words("pod a b")).unwrap(), expected);
        assert_eq!(objects(&words("pod/a pods/b")).unwrap(), expected);
    }

    #[test]
    fn refusals_are_kubectls() {
        for (text, expected) in [
            (
                "foo",
                "error: the server doesn't have a resource type \"foo\"\n",
            ),
            (
                "pods",
                "error: resource(s) were provided, but no name was specified\n",
            ),
        ] {
            assert_eq!(objects(&words(text)).unwrap_err().to_string(), expected);
        }
        let mixed = objects(&words("pod sts/web")).unwrap_err().to_string();
        assert!(mixed.starts_with("error: there is no need to specify"));
    }
}
