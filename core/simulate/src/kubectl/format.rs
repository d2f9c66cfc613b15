//! What `-o` asks for.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::failure::Failure;
use super::jsonpath::{Path, Template, show};
use super::table;
use crate::values::object::Fields;

/// How objects are printed.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Format {
    Table { wide: bool },
    Json,
    Yaml,
    Name,
    Columns(Vec<(String, Path)>),
    Path(Template),
}

impl Format {
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let (name, rest) = text.split_once('=').unwrap_or((text, ""));
        let broken = |what: &str, e: String| Failure::error(format!("error parsing {what}: {e}"));
        Ok(match name {
            "" => Self::Table { wide: false },
            "wide" => Self::Table { wide: true },
            "json" => Self::Json,
            "yaml" => Self::Yaml,
            "name" => Self::Name,
            "custom-columns" => {
                let columns = rest.split(',').map(|column| {
                    let (title, path) = column.split_once(':').ok_or_else(|| {
                        broken(
                            "custom-columns",
                            format!("\"{column}\": expected TITLE:PATH"),
                        )
                    })?;
                    let path = Path::parse(path).map_err(|e| broken("custom-columns", e))?;
                    Ok((title.to_owned(), path))
                });
                Self::Columns(columns.collect::<Result<_, Failure>>()?)
            }
            "jsonpath" => {
                // kubectl takes a lone path without braces too.
                let template = if rest.contains('{') {
                    rest.to_owned()
                } else {
                    format!("{{{rest}}}")
                };
                Self::Path(Template::parse(&template).map_err(|e| broken("jsonpath", e))?)
            }
            _ => {
                return Err(Failure::error(format!(
                    "unable to match a printer suitable for the output format \"{text}\", allowed formats are: \
                     custom-columns,json,jsonpath,name,wide,yaml"
                )));
            }
        })
    }

    /// The text of an object or of a list; tables and names are made from more than that.
    pub(super) fn show(&self, object: &Value) -> Result<String, Failure> {
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
            Self::Columns(columns) => {
                let cells = |object: &Value| -> Vec<String> {
                    let cell = |(_, path): &(String, Path)| {
                        let found: Vec<_> = path.find(object).into_iter().map(show).collect();
                        if found.is_empty() {
                            "<none>".to_owned()
                        } else {
                            found.join(",")
                        }
                    };
                    columns.iter().map(cell).collect()
                };
                let mut rows = vec![columns.iter().map(|(title, _)| title.clone()).collect()];
                match object.pointer("/items") {
                    Some(_) => rows.extend(object.list("/items").iter().map(cells)),
                    None => rows.push(cells(object)),
                }
                table::rows(&rows)
            }
        })
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

/// YAML in kubectl's layout: lists not indented, long lines not folded.
fn yaml(object: &Value) -> Result<String, Failure> {
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

    use super::Format;

    fn shown(format: &str, object: &serde_json::Value) -> String {
        Format::parse(format).unwrap().show(object).unwrap()
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
        assert!(Format::parse("xml").is_err());
        assert!(Format::parse("custom-columns=NAME").is_err());
    }
}
