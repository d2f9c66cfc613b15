//! The header as the crate gives it: one section for each module, in the order in which the crate names its modules, so that
//! it can be read from top to bottom.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use cbindgen::{Builder, Config};

const RULE: &str = "// -----------------------------------------------------------------------------------------------------------------";

/// A part of the header, and its list of contents.
#[derive(Default)]
struct Part {
    contents: String,
    text: String,
}

pub(crate) fn generated(folder: &Path) -> String {
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("a file of the crate");
    let config = Config::from_file(folder.join("cbindgen.toml")).expect("a good config");
    let part = |list: &str, place: &str| {
        let mut part = Part::default();
        for module in modules(&read(list)) {
            let path = format!("{place}{module}.rs");
            part.section(&config, &folder.join(&path), &read(&path));
        }
        part
    };
    let facts = part("src/lib.rs", "src/");
    let kubernetes = part("src/kubernetes.rs", "src/kubernetes/");
    let contents = format!(
        " *   The facts tier\n{} *\n *   The Kubernetes tier\n{}",
        facts.contents, kubernetes.contents
    );
    read("statefulset.h.in")
        .replace("@contents@", contents.trim_end())
        .replace("@facts@", facts.text.trim_end())
        .replace("@kubernetes@", kubernetes.text.trim_end())
}

/// The modules that have a section, in order.
fn modules(source: &str) -> Vec<&str> {
    let (_, list) = source
        .split_once("// The order of the header")
        .expect("a list");
    let lines = list
        .lines()
        .take_while(|line| !line.starts_with('#') && !line.starts_with("pub"));
    lines
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .collect()
}

impl Part {
    fn section(&mut self, config: &Config, path: &Path, source: &str) {
        let title = source
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("//! "));
        let title = title
            .expect("a module says what it is about")
            .trim_end_matches('.');
        let mut config = config.clone();
        // Also what this section alone does not use.
        config.export.include = types(source);
        let bindings = Builder::new().with_config(config).with_src(path).generate();
        let mut text = Vec::new();
        bindings
            .expect("cbindgen understands the module")
            .write(&mut text);
        let text = String::from_utf8(text).expect("UTF-8");
        // The name is enough where a record is used.
        let text = text
            .replace("struct sts_", "sts_")
            .replace("typedef sts_", "typedef struct sts_");
        writeln!(self.contents, " *     {title}").expect("text grows");
        write!(self.text, "\n{RULE}\n// {title}\n{RULE}\n\n{text}").expect("text grows");
    }
}

/// The types that a module exports.
fn types(source: &str) -> Vec<String> {
    let names = source.lines().filter_map(|line| {
        let rest = line
            .strip_prefix("pub struct ")
            .or_else(|| line.strip_prefix("pub type "))?;
        rest.split([' ', ';']).next().map(String::from)
    });
    names.collect()
}
