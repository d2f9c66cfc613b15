//! Shapes of what is asked of a container.

use super::{Merge, Struct, Type};

pub(super) const PROBE: Struct = Struct {
    name: "Probe",
    inline: &[&PROBE_HANDLER],
    fields: &[
        ("initialDelaySeconds", Type::Int32),
        ("timeoutSeconds", Type::Int32),
        ("periodSeconds", Type::Int32),
        ("successThreshold", Type::Int32),
        ("failureThreshold", Type::Int32),
        ("terminationGracePeriodSeconds", Type::Int64),
    ],
};

pub(super) const PROBE_HANDLER: Struct = Struct {
    name: "ProbeHandler",
    inline: &[],
    fields: &[
        ("exec", Type::Struct(&EXEC_ACTION)),
        ("httpGet", Type::Struct(&HTTP_GET_ACTION)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET_ACTION)),
        ("grpc", Type::Struct(&GRPC_ACTION)),
    ],
};

pub(super) const LIFECYCLE: Struct = Struct {
    name: "Lifecycle",
    inline: &[],
    fields: &[
        ("postStart", Type::Struct(&LIFECYCLE_HANDLER)),
        ("preStop", Type::Struct(&LIFECYCLE_HANDLER)),
        ("stopSignal", Type::Named("v1.Signal")),
    ],
};

pub(super) const LIFECYCLE_HANDLER: Struct = Struct {
    name: "LifecycleHandler",
    inline: &[],
    fields: &[
        ("exec", Type::Struct(&EXEC_ACTION)),
        ("httpGet", Type::Struct(&HTTP_GET_ACTION)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET_ACTION)),
        ("sleep", Type::Struct(&SLEEP_ACTION)),
    ],
};

pub(super) const EXEC_ACTION: Struct = Struct {
    name: "ExecAction",
    inline: &[],
    fields: &[("command", Type::List(&Type::Text, Merge::Atomic))],
};

pub(super) const HTTP_GET_ACTION: Struct = Struct {
    name: "HTTPGetAction",
    inline: &[],
    fields: &[
        ("path", Type::Text),
        ("port", Type::IntOrText),
        ("host", Type::Text),
        ("scheme", Type::Named("v1.URIScheme")),
        (
            "httpHeaders",
            Type::List(&Type::Struct(&HTTP_HEADER), Merge::Atomic),
        ),
        ("protocol", Type::Named("v1.HTTPProtocol")),
    ],
};

pub(super) const HTTP_HEADER: Struct = Struct {
    name: "HTTPHeader",
    inline: &[],
    fields: &[("name", Type::Text), ("value", Type::Text)],
};

pub(super) const TCP_SOCKET_ACTION: Struct = Struct {
    name: "TCPSocketAction",
    inline: &[],
    fields: &[("port", Type::IntOrText), ("host", Type::Text)],
};

pub(super) const GRPC_ACTION: Struct = Struct {
    name: "GRPCAction",
    inline: &[],
    fields: &[
        ("port", Type::Int32),
        ("service", Type::Text),
        ("mode", Type::Named("v1.GRPCProbeMode")),
    ],
};

pub(super) const SLEEP_ACTION: Struct = Struct {
    name: "SleepAction",
    inline: &[],
    fields: &[("seconds", Type::Int64)],
};
