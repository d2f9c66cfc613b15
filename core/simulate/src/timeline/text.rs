//! A timeline as characters.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::node::NodeState;
use super::picture::Picture;
use super::pod::{PodState, Stage};
use super::scale::Scale;
use crate::values::duration;

/// Characters for all of the time.
const WIDTH: usize = 72;

/// Draws it.
pub(super) fn draw(picture: &Picture<'_>) -> String {
    if picture.pods.is_empty() && picture.nodes.is_empty() {
        return "No pods in this time.\n".into();
    }
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let scale = picture.scale(WIDTH as f64);
    let labels = picture.pods.iter().map(|row| row.label.as_str());
    let labels = labels.chain(picture.nodes.iter().map(|row| row.label));
    let margin = labels.map(|label| label.chars().count()).max().unwrap_or(0) + 3;
    let mut text = String::new();
    let mut line = |label: &str, cells: &str| {
        // Writing to a string has no way to fail.
        let _ = writeln!(text, "{}", format!("{label:margin$}{cells}").trim_end());
    };
    line("", &axis(picture, &scale));
    let mut used = BTreeSet::new();
    for row in &picture.pods {
        let parts = row.parts.iter().zip(&row.shades);
        let parts = parts.map(|((from, to, pod), shade)| (*from, *to, pod_mark(pod, *shade)));
        line(&row.label, &cells(&scale, parts, &mut used));
    }
    for row in &picture.nodes {
        let parts = row.parts.iter();
        let parts = parts.map(|(from, to, node)| (*from, *to, node_mark(node)));
        line(row.label, &cells(&scale, parts, &mut used));
    }
    used.extend(scale.cuts().next().map(|_| CUT));
    let legend: Vec<_> = used
        .iter()
        .map(|mark| format!("{} {}", mark.sign, meaning(*mark, picture)))
        .collect();
    line("", &legend.join("   "));
    text
}

/// What a cell shows. Of several in one cell the greatest is shown: what is rare hides what is common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Mark {
    rank: u8,
    sign: char,
}

const CUT: Mark = Mark { rank: 9, sign: '~' };

fn pod_mark(pod: &PodState, shade: usize) -> Mark {
    let letters = ('a'..='z').cycle().nth(shade % 26).unwrap_or('a');
    let (rank, sign) = match pod.stage {
        Stage::Ready => (0, letters),
        Stage::Pending => (1, '.'),
        Stage::Starting => (2, '-'),
        Stage::Unready => (3, '!'),
        Stage::Terminating => (4, 'x'),
    };
    Mark { rank, sign }
}

fn node_mark(node: &NodeState) -> Mark {
    let (rank, sign) = if !node.is_ready() {
        (7, '?')
    } else if node.cordoned {
        (6, '/')
    } else {
        (5, '=')
    };
    Mark { rank, sign }
}

fn meaning<'p>(mark: Mark, picture: &'p Picture<'_>) -> &'p str {
    match mark.rank {
        0 => {
            let shade = usize::from(u8::try_from(mark.sign).unwrap_or(b'a') - b'a');
            picture.revisions.get(shade).map_or("ready", |name| name)
        }
        1 => "pending",
        2 => "starting",
        3 => "not ready",
        4 => "terminating",
        5 => "node",
        6 => "cordoned",
        7 => "node not ready",
        _ => "time cut short",
    }
}

fn cells(
    scale: &Scale,
    parts: impl Iterator<Item = (i64, i64, Mark)>,
    used: &mut BTreeSet<Mark>,
) -> String {
    let mut cells: [Option<Mark>; WIDTH] = [None; WIDTH];
    for (from, to, mark) in parts {
        let first = cell(scale, from);
        let after = if scale.place(to) >= scale.place(i64::MAX) {
            WIDTH
        } else {
            cell(scale, to).max(first + 1)
        };
        for cell in &mut cells[first..after] {
            *cell = (*cell).max(Some(mark));
        }
    }
    used.extend(cells.iter().flatten());
    cells
        .iter()
        .map(|cell| cell.map_or(' ', |mark| mark.sign))
        .collect()
}

/// The cell of a moment.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place is between 0 and the width"
)]
fn cell(scale: &Scale, at: i64) -> usize {
    (scale.place(at) as usize).min(WIDTH - 1)
}

/// Times, and a `~` where time is cut short.
fn axis(picture: &Picture<'_>, scale: &Scale) -> String {
    let mut cells = [' '; WIDTH + 12];
    for (from, _) in scale.cuts() {
        cells[cell(scale, from)] = '~';
    }
    for tick in scale.ticks(picture.zero, 10.0) {
        let label = duration::exact(tick - picture.zero);
        let place = cell(scale, tick);
        let room = &mut cells[place..place + label.len()];
        // A cut that is near keeps its mark.
        if room.iter().all(|cell| *cell == ' ') {
            for (cell, sign) in room.iter_mut().zip(label.chars()) {
                *cell = sign;
            }
        }
    }
    cells.iter().collect()
}
