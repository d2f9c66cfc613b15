//! Objects as `kubectl get … -o json` prints them.

use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::Kind;

/// The objects of the kinds that matter here.
pub(super) struct Dump<'a> {
    objects: Vec<Object<'a>>,
    /// Kinds of lists with a type, such as `PodList`: complete even where they are empty.
    listed: Vec<Kind>,
}

/// One object.
pub(super) struct Object<'a> {
    pub(super) kind: Kind,
    pub(super) json: &'a [u8],
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    kind: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    items: Option<Vec<&'a RawValue>>,
}

impl<'a> Dump<'a> {
    /// Reads lists and single objects, one after the other.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let mut dump = Self {
            objects: Vec::new(),
            listed: Vec::new(),
        };
        let documents = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        for document in documents {
            let document = document.map_err(|error| format!("the input is not JSON: {error}"))?;
            dump.take(document, None)?;
        }
        if dump.objects.is_empty() && dump.listed.is_empty() {
            return Err(format!(
                "there is nothing in the input; expected what this prints: kubectl get {} -A -o json",
                super::KINDS
            ));
        }
        Ok(dump)
    }

    /// `listed` is the kind that the list around it says, for objects that do not say theirs.
    fn take(&mut self, json: &'a RawValue, listed: Option<Kind>) -> Result<(), String> {
        let head: Head<'a> = serde_json::from_str(json.get())
            .map_err(|error| format!("the input is not a list of Kubernetes objects: {error}"))?;
        let name = head.kind.as_deref().unwrap_or_default();
        if let Some(items) = head.items {
            let kind = name.strip_suffix("List").and_then(Kind::from_name);
            self.listed.extend(kind);
            return items.into_iter().try_for_each(|item| self.take(item, kind));
        }
        let kind = match Kind::from_name(name).or(listed) {
            Some(kind) => kind,
            None if name.is_empty() => {
                let start: String = json.get().chars().take(60).collect();
                return Err(format!("an object without a kind in the input: {start}…"));
            }
            None => return Ok(()),
        };
        self.objects.push(Object {
            kind,
            json: json.get().as_bytes(),
        });
        Ok(())
    }

    /// The kinds that there are objects or lists of.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        let objects = self.objects.iter().map(|object| object.kind);
        objects.chain(self.listed.iter().copied())
    }

    pub(super) fn objects(&self, kind: Kind) -> impl Iterator<Item = &Object<'a>> {
        self.objects
            .iter()
            .filter(move |object| object.kind == kind)
    }
}
