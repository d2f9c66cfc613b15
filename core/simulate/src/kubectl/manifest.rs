//! Objects read from files.

use std::io;

use serde_json::Value;

use super::failure::Failure;
use super::files::Files;
use super::parse::parse;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// One object of a file.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Document {
    /// The file.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// What the file says.
    pub object: Object,
}

/// What files hold.
#[derive(Default)]
pub(super) struct Manifest {
    /// All objects, in order; the members of lists count as objects of their own.
    pub documents: Vec<Document>,
    /// What could not be made an object of. It keeps no other from its turn.
    pub failures: Vec<Failure>,
}

/// Reads `paths`. What is none of the objects that may be there, or nothing at all, is an error.
pub(super) fn read(
    paths: &[String],
    disk: &mut dyn Files,
    store: &Store,
) -> Result<Manifest, Failure> {
    let mut found = Manifest::default();
    for path in paths {
        for (path, text) in files(path, disk)? {
            for value in parse(&text) {
                match value {
                    Ok(value) => found.members(store, &path, value),
                    Err(problem) => found.fail(format!("error parsing {path}: {problem}")),
                }
            }
        }
    }
    if found.documents.is_empty() && found.failures.is_empty() {
        return Err(Failure::error(if paths.is_empty() {
            "must specify -f FILE"
        } else {
            "no objects passed to apply"
        }));
    }
    Ok(found)
}

/// The file at `path`, or the manifests in the directory at `path`.
fn files(path: &str, disk: &mut dyn Files) -> Result<Vec<(String, String)>, Failure> {
    let missing = |path: &str, error: &io::Error| {
        Failure::error(match error.kind() {
            io::ErrorKind::NotFound => format!("the path \"{path}\" does not exist"),
            _ => format!("cannot read \"{path}\": {error}"),
        })
    };
    match disk.read(path) {
        Ok(text) => Ok(vec![(path.to_owned(), text)]),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            let folder = format!("{}/", path.trim_end_matches('/'));
            let listing = disk.read(&folder).map_err(|e| missing(&folder, &e))?;
            let mut names: Vec<_> = listing.lines().filter(|name| is_manifest(name)).collect();
            names.sort_unstable();
            let paths = names.into_iter().map(|name| format!("{folder}{name}"));
            let texts = paths.map(|path| match disk.read(&path) {
                Ok(text) => Ok((path, text)),
                Err(error) => Err(missing(&path, &error)),
            });
            texts.collect()
        }
        Err(error) => Err(missing(path, &error)),
    }
}

fn is_manifest(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    matches!(extension, Some("yaml" | "yml" | "json"))
}

impl Manifest {
    fn fail(&mut self, problem: String) {
        self.failures.push(Failure::Error(problem));
    }

    /// Takes in an object, or the members of a list: `List`, or a kind's own, as `kubectl get` and clients write it.
    fn members(&mut self, store: &Store, path: &str, object: Value) {
        let (kind, version) = (object.text("/kind"), object.text("/apiVersion"));
        for (field, text) in [("kind", kind), ("apiVersion", version)] {
            if text.is_empty() {
                return self.fail(format!(
                    "error validating \"{path}\": error validating data: {field} not set"
                ));
            }
        }
        if let Some(kind) = store.kind_of(kind, version) {
            return self.documents.push(Document {
                path: path.to_owned(),
                kind,
                object,
            });
        }
        let of = kind.strip_suffix("List");
        if of.is_some_and(|of| of.is_empty() || store.kind_of(of, version).is_some()) {
            for member in object.list("/items") {
                let mut member = member.clone();
                // In a list of one kind the members need not repeat it.
                for (field, text) in [("/kind", of.unwrap_or_default()), ("/apiVersion", version)] {
                    if member.text(field).is_empty() {
                        member.put(field, text.into());
                    }
                }
                self.members(store, path, member);
            }
            return;
        }
        self.fail(format!(
            "resource mapping not found for name: \"{}\" namespace: \"{}\" from \"{path}\": no matches for kind \
             \"{kind}\" in version \"{version}\"\nensure CRDs are installed first",
            object.name(),
            object.namespace(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Document, Failure, read};
    use crate::store::Store;
    use crate::values::kind::Kind;

    fn from(text: &str) -> Result<Vec<Document>, String> {
        let mut file = |_: &str| Ok(text.to_owned());
        let found = read(&["a.yaml".into()], &mut file, &Store::new(0, 0))
            .map_err(|failure| failure.to_string())?;
        let failed = Failure::all(found.failures);
        failed.map_err(|failure| failure.to_string())?;
        Ok(found.documents)
    }

    #[test]
    fn documents_and_lists_are_flattened() {
        let text = "---\n# nothing\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n\
                    apiVersion: v1\nkind: List\nitems:\n- {apiVersion: apps/v1, kind: StatefulSet, spec: {mode: 0644}}\n";
        let documents = from(text).unwrap();
        let kinds: Vec<_> = documents.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [Kind::Service, Kind::StatefulSet]);
        assert_eq!(documents[1].object["spec"]["mode"], 420);
    }

    #[test]
    fn errors_name_file_document_and_line() {
        let error = from("apiVersion: v1\nkind: Service\n---\na: b\n c: d\n").unwrap_err();
        assert!(
            error.starts_with("error: error parsing a.yaml: document 2: "),
            "{error}"
        );
        assert!(error.contains("line 5"), "{error}");
        let error = from("apiVersion: v9\nkind: Gadget\nmetadata: {name: x}\n").unwrap_err();
        assert!(error.contains("no matches for kind \"Gadget\" in version \"v9\""));
        assert_eq!(
            from("kind: Pod").unwrap_err(),
            "error: error validating \"a.yaml\": error validating data: apiVersion not set\n"
        );
        let mut none = |_: &str| Err(io::ErrorKind::NotFound.into());
        let missing = read(&["b.yaml".into()], &mut none, &Store::new(0, 0)).err();
        assert_eq!(
            missing.map(|it| it.to_string()).unwrap_or_default(),
            "error: the path \"b.yaml\" does not exist\n"
        );
    }
}
