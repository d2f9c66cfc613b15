//! What an image is called once it is on a machine, and which one it is. There are no real images, so a digest is made of the
//! name: the same name is the same image on every machine.

const DEFAULT_REGISTRY: &str = "docker.io";

/// What the runtime says of the image of a container that it has made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pulled {
    /// `docker.io/library/nginx:1.12`; of an image that has no tag, which one it is.
    pub(super) name: String,
    /// `docker.io/library/nginx@sha256:…`
    pub(super) id: String,
}

impl Pulled {
    /// What an image that is written so in a pod is called.
    pub(super) fn of(image: &str) -> Self {
        let (rest, digest) = match image.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (image, None),
        };
        // A colon before a slash belongs to a port.
        let (path, tag) = match rest.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, tag),
            _ => (rest, "latest"),
        };
        let repository = in_registry(path);
        if let Some(digest) = digest {
            return Self {
                name: format!("sha256:{}", hexadecimal(&[image])),
                id: format!("{repository}@{digest}"),
            };
        }
        let name = format!("{repository}:{tag}");
        Self {
            id: format!("{repository}@sha256:{}", hexadecimal(&[&name])),
            name,
        }
    }
}

/// A repository with its registry in front of it.
fn in_registry(path: &str) -> String {
    let names_registry = |first: &str| first.contains(['.', ':']) || first == "localhost";
    match path.split_once('/') {
        Some((first, _)) if names_registry(first) => path.to_owned(),
        Some(_) => format!("{DEFAULT_REGISTRY}/{path}"),
        None => format!("{DEFAULT_REGISTRY}/library/{path}"),
    }
}

/// 64 hexadecimal digits that depend on these words and nothing else.
pub(super) fn hexadecimal(words: &[&str]) -> String {
    let [a, b, c, d] = [0, 1, 2, 3].map(|lane| stirred(lane, words));
    format!("{a:016x}{b:016x}{c:016x}{d:016x}")
}

/// FNV-1a, and then a stir, so that similar words have nothing in common.
fn stirred(lane: u64, words: &[&str]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325 ^ lane.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for word in words {
        for byte in word.bytes().chain([0]) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    sum = (sum ^ (sum >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    sum ^ (sum >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_completed() {
        for (image, name) in [
            ("nginx", "docker.io/library/nginx:latest"),
            ("nginx:1.12", "docker.io/library/nginx:1.12"),
            ("bitnami/redis:7", "docker.io/bitnami/redis:7"),
            ("localhost/own", "localhost/own:latest"),
            ("host:5000/own", "host:5000/own:latest"),
            ("registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"),
        ] {
            let pulled = Pulled::of(image);
            assert_eq!(pulled.name, name);
            let (repository, _) = name.rsplit_once(':').expect("it has a tag");
            let digest = pulled.id.strip_prefix(&format!("{repository}@sha256:"));
            assert_eq!(digest.map(str::len), Some(64), "{}", pulled.id);
        }
    }

    #[test]
    fn an_image_that_is_named_by_its_digest_is_that_one() {
        let pulled = Pulled::of("nginx:1.12@sha256:abc");
        assert_eq!(pulled.id, "docker.io/library/nginx@sha256:abc");
        assert!(pulled.name.starts_with("sha256:"), "{}", pulled.name);
    }

    #[test]
    fn words_do_not_run_into_each_other() {
        let of = |words: &[&str]| hexadecimal(words);
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["uid", "c", "1"]), of(&["uid", "c", "2"]));
        assert_eq!(of(&["uid", "c", "1"]), of(&["uid", "c", "1"]));
        let digits = of(&["uid"]);
        assert_eq!(digits.len(), 64);
        assert_ne!(digits[..16], digits[16..32]);
    }
}
