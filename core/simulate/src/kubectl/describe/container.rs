//! Containers: what they run, and how they are.

use serde_json::Value;

use super::moment;
use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::values::object::Fields;

/// Where containers are described: kubectl indents a template's names by one space more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Pod,
    Template,
}

/// All containers of a list, each with its status if it has one.
pub(super) fn describe(page: &mut Page, place: Place, containers: &[Value], statuses: &[Value]) {
    for container in containers {
        let name = container.text("/name");
        let space = if place == Place::Template { " " } else { "" };
        page.line(1, &format!("{space}{name}:"));
        let status = statuses.iter().find(|s| s.text("/name") == name);
        basics(page, container, status);
        words(page, "Command", container.list("/command"));
        words(page, "Args", container.list("/args"));
        if let Some(status) = status {
            state(page, "State", status.pointer("/state"));
            let last = status.pointer("/lastState");
            if last.is_some_and(|l| l.get("terminated").is_some()) {
                state(page, "Last State", last);
            }
            let ready = if status.flag("/ready") {
                "True"
            } else {
                "False"
            };
            page.field(2, "Ready", ready);
            let restarts = status.int("/restartCount").unwrap_or(0);
            page.field(2, "Restart Count", &restarts.to_string());
        }
        for (title, field) in [("Limits", "limits"), ("Requests", "requests")] {
            let map = container.pointer(&format!("/resources/{field}"));
            if let Some(map) = map.and_then(Value::as_object).filter(|m| !m.is_empty()) {
                page.line(2, &format!("{title}:"));
                for (name, quantity) in map {
                    page.field(3, name, &show(quantity));
                }
            }
        }
        for (title, field) in [
            ("Liveness", "livenessProbe"),
            ("Readiness", "readinessProbe"),
            ("Startup", "startupProbe"),
        ] {
            if let Some(probe) = container.get(field) {
                page.field(2, title, &self::probe(probe));
            }
        }
        environment(page, container.list("/env"));
        mounts(page, container.list("/volumeMounts"));
    }
}

/// `key=value:Effect op=Exists for 300s`, one for each.
pub(super) fn tolerations(tolerations: &[Value]) -> Vec<String> {
    let prefixed = |prefix: &str, text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("{prefix}{text}")
        }
    };
    let one = |t: &Value| {
        let value = prefixed("=", t.text("/value"));
        let effect = prefixed(":", t.text("/effect"));
        let taint = format!("{}{value}{effect}", t.text("/key"));
        let exists = (t.text("/operator") == "Exists").then(|| "op=Exists".to_owned());
        let seconds = t.int("/tolerationSeconds").map(|s| format!("for {s}s"));
        let parts = [Some(taint).filter(|t| !t.is_empty()), exists, seconds];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let mut texts: Vec<_> = tolerations.iter().map(one).collect();
    texts.sort_unstable();
    texts
}

fn basics(page: &mut Page, container: &Value, status: Option<&Value>) {
    if let Some(status) = status {
        page.field(2, "Container ID", status.text("/containerID"));
    }
    page.field(2, "Image", container.text("/image"));
    if let Some(status) = status {
        page.field(2, "Image ID", status.text("/imageID"));
    }
    let ports = container.list("/ports");
    let title = |one: &str| {
        if ports.len() > 1 {
            format!("{one}s")
        } else {
            one.to_owned()
        }
    };
    page.field(2, &title("Port"), &numbers(ports, "/containerPort"));
    page.field(2, &title("Host Port"), &numbers(ports, "/hostPort"));
}

