//! What `-o` asks for.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::failure::Failure;
use super::files::Files;
use super::jsonpath::{Path, Template};
use super::table;
use crate::values::object::Fields;

/// How objects are printed.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Format {
    Table {
        wide: bool,
    },
    Json,
    Yaml,
    Name,
    Columns(Vec<(String, Path)>),
    Path(Template),
    /// What a template's paths lead to, as a list.
    Values(Template),
}

/// What kubectl lists where it does not know a format.
const ALLOWED: &str = "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,\
    jsonpath-file,kyaml,name,template,templatefile,wide,yaml";

impl Format {
    /// Reads what `-o` is followed by; a template may stand in a file.
    pub(super) fn parse(text: &str, files: &mut dyn Files) -> Result<Self, Failure> {
        let (name, rest) = text.split_once('=').unwrap_or((text, ""));
        let mut file = |what: &str| {
            files.read(rest).map_err(|error| {
                Failure::error(match error.kind() {
                    io::ErrorKind::NotFound => {
                        format!(
                            "error reading {what} {rest}, open {rest}: no such file or directory"
                        )
                    }
                    _ => format!("error reading {what} {rest}, {error}"),
                })
            })
        };
        Ok(match name {
            "" => Self::Table { wide: false },
            "wide" => Self::Table { wide: true },
            "json" => Self::Json,
            "yaml" => Self::Yaml,
            "name" => Self::Name,
            "custom-columns" if rest.is_empty() => {
                return Err(Failure::error(
                    "custom-columns format specified but no custom columns given",
                ));
            }
            "custom-columns" => Self::Columns(columns(rest)?),
            "custom-columns-file" => Self::Columns(columns_of_file(&file("template")?)?),
            "jsonpath" | "jsonpath-as-json" if rest.is_empty() => {
                return Err(Failure::error(
                    "template format specified but no template given",
                ));
            }
            "jsonpath" => Self::Path(template(rest)?),
            "jsonpath-as-json" => Self::Values(template(rest)?),
            "jsonpath-file" => Self::Path(template(&file("--template")?)?),
            "go-template" | "go-template-file" | "template" | "templatefile" => {
                return Err(Failure::error(GO_TEMPLATES));
            }
            "kyaml" => {
                return Err(Failure::error("-o kyaml is not done here: use -o yaml"));
            }
            _ => {
                return Err(Failure::error(format!(
                    "unable to match a printer suitable for the output format \"{text}\", allowed formats are: {ALLOWED}"
                )));
            }
        })
    }

    /// What is shown of an object or of a list: as text, without who manages its fields, unless that is asked for.
    pub(super) fn shown(&self, object: &Value, with_managers: bool) -> Value {
        let mut shown = object.clone();
        if matches!(self, Self::Json | Self::Yaml) && !with_managers {
            hide_managers(&mut shown);
        }
        shown
    }

    /// The text of an object or of a list; tables and names are made from more than that.
    pub(super) fn show(&self, object: &Value, headed: bool) -> Result<String, Failure> {
        Ok(match self {
            Self::Table { .. } | Self::Name => String::new(),
            Self::Json => json(object)?,
            Self::Yaml => yaml(object)?,
            Self::Path(template) => {
                let mut text = template.fill(object);
                // A story has no prompt that could follow on the same line.
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text
            }
            Self::Values(template) => json(&Value::Array(template.values(object)))?,
            Self::Columns(columns) => {
                let cells = |object: &Value| -> Vec<String> {
                    let of_column = |(_, path): &(String, Path)| {
                        let found: Vec<_> = path.find(object).into_iter().map(cell).collect();
                        if found.is_empty() {
                            "<none>".to_owned()
                        } else {
                            found.join(",")
                        }
                    };
                    columns.iter().map(of_column).collect()
                };
                let titles = columns.iter().map(|(title, _)| title.clone()).collect();
                let mut rows: Vec<_> = headed.then_some(titles).into_iter().collect();
                match object.pointer("/items") {
                    Some(_) => rows.extend(object.list("/items").iter().map(cells)),
                    None => rows.push(cells(object)),
                }
                table::rows(&rows)
            }
        })
    }
}

/// What is said of templates in Go's own language.
pub(super) const GO_TEMPLATES: &str = "Go templates are not filled in here: use -o jsonpath=TEMPLATE or -o custom-columns=TITLE:PATH,…";

/// kubectl takes a lone path without braces too.
fn template(text: &str) -> Result<Template, Failure> {
    let braced = if text.contains('{') {
        text.to_owned()
    } else {
        format!("{{{text}}}")
    };
    Template::parse(&braced)
        .map_err(|why| Failure::error(format!("error parsing jsonpath {text}, {why}")))
}

