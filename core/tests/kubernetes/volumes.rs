//! Volumes of a template, as a host without an API server judges them. The judge in `core/conformance` compares many more.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::validate_stateful_set;

use crate::world::web;

fn said(volume: &Value) -> Vec<String> {
    let mut set = web();
    set["spec"]["template"]["spec"]["volumes"] = json!([volume]);
    let errors = validate_stateful_set(&set, &Profile::UPSTREAM);
    errors.iter().map(ToString::to_string).collect()
}

/// What is said of these sources of a projected volume, without where the volume is.
fn projected(sources: &Value) -> Vec<String> {
    let texts = said(&json!({"name": "v", "projected": {"sources": sources}}));
    let place = "spec.template.spec.volumes[0].projected";
    texts.iter().map(|it| it.replace(place, "")).collect()
}

#[test]
fn a_bundle_is_named_or_chosen_by_its_signer() {
    let bundle = |bundle: Value| projected(&json!([{"clusterTrustBundle": bundle}]));
    let good: [&str; 0] = [];
    assert_eq!(bundle(json!({"name": "a.b:c:d", "path": "p"})), good);
    assert_eq!(bundle(json!({"signerName": "a.b/c", "path": "p"})), good);
    let neither = [
        ".sources[0].clusterTrustBundle: Required value: either name or signerName must be specified",
        ".sources[0].clusterTrustBundle.path: Required value",
    ];
    assert_eq!(bundle(json!({})), neither);
    let selected = json!({"name": ":a", "path": "p", "labelSelector": {}});
    let expected = [
        ".sources[0].clusterTrustBundle.name: Invalid value: \":a\": not a valid clustertrustbundlename: \
         ClusterTrustBundle without signer name must not have \":\" in its name",
        ".sources[0].clusterTrustBundle.labelSelector: Invalid value: {}: labelSelector must be unset if name is specified",
    ];
    assert_eq!(bundle(selected), expected);
    let unsigned = json!({"signerName": "a", "path": "p"});
    let expected = [
        ".sources[0].clusterTrustBundle.signerName: Invalid value: \"a\": must be a fully qualified domain and path of \
         the form 'example.com/signer-name'",
    ];
    assert_eq!(bundle(unsigned), expected);
}

#[test]
fn a_certificate_of_the_pods_own_lasts_as_long_as_its_signer_allows() {
    let own = |signer: &str, seconds: i64| {
        projected(&json!([{"podCertificate": {
            "signerName": signer, "keyType": "ED25519", "keyPath": "k", "maxExpirationSeconds": seconds,
        }}]))
    };
    let good: [&str; 0] = [];
    assert_eq!(own("example.com/a", 91 * 86_400), good);
    let longer = |seconds: i64, most: i64| {
        [format!(
            ".sources[0].podCertificate.maxExpirationSeconds: Invalid value: {seconds}: if provided, \
             maxExpirationSeconds must be <= {most}"
        )]
    };
    let longest = 91 * 86_400;
    assert_eq!(
        own("example.com/a", longest + 1),
        longer(longest + 1, longest)
    );
    assert_eq!(own("kubernetes.io/a", 86_401), longer(86_401, 86_400));
}

#[test]
fn no_two_sources_write_one_file() {
    let own =
        json!({"podCertificate": {"signerName": "a.b/c", "keyType": "RSA2048", "keyPath": "p"}});
    let bundle = json!({"clusterTrustBundle": {"name": "a", "path": "p"}});
    let expected = [
        ".sources[1].podCertificate.keyType: Unsupported value: \"RSA2048\": supported values: \"RSA3072\", \"RSA4096\", \
         \"ECDSAP256\", \"ECDSAP384\", \"ECDSAP521\", \"ED25519\"",
        ": Invalid value: \"p\": conflicting duplicate paths",
    ];
    assert_eq!(projected(&json!([bundle, own])), expected);
}

#[test]
fn a_registry_is_a_list_of_hosts_with_ports() {
    let said = |registry: &str| {
        let source = json!({"registry": registry, "volume": "v"});
        said(&json!({"name": "v", "quobyte": source}))
    };
    let good: [&str; 0] = [];
    for registry in ["a:1", "a:1,b:2", "[::1]:1", ":", "[]:b"] {
        assert_eq!(said(registry), good, "{registry}");
    }
    for registry in [
        "a", "::1:1", "[::1]", "[a]b:1", "[a:1", "a]:1", "a:[1", "[[a]]:1", "[a]:1:2",
    ] {
        let expected = format!(
            "spec.template.spec.volumes[0].quobyte.registry: Invalid value: \"{registry}\": must be a host:port pair or \
             multiple pairs separated by commas"
        );
        assert_eq!(said(registry), [expected], "{registry}");
    }
}
