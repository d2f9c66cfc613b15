//! Label and field selectors.

use serde_json::{Value, json};

use super::failure::Failure;
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// One condition on a label or field.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Condition {
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Exists(String),
    Absent(String),
}

/// What `-l` selects by labels. The empty selector selects everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Labels(Vec<Condition>);

impl Labels {
    /// `a=b,c!=d,e in (f,g),h notin (i),j,!k`
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let text = text.unwrap_or("");
        let conditions = split(text).into_iter().map(|term| {
            condition(term).ok_or_else(|| {
                Failure::error(format!(
                    "unable to parse requirement: \"{term}\" in label selector \"{text}\": expected \
                     key=value, key!=value, key in (a,b), key notin (a,b), key or !key"
                ))
            })
        });
        conditions.collect::<Result<_, _>>().map(Self)
    }

    /// The same as an object of the API: `matchLabels` and `matchExpressions`.
    pub(super) fn selector(&self) -> Value {
        let mut selector = json!({});
        let mut expressions = Vec::new();
        for condition in &self.0 {
            let expression = |operator: &str, key: &str, values: &[String]| {
                let mut found = json!({"key": key, "operator": operator});
                if !values.is_empty() {
                    found["values"] = json!(values);
                }
                found
            };
            match condition {
                Condition::In(key, values) if values.len() == 1 => {
                    selector["matchLabels"][key] = json!(values[0]);
                }
                Condition::In(key, values) => expressions.push(expression("In", key, values)),
                Condition::NotIn(key, values) => {
                    expressions.push(expression("NotIn", key, values));
                }
                Condition::Exists(key) => expressions.push(expression("Exists", key, &[])),
                Condition::Absent(key) => expressions.push(expression("DoesNotExist", key, &[])),
            }
        }
        if !expressions.is_empty() {
            selector["matchExpressions"] = Value::Array(expressions);
        }
        selector
    }

    pub(super) fn matches(&self, object: &Object) -> bool {
        let labels = object.pointer("/metadata/labels");
        let label = |key: &str| labels.and_then(|l| l.get(key)).and_then(Value::as_str);
        self.0.iter().all(|condition| condition.holds(label))
    }
}

/// A `matchLabels` and `matchExpressions` selector in one line, or `<none>`.
pub(super) fn shown(selector: &Value) -> String {
    match text(selector) {
        text if text.is_empty() => "<none>".into(),
        text => text,
    }
}

/// The same, in the order of the labels' names; nothing for a selector without conditions.
pub(super) fn text(selector: &Value) -> String {
    let labels = selector.pointer("/matchLabels").and_then(Value::as_object);
    let labels = labels.into_iter().flatten().map(|(key, value)| {
        (
            key.as_str(),
            format!("{key}={}", value.as_str().unwrap_or("")),
        )
    });
    let expressions = selector.list("/matchExpressions").iter();
    let expressions = expressions.map(|expression| {
        let key = expression.text("/key");
        let values = expression.list("/values").iter();
        let mut values: Vec<_> = values.filter_map(Value::as_str).collect();
        values.sort_unstable();
        let values = values.join(",");
        let text = match expression.text("/operator") {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "DoesNotExist" => format!("!{key}"),
            _ => key.to_owned(),
        };
        (key, text)
    });
    let mut terms: Vec<_> = labels.chain(expressions).collect();
    terms.sort_by_key(|&(key, _)| key);
    let texts: Vec<_> = terms.into_iter().map(|(_, text)| text).collect();
    texts.join(",")
}

/// What `--field-selector` selects: any field of the object that holds text, a number or a truth value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct FieldSelector(Vec<Condition>, String);

