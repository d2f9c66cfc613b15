//! What a projected volume has of certificates: those that are trusted, and the pod's own.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::field::{Field, quoted};
use super::{format as names, labels};

/// Certificates that are trusted: a bundle by its name, or all bundles of a signer.
pub(super) fn bundle(bundle: &Field<'_>) {
    let (name, signer) = (bundle.child("name"), bundle.child("signerName"));
    let selector = bundle.child("labelSelector");
    match (name.given(), signer.given()) {
        (true, true) => bundle.invalid("only one of name and signerName may be used"),
        (true, false) => {
            if name.text().is_empty() {
                name.required("must be a valid object name");
            }
            for problem in bundle_name(name.text()) {
                name.invalid(&format!("not a valid clustertrustbundlename: {problem}"));
            }
            if selector.given() {
                selector.invalid("labelSelector must be unset if name is specified");
            }
        }
        (false, true) => {
            if signer.text().is_empty() {
                signer.required("must be a valid signer name");
            }
            signer_name(&signer);
            labels::selector(&selector);
        }
        (false, false) => bundle.required("either name or signerName must be specified"),
    }
    let path = bundle.child("path");
    if path.text().is_empty() {
        path.required("");
    }
    path.invalid_for(names::file_path(path.text()));
}

/// `example.com:signer:name`, or a name without a signer.
fn bundle_name(name: &str) -> Vec<String> {
    match name.rsplit_once(':') {
        Some(("", _)) => {
            ["ClusterTrustBundle without signer name must not have \":\" in its name".into()].into()
        }
        Some((signer, _)) if signer.contains('/') => {
            let (path, prefix) = (signer.replace(':', "/"), signer.replace('/', ":"));
            [format!(
                "ClusterTrustBundle for signerName {path} must be named with prefix {prefix}:"
            )]
            .into()
        }
        Some((_, name)) => names::dns_subdomain(name),
        None => names::dns_subdomain(name),
    }
}

/// `example.com/signer`
fn signer_name(signer: &Field<'_>) {
    const LONGEST_DOMAIN: usize = 253;
    const LONGEST: usize = LONGEST_DOMAIN + 1 + 253 + 1 + 63;
    let text = signer.text();
    if text.is_empty() {
        return signer.required("");
    }
    let parts = text.split_once('/').filter(|it| !it.1.contains('/'));
    let Some((domain, path)) = parts else {
        return signer.invalid(
            "must be a fully qualified domain and path of the form 'example.com/signer-name'",
        );
    };
    // Of several bad labels, the first is told.
    let check = |part: &str, check: fn(&str) -> Vec<String>| {
        let mut labels = part.split('.').map(|it| (it, check(it)));
        if let Some((label, problems)) = labels.find(|it| !it.1.is_empty()) {
            for problem in problems {
                let why = format!("validating label {}: {problem}", quoted(label));
                signer.invalid_as(&quoted(part), &why);
            }
        }
    };
    if domain.len() > LONGEST_DOMAIN {
        signer.too_long(LONGEST_DOMAIN);
    }
    check(domain, names::dns_label);
    if !domain.contains('.') {
        let why = "should be a domain with at least two segments separated by dots";
        signer.invalid_as(&quoted(domain), why);
    }
    check(path, names::dns_subdomain);
    if text.len() > LONGEST {
        signer.too_long(LONGEST);
    }
}

/// A key and a certificate of the pod's own. Returns the paths of the files that they are in.
pub(super) fn own<'a>(certificate: &Field<'a>) -> Vec<&'a str> {
    const KEYS: [&str; 6] = [
        "RSA3072",
        "RSA4096",
        "ECDSAP256",
        "ECDSAP384",
        "ECDSAP521",
        "ED25519",
    ];
    const DAY: i64 = 24 * 60 * 60;
    let signer = certificate.child("signerName");
    signer_name(&signer);
    annotations(&certificate.child("userAnnotations"));
    let key = certificate.child("keyType");
    if !KEYS.contains(&key.text()) {
        key.unsupported(&KEYS);
    }
    let lasts = certificate.child("maxExpirationSeconds");
    if let Some(seconds) = lasts.number() {
        let host = signer.text().split('/').next().unwrap_or("");
        let is_kubernetes = format!(".{host}").ends_with(".kubernetes.io");
        let longest = if is_kubernetes { DAY } else { 91 * DAY };
        if seconds < 3600 {
            lasts.invalid("if provided, maxExpirationSeconds must be >= 3600");
        }
        if seconds > longest {
            lasts.invalid(&format!(
                "if provided, maxExpirationSeconds must be <= {longest}"
            ));
        }
    }
    let mut paths = Vec::new();
    for name in ["credentialBundlePath", "keyPath", "certificateChainPath"] {
        let path = certificate.child(name);
        if !path.text().is_empty() {
            path.invalid_for(names::file_path(path.text()));
            paths.push(path.text());
        }
    }
    if paths.is_empty() {
        certificate.required(
            "specify at least one of credentialBundlePath, keyPath, and certificateChainPath",
        );
    }
    paths
}

/// What the signer is told: words in the domain of whoever knows what they mean.
fn annotations(annotations: &Field<'_>) {
    for (key, _) in annotations.entries() {
        let key = key.to_lowercase();
        if key.is_empty() {
            annotations.required("");
            continue;
        }
        let mut problems = names::label_key(&key);
        if problems.is_empty() && !key.contains('/') {
            problems.push("must be a domain-prefixed key (such as \"acme.io/foo\")".into());
        }
        for problem in problems {
            annotations.invalid_as(&quoted(&key), &problem);
        }
    }
    labels::annotations_size(annotations);
}
