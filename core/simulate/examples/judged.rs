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
        "get" => get(question),
        "describe" => describe(question),
        "write" => write(question),
        other => json!({"error": format!("nobody answers questions about {other:?}")}),
    }
}

fn kind(question: &Value) -> Option<Kind> {
    Kind::of_object(question.text("/kind"), question.text("/apiVersion"))
}

fn get(question: &Value) -> Value {
    let object = question.get("object").unwrap_or(&Value::Null);
    let now = question.int("/now").unwrap_or(0);
    let text = kind(question).map(|kind| judged::get(kind, object, now, question.flag("/wide")));
    json!({"text": text})
}

fn describe(question: &Value) -> Value {
    let number = |name: &str| question.int(name).unwrap_or(0);
    let (namespace, name) = (question.text("/namespace"), question.text("/name"));
    let text = kind(question).map(|kind| {
        judged::describe(
            question.list("/objects"),
            (kind, namespace, name),
            number("/now"),
            number("/heard"),
        )
    });
    json!({"text": text})
}

fn write(question: &Value) -> Value {
    let Some(kind) = kind(question) else {
        return json!({"error": "no such kind"});
    };
    let live = question.get("live").filter(|it| !it.is_null());
    let object = question.get("object").unwrap_or(&Value::Null);
    let (manager, time) = (question.text("/manager"), question.text("/time"));
    let result = if question.text("/how") == "apply" {
        judged::apply(kind, live, object, manager, question.flag("/force"), time)
    } else {
        let part = question.text("/subresource");
        Ok(judged::update(
            kind,
            live,
            object.clone(),
            manager,
            part,
            time,
        ))
    };
    match result {
        Ok(result) => json!({"result": result}),
        Err(error) => json!({"error": error.message}),
    }
}

fn patch(question: &Value) -> Value {
    let part = |name: &str| question.get(name).unwrap_or(&Value::Null);
    let Some(kind) = kind(question) else {
        return json!({"error": "no such kind"});
    };
    let with = |how| patched(kind, part("object"), part("patch"), how);
    let result = match question.text("/how") {
        "apply" => three_way(kind, part("last"), part("wanted"), part("object")),
        "json" => with(PatchType::Json),
        "merge" => with(PatchType::Merge),
        _ => with(PatchType::Strategic),
    };
    match result {
        Ok(result) => json!({"result": result}),
        Err(error) => json!({"error": error.message}),
    }
}
