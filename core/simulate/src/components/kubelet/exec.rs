//! The few programs that every container has.

use crate::components::kubelet::files::{View, normalised};
use crate::values::exec::Exec;

/// A signal to process 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Signal {
    /// To be asked to stop.
    Terminate,
}

/// The container that programs run in.
pub(super) struct Inside<'a> {
    pub(super) files: View<'a>,
    /// `web-0`
    pub(super) host: &'a str,
    /// `web-0.nginx.default.svc.cluster.local`
    pub(super) full_host: &'a str,
    /// Answers names.
    pub(super) resolve: &'a dyn Fn(&str) -> Exec,
    /// What process 1 was sent.
    pub(super) signal: Option<Signal>,
}

/// Runs one program.
pub(super) fn run(inside: &mut Inside<'_>, argv: &[String]) -> Exec {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    let Some((&program, rest)) = words.split_first() else {
        return Exec::default();
    };
    let (options, operands): (Vec<&str>, Vec<&str>) =
        rest.iter().partition(|w| w.len() > 1 && w.starts_with('-'));
    match program.rsplit('/').next().unwrap_or(program) {
        "true" | "sleep" | "sync" => Exec::default(),
        "false" => Exec::failed(1, ""),
        "echo" => {
            let words = rest.strip_prefix(&["-n"]).unwrap_or(rest);
            let end = if words.len() < rest.len() { "" } else { "\n" };
            Exec::printed(words.join(" ") + end)
        }
        "hostname" if options.contains(&"-f") => Exec::printed(format!("{}\n", inside.full_host)),
        "hostname" => Exec::printed(format!("{}\n", inside.host)),
        "nslookup" => match operands.first() {
            Some(name) => (inside.resolve)(name),
            None => Exec::failed(1, "Usage: nslookup HOST [DNS_SERVER]\n"),
        },
        "touch" => each(&operands, "touch", 1, |path| {
            if inside.files.exists(path) {
                return Ok(String::new());
            }
            let put = inside.files.put(path, Some(String::new()));
            put.map(|()| String::new())
                .map_err(|why| format!("cannot touch '{path}': {why}"))
        }),
        "mkdir" => each(&operands, "mkdir", 1, |path| {
            if options.contains(&"-p") {
                let made = inside.files.make_directories(path);
                return made
                    .map(|()| String::new())
                    .map_err(|why| format!("cannot create directory '{path}': {why}"));
            }
            let made = if inside.files.exists(path) {
                Err("File exists")
            } else {
                inside.files.put(path, None)
            };
            made.map(|()| String::new())
                .map_err(|why| format!("cannot create directory '{path}': {why}"))
        }),
        "cat" => each(&operands, "cat", 1, |path| {
            if inside.files.is_directory(path) {
                return Err(format!("{path}: Is a directory"));
            }
            let read = inside.files.read(path);
            read.ok_or_else(|| format!("{path}: No such file or directory"))
        }),
        "ls" => list(inside, &operands),
        "rm" => {
            let all = options.iter().any(|o| o.contains('r') || o.contains('R'));
            let force = options.iter().any(|o| o.contains('f'));
            each(&operands, "rm", 1, |path| {
                let files = &mut inside.files;
                let removed = match (files.is_directory(path), files.exists(path)) {
                    (_, false) if force => Ok(()),
                    (_, false) => Err("No such file or directory"),
                    (true, _) if !all => Err("Is a directory"),
                    _ => files.remove(path),
                };
                removed
                    .map(|()| String::new())
                    .map_err(|why| format!("cannot remove '{path}': {why}"))
            })
        }
        "test" | "[" => {
            let rest = rest.strip_suffix(&["]"]).unwrap_or(rest);
            Exec::failed(i32::from(!holds(inside, rest)), "")
        }
        "kill" => kill(inside, rest),
        "sh" | "bash" | "ash" => match rest {
            [option, script, ..] if option.ends_with('c') => self::script(inside, script),
            _ => Exec::default(),
        },
        _ => Exec::failed(
            127,
            format!(
                "OCI runtime exec failed: exec failed: unable to start container process: exec: \"{program}\": \
                 executable file not found in $PATH: unknown\n"
            ),
        ),
    }
}

/// Does something for each path; what fails is said, and the others go on.
fn each(
    paths: &[&str],
    program: &str,
    code: i32,
    mut act: impl FnMut(&str) -> Result<String, String>,
) -> Exec {
    if paths.is_empty() {
        return Exec::failed(code, format!("{program}: missing operand\n"));
    }
    let mut exec = Exec::default();
    for path in paths {
        match act(&normalised(path)) {
            Ok(text) => exec.stdout += &text,
            Err(why) => {
                exec.stderr.extend([program, ": ", &why, "\n"]);
                exec.code = code;
            }
        }
    }
    exec
}

