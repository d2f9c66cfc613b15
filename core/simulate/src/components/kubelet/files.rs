//! Files: what lives in volumes, in a pod, and in a container.

use std::collections::BTreeMap;

/// A tree of files; keys are absolute, normalised paths, `None` is a directory. The root is always there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Tree {
    nodes: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// The contents of a file.
    pub(super) fn read(&self, path: &str) -> Option<&str> {
        self.nodes.get(path)?.as_deref()
    }

    /// Whether `path` is a directory.
    pub(super) fn is_directory(&self, path: &str) -> bool {
        path == "/" || matches!(self.nodes.get(path), Some(None))
    }

    /// Whether anything has been put there.
    fn is_there(&self, path: &str) -> bool {
        self.nodes.contains_key(path)
    }

    /// Puts a file there, or a directory.
    pub(super) fn put(&mut self, path: &str, contents: Option<String>) {
        self.nodes.insert(path.to_owned(), contents);
    }

    /// Makes a directory and all above it.
    pub(super) fn make_directories(&mut self, path: &str) {
        for (end, _) in path.match_indices('/').skip(1) {
            self.nodes.entry(path[..end].to_owned()).or_insert(None);
        }
        if path != "/" {
            self.nodes.entry(path.to_owned()).or_insert(None);
        }
    }

    /// Takes `path` away, and all below it.
    pub(super) fn remove(&mut self, path: &str) {
        let below = format!("{path}/");
        self.nodes
            .retain(|key, _| key != path && !key.starts_with(&below));
    }

    /// Names directly below a directory.
    pub(super) fn names(&self, path: &str) -> Vec<&str> {
        let below = if path == "/" {
            "/".to_owned()
        } else {
            format!("{path}/")
        };
        self.nodes
            .keys()
            .filter_map(|key| key.strip_prefix(&below))
            .filter(|rest| !rest.is_empty() && !rest.contains('/'))
            .collect()
    }
}

/// Where a container sees a volume.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mount {
    /// Path in the container, without a slash at the end.
    pub(super) at: String,
    /// The volume behind it.
    pub(super) source: Source,
    /// Path in the volume: empty, or with a slash at the beginning.
    pub(super) below: String,
    /// Whether it may not be written.
    pub(super) read_only: bool,
    /// Whether it begins empty, so that nothing is on it but what the pod's containers put there.
    pub(super) begins_empty: bool,
}

/// What is mounted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// A persistent volume, by name.
    Disk(String),
    /// A volume that lives and dies with the pod, by its name in the pod.
    Scratch(String),
}

/// Files as a container sees them.
pub(super) struct View<'a> {
    pub(super) disks: &'a mut BTreeMap<String, Tree>,
    pub(super) scratch: &'a mut BTreeMap<String, Tree>,
    pub(super) own: &'a mut Tree,
    pub(super) mounts: &'a [Mount],
}

/// Directories that every image has.
const IMAGE: [&str; 12] = [
    "/", "/bin", "/dev", "/etc", "/home", "/opt", "/proc", "/root", "/tmp", "/usr", "/var",
    "/var/lib",
];

impl View<'_> {
    /// The mount that a path is on, and its path on it.
    fn place(&self, path: &str) -> (Option<&Mount>, String) {
        let mount = self
            .mounts
            .iter()
            .filter(|m| {
                path.strip_prefix(&m.at)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .max_by_key(|m| m.at.len());
        let inner = mount.map_or(path.to_owned(), |m| {
            format!("{}{}", m.below, &path[m.at.len()..])
        });
        (mount, if inner.is_empty() { "/".into() } else { inner })
    }

    /// Whether what is at this path is the doing of the pod's containers alone. Elsewhere there may be files of the image, of
    /// the kernel or of a ConfigMap, which are not modelled.
    pub(super) fn is_own(&self, path: &str) -> bool {
        match self.place(path).0 {
            Some(mount) => mount.begins_empty,
            None => path.starts_with("/tmp/") || self.own.is_there(path),
        }
    }

    fn tree(&mut self, source: Option<Source>) -> &mut Tree {
        match source {
            Some(Source::Disk(name)) => self.disks.entry(name).or_default(),
            Some(Source::Scratch(name)) => self.scratch.entry(name).or_default(),
            None => self.own,
        }
    }

    fn locate(&mut self, path: &str) -> (&mut Tree, String, bool) {
        let (mount, inner) = self.place(path);
        let (source, below, read_only) = match mount {
            Some(m) => (Some(m.source.clone()), m.below.clone(), m.read_only),
            None => (None, String::new(), false),
        };
        let tree = self.tree(source);
        if !below.is_empty() {
            tree.make_directories(&below);
        }
        (tree, inner, read_only)
    }

    pub(super) fn read(&mut self, path: &str) -> Option<String> {
        let (tree, inner, _) = self.locate(path);
        tree.read(&inner).map(str::to_owned)
    }

    pub(super) fn is_directory(&mut self, path: &str) -> bool {
        let above = format!("{path}/");
        let leads_to_mount = self.mounts.iter().any(|m| m.at.starts_with(&above));
        let (tree, inner, _) = self.locate(path);
        tree.is_directory(&inner) || leads_to_mount || IMAGE.contains(&path)
    }

    pub(super) fn exists(&mut self, path: &str) -> bool {
        self.is_directory(path) || self.read(path).is_some()
    }

    /// Puts a file (or a directory) there; or says why not.
    pub(super) fn put(&mut self, path: &str, contents: Option<String>) -> Result<(), &'static str> {
        let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
        // The image's own directories are not modelled: outside of volumes every directory is taken as there.
        let on_volume = self.place(path).0.is_some();
        if on_volume && !self.is_directory(if parent.is_empty() { "/" } else { parent }) {
            return Err("No such file or directory");
        }
        let (tree, inner, read_only) = self.locate(path);
        if read_only {
            return Err("Read-only file system");
        }
        if inner == "/" || (contents.is_some() && tree.is_directory(&inner)) {
            return Err("Is a directory");
        }
        tree.put(&inner, contents);
        Ok(())
    }

    pub(super) fn make_directories(&mut self, path: &str) -> Result<(), &'static str> {
        let (tree, inner, read_only) = self.locate(path);
        if read_only {
            return Err("Read-only file system");
        }
        tree.make_directories(&inner);
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &str) -> Result<(), &'static str> {
        if self.mounts.iter().any(|m| m.at == path) {
            return Err("Device or resource busy");
        }
        let (tree, inner, read_only) = self.locate(path);
        if read_only {
            return Err("Read-only file system");
        }
        tree.remove(&inner);
        Ok(())
    }

    /// Names in a directory, sorted.
    pub(super) fn names(&mut self, path: &str) -> Vec<String> {
        let above = if path == "/" {
            "/".to_owned()
        } else {
            format!("{path}/")
        };
        let mut names: Vec<String> = self
            .mounts
            .iter()
            .filter_map(|m| m.at.strip_prefix(&above)?.split('/').next())
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let (tree, inner, _) = self.locate(path);
        names.extend(tree.names(&inner).into_iter().map(str::to_owned));
        names.sort();
        names.dedup();
        names
    }
}

/// An absolute path without `.`, `..` and double slashes; relative ones begin at the root.
pub(super) fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
