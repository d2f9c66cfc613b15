//! Shapes of addresses of the network.

use super::meta::{CONDITION, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const IP_ADDRESS: Struct = Struct {
    name: "IPAddress",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&IP_ADDRESS_SPEC)),
    ],
};

pub(super) const IP_ADDRESS_SPEC: Struct = Struct {
    name: "IPAddressSpec",
    inline: &[],
    fields: &[("parentRef", Type::Struct(&PARENT_REFERENCE))],
};

pub(super) const PARENT_REFERENCE: Struct = Struct {
    name: "ParentReference",
    inline: &[],
    fields: &[
        ("group", Type::Text),
        ("resource", Type::Text),
        ("namespace", Type::Text),
        ("name", Type::Text),
    ],
};

pub(super) const SERVICE_CIDR: Struct = Struct {
    name: "ServiceCIDR",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&SERVICE_CIDR_SPEC)),
        ("status", Type::Struct(&SERVICE_CIDR_STATUS)),
    ],
};

pub(super) const SERVICE_CIDR_SPEC: Struct = Struct {
    name: "ServiceCIDRSpec",
    inline: &[],
    fields: &[("cidrs", Type::List(&Type::Text, Merge::Atomic))],
};

pub(super) const SERVICE_CIDR_STATUS: Struct = Struct {
    name: "ServiceCIDRStatus",
    inline: &[],
    fields: &[(
        "conditions",
        Type::List(&Type::Struct(&CONDITION), Merge::Key("type")),
    )],
};
