//! How long `sts explain` takes for a thousand sets of ten pods, in JSON and in YAML.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

const SETS: usize = 1_000;
const STORY: &str = "apply -f ../manifests/sample.yaml\nscale sts sample-statefulset --replicas=10\nsettle\n\
                     get sts,po,pvc,pv,sc,no,pdb,controllerrevisions -A -o json\n";

fn main() {
    let list = many(&one());
    let folder = std::env::temp_dir().join(format!("sts-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    println!(
        "{:<28} {:>9} {:>9}",
        "1,000 sets of 10 pods", "MB", "seconds"
    );
    let json = serde_json::to_string_pretty(&list).expect("JSON");
    timed("JSON", &folder.join("dump.json"), &json);
    let yaml = serde_saphyr::to_string(&list).expect("YAML");
    timed("YAML", &folder.join("dump.yaml"), &yaml);
    fs::remove_dir_all(folder).expect("no more folder");
}

fn timed(what: &str, file: &Path, text: &str) {
    fs::write(file, text).expect("a file");
    let begin = Instant::now();
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sts"));
    let output = tool
        .args(["explain", "-A", "--kinds=pdb"])
        .arg(file)
        .output();
    let seconds = begin.elapsed().as_secs_f64();
    let output = output.expect("the tool starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.starts_with("not up to date: 0 of 1000 sets\n"),
        "{said}"
    );
    println!("{what:<28} {:>9} {seconds:>9.2}", text.len() / 1_000_000);
}

/// One set with all that belongs to it.
fn one() -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stories");
    let story = std::env::temp_dir().join(format!("sts-bench-{}.story", std::process::id()));
    fs::write(
        &story,
        STORY.replace("../", &format!("{}/../", folder.display())),
    )
    .expect("a story");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_sts"));
    let output = tool
        .args(["simulate", "--profile", "upstream"])
        .arg(&story)
        .stdin(Stdio::null())
        .output();
    fs::remove_file(story).expect("no more story");
    let told = String::from_utf8(output.expect("the tool starts").stdout).expect("text");
    let (_, dump) = told.rsplit_once("-o json\n").expect("the last command");
    serde_json::from_str(dump).expect("JSON")
}

/// The same set many times, under other names.
fn many(one: &Value) -> Value {
    let items = one["items"].as_array().expect("items").clone();
    let (shared, own): (Vec<_>, Vec<_>) = items
        .into_iter()
        .partition(|it| it["kind"] == "Node" || it["kind"] == "StorageClass");
    let mut all = shared;
    for number in 0..SETS {
        let mut copy = Value::from(own.clone());
        rename(&mut copy, number);
        all.extend(copy.as_array().expect("items").iter().cloned());
    }
    serde_json::json!({"apiVersion": "v1", "kind": "List", "items": all})
}

fn rename(value: &mut Value, number: usize) {
    match value {
        Value::String(text) => {
            *text = text.replace("sample-statefulset", &format!("set-{number}"));
            // A uid, alone or in the name of a volume.
            let uid = text.strip_prefix("pvc-").unwrap_or(text);
            if uid.len() == 36 && uid.matches('-').count() == 4 {
                let start = text.len() - 36;
                text.replace_range(start..start + 8, &format!("{number:08x}"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| rename(it, number)),
        Value::Object(fields) => fields.values_mut().for_each(|it| rename(it, number)),
        _ => {}
    }
}
