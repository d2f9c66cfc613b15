//! Shapes of what a pod's processes may do.

use super::{Merge, Struct, Type};

pub(super) const SECURITY_CONTEXT: Struct = Struct {
    name: "SecurityContext",
    inline: &[],
    fields: &[
        ("capabilities", Type::Struct(&CAPABILITIES)),
        ("privileged", Type::Bool),
        ("seLinuxOptions", Type::Struct(&SE_LINUX_OPTIONS)),
        (
            "windowsOptions",
            Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS),
        ),
        ("runAsUser", Type::Int64),
        ("runAsGroup", Type::Int64),
        ("runAsNonRoot", Type::Bool),
        ("readOnlyRootFilesystem", Type::Bool),
        ("allowPrivilegeEscalation", Type::Bool),
        ("procMount", Type::Named("v1.ProcMountType")),
        ("seccompProfile", Type::Struct(&SECCOMP_PROFILE)),
        ("appArmorProfile", Type::Struct(&APP_ARMOR_PROFILE)),
    ],
};

pub(super) const POD_SECURITY_CONTEXT: Struct = Struct {
    name: "PodSecurityContext",
    inline: &[],
    fields: &[
        ("seLinuxOptions", Type::Struct(&SE_LINUX_OPTIONS)),
        (
            "windowsOptions",
            Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS),
        ),
        ("runAsUser", Type::Int64),
        ("runAsGroup", Type::Int64),
        ("runAsNonRoot", Type::Bool),
        (
            "supplementalGroups",
            Type::List(&Type::Int64, Merge::Atomic),
        ),
        (
            "supplementalGroupsPolicy",
            Type::Named("v1.SupplementalGroupsPolicy"),
        ),
        ("fsGroup", Type::Int64),
        ("sysctls", Type::List(&Type::Struct(&SYSCTL), Merge::Atomic)),
        (
            "fsGroupChangePolicy",
            Type::Named("v1.PodFSGroupChangePolicy"),
        ),
        ("seccompProfile", Type::Struct(&SECCOMP_PROFILE)),
        ("appArmorProfile", Type::Struct(&APP_ARMOR_PROFILE)),
        (
            "seLinuxChangePolicy",
            Type::Named("v1.PodSELinuxChangePolicy"),
        ),
    ],
};

pub(super) const CAPABILITIES: Struct = Struct {
    name: "Capabilities",
    inline: &[],
    fields: &[
        (
            "add",
            Type::List(&Type::Named("v1.Capability"), Merge::Atomic),
        ),
        (
            "drop",
            Type::List(&Type::Named("v1.Capability"), Merge::Atomic),
        ),
    ],
};

pub(super) const SE_LINUX_OPTIONS: Struct = Struct {
    name: "SELinuxOptions",
    inline: &[],
    fields: &[
        ("user", Type::Text),
        ("role", Type::Text),
        ("type", Type::Text),
        ("level", Type::Text),
    ],
};

pub(super) const WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct {
    name: "WindowsSecurityContextOptions",
    inline: &[],
    fields: &[
        ("gmsaCredentialSpecName", Type::Text),
        ("gmsaCredentialSpec", Type::Text),
        ("runAsUserName", Type::Text),
        ("hostProcess", Type::Bool),
    ],
};

pub(super) const SECCOMP_PROFILE: Struct = Struct {
    name: "SeccompProfile",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.SeccompProfileType")),
        ("localhostProfile", Type::Text),
    ],
};

pub(super) const APP_ARMOR_PROFILE: Struct = Struct {
    name: "AppArmorProfile",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.AppArmorProfileType")),
        ("localhostProfile", Type::Text),
    ],
};

pub(super) const SYSCTL: Struct = Struct {
    name: "Sysctl",
    inline: &[],
    fields: &[("name", Type::Text), ("value", Type::Text)],
};
