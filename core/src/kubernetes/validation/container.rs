//! A pod's containers.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{Excuse, Field, quoted};
use super::volume::Use;
use super::{environment, format, mounts, probe, resources, security};

/// What containers need to know of their pod.
pub(crate) struct Surroundings<'a> {
    pub(crate) volumes: BTreeMap<&'a str, Use>,
    /// Whether each volume, fitting or not, is empty at first.
    pub(crate) empty: BTreeMap<&'a str, bool>,
    /// Names of the pod's claims of resources.
    pub(crate) claims: BTreeSet<&'a str>,
    /// How long the pod may take to stop, in seconds.
    pub(crate) grace: Option<i64>,
    /// Whether its users are those of the machine.
    pub(crate) host_users: bool,
    /// Whether its containers are never restarted.
    pub(crate) never_restarts: bool,
}

/// The containers that a pod runs.
pub(crate) fn containers(pod: &Field<'_>, around: &Surroundings<'_>) {
    let list = pod.child("containers");
    if list.is_empty() {
        return list.required("");
    }
    let mut names = BTreeSet::new();
    for container in list.items() {
        common(&container, around);
        let name = container.child("name");
        if !names.insert(name.text()) {
            name.duplicate_as(name.text());
        }
        probe::all(&container, around.grace);
        restarts(&container, false);
    }
    host_ports(list.items());
}

/// Those that come before them.
pub(crate) fn init_containers(pod: &Field<'_>, around: &Surroundings<'_>) {
    let list = pod.child("initContainers");
    let containers = pod.child("containers");
    let mut names: BTreeSet<_> = containers
        .items()
        .map(|it| it.child("name").text())
        .collect();
    for container in list.items() {
        common(&container, around);
        restarts(&container, true);
        let name = container.child("name");
        if names.contains(name.text()) {
            name.duplicate_as(name.text());
        } else if !name.text().is_empty() {
            names.insert(name.text());
        }
        // One after the other they may use one port; upstream names each as if it were the first.
        let first = std::format!("{}[0]", list.path());
        host_ports([container.told_at(first)].into_iter());
        let stays = container.child("restartPolicy").text() == "Always";
        if stays {
            probe::all(&container, around.grace);
        } else {
            probe::none(&container);
        }
        for policy in container.child("resizePolicy").items() {
            let policy = policy.child("restartPolicy");
            if !stays && policy.text() == "RestartContainer" {
                policy.excusable(Excuse::InitRestart).invalid(
                    "must not be set to 'RestartContainer' for non-sidecar initContainers",
                );
            }
        }
    }
}

/// What all containers have.
fn common(container: &Field<'_>, around: &Surroundings<'_>) {
    let (name, image) = (container.child("name"), container.child("image"));
    if name.text().is_empty() {
        name.required("");
    } else {
        name.invalid_for(format::dns_label(name.text()));
    }
    if image.text().is_empty() {
        image.required("");
    }
    container
        .child("terminationMessagePolicy")
        .one_of(&["File", "FallbackToLogsOnError"]);
    ports(&container.child("ports"));
    environment::variables(&container.child("env"));
    environment::sources(&container.child("envFrom"));
    files_of_variables(container, around);
    mounts::mounts(container, &around.volumes);
    mounts::devices(container, &around.volumes);
    container
        .child("imagePullPolicy")
        .one_of(&["Always", "IfNotPresent", "Never"]);
    resources::requirements(&container.child("resources"), &around.claims);
    resizing(&container.child("resizePolicy"), around.never_restarts);
    security::container(&container.child("securityContext"), around.host_users);
}

fn ports(list: &Field<'_>) {
    const PROTOCOLS: [&str; 3] = ["SCTP", "TCP", "UDP"];
    let mut names = BTreeSet::new();
    for port in list.items() {
        let name = port.child("name");
        if !name.text().is_empty() {
            let problems = format::port_name(name.text());
            if problems.is_empty() && !names.insert(name.text()) {
                name.duplicate();
            }
            name.invalid_for(problems);
        }
        let inside = port.child("containerPort");
        if inside.number().unwrap_or(0) == 0 {
            inside.required("");
        }
        for number in [inside, port.child("hostPort")] {
            if number.number() != Some(0) {
                number.within(1, 65535);
            }
        }
        port.child("protocol").one_of(&PROTOCOLS);
    }
}

/// No two ports of the machine may be the same.
fn host_ports<'a>(containers: impl Iterator<Item = Field<'a>>) {
    let mut seen = BTreeSet::new();
    for container in containers {
        for port in container.child("ports").items() {
            let host = port.child("hostPort");
            let number = host.number().unwrap_or(0);
            if number == 0 {
                continue;
            }
            let (protocol, address) = (port.child("protocol").text(), port.child("hostIP").text());
            let port = std::format!("{protocol}/{address}/{number}");
            if seen.contains(&port) {
                host.duplicate_as(&port);
            }
            seen.insert(port);
        }
    }
}

/// Variables that come from files need a volume that is empty at first.
fn files_of_variables(container: &Field<'_>, around: &Surroundings<'_>) {
    for variable in container.child("env").items() {
        let reference = variable.at(&["valueFrom", "fileKeyRef"]);
        if !reference.given() {
            continue;
        }
        let name = reference.child("volumeName");
        match around.empty.get(name.text()) {
            Some(true) => {}
            Some(false) => name.invalid_as(
                &quoted(name.text()),
                "referenced volume must be of type emptyDir",
            ),
            None => name.not_found_as(name.text(), ""),
        }
    }
}

/// What a change of resources means for a running container.
fn resizing(policies: &Field<'_>, never_restarts: bool) {
    let mut seen = BTreeSet::new();
    for policy in policies.items() {
        let (resource, restart) = (
            policy.child("resourceName").told_at(policies.path().into()),
            policy
                .child("restartPolicy")
                .told_at(policies.path().into()),
        );
        if !seen.insert(resource.text()) {
            policy.duplicate_as(resource.text());
        }
        resource.one_of(&["cpu", "memory"]);
        restart.one_of(&["NotRequired", "RestartContainer"]);
        if never_restarts && restart.text() != "NotRequired" {
            restart.invalid_as(
                &quoted(restart.text()),
                "must be 'NotRequired' when pod `restartPolicy` is 'Never'",
            );
        }
    }
}

/// When the container alone is restarted.
fn restarts(container: &Field<'_>, of_init: bool) {
    let (policy, rules) = (
        container.child("restartPolicy"),
        container.child("restartPolicyRules"),
    );
    policy.one_of_if_given(&["Always", "Never", "OnFailure"]);
    if !policy.given() && !rules.is_empty() {
        policy.required("must specify restartPolicy when restart rules are used");
        if of_init {
            return;
        }
    }
    let count = rules.items().count();
    if count > 20 {
        rules.too_many(count, 20);
    }
    for rule in rules.items() {
        let action = rule.child("action");
        let actions = ["Restart", "RestartAllContainers"];
        if !actions.contains(&action.text()) {
            action.unsupported(&actions);
        }
        let codes = rule.child("exitCodes");
        if !codes.given() {
            codes.required("must be specified");
            continue;
        }
        let operator = codes.child("operator");
        if !["In", "NotIn"].contains(&operator.text()) {
            operator.unsupported(&["In", "NotIn"]);
        }
        let values = codes.child("values").items().count();
        if values > 255 {
            codes.child("values").too_many(values, 255);
        }
    }
}
