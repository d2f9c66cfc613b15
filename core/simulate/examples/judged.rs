//! Answers the judges of `core/conformance/cluster`: one question in a line, one answer in a line.

use std::io::{self, BufRead as _, Write as _};

use serde_json::{Value, json};
use statefulset_simulate::{Fields as _, Kind, PatchType, judged, patched, three_way};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question = serde_json::from_str(&line?)?;
        writeln!(output, "{}", answer(&question))?;
        output.flush()?;
    }
    Ok(())
}

fn answer(question: &Value) -> Value {
    match question.text("/about") {
        "schedule" => judged::schedule(
            question.list("/objects"),
            question.text("/namespace"),
            question.text("/name"),
        ),
        "patch" => patch(question),
        other => json!({"error": format!("nobody answers questions about {other:?}")}),
    }
}

fn patch(question: &Value) -> Value {
    let part = |name: &str| question.get(name).unwrap_or(&Value::Null);
    let Some(kind) = Kind::of_object(question.text("/kind"), question.text("/apiVersion")) else {
        return json!({"error": "no such kind"});
    };
    let how = match question.text("/how") {
        "apply" => {
            let result = three_way(kind, part("last"), part("wanted"), part("object"));
            return json!({"result": result});
        }
        "json" => PatchType::Json,
        "merge" => PatchType::Merge,
        _ => PatchType::Strategic,
    };
    match patched(kind, part("object"), part("patch"), how) {
        Ok(result) => json!({"result": result}),
        Err(error) => json!({"error": error.message}),
    }
}
