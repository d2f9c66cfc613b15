//! The command-line tool.

use std::process::ExitCode;

fn main() -> ExitCode {
    sts::run("sts", std::env::args_os().skip(1)).into()
}