fn list(inside: &mut Inside<'_>, paths: &[&str]) -> Exec {
    let paths = if paths.is_empty() { &["/"] } else { paths };
    let many = paths.len() > 1;
    let mut first = true;
    each(paths, "ls", 2, |path| {
        if inside.files.is_directory(path) {
            let title = match (many, std::mem::take(&mut first)) {
                (false, _) => String::new(),
                (true, true) => format!("{path}:\n"),
                (true, false) => format!("\n{path}:\n"),
            };
            let names = inside.files.names(path);
            let names = names.iter().map(|name| format!("{name}\n"));
            Ok(title + &names.collect::<String>())
        } else if inside.files.exists(path) {
            Ok(format!("{path}\n"))
        } else {
            Err(format!("cannot access '{path}': No such file or directory"))
        }
    })
}

fn holds(inside: &mut Inside<'_>, words: &[&str]) -> bool {
    match words {
        ["!", rest @ ..] => !holds(inside, rest),
        ["-e", path] => inside.files.exists(&normalised(path)),
        ["-f", path] => inside.files.read(&normalised(path)).is_some(),
        ["-d", path] => inside.files.is_directory(&normalised(path)),
        ["-s", path] => {
            let contents = inside.files.read(&normalised(path));
            contents.is_some_and(|contents| !contents.is_empty())
        }
        ["-z", text] => text.is_empty(),
        [a, "=" | "==", b] => a == b,
        [a, "!=", b] => a != b,
        ["-n", text] | [text] => !text.is_empty(),
        _ => false,
    }
}

fn kill(inside: &mut Inside<'_>, words: &[&str]) -> Exec {
    let (signal, process) = match words {
        [signal, process] => (signal.trim_start_matches('-'), *process),
        [process] => ("TERM", *process),
        _ => {
            return Exec::failed(
                2,
                "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid\n",
            );
        }
    };
    if process != "1" {
        return Exec::failed(1, format!("kill: ({process}) - No such process\n"));
    }
    // Any other signal is lost on process 1 of a container, SIGKILL too when it is sent from inside.
    if matches!(signal, "TERM" | "SIGTERM" | "15" | "INT" | "SIGINT" | "2") {
        inside.signal = Some(Signal::Terminate);
    }
    Exec::default()
}

/// A script of plain commands joined by `;`, `&&` and `||`, with `>` and `>>`.
fn script(inside: &mut Inside<'_>, script: &str) -> Exec {
    let mut total = Exec::default();
    let mut rest = script;
    let mut joint = ";";
    loop {
        let end = [";", "&&", "||", "\n"]
            .into_iter()
            .filter_map(|joint| rest.find(joint).map(|at| (at, joint)))
            .min();
        let command = end.map_or(rest, |(at, _)| &rest[..at]).trim();
        let wanted = match joint {
            "&&" => total.code == 0,
            "||" => total.code != 0,
            _ => true,
        };
        if wanted && !command.is_empty() {
            let exec = redirected(inside, command);
            total.stdout += &exec.stdout;
            total.stderr += &exec.stderr;
            total.code = exec.code;
        }
        let Some((at, found)) = end else {
            return total;
        };
        rest = &rest[at + found.len()..];
        joint = found;
    }
}

fn redirected(inside: &mut Inside<'_>, command: &str) -> Exec {
    let (command, target) = command
        .split_once('>')
        .map_or((command, None), |(c, t)| (c, Some(t)));
    let Some(argv) = shlex::split(command) else {
        return Exec::failed(2, "sh: syntax error: unterminated quoted string\n");
    };
    let mut exec = run(inside, &argv);
    if exec.code == 127 {
        let program = argv.first().map_or("", String::as_str);
        exec.stderr = format!("sh: {program}: not found\n");
    }
    let Some(target) = target else {
        return exec;
    };
    let append = target.starts_with('>');
    let path = normalised(target.trim_start_matches('>').trim());
    if path == "/dev/null" {
        exec.stdout.clear();
        return exec;
    }
    let old = inside.files.read(&path).filter(|_| append);
    let contents = old.unwrap_or_default() + &exec.stdout;
    exec.stdout.clear();
    match inside.files.put(&path, Some(contents)) {
        Ok(()) => exec,
        Err(why) => Exec::failed(1, format!("sh: can't create {path}: {why}\n")),
    }
}
