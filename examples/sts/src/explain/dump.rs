//! Objects as `kubectl get … -o json` prints them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::Kind;
use statefulset_simulate::documents::{Document, without_place};

/// How many lists may be in one another.
const DEPTH: usize = 16;

/// All objects of the input, each once.
#[derive(Default)]
pub(crate) struct Dump<'a> {
    objects: Vec<Object<'a>>,
    /// Where the objects of the planner's kinds are.
    by_kind: BTreeMap<Kind, Vec<usize>>,
    /// Where each object is. What comes later in the input counts.
    by_name: HashMap<Name<'a>, usize>,
    /// Kinds of lists with a type, such as `PodList`: complete even where they are empty.
    listed: BTreeSet<Kind>,
    /// Objects that have the name of a kind of the planner's, but are of another group or version.
    strangers: Vec<usize>,
}

/// `apiVersion`, kind, namespace and name.
type Name<'a> = (Cow<'a, str>, Cow<'a, str>, Cow<'a, str>, Cow<'a, str>);

/// One object.
pub(crate) struct Object<'a> {
    /// Its `apiVersion`, as it says itself or the list around it.
    pub(super) api_version: Cow<'a, str>,
    /// Its kind, likewise.
    pub(super) kind_name: Cow<'a, str>,
    /// Its namespace; empty where it has none.
    pub(crate) namespace: Cow<'a, str>,
    pub(crate) name: Cow<'a, str>,
    pub(super) json: &'a [u8],
    /// Where in the input it is, such as `document 1, items[3]`.
    pub(super) place: Box<str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(borrow, default)]
    api_version: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize, Default)]
struct Metadata<'a> {
    #[serde(borrow, default)]
    namespace: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
}

/// What a list says of its items, which need not say it themselves.
#[derive(Clone, Copy, Default)]
struct Around<'l> {
    api_version: &'l str,
    kind: &'l str,
}