/// `3306/TCP (mysql)`, for each port.
fn numbers(ports: &[Value], pointer: &str) -> String {
    if ports.is_empty() {
        return "<none>".into();
    }
    let one = |port: &Value| {
        let protocol = port.text("/protocol");
        let protocol = if protocol.is_empty() { "TCP" } else { protocol };
        let name = match port.text("/name") {
            "" => String::new(),
            name => format!(" ({name})"),
        };
        format!("{}/{protocol}{name}", port.int(pointer).unwrap_or(0))
    };
    ports.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn words(page: &mut Page, title: &str, words: &[Value]) {
    if words.is_empty() {
        return;
    }
    page.line(2, &format!("{title}:"));
    for line in words.iter().filter_map(Value::as_str).flat_map(str::lines) {
        page.line(3, line);
    }
}

fn state(page: &mut Page, title: &str, state: Option<&Value>) {
    let empty = Value::Null;
    let state = state.unwrap_or(&empty);
    let reason = |page: &mut Page, of: &Value| {
        if !of.text("/reason").is_empty() {
            page.field(3, "Reason", of.text("/reason"));
        }
    };
    if let Some(running) = state.get("running") {
        page.field(2, title, "Running");
        page.field(3, "Started", &moment(running.text("/startedAt")));
    } else if let Some(ended) = state.get("terminated") {
        page.field(2, title, "Terminated");
        reason(page, ended);
        if !ended.text("/message").is_empty() {
            page.field(3, "Message", ended.text("/message"));
        }
        page.field(
            3,
            "Exit Code",
            &ended.int("/exitCode").unwrap_or(0).to_string(),
        );
        if let Some(signal) = ended.int("/signal").filter(|&s| s > 0) {
            page.field(3, "Signal", &signal.to_string());
        }
        page.field(3, "Started", &moment(ended.text("/startedAt")));
        page.field(3, "Finished", &moment(ended.text("/finishedAt")));
    } else {
        page.field(2, title, "Waiting");
        if let Some(waiting) = state.get("waiting") {
            reason(page, waiting);
        }
    }
}

fn probe(probe: &Value) -> String {
    let what = if let Some(exec) = probe.get("exec") {
        let words: Vec<_> = exec.list("/command").iter().map(show).collect();
        format!("exec [{}]", words.join(" "))
    } else if let Some(get) = probe.get("httpGet") {
        let scheme = match get.text("/scheme") {
            "" => "http".to_owned(),
            scheme => scheme.to_ascii_lowercase(),
        };
        let port = get.get("port").map(show).unwrap_or_default();
        format!(
            "http-get {scheme}://{}:{port}{}",
            get.text("/host"),
            get.text("/path")
        )
    } else if let Some(socket) = probe.get("tcpSocket") {
        let port = socket.get("port").map(show).unwrap_or_default();
        format!("tcp-socket {}:{port}", socket.text("/host"))
    } else {
        "unknown".into()
    };
    let number = |field: &str, default: i64| probe.int(&format!("/{field}")).unwrap_or(default);
    format!(
        "{what} delay={}s timeout={}s period={}s successThreshold={} failureThreshold={}",
        number("initialDelaySeconds", 0),
        number("timeoutSeconds", 1),
        number("periodSeconds", 10),
        number("successThreshold", 1),
        number("failureThreshold", 3),
    )
}

fn environment(page: &mut Page, variables: &[Value]) {
    if variables.is_empty() {
        page.field(2, "Environment", "<none>");
        return;
    }
    page.line(2, "Environment:");
    for variable in variables {
        let key = |from: &Value| format!("<set to the key '{}'", from.text("/key"));
        let value = if let Some(field) = variable.pointer("/valueFrom/fieldRef") {
            let version = field.text("/apiVersion");
            let version = if version.is_empty() { "v1" } else { version };
            format!(" ({version}:{})", field.text("/fieldPath"))
        } else if let Some(map) = variable.pointer("/valueFrom/configMapKeyRef") {
            format!("{} of config map '{}'>", key(map), map.text("/name"))
        } else if let Some(secret) = variable.pointer("/valueFrom/secretKeyRef") {
            format!("{} in secret '{}'>", key(secret), secret.text("/name"))
        } else {
            variable.text("/value").to_owned()
        };
        page.field(3, variable.text("/name"), &value);
    }
}

fn mounts(page: &mut Page, mounts: &[Value]) {
    if mounts.is_empty() {
        page.field(2, "Mounts", "<none>");
        return;
    }
    page.line(2, "Mounts:");
    let mut lines: Vec<_> = mounts
        .iter()
        .map(|mount| {
            let access = if mount.flag("/readOnly") { "ro" } else { "rw" };
            let path = match mount.text("/subPath") {
                "" => String::new(),
                path => format!(",path=\"{path}\""),
            };
            let (at, volume) = (mount.text("/mountPath"), mount.text("/name"));
            format!("{at} from {volume} ({access}{path})")
        })
        .collect();
    lines.sort_unstable();
    for line in lines {
        page.line(3, &line);
    }
}
