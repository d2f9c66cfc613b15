//! Names of images.

/// When an image is pulled if nobody says so: always, if it is whatever is newest. What is no name of an image is
/// nothing in particular.
pub(super) fn pull_policy(image: &str) -> &'static str {
    match tag(image) {
        Some("latest") => "Always",
        _ => "IfNotPresent",
    }
}

/// The tag; that of a name without tag and digest is `latest`. `None` where there is none, or no name.
fn tag(image: &str) -> Option<&str> {
    let hexadecimal = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
    };
    // That would be a digest.
    if image.len() == 64 && hexadecimal(image) {
        return None;
    }
    let (rest, digest) = match image.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (image, None),
    };
    // A colon before the last slash is that of a port.
    let name = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (repository, tag) = match rest[name..].split_once(':') {
        Some((last, tag)) => (&rest[..name + last.len()], Some(tag)),
        None => (rest, None),
    };
    let fine = is_repository(repository) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest);
    match (tag, digest) {
        _ if !fine => None,
        (None, None) => Some("latest"),
        (tag, _) => tag,
    }
}

fn is_tag(tag: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    tag.bytes().next().is_some_and(word)
        && tag.len() <= 128
        && tag.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, sum)) = digest.split_once(':') else {
        return false;
    };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return false,
    };
    sum.len() == length
        && sum
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

/// A host, which is told from a directory by a dot, a port or its name, and directories.
fn is_repository(repository: &str) -> bool {
    let (host, path) = match repository.split_once('/') {
        Some((host, path)) if is_like_host(host) => (Some(host), path),
        _ => (None, repository),
    };
    repository.len() <= 255 && host.is_none_or(is_host) && path.split('/').all(is_directory)
}

fn is_like_host(host: &str) -> bool {
    host == "localhost" || host.contains(['.', ':']) || host.bytes().any(|b| b.is_ascii_uppercase())
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let digits = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    port.is_none_or(digits)
        && name.split('.').all(|part| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// Small letters and digits, with a dot, one or two underscores, or dashes between.
fn is_directory(directory: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let separator =
        |text: &str| matches!(text, "" | "." | "_" | "__") || text.bytes().all(|b| b == b'-');
    let edges = directory.bytes().next().is_some_and(letter)
        && directory.bytes().next_back().is_some_and(letter);
    edges
        && directory
            .split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            .all(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_newest_is_pulled_always() {
        let digest = ["@sha256:", &"a".repeat(64)].concat();
        let with = |name: &str| [name, &digest].concat();
        for (image, expected) in [
            ("nginx", Some("latest")),
            ("nginx:latest", Some("latest")),
            ("nginx:1.27", Some("1.27")),
            ("registry:5000/nginx", Some("latest")),
            ("registry.example:5000/a/b_c/d--e:v1", Some("v1")),
            ("Registry/nginx", Some("latest")),
            (&with("nginx"), None),
            (&with("nginx:latest"), Some("latest")),
            ("nginx@sha256:abc", None),
            ("Nginx", None),
            ("nginx:", None),
            (" nginx", None),
            ("", None),
            ("a//b", None),
            ("a___b", None),
            (&"a".repeat(64), None),
        ] {
            assert_eq!(tag(image), expected, "{image}");
        }
    }
}
