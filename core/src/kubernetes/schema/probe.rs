//! Shapes of probes and of what is done before a container stops and after it starts.

use super::{
    Field,
    Type::{Fields, IntOrText, List, Text, Whole},
    kept, nullable, omitted, pointer,
};

const EXEC_ACTION: &[Field] = &[omitted("command", List(&Text))];

const HTTP_HEADER: &[Field] = &[kept("name", Text), kept("value", Text)];

const HTTP_GET_ACTION: &[Field] = &[
    omitted("path", Text),
    kept("port", IntOrText),
    omitted("host", Text),
    omitted("scheme", Text),
    omitted("httpHeaders", List(&Fields(HTTP_HEADER))),
    pointer("protocol", Text),
];

const TCP_SOCKET_ACTION: &[Field] = &[kept("port", IntOrText), omitted("host", Text)];

const GRPC_ACTION: &[Field] = &[
    kept("port", Whole),
    nullable("service", Text),
    pointer("mode", Text),
];

pub(super) const PROBE: &[Field] = &[
    pointer("exec", Fields(EXEC_ACTION)),
    pointer("httpGet", Fields(HTTP_GET_ACTION)),
    pointer("tcpSocket", Fields(TCP_SOCKET_ACTION)),
    pointer("grpc", Fields(GRPC_ACTION)),
    omitted("initialDelaySeconds", Whole),
    omitted("timeoutSeconds", Whole),
    omitted("periodSeconds", Whole),
    omitted("successThreshold", Whole),
    omitted("failureThreshold", Whole),
    pointer("terminationGracePeriodSeconds", Whole),
];

const SLEEP_ACTION: &[Field] = &[kept("seconds", Whole)];

const LIFECYCLE_HANDLER: &[Field] = &[
    pointer("exec", Fields(EXEC_ACTION)),
    pointer("httpGet", Fields(HTTP_GET_ACTION)),
    pointer("tcpSocket", Fields(TCP_SOCKET_ACTION)),
    pointer("sleep", Fields(SLEEP_ACTION)),
];

pub(super) const LIFECYCLE: &[Field] = &[
    pointer("postStart", Fields(LIFECYCLE_HANDLER)),
    pointer("preStop", Fields(LIFECYCLE_HANDLER)),
    pointer("stopSignal", Text),
];