impl<'a> Dump<'a> {
    /// Reads objects, lists, and lists in lists. An object that cannot be read costs only itself: what is wrong with it goes to
    /// `problems`.
    pub(crate) fn read(documents: &'a [Document<'a>], problems: &mut Vec<String>) -> Self {
        let mut dump = Self::default();
        for document in documents {
            let place = format!("document {}", document.number);
            dump.take(&document.json, &place, 0, Around::default(), problems);
        }
        dump
    }

    fn take(
        &mut self,
        json: &'a str,
        place: &str,
        depth: usize,
        around: Around<'_>,
        problems: &mut Vec<String>,
    ) {
        if let Err(problem) = self.try_take(json, place, depth, around, problems) {
            problems.push(format!("{place}: {problem}"));
        }
    }

    fn try_take(
        &mut self,
        json: &'a str,
        place: &str,
        depth: usize,
        around: Around<'_>,
        problems: &mut Vec<String>,
    ) -> Result<(), String> {
        if depth > DEPTH {
            return Err(format!("there are more than {DEPTH} lists in one another"));
        }
        match json.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = parse(json)?;
                for (index, item) in items.into_iter().enumerate() {
                    let place = format!("{place}, [{index}]");
                    self.take(item.get(), &place, depth + 1, around, problems);
                }
                return Ok(());
            }
            Some(b'{') => {}
            _ => return Err(format!("expected an object, found {}", start(json))),
        }
        let head: Head<'a> = parse(json)?;
        let list = head.kind.as_deref().and_then(|it| it.strip_suffix("List"));
        if list.is_some() || head.items.is_some() {
            let version = head.api_version.as_deref().unwrap_or_default();
            let kind = list.unwrap_or_default();
            self.listed.extend(known(version, kind));
            let around = Around {
                api_version: version,
                kind,
            };
            for (index, item) in head.items.into_iter().flatten().enumerate() {
                let place = format!("{place}, items[{index}]");
                self.take(item.get(), &place, depth + 1, around, problems);
            }
            return Ok(());
        }
        let own = |said: Option<Cow<'a, str>>, around: &str| {
            said.unwrap_or_else(|| Cow::Owned(around.to_owned()))
        };
        let metadata = head.metadata.unwrap_or_default();
        let mut object = Object {
            api_version: own(head.api_version, around.api_version),
            kind_name: own(head.kind, around.kind),
            namespace: metadata.namespace.unwrap_or_default(),
            name: metadata.name.unwrap_or_default(),
            json: json.as_bytes(),
            place: place.into(),
        };
        if object.kind_name.is_empty() {
            return Err(format!("an object without a kind: {}", start(json)));
        }
        if object.name.is_empty() {
            return Err(format!(
                "{}: metadata.name: expected a name",
                object.kind_name
            ));
        }
        // Only a manifest has none, and kubectl would put it here.
        if object.namespace.is_empty() && known("", &object.kind_name) == Some(Kind::StatefulSet) {
            object.namespace = Cow::Borrowed("default");
        }
        self.keep(object);
        Ok(())
    }

    fn keep(&mut self, object: Object<'a>) {
        let name = (
            object.api_version.clone(),
            object.kind_name.clone(),
            object.namespace.clone(),
            object.name.clone(),
        );
        let index = self.objects.len();
        if let Some(&before) = self.by_name.get(&name) {
            self.objects[before] = object;
            return;
        }
        self.by_name.insert(name, index);
        if let Some(kind) = known(&object.api_version, &object.kind_name) {
            self.by_kind.entry(kind).or_default().push(index);
        } else if Kind::from_name(&object.kind_name).is_some() {
            self.strangers.push(index);
        }
        self.objects.push(object);
    }

    /// Whether there is neither an object nor a list.
    pub(super) fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.listed.is_empty()
    }

    /// The kinds that there are objects or lists of.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.by_kind.keys().chain(&self.listed).copied()
    }

    /// The objects of one of the planner's kinds.
    pub(crate) fn objects(&self, kind: Kind) -> impl Iterator<Item = &Object<'a>> {
        let places = self.by_kind.get(&kind).into_iter().flatten();
        places.map(|&index| &self.objects[index])
    }

    /// All objects, of whatever kind.
    pub(super) fn all(&self) -> impl Iterator<Item = &Object<'a>> {
        self.objects.iter()
    }

    /// What was passed over, in sentences: objects of other groups that have the name of a kind of the planner's, and kinds
    /// that are not Kubernetes' own.
    pub(super) fn passed_over(&self) -> Vec<String> {
        let mut others: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for &index in &self.strangers {
            let Object {
                api_version,
                kind_name,
                ..
            } = &self.objects[index];
            others
                .entry((kind_name, api_version))
                .or_default()
                .push(index);
        }
        let mut remarks = Vec::new();
        for ((kind, version), places) in others {
            let own = Kind::from_name(kind).map_or("", Kind::api_version);
            let first = self.objects[places[0]].key();
            let more = match places.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            remarks.push(format!(
                "{kind} {first}{more} of {version}: not one of {own}, passed over"
            ));
        }
        let custom = self
            .all()
            .filter(|it| !it.is_kubernetes_own() && Kind::from_name(&it.kind_name).is_none());
        let custom: BTreeSet<&str> = custom.map(|it| &*it.kind_name).collect();
        if !custom.is_empty() {
            let custom: Vec<_> = custom.into_iter().collect();
            remarks.push(format!(
                "of these kinds nothing depends, they are passed over: {}",
                custom.join(", ")
            ));
        }
        remarks
    }
}

impl Object<'_> {
    /// Namespace and name, or the name alone.
    pub(super) fn key(&self) -> String {
        if self.namespace.is_empty() {
            self.name.to_string()
        } else {
            format!("{}/{}", self.namespace, self.name)
        }
    }

    /// Whether its group is one of Kubernetes' own: only those have no domain, or that of Kubernetes.
    fn is_kubernetes_own(&self) -> bool {
        let group = self
            .api_version
            .split_once('/')
            .map_or("", |(group, _)| group);
        !group.contains('.') || group.ends_with(".k8s.io")
    }
}

/// The planner's kind of this name and version. An object without a version is what its kind says.
fn known(version: &str, kind: &str) -> Option<Kind> {
    Kind::from_name(kind).filter(|it| version.is_empty() || it.api_version() == version)
}

fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| format!("{}: {}", error.path(), without_place(error.inner())))
}

fn start(json: &str) -> String {
    let start: String = json.chars().take(60).collect();
    let end = if start.len() < json.len() { "…" } else { "" };
    format!("{start}{end}")
}