impl FieldSelector {
    /// `metadata.name=web-0,status.phase!=Running`
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let text = text.unwrap_or("");
        let conditions = split(text).into_iter().map(|term| match condition(term) {
            Some(found @ (Condition::In(..) | Condition::NotIn(..))) => Ok(found),
            _ => Err(Failure::error(format!(
                "invalid field selector \"{text}\": expected field=value or field!=value"
            ))),
        });
        let conditions = conditions.collect::<Result<_, _>>()?;
        Ok(Self(conditions, text.to_owned()))
    }

    /// Whether the API server looks for these fields of a kind; `labels` is what was asked for besides.
    pub(super) fn check(&self, kind: Kind, labels: &str) -> Result<(), Failure> {
        let own: &[&str] = match kind {
            Kind::Pod => &[
                "spec.nodeName",
                "spec.restartPolicy",
                "spec.schedulerName",
                "spec.serviceAccountName",
                "spec.hostNetwork",
                "status.phase",
                "status.podIP",
                "status.podIPs",
                "status.nominatedNodeName",
            ],
            Kind::Node => &["spec.unschedulable"],
            Kind::Namespace => &["status.phase"],
            Kind::Secret => &["type"],
            Kind::Service => &["spec.clusterIP", "spec.type"],
            Kind::Event => &[
                "involvedObject.kind",
                "involvedObject.namespace",
                "involvedObject.name",
                "involvedObject.uid",
                "involvedObject.apiVersion",
                "involvedObject.resourceVersion",
                "involvedObject.fieldPath",
                "reason",
                "reportingComponent",
                "source",
                "type",
            ],
            _ => &[],
        };
        for condition in &self.0 {
            let (Condition::In(path, _) | Condition::NotIn(path, _)) = condition else {
                continue;
            };
            if own.contains(&path.as_str())
                || matches!(path.as_str(), "metadata.name" | "metadata.namespace")
            {
                continue;
            }
            let why = if own.is_empty() {
                format!(
                    "\"{path}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                )
            } else {
                format!("field label not supported: {path}")
            };
            let (group, version) = (kind.group(), kind.version());
            let message = format!(
                "Unable to find \"{group}/{version}, Resource={}\" that match label selector \"{labels}\", field selector \
                 \"{}\": {why}",
                kind.plural(),
                self.1
            );
            return Err(ApiError::new(ApiReason::BadRequest, message).into());
        }
        Ok(())
    }

    pub(super) fn matches(&self, object: &Object) -> bool {
        self.0.iter().all(|condition| {
            let (Condition::In(path, values) | Condition::NotIn(path, values)) = condition else {
                return false;
            };
            let pointer = format!("/{}", path.replace('.', "/"));
            let found = match object.pointer(&pointer) {
                None => String::new(),
                Some(Value::String(_)) => object.text(&pointer).to_owned(),
                Some(other) => other.to_string(),
            };
            values.contains(&found) == matches!(condition, Condition::In(..))
        })
    }
}

impl Condition {
    fn holds<'v>(&self, label: impl Fn(&str) -> Option<&'v str>) -> bool {
        let among = |key: &str, values: &[String]| {
            label(key).is_some_and(|found| values.iter().any(|v| v == found))
        };
        match self {
            Self::In(key, values) => among(key, values),
            Self::NotIn(key, values) => !among(key, values),
            Self::Exists(key) => label(key).is_some(),
            Self::Absent(key) => label(key).is_none(),
        }
    }
}

/// The terms between commas outside of parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    text.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .map(str::trim)
    .filter(|term| !term.is_empty())
    .collect()
}

fn condition(term: &str) -> Option<Condition> {
    let key = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        let text = text.trim();
        (!text.is_empty() && text.chars().all(fits)).then(|| text.to_owned())
    };
    let one = |text: &str| vec![text.trim().to_owned()];
    let list = |text: &str| {
        let inside = text.trim().strip_prefix('(')?.strip_suffix(')')?;
        Some(inside.split(',').map(|v| v.trim().to_owned()).collect())
    };
    if let Some((left, right)) = term.split_once("!=") {
        return Some(Condition::NotIn(key(left)?, one(right)));
    }
    if let Some((left, right)) = term.split_once('=') {
        let right = right.strip_prefix('=').unwrap_or(right);
        return Some(Condition::In(key(left)?, one(right)));
    }
    if let Some((left, right)) = term.split_once(" notin ") {
        return Some(Condition::NotIn(key(left)?, list(right)?));
    }
    if let Some((left, right)) = term.split_once(" in ") {
        return Some(Condition::In(key(left)?, list(right)?));
    }
    match term.strip_prefix('!') {
        Some(absent) => Some(Condition::Absent(key(absent)?)),
        None => Some(Condition::Exists(key(term)?)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{FieldSelector, Labels};

    #[test]
    fn labels_select() {
        let object = json!({"metadata": {"labels": {"app": "web", "tier": "1"}}});
        for (text, expected) in [
            ("", true),
            ("app=web", true),
            ("app==web,tier=1", true),
            ("app=web,tier!=1", false),
            ("gone!=x", true),
            ("app in (db, web),tier", true),
            ("app notin (db,web)", false),
            ("!app", false),
            ("!gone", true),
        ] {
            let selector = Labels::parse(Some(text)).unwrap();
            assert_eq!(selector.matches(&object), expected, "{text}");
        }
        assert!(Labels::parse(Some("a b")).is_err());
        assert!(Labels::parse(Some("app in web")).is_err());
    }

    #[test]
    fn fields_select() {
        let object = json!({"status": {"phase": "Running"}, "spec": {"replicas": 2}});
        for (text, expected) in [
            ("status.phase=Running", true),
            ("status.phase!=Running", false),
            ("spec.replicas=2,spec.gone=", true),
        ] {
            let selector = FieldSelector::parse(Some(text)).unwrap();
            assert_eq!(selector.matches(&object), expected, "{text}");
        }
        assert!(FieldSelector::parse(Some("status.phase")).is_err());
    }
}
