//! As whom containers run, and what they may do.

use std::collections::BTreeSet;
use std::string::ToString;

use super::field::{Excuse, Field, quoted};
use super::format;

/// A pod's security context.
pub(crate) fn pod(pod: &Field<'_>) {
    let context = pod.child("securityContext");
    for field in ["fsGroup", "runAsUser", "runAsGroup"] {
        id(&context.child(field));
    }
    for group in context.child("supplementalGroups").items() {
        id(&group);
    }
    sysctls(&context.child("sysctls"), pod);
    context
        .child("fsGroupChangePolicy")
        .one_of_if_given(&["Always", "OnRootMismatch"]);
    seccomp(&context.child("seccompProfile"));
    app_armor(&context.child("appArmorProfile"));
    context
        .child("supplementalGroupsPolicy")
        .one_of_if_given(&["Merge", "Strict"]);
    context
        .child("seLinuxChangePolicy")
        .one_of_if_given(&["MountOption", "Recursive"]);
}

/// A number of a user or group.
fn id(field: &Field<'_>) {
    field.within(0, i64::from(i32::MAX));
}

/// A container's security context. `host_users` says that its users are those of the machine.
pub(crate) fn container(context: &Field<'_>, host_users: bool) {
    id(&context.child("runAsUser"));
    id(&context.child("runAsGroup"));
    let mount = context.child("procMount");
    mount.one_of_if_given(&["Default", "Unmasked"]);
    if host_users && mount.text() == "Unmasked" {
        mount.invalid("`hostUsers` must be false to use `Unmasked`");
    }
    seccomp(&context.child("seccompProfile"));
    app_armor(&context.child("appArmorProfile"));
    if !context.child("allowPrivilegeEscalation").no() {
        return;
    }
    let problem = "cannot set `allowPrivilegeEscalation` to false and";
    if context.child("privileged").yes() {
        context.invalid(&std::format!("{problem} `privileged` to true"));
    }
    for capability in context.at(&["capabilities", "add"]).items() {
        if capability.text() == "CAP_SYS_ADMIN" {
            context
                .excusable(Excuse::SystemAdministrator)
                .invalid(&std::format!("{problem} `capabilities.Add` CAP_SYS_ADMIN"));
        }
    }
}

const TYPES: [&str; 3] = ["Localhost", "RuntimeDefault", "Unconfined"];

fn seccomp(profile: &Field<'_>) {
    if !profile.given() {
        return;
    }
    let (kind, local) = (profile.child("type"), profile.child("localhostProfile"));
    match kind.text() {
        "" => kind.required("type is required when seccompProfile is set"),
        known if TYPES.contains(&known) => {}
        _ => kind.unsupported(&TYPES),
    }
    if kind.text() == "Localhost" {
        if local.given() {
            local.invalid_for(format::inner_path(local.text()));
        } else {
            local.required("must be set when seccomp type is Localhost");
        }
    } else if local.given() {
        local.invalid_as(
            &profile.value().to_string(),
            "can only be set when seccomp type is Localhost",
        );
    }
}

fn app_armor(profile: &Field<'_>) {
    if !profile.given() {
        return;
    }
    let (kind, local) = (profile.child("type"), profile.child("localhostProfile"));
    match kind.text() {
        "Localhost" => {
            let text = local.text();
            if text.trim() != text {
                local.invalid("must not be padded with whitespace");
            } else if text.is_empty() {
                local.required("must be set when AppArmor type is Localhost");
            }
            if text.len() > 4095 {
                local.too_long(4095);
            }
        }
        "RuntimeDefault" | "Unconfined" => {
            if local.given() {
                local.invalid("can only be set when AppArmor type is Localhost");
            }
        }
        "" => kind.required("type is required when appArmorProfile is set"),
        _ => kind.unsupported(&TYPES),
    }
}

/// Settings of the kernel.
fn sysctls(list: &Field<'_>, pod: &Field<'_>) {
    let mut seen = BTreeSet::new();
    for sysctl in list.items() {
        let field = sysctl.child("name");
        let name = field.text();
        if name.is_empty() {
            field.required("");
        } else if name.len() > 253 || !is_sysctl(name) {
            field.invalid(
                "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$",
            );
        } else if seen.contains(name) {
            field.duplicate();
        }
        seen.insert(name);
        // Dots and slashes change places where the first of them is a slash.
        let dotted = match name.find(['.', '/']) {
            Some(at) if name[at..].starts_with('/') => name.replace('/', "."),
            _ => name.into(),
        };
        let of_ipc = ["kernel.shm", "kernel.msg", "fs.mqueue."];
        let of_ipc = dotted == "kernel.sem" || of_ipc.iter().any(|it| dotted.starts_with(it));
        let field = field.excusable(Excuse::HostSysctl);
        let told = |problem: &str| field.invalid_as(&quoted(name), problem);
        if dotted.starts_with("net.") && pod.child("hostNetwork").yes() {
            told("may not be specified when 'hostNetwork' is true");
        } else if of_ipc && pod.child("hostIPC").yes() {
            told("may not be specified when 'hostIPC' is true");
        }
    }
}

fn is_sysctl(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.split(['.', '/']).all(|part| {
        part.bytes()
            .all(|byte| letter(byte) || b"-_".contains(&byte))
            && part.bytes().next().is_some_and(letter)
            && part.bytes().next_back().is_some_and(letter)
    })
}

/// What pods for Windows may not have.
pub(crate) fn windows(pod: &Field<'_>) {
    const OF_BOTH: [&str; 5] = [
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "runAsUser",
        "runAsGroup",
    ];
    const OF_POD: [&str; 6] = [
        "fsGroup",
        "fsGroupChangePolicy",
        "sysctls",
        "supplementalGroups",
        "supplementalGroupsPolicy",
        "seLinuxChangePolicy",
    ];
    const OF_CONTAINER: [&str; 5] = [
        "capabilities",
        "readOnlyRootFilesystem",
        "privileged",
        "allowPrivilegeEscalation",
        "procMount",
    ];
    let refuse = |of: &Field<'_>, names: &[&str]| {
        let fields = names.iter().map(|name| of.child(name));
        for field in fields.filter(Field::given) {
            field.forbidden("cannot be set for a windows pod");
        }
    };
    let context = pod.child("securityContext");
    refuse(&context, &OF_BOTH);
    refuse(&context, &OF_POD);
    refuse(pod, &["hostUsers", "shareProcessNamespace"]);
    for name in ["hostPID", "hostIPC"] {
        if pod.child(name).yes() {
            refuse(pod, &[name]);
        }
    }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for container in pod.child(list).items() {
            let context = container.child("securityContext");
            refuse(&context, &OF_BOTH);
            refuse(&context, &OF_CONTAINER);
        }
    }
}
