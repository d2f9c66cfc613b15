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

/// Reads `paths`. What is none of the objects that may be there is a failure.
pub(super) fn read(
    paths: &[String],
    disk: &mut dyn Files,
    store: &Store,
) -> Result<Manifest, Failure> {
    let mut found = Manifest::default();
    for path in paths {
        for (path, text) in files(path, disk)? {
            let path = if path == "-" {
                "STDIN".to_owned()
            } else {
                path
            };
            for value in parse(&text) {
                match value {
                    Ok(value) => found.members(store, &path, value),
                    Err(problem) => found.fail(format!("error parsing {path}: {problem}")),
                }
            }
        }
    }
    Ok(found)
}

/// The file at `path`, or the manifests in the directory at `path`.
fn files(path: &str, disk: &mut dyn Files) -> Result<Vec<(String, String)>, Failure> {
    listed(path, disk, is_manifest)
}

/// The file at `path`, or all files in the directory at `path`.
pub(super) fn plain(path: &str, disk: &mut dyn Files) -> Result<Vec<(String, String)>, Failure> {
    listed(path, disk, |_| true)
}

/// The file at `path`.
pub(super) fn text(path: &str, disk: &mut dyn Files) -> Result<String, Failure> {
    disk.read(path).map_err(|error| unread(path, &error))
}

fn listed(
    path: &str,
    disk: &mut dyn Files,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, Failure> {
    match disk.read(path) {
        Ok(text) => Ok(vec![(path.to_owned(), text)]),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            let folder = format!("{}/", path.trim_end_matches('/'));
            let listing = text(&folder, disk)?;
            let mut names: Vec<_> = listing.lines().filter(|name| wanted(name)).collect();
            names.sort_unstable();
            let mut texts = Vec::new();
            for name in names {
                let path = format!("{folder}{name}");
                match disk.read(&path) {
                    Ok(text) => texts.push((path, text)),
                    // Folders in folders are left alone.
                    Err(error) if error.kind() == io::ErrorKind::IsADirectory => {}
                    Err(error) => return Err(unread(&path, &error)),
                }
            }
            Ok(texts)
        }
        Err(error) => Err(unread(path, &error)),
    }
}

fn unread(path: &str, error: &io::Error) -> Failure {
    Failure::error(match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::Unsupported if path == "-" => {
            "nothing is given on standard input: write `kubectl apply -f - <<EOF`, the text, and a line EOF".into()
        }
        io::ErrorKind::NotFound => format!("the path \"{path}\" does not exist"),
        _ => format!("cannot read \"{path}\": {error}"),
    })
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
        let missing = match (version.is_empty(), kind.is_empty()) {
            (true, true) => "[apiVersion not set, kind not set]",
            (true, false) => "apiVersion not set",
            (false, true) => "kind not set",
            (false, false) => "",
        };
        if !missing.is_empty() {
            return self.fail(format!(
                "error validating \"{path}\": error validating data: {missing}; if you choose to ignore these errors, turn \
                 validation off with --validate=false"
            ));
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
            "error: error validating \"a.yaml\": error validating data: apiVersion not set; if you choose to ignore these errors, \
             turn validation off with --validate=false\n"
        );
        let mut none = |_: &str| Err(io::ErrorKind::NotFound.into());
        let missing = read(&["b.yaml".into()], &mut none, &Store::new(0, 0)).err();
        assert_eq!(
            missing.map(|it| it.to_string()).unwrap_or_default(),
            "error: the path \"b.yaml\" does not exist\n"
        );
    }
}
