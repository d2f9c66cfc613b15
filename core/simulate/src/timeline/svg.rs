//! A timeline as a picture that stands on its own, in light and in dark surroundings.

use std::fmt::Write;

use statefulset::Millis;

use super::node::NodeState;
use super::picture::{NodeRow, Picture, PodRow};
use super::pod::{PodState, Stage};
use super::scale::Scale;
use crate::values::duration;

/// Width of the whole picture.
const WIDTH: f64 = 1000.0;

/// Height of the axis above the rows.
const HEAD: f64 = 34.0;

/// Height of the first line of the legend below them, and of each further one.
const FOOT: f64 = 40.0;
const LINE: f64 = 16.0;

/// What is narrower than this cannot be pointed at.
const POINT: f64 = 8.0;

/// Room for one character of a label.
const CHARACTER: f64 = 7.2;

/// Shades for a set's revisions; they begin again after the last.
const SHADES: usize = 5;

const STYLE: &str = "\
:root { color-scheme: light dark }
svg { --bg: #ffffff; --fg: #1f2328; --dim: #6e7781; --grid: #d8dee4; --bad: #c93c37; --odd: #bf8700; --wait: #8250df;
  --r0: #4184e4; --r1: #2da44e; --r2: #a475f9; --r3: #0e8a9c; --r4: #8c7b5a; --in: #ffffff }
@media (prefers-color-scheme: dark) { svg { --bg: #0d1117; --fg: #e6edf3; --dim: #8b949e; --grid: #30363d; --bad: #f47067;
  --odd: #d4a72c; --wait: #b083f0; --r0: #539bf5; --r1: #46954a; --r2: #8256d0; --r3: #39a0ad; --r4: #a89a78; --in: #0d1117 } }
text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: var(--fg) }
.bg { fill: var(--bg) } .dim { fill: var(--dim) } .small { font-size: 10px }
.in { fill: var(--in); pointer-events: none }
.grid { stroke: var(--grid) } .cut { stroke: var(--dim); stroke-dasharray: 2 3 }
.command { stroke: var(--dim); stroke-opacity: .45; stroke-dasharray: 1 3 } .flag { fill: var(--dim) }
.r0 { fill: var(--r0) } .r1 { fill: var(--r1) } .r2 { fill: var(--r2) } .r3 { fill: var(--r3) } .r4 { fill: var(--r4) }
.starting { fill-opacity: .4 } .pending { fill: var(--bg); stroke: var(--dim); stroke-dasharray: 3 2 }
.unready { fill: var(--odd) } .terminating { fill: url(#going) } .going { stroke: var(--bad); stroke-width: 3.5 }
.wait { fill: var(--wait) } .node { fill: var(--dim); fill-opacity: .35 } .cordoned { fill: var(--odd); fill-opacity: .75 }
.lost { fill: var(--bad) }
rect:hover { filter: brightness(1.15) }
";

/// Draws it.
pub(super) fn draw(picture: &Picture<'_>) -> String {
    let labels = picture.pods.iter().map(|row| row.label.as_str());
    let labels = labels.chain(picture.nodes.iter().map(|row| row.label));
    let longest = labels.map(|label| label.chars().count()).max().unwrap_or(0);
    let sheet = Sheet {
        left: length(longest) * CHARACTER + 20.0,
        step: match picture.pods.len() {
            0..=12 => 26.0,
            13..=30 => 20.0,
            _ => 15.0,
        },
        picture,
        scale: Scale::new(Vec::new(), 0.0),
        text: String::new(),
    };
    let scale = picture.scale(WIDTH - sheet.left - 24.0);
    Sheet { scale, ..sheet }.draw()
}

/// The picture in the making.
struct Sheet<'p> {
    picture: &'p Picture<'p>,
    scale: Scale,
    /// Where time begins.
    left: f64,
    /// From row to row.
    step: f64,
    text: String,
}

impl Sheet<'_> {
    fn draw(mut self) -> String {
        let gap = if self.picture.nodes.is_empty() {
            0.0
        } else {
            10.0
        };
        let rows = self.picture.pods.len() + self.picture.nodes.len();
        let bottom = HEAD + length(rows) * self.step + gap;
        let legend = self.legend(bottom + 22.0);
        let height = bottom + FOOT + length(legend.lines - 1) * LINE;
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\">\n<title>Pods over time</title>\n<style>\n{STYLE}</style>\n<defs><pattern \
             id=\"going\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path \
             class=\"going\" d=\"M0 0V7\"/></pattern></defs>\n<rect class=\"bg\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
        ));
        self.axis(bottom);
        let mut top = HEAD;
        for row in &self.picture.pods {
            self.pod(row, top);
            top += self.step;
        }
        top += gap;
        for row in &self.picture.nodes {
            self.node(row, top);
            top += self.step;
        }
        self.commands(bottom);
        self.text.push_str(&legend.text);
        self.text.push_str("</svg>\n");
        self.text
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string has no way to fail.
        let _ = self.text.write_fmt(text);
    }

    fn x(&self, at: Millis) -> f64 {
        self.left + self.scale.place(at)
    }

    fn axis(&mut self, bottom: f64) {
        for tick in self.scale.ticks(self.picture.zero, 70.0) {
            let x = self.x(tick);
            let label = duration::exact(tick - self.picture.zero);
            self.put(format_args!(
                "<path class=\"grid\" d=\"M{x:.1} {HEAD}V{bottom:.1}\"/><text class=\"dim small\" x=\"{x:.1}\" y=\"14\" \
                 text-anchor=\"middle\">{label}</text>\n"
            ));
        }
        let cuts: Vec<_> = self.scale.cuts().collect();
        for (from, to) in cuts {
            let (x, length) = (
                f64::midpoint(self.x(from), self.x(to)),
                duration::exact(to - from),
            );
            self.put(format_args!(
                "<g><title>{length} in which nothing happens, cut short</title><path class=\"cut\" d=\"M{x:.1} \
                 {HEAD}V{bottom:.1}\"/><text class=\"dim small\" x=\"{x:.1}\" y=\"14\" text-anchor=\"middle\">//</text></g>\n"
            ));
        }
    }

    fn label(&mut self, label: &str, top: f64) {
        let (x, y) = (self.left - 10.0, top + self.step / 2.0 + 4.0);
        let label = escaped(label);
        let small = if self.step < 18.0 { " small" } else { "" };
        self.put(format_args!(
            "<text class=\"name{small}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{label}</text>\n"
        ));
    }

    fn pod(&mut self, row: &PodRow<'_>, top: f64) {
        self.label(&row.label, top);
        let strip = if self.step > 18.0 { 3.0 } else { 2.0 };
        let height = self.step - strip - 5.0;
        let mut named = "";
        for (&(from, to, pod), &shade) in row.parts.iter().zip(&row.shades) {
            let title = format!(
                "{} {}, {}{}{}",
                row.label,
                stage(pod.stage),
                pod.status,
                told("\nnode ", &pod.node),
                told("\nrevision ", &pod.revision),
            );
            let class = pod_class(pod, shade);
            self.bar(&class, from, to, top + 2.0, height, &title);
            // Where the pod is, once for each pod, where there is room to say it.
            let room = self.x(to) - self.x(from);
            let needed = length(pod.node.chars().count()) * 6.2 + 8.0;
            if pod.stage == Stage::Ready && named != pod.uid && room > needed && height > 9.0 {
                named = &pod.uid;
                let (x, y) = (self.x(from) + 5.0, top + 2.0 + height / 2.0 + 3.5);
                let node = escaped(&pod.node);
                self.put(format_args!(
                    "<text class=\"in small\" x=\"{x:.1}\" y=\"{y:.1}\">{node}</text>\n"
                ));
            }
        }
        let mut waits = row.waits.iter().peekable();
        while let Some(&(from, mut to, why)) = waits.next() {
            let mut reasons = vec![&**why];
            let narrow = |to| self.x(to) - self.x(from) < POINT;
            while let Some((_, next, why)) = waits.next_if(|(next, ..)| *next == to && narrow(to)) {
                to = *next;
                reasons.push(why);
            }
            self.bar(
                "wait",
                from,
                to,
                top + 2.0 + height + 1.0,
                strip,
                &few(&reasons),
            );
        }
    }

    fn node(&mut self, row: &NodeRow<'_>, top: f64) {
        self.label(row.label, top);
        let height = (self.step - 8.0) / 2.0;
        for &(from, to, node) in &row.parts {
            let title = format!("{} {}", row.label, node.words());
            let top = top + (self.step - height) / 2.0;
            self.bar(node_class(node), from, to, top, height, &title);
        }
    }

    /// A stretch of time in a row.
    fn bar(&mut self, class: &str, from: Millis, to: Millis, top: f64, height: f64, title: &str) {
        let (x, end) = (self.x(from), self.x(to));
        // What is short is seen all the same.
        let width = (end - x).max(1.0);
        let zero = self.picture.zero;
        let (begin, ends) = (duration::exact(from - zero), duration::exact(to - zero));
        let (title, took) = (escaped(title), duration::exact(to - from));
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"><title>{title}\n\
             {begin} to {ends} ({took})</title></rect>\n"
        ));
    }

    fn commands(&mut self, bottom: f64) {
        let flag = HEAD - 12.0;
        let mut commands = self.picture.commands.iter().peekable();
        while let Some(&(at, line)) = commands.next() {
            // Those of one moment share a flag.
            let mut lines = escaped(line);
            while let Some((_, line)) = commands.next_if(|(next, _)| *next == at) {
                lines = format!("{lines}\n{}", escaped(line));
            }
            let (x, when) = (self.x(at), duration::exact(at - self.picture.zero));
            self.put(format_args!(
                "<g><title>{when}\n{lines}</title><path class=\"command\" d=\"M{x:.1} {HEAD}V{bottom:.1}\"/><path class=\"flag\" \
                 d=\"M{x:.1} {HEAD}l-4 -9h8z\"/><rect fill-opacity=\"0\" x=\"{:.1}\" y=\"{flag}\" width=\"10\" \
                 height=\"14\"/></g>\n",
                x - 5.0
            ));
        }
    }

    fn legend(&self, mut y: f64) -> Legend {
        let mut entries: Vec<(String, String)> = Vec::new();
        let stages = [
            Stage::Pending,
            Stage::Starting,
            Stage::Ready,
            Stage::Unready,
            Stage::Terminating,
        ];
        let parts = || self.picture.pods.iter().flat_map(|row| &row.parts);
        for shown in stages {
            if shown == Stage::Ready {
                for (shade, name) in self.picture.revisions.iter().enumerate() {
                    entries.push((format!("r{}", shade % SHADES), name.clone()));
                }
            } else if let Some((_, _, pod)) = parts().find(|(_, _, pod)| pod.stage == shown) {
                entries.push((pod_class(pod, 0), stage(shown).into()));
            }
        }
        if self.picture.pods.iter().any(|row| !row.waits.is_empty()) {
            entries.push(("wait".into(), "waits: why?".into()));
        }
        let nodes = || self.picture.nodes.iter().flat_map(|row| &row.parts);
        for (class, name) in [("cordoned", "cordoned"), ("lost", "node not ready")] {
            if nodes().any(|(_, _, node)| node_class(node) == class) {
                entries.push((class.into(), name.into()));
            }
        }
        let mut legend = Legend {
            lines: 1,
            text: String::new(),
        };
        let mut x = self.left;
        for (class, name) in entries {
            let room = 19.0 + length(name.chars().count()) * 6.1;
            if x > self.left && x + room > WIDTH {
                legend.lines += 1;
                (x, y) = (self.left, y + LINE);
            }
            let (top, name) = (y - 9.0, escaped(&name));
            // Writing to a string has no way to fail.
            let _ = writeln!(
                legend.text,
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"14\" height=\"10\"/><text class=\"dim small\" \
                 x=\"{:.1}\" y=\"{y:.1}\">{name}</text>",
                x + 19.0
            );
            x += room + 18.0;
        }
        legend
    }
}

