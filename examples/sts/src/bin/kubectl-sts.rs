//! The same tool under the name by which `kubectl sts` finds it.

use std::process::ExitCode;

fn main() -> ExitCode {
    sts::run(sts::PLUGIN, std::env::args_os().skip(1)).into()
}
