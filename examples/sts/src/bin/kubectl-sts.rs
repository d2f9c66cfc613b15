//! The same tool under the name by which `kubectl sts` finds it.

use std::process::ExitCode;

fn main() -> ExitCode {
    sts::run("kubectl-sts", std::env::args_os().skip(1)).into()
}