/// What the colours mean.
struct Legend {
    lines: usize,
    text: String,
}

/// The first and the last of several reasons, and how many there are between them.
fn few(reasons: &[&str]) -> String {
    match reasons {
        [first, _, .., last] => format!("{first}\n… {} more …\n{last}", reasons.len() - 2),
        few => few.join("\n"),
    }
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Pending => "pending",
        Stage::Starting => "starting",
        Stage::Ready => "ready",
        Stage::Unready => "not ready",
        Stage::Terminating => "terminating",
    }
}

fn pod_class(pod: &PodState, shade: usize) -> String {
    let shade = shade % SHADES;
    match pod.stage {
        Stage::Pending => "pending".into(),
        Stage::Starting => format!("r{shade} starting"),
        Stage::Ready => format!("r{shade}"),
        Stage::Unready => "unready".into(),
        Stage::Terminating => "terminating".into(),
    }
}

fn node_class(node: &NodeState) -> &'static str {
    if !node.is_ready() {
        "lost"
    } else if node.cordoned {
        "cordoned"
    } else {
        "node"
    }
}

/// `prefix` and the text, or nothing where there is none.
fn told(prefix: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{prefix}{text}")
    }
}

#[allow(clippy::cast_precision_loss, reason = "rows and characters are few")]
const fn length(count: usize) -> f64 {
    count as f64
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Not allowed in XML at all.
            c if c.is_control() && c != '\n' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_markup_means_is_escaped() {
        assert_eq!(
            escaped("<a b=\"c\">&\u{1b}"),
            "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}"
        );
    }
}
