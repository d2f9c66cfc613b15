//! Containers: what they run, and how they are.

use serde_json::Value;

use super::page::Page;
use super::{environment, moment, probe, value};
use crate::kubectl::jsonpath::show;
use crate::values::object::{Fields, Object};

/// Where containers are described: kubectl indents a template's names by one space more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place<'p> {
    Pod(&'p Object),
    Template,
}

/// All containers of a list under their title, each with its status if it has one.
pub(super) fn describe(
    page: &mut Page,
    place: Place<'_>,
    title: &str,
    containers: &[Value],
    statuses: &[Value],
) {
    let (level, space, pod) = match place {
        Place::Pod(pod) => (0, "", Some(pod)),
        Place::Template => (1, " ", None),
    };
    let none = if containers.is_empty() { " <none>" } else { "" };
    page.line(level, &format!("{title}:{none}"));
    for container in containers {
        let name = container.text("/name");
        page.line(1, &format!("{space}{name}:"));
        let status = statuses.iter().rfind(|s| s.text("/name") == name);
        basics(page, container, status);
        words(page, "Command", container.list("/command"));
        words(page, "Args", container.list("/args"));
        if let Some(status) = status {
            how(page, status);
        }
        resources(page, 2, container.pointer("/resources"));
        for (title, field) in [
            ("Liveness", "livenessProbe"),
            ("Readiness", "readinessProbe"),
            ("Startup", "startupProbe"),
        ] {
            if let Some(probe) = container.get(field) {
                page.field(2, title, &probe::shown(probe));
            }
        }
        environment::describe(page, container, pod);
        mounts(page, container);
    }
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
    let several = if ports.len() > 1 { "s" } else { "" };
    for (title, field) in [("Port", "containerPort"), ("Host Port", "hostPort")] {
        page.field(2, &format!("{title}{several}"), &numbers(ports, field));
    }
    profile(page, (2, 3), container);
}

/// How the calls to the system are filtered, at a level, and which file says so, at another.
pub(super) fn profile(page: &mut Page, levels: (usize, usize), of: &Value) {
    if let Some(profile) = of.pointer("/securityContext/seccompProfile") {
        let kind = profile.text("/type");
        page.field(levels.0, "SeccompProfile", kind);
        if kind == "Localhost" {
            let file = profile.text("/localhostProfile");
            page.field(levels.1, "LocalhostProfile", file);
        }
    }
}

/// `3306/TCP (mysql)`, for each port.
fn numbers(ports: &[Value], field: &str) -> String {
    if ports.is_empty() {
        return "<none>".into();
    }
    let one = |port: &Value| {
        let name = match port.text("/name") {
            "" => String::new(),
            name => format!(" ({name})"),
        };
        let number = port.int(&format!("/{field}")).unwrap_or(0);
        format!("{number}/{}{name}", port.text("/protocol"))
    };
    ports.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn words(page: &mut Page, title: &str, words: &[Value]) {
    if words.is_empty() {
        return;
    }
    page.line(2, &format!("{title}:"));
    let lines = words.iter().filter_map(Value::as_str);
    for line in lines.flat_map(|word| word.split('\n')) {
        page.line(3, line);
    }
}

/// What a container, or a pod as a whole, may use and asks for.
pub(super) fn resources(page: &mut Page, level: usize, resources: Option<&Value>) {
    for (title, field) in [("Limits", "limits"), ("Requests", "requests")] {
        let map = resources.and_then(|r| r.get(field));
        if let Some(map) = map.and_then(Value::as_object).filter(|m| !m.is_empty()) {
            page.line(level, &format!("{title}:"));
            for (name, quantity) in map {
                page.field(level + 1, name, &show(quantity));
            }
        }
    }
}

fn how(page: &mut Page, status: &Value) {
    state(page, "State", status.pointer("/state"));
    let last = status.pointer("/lastState");
    if last.is_some_and(|l| l.get("terminated").is_some()) {
        state(page, "Last State", last);
    }
    page.field(2, "Ready", value::truth(status.flag("/ready")));
    let restarts = status.int("/restartCount").unwrap_or(0);
    page.field(2, "Restart Count", &restarts.to_string());
}

fn state(page: &mut Page, title: &str, state: Option<&Value>) {
    let part = |name: &str| state.and_then(|state| state.get(name));
    if let Some(running) = part("running") {
        page.field(2, title, "Running");
        page.field(3, "Started", &moment(running.text("/startedAt")));
    } else if let Some(ended) = part("terminated") {
        page.field(2, title, "Terminated");
        page.some(3, "Reason", ended, "/reason");
        page.some(3, "Message", ended, "/message");
        let code = ended.int("/exitCode").unwrap_or(0);
        page.field(3, "Exit Code", &code.to_string());
        if let Some(signal) = ended.int("/signal").filter(|&s| s > 0) {
            page.field(3, "Signal", &signal.to_string());
        }
        page.field(3, "Started", &moment(ended.text("/startedAt")));
        page.field(3, "Finished", &moment(ended.text("/finishedAt")));
    } else {
        page.field(2, title, "Waiting");
        if let Some(waiting) = part("waiting") {
            page.some(3, "Reason", waiting, "/reason");
        }
    }
}

fn mounts(page: &mut Page, container: &Value) {
    let sorted = |list: &str, field: &str| {
        let mut all: Vec<_> = container.list(list).iter().collect();
        all.sort_by(|a, b| a.text(field).cmp(b.text(field)));
        all.into_iter().cloned().collect::<Vec<_>>()
    };
    let mounts = sorted("/volumeMounts", "/mountPath");
    // kubectl says of devices that there are none where there are no mounts.
    let none = if mounts.is_empty() { "\t<none>" } else { "" };
    page.line(2, &format!("Mounts:{none}"));
    for mount in &mounts {
        let access = if mount.flag("/readOnly") { "ro" } else { "rw" };
        let path = match mount.text("/subPath") {
            "" => String::new(),
            path => format!(",path={}", value::quoted(path)),
        };
        let (at, volume) = (mount.text("/mountPath"), mount.text("/name"));
        page.line(3, &format!("{at} from {volume} ({access}{path})"));
    }
    let devices = sorted("/volumeDevices", "/devicePath");
    if !devices.is_empty() {
        page.line(2, &format!("Devices:{none}"));
        for device in &devices {
            let (at, volume) = (device.text("/devicePath"), device.text("/name"));
            page.line(3, &format!("{at} from {volume}"));
        }
    }
}