/// `TITLE:PATH,…`
fn columns(text: &str) -> Result<Vec<(String, Path)>, Failure> {
    let column = |column: &str| {
        let (title, path) = column.split_once(':').ok_or_else(|| {
            Failure::error(format!(
                "unexpected custom-columns spec: {column}, expected <header>:<json-path-expr>"
            ))
        })?;
        Ok((title.to_owned(), path_of(path)?))
    };
    text.split(',').map(column).collect()
}

/// A line of titles and a line of paths, with blanks between.
fn columns_of_file(text: &str) -> Result<Vec<(String, Path)>, Failure> {
    let mut lines = text.lines().map(str::split_whitespace);
    let (Some(titles), Some(paths)) = (lines.next(), lines.next()) else {
        return Err(Failure::error(
            "invalid template, missing header line or spec line",
        ));
    };
    let (titles, paths): (Vec<_>, Vec<_>) = (titles.collect(), paths.collect());
    if titles.len() != paths.len() {
        return Err(Failure::error(format!(
            "number of headers ({}) and field specifications ({}) don't match",
            titles.len(),
            paths.len()
        )));
    }
    let column = |(title, path): (&str, &str)| Ok((title.to_owned(), path_of(path)?));
    titles.into_iter().zip(paths).map(column).collect()
}

fn path_of(text: &str) -> Result<Path, Failure> {
    Path::parse(text).map_err(|why| Failure::error(format!("error parsing custom-columns: {why}")))
}

/// A value as kubectl, which is written in Go, puts it into a column.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "<nil>".into(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(cell).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| format!("{key}:{}", cell(value));
            let fields: Vec<_> = fields.iter().map(field).collect();
            format!("map[{}]", fields.join(" "))
        }
        other => other.to_string(),
    }
}

/// JSON, indented by four as kubectl does.
fn json(object: &Value) -> Result<String, Failure> {
    let mut text = Vec::new();
    let mut writer = Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"    "));
    let written = object.serialize(&mut writer);
    written.map_err(|e| Failure::error(e.to_string()))?;
    text.push(b'\n');
    String::from_utf8(text).map_err(|e| Failure::error(e.to_string()))
}

/// Takes away who manages the fields of an object, or of the items of a list.
pub(super) fn hide_managers(object: &mut Value) {
    object.take_away("/metadata/managedFields");
    let items = object.get_mut("items").and_then(Value::as_array_mut);
    for item in items.into_iter().flatten() {
        item.take_away("/metadata/managedFields");
    }
}

/// YAML in kubectl's layout: lists not indented, long lines not folded.
pub(super) fn yaml(object: &Value) -> Result<String, Failure> {
    let options = serde_saphyr::ser_options! {
        indent_step: 2,
        compact_list_indent: true,
        min_fold_chars: usize::MAX,
        folded_wrap_chars: usize::MAX,
        prefer_block_scalars: true,
    };
    serde_saphyr::to_string_with_options(object, options).map_err(|e| Failure::error(e.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Failure, Format};

    fn parsed(text: &str) -> Result<Format, Failure> {
        let mut file =
            |_: &str| Ok("NAME  IMAGE\n.metadata.name  .spec.containers[0].image\n".into());
        Format::parse(text, &mut file)
    }

    fn shown(format: &str, object: &serde_json::Value) -> String {
        parsed(format).unwrap().show(object, true).unwrap()
    }

    #[test]
    fn formats_are_kubectls() {
        let pod = json!({
            "metadata": {"name": "web-0", "labels": {"pod-index": "0"}, "annotations": {"script": "a\nb\n"}},
            "spec": {"containers": [{"image": "nginx:1.12", "args": ["sleep 3600"], "resources": {}}], "flag": "true"},
        });
        assert_eq!(
            shown("json", &json!({"a": [1]})),
            "{\n    \"a\": [\n        1\n    ]\n}\n"
        );
        let expected = "metadata:\n  annotations:\n    script: |\n      a\n      b\n  labels:\n    pod-index: \"0\"\n  name: web-0\n\
                        spec:\n  containers:\n  - args:\n    - sleep 3600\n    image: nginx:1.12\n    resources: {}\n  flag: \"true\"\n";
        assert_eq!(shown("yaml", &pod), expected);
        assert_eq!(shown("jsonpath={.metadata.name}", &pod), "web-0\n");
        assert_eq!(
            shown(
                "custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image,X:.gone",
                &pod
            ),
            "NAME    IMAGE        X\nweb-0   nginx:1.12   <none>\n"
        );
        assert_eq!(
            shown(
                "custom-columns=L:.metadata.labels,A:.spec.containers[0].args",
                &pod
            ),
            "L                  A\nmap[pod-index:0]   [sleep 3600]\n"
        );
        assert!(parsed("xml").is_err());
        assert!(parsed("custom-columns=NAME").is_err());
    }
}
