//! Shapes of what processes may do.

use super::{
    Field,
    Type::{Fields, Flag, List, Text, Whole},
    kept, omitted, pointer,
};

const CAPABILITIES: &[Field] = &[omitted("add", List(&Text)), omitted("drop", List(&Text))];

const SELINUX_OPTIONS: &[Field] = &[
    omitted("user", Text),
    omitted("role", Text),
    omitted("type", Text),
    omitted("level", Text),
];

const WINDOWS_SECURITY_CONTEXT_OPTIONS: &[Field] = &[
    pointer("gmsaCredentialSpecName", Text),
    pointer("gmsaCredentialSpec", Text),
    pointer("runAsUserName", Text),
    pointer("hostProcess", Flag),
];

const SECCOMP_PROFILE: &[Field] = &[kept("type", Text), pointer("localhostProfile", Text)];

const APP_ARMOR_PROFILE: &[Field] = &[kept("type", Text), pointer("localhostProfile", Text)];

pub(super) const SECURITY_CONTEXT: &[Field] = &[
    pointer("capabilities", Fields(CAPABILITIES)),
    pointer("privileged", Flag),
    pointer("seLinuxOptions", Fields(SELINUX_OPTIONS)),
    pointer("windowsOptions", Fields(WINDOWS_SECURITY_CONTEXT_OPTIONS)),
    pointer("runAsUser", Whole),
    pointer("runAsGroup", Whole),
    pointer("runAsNonRoot", Flag),
    pointer("readOnlyRootFilesystem", Flag),
    pointer("allowPrivilegeEscalation", Flag),
    pointer("procMount", Text),
    pointer("seccompProfile", Fields(SECCOMP_PROFILE)),
    pointer("appArmorProfile", Fields(APP_ARMOR_PROFILE)),
];

const SYSCTL: &[Field] = &[kept("name", Text), kept("value", Text)];

pub(super) const POD_SECURITY_CONTEXT: &[Field] = &[
    pointer("seLinuxOptions", Fields(SELINUX_OPTIONS)),
    pointer("windowsOptions", Fields(WINDOWS_SECURITY_CONTEXT_OPTIONS)),
    pointer("runAsUser", Whole),
    pointer("runAsGroup", Whole),
    pointer("runAsNonRoot", Flag),
    omitted("supplementalGroups", List(&Whole)),
    pointer("supplementalGroupsPolicy", Text),
    pointer("fsGroup", Whole),
    omitted("sysctls", List(&Fields(SYSCTL))),
    pointer("fsGroupChangePolicy", Text),
    pointer("seccompProfile", Fields(SECCOMP_PROFILE)),
    pointer("appArmorProfile", Fields(APP_ARMOR_PROFILE)),
    pointer("seLinuxChangePolicy", Text),
];
