//! A shell command that is the controller.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use statefulset_simulate::{Profile, Program};

/// How long it may take to end once its input has.
const FAREWELL: Duration = Duration::from_secs(2);

/// A command with pipes to its standard input and from its standard output. What it writes to standard error is shown as
/// it comes.
pub(crate) struct Process {
    command: String,
    profile: Profile,
    patience: Duration,
    running: Running,
}

struct Running {
    child: Child,
    input: BufWriter<ChildStdin>,
    lines: Receiver<io::Result<String>>,
}

impl Process {
    /// Starts `command`; it may be silent for `patience` while something is expected of it.
    pub(crate) fn start(
        command: &str,
        profile: Profile,
        patience: Duration,
    ) -> Result<Self, String> {
        Ok(Self {
            command: command.to_owned(),
            profile,
            patience,
            running: Running::start(command, profile)?,
        })
    }

    fn silent(&mut self) -> String {
        let (command, patience) = (&self.command, self.patience.as_secs());
        format!("the controller `{command}` has been silent for {patience} s")
    }

    fn ended(&mut self) -> String {
        let command = &self.command;
        match self.running.end() {
            Some(status) => format!("the controller `{command}` has ended ({status})"),
            None => format!("the controller `{command}` has closed its output"),
        }
    }
}

impl Running {
    fn start(command: &str, profile: Profile) -> Result<Self, String> {
        let policies = profile.policies.slug();
        let profile = if profile.bind_claims {
            "standalone"
        } else {
            "upstream"
        };
        let mut child = Command::new("sh")
            .args(["-c", command])
            .env("STATEFULSET_PROFILE", profile)
            .env("STATEFULSET_POLICIES", policies)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the controller `{command}` does not start: {error}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("the controller `{command}` has no pipes"));
        };
        let (tell, lines) = mpsc::channel();
        // Ends with the command's output, or when nobody listens any more.
        thread::spawn(move || {
            BufReader::new(output)
                .lines()
                .try_for_each(|line| tell.send(line))
        });
        Ok(Self {
            child,
            input: BufWriter::new(input),
            lines,
        })
    }

    /// Waits a moment for its end.
    fn end(&mut self) -> Option<ExitStatus> {
        let until = Instant::now() + FAREWELL;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        None
    }

    fn kill(&mut self) {
        // Either it ends by this, or it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program for Process {
    fn tell(&mut self, line: &str) -> Result<(), String> {
        let told = writeln!(self.running.input, "{line}");
        told.map_err(|_| self.ended())
    }

    fn hear(&mut self) -> Result<String, String> {
        if self.running.input.flush().is_err() {
            return Err(self.ended());
        }
        match self.running.lines.recv_timeout(self.patience) {
            Ok(Ok(line)) => Ok(line),
            Ok(Err(error)) => Err(format!(
                "the controller `{}` cannot be read: {error}",
                self.command
            )),
            Err(RecvTimeoutError::Timeout) => Err(self.silent()),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }

    fn restart(&mut self) -> Result<(), String> {
        self.running.kill();
        self.running = Running::start(&self.command, self.profile)?;
        Ok(())
    }
}

/// Its input ends here; a command that goes on is killed.
impl Drop for Process {
    fn drop(&mut self) {
        self.running.kill();
    }
}
