//! What a command that writes says of that (`-o`), and whether it writes at all (`--dry-run`).

use clap::Args;

use super::failure::Failure;
use super::format::Format;
use super::session::{Session, title};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// How far a write goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum DryRun {
    /// It is done.
    #[default]
    None,
    /// It is not sent.
    Client,
    /// The API server answers as always, and keeps nothing.
    Server,
}

impl DryRun {
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        match text {
            "none" => Ok(Self::None),
            "client" => Ok(Self::Client),
            "server" => Ok(Self::Server),
            _ => Err(Failure::error(format!(
                "Invalid dry-run value ({text}). Must be \"none\", \"server\", or \"client\"."
            ))),
        }
    }

    /// What is said after what was done.
    pub(super) const fn note(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Client => " (dry run)",
            Self::Server => " (server dry run)",
        }
    }
}

/// What is printed of each object.
#[derive(Clone, Debug, Args)]
pub(super) struct Shown {
    /// The object itself, and not what was done: json, yaml, name, jsonpath=TEMPLATE, jsonpath-as-json=TEMPLATE or
    /// jsonpath-file=FILE
    #[arg(short, long, default_value = "", hide_default_value = true)]
    output: String,
    /// Show also who manages which fields
    #[arg(long)]
    show_managed_fields: bool,
}

/// What is printed, and how far the write goes.
#[derive(Clone, Debug, Args)]
pub(super) struct Outcome {
    #[command(flatten)]
    shown: Shown,
    /// client: nothing is sent; server: the API server keeps nothing
    #[arg(long, num_args = 0..=1, require_equals = true, default_value = "none", default_missing_value = "client")]
    dry_run: String,
    /// In whose name it is written
    #[arg(long)]
    field_manager: Option<String>,
}

/// Prints what a command has done to one object after the other.
pub(super) struct Printer {
    format: Format,
    with_managers: bool,
    pub(super) dry_run: DryRun,
    printed: usize,
    noted: bool,
}

impl Shown {
    pub(super) fn printer(&self, session: &mut Session<'_>) -> Result<Printer, Failure> {
        let format = Format::parse(&self.output, session.files)?;
        if matches!(format, Format::Table { wide: true } | Format::Columns(_)) {
            return Err(Failure::error(format!(
                "unable to match a printer suitable for the output format \"{}\", allowed formats are: \
                 go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml",
                self.output
            )));
        }
        Ok(Printer {
            format,
            with_managers: self.show_managed_fields,
            dry_run: DryRun::None,
            printed: 0,
            noted: true,
        })
    }
}

impl Outcome {
    pub(super) fn printer(&self, session: &mut Session<'_>) -> Result<Printer, Failure> {
        let dry_run = DryRun::parse(&self.dry_run)?;
        let mut printer = self.shown.printer(session)?;
        printer.dry_run = dry_run;
        Ok(printer)
    }
}

impl Printer {
    /// Whether whole objects are printed.
    pub(super) const fn shows(&self) -> bool {
        !matches!(self.format, Format::Table { .. } | Format::Name)
    }

    /// A command that does not say whether it was a dry run.
    pub(super) const fn silent(mut self) -> Self {
        self.noted = false;
        self
    }

    /// Prints that this was done to this object.
    pub(super) fn tell(
        &mut self,
        session: &mut Session<'_>,
        kind: Kind,
        object: &Object,
        done: &str,
    ) -> Result<(), Failure> {
        let title = title(kind, object.name());
        match &self.format {
            Format::Table { .. } => {
                let note = if self.noted { self.dry_run.note() } else { "" };
                session.say(format!("{title} {done}{note}"));
            }
            Format::Name => session.say(title),
            format => {
                if self.printed > 0 && matches!(format, Format::Yaml) {
                    session.say("---");
                }
                self.printed += 1;
                let text = format.show(&format.shown(object, self.with_managers), true)?;
                session.print(&text);
            }
        }
        Ok(())
    }
}
