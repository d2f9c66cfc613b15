//! Files of one volume that lie over each other.

use serde_json::Value;

use crate::values::object::Fields;

/// What becomes a file, and what it comes from where a volume has several sources.
#[derive(PartialEq)]
struct File {
    path: String,
    source: String,
}

impl File {
    fn shown(&self) -> String {
        match &*self.source {
            "" => format!("\"{}\"", self.path),
            source => format!("\"{}\" ({source})", self.path),
        }
    }

    fn lies_over(&self, other: &Self) -> bool {
        let (one, another) = (format!("{}/", self.path), format!("{}/", other.path));
        let both = !self.path.is_empty() && !other.path.is_empty();
        both && (one.starts_with(&another) || another.starts_with(&one))
    }
}

pub(super) fn overlaps(volumes: &[Value], said: &mut Vec<String>) {
    for volume in volumes {
        let name = volume.text("/name");
        for (field, kind, named) in [
            ("configMap", "ConfigMap", "/name"),
            ("secret", "Secret", "/secretName"),
            ("downwardAPI", "DownwardAPI", ""),
        ] {
            let Some(source) = volume.get(field) else {
                continue;
            };
            let shown = match named {
                "" => kind.to_owned(),
                named => format!("{kind} \"{}\"", source.text(named)),
            };
            tell(name, &shown, &files(source.list("/items"), ""), said);
        }
        if let Some(projected) = volume.get("projected") {
            let mut all = Vec::new();
            for source in projected.list("/sources") {
                if source.as_object().is_none_or(serde_json::Map::is_empty) {
                    said.push(format!(
                        "volume \"{name}\" (Projected) has no sources provided"
                    ));
                }
                all.extend(projection(source));
            }
            tell(name, "Projected", &all, said);
        }
    }
}

fn projection(source: &Value) -> Vec<File> {
    for (field, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
        if let Some(source) = source.get(field) {
            let from = format!("{kind} \"{}\"", source.text("/name"));
            return files(source.list("/items"), &from);
        }
    }
    if let Some(source) = source.get("downwardAPI") {
        return files(source.list("/items"), "DownwardAPI");
    }
    let one = |path: &str, source: &str| {
        vec![File {
            path: path.trim_end_matches('/').into(),
            source: source.into(),
        }]
    };
    if let Some(token) = source.get("serviceAccountToken") {
        return one(token.text("/path"), "ServiceAccountToken");
    }
    if let Some(bundle) = source.get("clusterTrustBundle") {
        let name = match bundle.text("/name") {
            "" => bundle.text("/signerName"),
            name => name,
        };
        return one(
            bundle.text("/path"),
            &format!("ClusterTrustBundle \"{name}\""),
        );
    }
    Vec::new()
}

fn files(items: &[Value], source: &str) -> Vec<File> {
    let file = |item: &Value| File {
        path: item.text("/path").trim_end_matches('/').into(),
        source: source.into(),
    };
    items.iter().map(file).collect()
}

fn tell(volume: &str, shown: &str, files: &[File], said: &mut Vec<String>) {
    for (i, file) in files.iter().enumerate() {
        for other in files[..i].iter().filter(|other| file.lies_over(other)) {
            said.push(format!(
                "volume \"{volume}\" ({shown}): overlapping paths: {} with {}",
                file.shown(),
                other.shown()
            ));
        }
    }
}
