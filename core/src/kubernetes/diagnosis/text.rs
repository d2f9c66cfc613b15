//! A diagnosis as text.

use core::fmt;

use super::cause::{Cause, ObjectName, Proof, Weight};
use super::finding::{Fate, Finding};
use super::line;
use super::refusal::error_of;
use super::{Diagnosis, Verdict};
use crate::explain::Length;

/// One line on how the set stands, and one or more for each thing that is to be said of it.
impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.standing(f)?;
        for cause in &self.causes {
            f.write_str("\n")?;
            tell(f, cause)?;
        }
        for finding in &self.actions {
            let word = match finding.fate {
                Fate::Open => "now",
                Fate::Refused => "fails",
                Fate::Unreached => "then",
            };
            write!(
                f,
                "\n  {word:<6} {}: {}",
                finding.pods(&self.name),
                finding.text
            )?;
        }
        for wait in &self.waits {
            self.wait(f, wait)?;
        }
        if self.more {
            f.write_str("\n  and more, after that")?;
        }
        Ok(())
    }
}

impl Diagnosis {
    /// How the set stands, in one line.
    fn standing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            namespace,
            name,
            wanted,
            ready,
            updated,
            ..
        } = self;
        let standing = match self.verdict {
            Verdict::UpToDate => "up to date",
            Verdict::InProgress => "in progress",
            Verdict::Stuck => "stuck",
        };
        write!(f, "{namespace}/{name}: {standing}")?;
        if let Some(since) = self.since.filter(|_| self.verdict == Verdict::Stuck) {
            write!(f, " for {}", Length(self.now.saturating_sub(since)))?;
        }
        write!(f, ": {ready} of {wanted} ready")?;
        if self.current_revision != self.update_revision {
            match &self.other_revisions[..] {
                // Where nobody tells that a rollout is over, the current revision stays the old one: with `OnDelete`.
                [] if updated == wanted => write!(f, ", all at {}", self.update_revision)?,
                [] => write!(f, ", {updated} at {}", self.update_revision)?,
                others => write!(
                    f,
                    ", {updated} at {}, the others at {}",
                    self.update_revision,
                    others.join(" and ")
                )?,
            }
        }
        Ok(())
    }

    fn wait(&self, f: &mut fmt::Formatter<'_>, wait: &Finding) -> fmt::Result {
        let gates = wait.gates.join(",");
        write!(
            f,
            "\n  {:<6} {}: {} [{gates}]",
            "waits",
            wait.pods(&self.name),
            wait.text
        )
    }
}

/// A cause, where it shows, and what ends it.
fn tell(f: &mut fmt::Formatter<'_>, cause: &Cause) -> fmt::Result {
    let word = match cause.weight {
        Weight::Hindrance => "cause",
        Weight::Choice => "chosen",
        Weight::Remark => "note",
    };
    write!(f, "  {word:<6} {}: {}", cause.name.slug(), cause.text)?;
    for proof in quotes(cause) {
        let ObjectName { kind, name } = &proof.object;
        write!(
            f,
            "\n         {} of {kind} {name}: {}",
            proof.field,
            line::short(proof.text.trim_end())
        )?;
    }
    let several = cause.cures.len() > 1;
    if several {
        f.write_str("\n         to end it, decide between:")?;
    }
    for (number, cure) in (1..).zip(&cause.cures) {
        if several {
            write!(f, "\n         {number}. {}", cure.text)?;
        } else {
            write!(f, "\n         to end it: {}", cure.text)?;
        }
        if let Some(warning) = &cure.warning {
            write!(f, "\n            BEFORE YOU DO: {warning}")?;
        }
        let commands = cure.look.iter().chain(&cure.commands);
        for command in commands.clone().take(SHOWN) {
            write!(f, "\n            $ {command}")?;
        }
        match commands.count().saturating_sub(SHOWN) {
            0 => {}
            1 => f.write_str("\n            and 1 more such command; the JSON has all of them")?,
            more => write!(
                f,
                "\n            and {more} more such commands; the JSON has all of them"
            )?,
        }
    }
    Ok(())
}

/// How many commands of one cure are printed.
const SHOWN: usize = 4;

/// What is worth reading beside the sentence: numbers, single words and what the sentence says already are not. What stands in
/// the same field of many objects is quoted once.
fn quotes(cause: &Cause) -> impl Iterator<Item = &Proof> {
    let proofs = cause.evidence.iter().enumerate();
    let firsts = proofs.filter(|(i, proof)| {
        let mut before = cause.evidence[..*i].iter();
        !before.any(|it| (&it.object.kind, &it.field) == (&proof.object.kind, &proof.field))
    });
    firsts.map(|(_, proof)| proof).filter(|proof| {
        let said = line::short(error_of(&proof.text));
        said.contains(' ') && !cause.text.contains(said.trim_end())
    })
}
