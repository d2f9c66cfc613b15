//! How a container is asked whether it lives.

use serde_json::Value;

use super::value;
use crate::kubectl::jsonpath::show;
use crate::values::object::Fields;

/// `http-get http://:80/ delay=0s timeout=1s period=10s successThreshold=1 failureThreshold=3`
pub(super) fn shown(probe: &Value) -> String {
    let number = |field: &str| probe.int(&format!("/{field}")).unwrap_or(0);
    format!(
        "{} delay={}s timeout={}s period={}s successThreshold={} failureThreshold={}",
        asked(probe),
        number("initialDelaySeconds"),
        number("timeoutSeconds"),
        number("periodSeconds"),
        number("successThreshold"),
        number("failureThreshold"),
    )
}

fn asked(probe: &Value) -> String {
    let port = |of: &Value| of.get("port").map_or_else(|| "0".to_owned(), show);
    if let Some(exec) = probe.get("exec") {
        format!("exec {}", value::list(exec.list("/command")))
    } else if let Some(get) = probe.get("httpGet") {
        format!("http-get {}", address(get, &port(get)))
    } else if let Some(socket) = probe.get("tcpSocket") {
        format!("tcp-socket {}:{}", socket.text("/host"), port(socket))
    } else if let Some(grpc) = probe.get("grpc") {
        format!("grpc <pod>:{} {}", port(grpc), grpc.text("/service"))
    } else {
        "unknown".into()
    }
}

fn address(get: &Value, port: &str) -> String {
    let scheme = match get.text("/scheme") {
        "" => String::new(),
        scheme => format!("{}:", scheme.to_ascii_lowercase()),
    };
    let host = match (get.text("/host"), port) {
        (host, "") => host.to_owned(),
        (host, port) if host.contains(':') => format!("[{host}]:{port}"),
        (host, port) => format!("{host}:{port}"),
    };
    let host = escaped(&host, "!$&'()*+,;=:[]<>\"");
    let path = escaped(get.text("/path"), "$&+,/:;=@");
    let between = if path.is_empty() || path.starts_with('/') || host.is_empty() {
        ""
    } else {
        "/"
    };
    let slashes = if host.is_empty() && (path.is_empty() || scheme.is_empty()) {
        ""
    } else {
        "//"
    };
    format!("{scheme}{slashes}{host}{between}{path}")
}

/// With everything but letters, digits and these characters written as its bytes.
fn escaped(text: &str, kept: &str) -> String {
    let one = |byte: u8| {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-_.~".contains(c) || byte < 0x80 && kept.contains(c) {
            c.to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(one).collect::<Vec<_>>().concat()
}
