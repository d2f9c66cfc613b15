//! What the tool is at, while it takes time: one line on a terminal, which is gone when the answer is there.

use indicatif::{ProgressBar, ProgressStyle};

/// Such a line. Nothing is written where standard error is no terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        // There is no mistake in it.
        let style = ProgressStyle::with_template("sts: {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self(bar)
    }

    /// Says what comes now. The line does not move by itself, since kubectl may ask for a password meanwhile.
    pub(crate) fn say(&self, text: impl Into<String>) {
        self.0.set_message(text.into());
        // Drawn at once, even if the last one has just been.
        self.0.force_draw();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
