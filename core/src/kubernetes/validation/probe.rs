//! Probes and hooks.

use super::field::{Field, quoted};
use super::format;

/// A container's probes and hooks. `grace` is how long its pod may take to stop, in seconds.
pub(crate) fn all(container: &Field<'_>, grace: Option<i64>) {
    let lifecycle = container.child("lifecycle");
    for hook in ["postStart", "preStop"] {
        let hook = lifecycle.child(hook);
        if hook.given() {
            handler(&hook, &["exec", "httpGet", "tcpSocket", "sleep"], grace);
        }
    }
    for name in PROBES {
        let probe = container.child(name);
        if !probe.given() {
            continue;
        }
        self::probe(&probe, grace);
        let (successes, period) = (
            probe.child("successThreshold"),
            probe.child("terminationGracePeriodSeconds"),
        );
        if name != "readinessProbe" {
            if successes.number() != Some(1) {
                successes.invalid("must be 1");
            }
        } else if period.given() {
            period.invalid("must not be set for readinessProbes");
        }
    }
}

/// All that a container without a life of its own may not have.
pub(crate) fn none(container: &Field<'_>) {
    for name in ["lifecycle"].into_iter().chain(PROBES) {
        let field = container.child(name);
        if field.given() {
            field.forbidden("may not be set for init containers without restartPolicy=Always");
        }
    }
}

const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

fn probe(probe: &Field<'_>, grace: Option<i64>) {
    handler(probe, &["exec", "httpGet", "tcpSocket", "grpc"], grace);
    for field in [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ] {
        probe.child(field).not_negative();
    }
    let period = probe.child("terminationGracePeriodSeconds");
    if period.number().is_some_and(|it| it <= 0) {
        period.invalid("must be greater than 0");
    }
}

fn handler(handler: &Field<'_>, kinds: &[&str], grace: Option<i64>) {
    let mut found = false;
    for kind in kinds {
        let action = handler.child(kind);
        if !action.given() {
            continue;
        }
        if found {
            action.forbidden("may not specify more than 1 handler type");
            continue;
        }
        found = true;
        match *kind {
            "exec" => {
                let command = action.child("command");
                if command.is_empty() {
                    command.required("");
                }
            }
            "httpGet" => http_get(&action),
            "tcpSocket" => port(&action.child("port")),
            "grpc" => {
                port(&action.child("port"));
            }
            _ => sleep(&action, grace),
        }
    }
    if !found {
        handler.required("must specify a handler type");
    }
}

fn http_get(get: &Field<'_>) {
    let path = get.child("path");
    if path.text().is_empty() {
        path.required("");
    }
    port(&get.child("port"));
    let scheme = get.child("scheme");
    if !matches!(scheme.text(), "HTTP" | "HTTPS") {
        scheme.unsupported(&["HTTP", "HTTPS"]);
    }
    let headers = get.child("httpHeaders");
    for header in headers.items() {
        let name = header.child("name").text();
        for problem in format::http_header(name) {
            headers.invalid_as(&quoted(name), &problem);
        }
    }
}

/// A port by number or by name.
fn port(port: &Field<'_>) {
    if port.value().is_string() {
        port.invalid_for(format::port_name(port.text()));
        return;
    }
    let number = port.number().unwrap_or(0);
    if !(1..=65535).contains(&number) {
        port.invalid_as(
            &std::format!("{number}"),
            "must be between 1 and 65535, inclusive",
        );
    }
}

fn sleep(sleep: &Field<'_>, grace: Option<i64>) {
    let seconds = sleep.child("seconds").number().unwrap_or(0);
    let Some(grace) = grace else { return };
    if seconds < 0 || seconds > grace {
        sleep.invalid_as(
            &std::format!("{seconds}"),
            &std::format!(
                "must be non-negative and less than terminationGracePeriodSeconds ({grace})"
            ),
        );
    }
}
