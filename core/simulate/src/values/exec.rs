//! What a program that ran in a container said.

/// What a program printed, and how it ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exec {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Exit code; 127 where there is no such program.
    pub code: i32,
}

impl Exec {
    /// It ended well and printed this.
    pub(crate) fn printed(stdout: impl Into<String>) -> Self {
        Self {
            stdout: stdout.into(),
            ..Self::default()
        }
    }

    /// It ended with this code and said why.
    pub(crate) fn failed(code: i32, stderr: impl Into<String>) -> Self {
        Self {
            stdout: String::new(),
            stderr: stderr.into(),
            code,
        }
    }
}
