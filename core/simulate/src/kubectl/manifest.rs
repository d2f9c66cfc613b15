//! Objects read from files.

use std::io;

use serde_json::Value;

use super::failure::Failure;
use super::files::Files;
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

/// All objects in `paths`, in order; the members of lists count as objects of their own.
pub(super) fn read(paths: &[String], disk: &mut dyn Files) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    for path in paths {
        for (path, text) in files(path, disk)? {
            for object in parse(&path, &text)? {
                members(&path, object, &mut documents)?;
            }
        }
    }
    if documents.is_empty() {
        return Err(Failure::error(if paths.is_empty() {
            "must specify -f FILE"
        } else {
            "no objects passed to apply"
        }));
    }
    Ok(documents)
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

/// The documents of one file; empty ones do not count.
fn parse(path: &str, text: &str) -> Result<Vec<Value>, Failure> {
    // Without this, 0644 would be a number in another base than the one it was written in.
    let options = serde_saphyr::options! { legacy_octal_numbers: true, with_snippet: false };
    let mut bytes = text.as_bytes();
    let documents = serde_saphyr::read_with_options(&mut bytes, options);
    let mut objects = Vec::new();
    for (index, document) in documents.enumerate() {
        match document {
            Ok(Value::Null) => {}
            Ok(mut object @ Value::Object(_)) => {
                make_whole(&mut object);
                objects.push(object);
            }
            Ok(_) => {
                return Err(Failure::error(format!(
                    "error parsing {path}: document {}: expected an object with apiVersion and kind",
                    index + 1
                )));
            }
            Err(error) => {
                return Err(Failure::error(format!(
                    "error parsing {path}: document {}: {}",
                    index + 1,
                    error.render()
                )));
            }
        }
    }
    Ok(objects)
}

/// Writes whole numbers without a point: what is sent is JSON, in which `2.0` is written `2`.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().map(|float| float.to_string());
            if let Some(Ok(whole)) = whole.map(|text| text.parse::<i64>()) {
                *value = whole.into();
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        _ => {}
    }
}

fn members(path: &str, object: Value, documents: &mut Vec<Document>) -> Result<(), Failure> {
    let (kind, version) = (object.text("/kind"), object.text("/apiVersion"));
    if kind == "List" && version == "v1" {
        for member in object.list("/items") {
            members(path, member.clone(), documents)?;
        }
        return Ok(());
    }
    for (field, text) in [("kind", kind), ("apiVersion", version)] {
        if text.is_empty() {
            return Err(Failure::error(format!(
                "error validating \"{path}\": error validating data: {field} not set"
            )));
        }
    }
    let Some(kind) = Kind::of_object(kind, version) else {
        return Err(Failure::error(format!(
            "resource mapping not found for name: \"{}\" namespace: \"{}\" from \"{path}\": no matches for kind \
             \"{kind}\" in version \"{version}\"\nensure CRDs are installed first",
            object.name(),
            object.namespace(),
        )));
    };
    documents.push(Document {
        path: path.to_owned(),
        kind,
        object,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Document, read};
    use crate::values::kind::Kind;

    fn from(text: &str) -> Result<Vec<Document>, String> {
        let mut file = |_: &str| Ok(text.to_owned());
        read(&["a.yaml".into()], &mut file).map_err(|failure| failure.to_string())
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
        let missing = read(&["b.yaml".into()], &mut none).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "error: the path \"b.yaml\" does not exist\n"
        );
    }
}
