//! Attacked worlds, some thousand of them: `N` worlds from `SEED` on. Where a promise is broken, the smallest world that
//! still breaks it is told as a story.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::{env, fs, thread};

use indicatif::{ProgressBar, ProgressStyle};
use statefulset_simulate::worlds::{Case, Failure, NAMED, Pattern, Tally, past, shrink};

/// The same worlds every time, unless others are asked for.
const SEED: u64 = 1;
/// So many provoke every pattern.
const ENOUGH: u64 = 4_000;
/// A build for debugging is five times as slow.
const WORLDS: u64 = if cfg!(debug_assertions) { 200 } else { ENOUGH };

fn main() -> ExitCode {
    let number = |name: &str, default: u64| match env::var(name) {
        Ok(text) => text
            .parse()
            .map_err(|_| format!("{name}: expected a number, found \"{text}\"")),
        Err(_) => Ok(default),
    };
    let (count, seed) = match (number("N", WORLDS), number("SEED", SEED)) {
        (Ok(count), Ok(seed)) => (count, seed),
        (Err(problem), _) | (_, Err(problem)) => {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    };
    let (mut on_purpose, mut at_random) = (Tally::default(), Tally::default());
    let result = named(&mut on_purpose)
        .and_then(|()| repeated())
        .and_then(|()| random(seed, count, &mut at_random))
        .and_then(|()| covered(count, &at_random));
    println!("     on purpose  at random");
    for &pattern in Pattern::ALL {
        let (purpose, random) = (on_purpose.times(pattern), at_random.times(pattern));
        println!(
            "{:<3} {purpose:>11} {random:>10}  {}",
            pattern.to_string(),
            pattern.text()
        );
    }
    println!();
    match result {
        Ok(()) => {
            println!("{count} worlds from seed {seed}: every promise was kept");
            ExitCode::SUCCESS
        }
        Err(complaint) => {
            println!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

/// Each pattern is provoked on purpose, and noticed, under both profiles.
fn named(tally: &mut Tally) -> Result<(), String> {
    let mut complaints = Vec::new();
    for (number, named) in NAMED.iter().enumerate() {
        for upstream in [false, true] {
            let mut own = Tally::default();
            if let Err(failure) = named.case(upstream).run(&mut own) {
                complaints.push(tell(&failure, &format!("named-{number}-{upstream}")));
            } else if own.times(named.pattern) == 0 {
                let (pattern, text) = (named.pattern, named.pattern.text());
                complaints.push(format!(
                    "{pattern} was not provoked (upstream: {upstream}): {text}"
                ));
            }
            tally.add(&own);
        }
    }
    let unnamed = |pattern: &&Pattern| NAMED.iter().all(|named| named.pattern != **pattern);
    let missing = Pattern::ALL.iter().filter(unnamed);
    complaints.extend(missing.map(|pattern| format!("{pattern} has no world of its own")));
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.join("\n\n"))
    }
}

/// No promise that was once broken is broken again.
fn repeated() -> Result<(), String> {
    let broken = past().into_iter().enumerate().find_map(|(number, case)| {
        let failure = case.run(&mut Tally::default()).err()?;
        Some(tell(&failure, &format!("past-{number}")))
    });
    broken.map_or(Ok(()), Err)
}

/// So many worlds as are lived through by default provoke each pattern, or they have lost their teeth.
fn covered(count: u64, at_random: &Tally) -> Result<(), String> {
    let missing = Pattern::ALL.iter().filter(|&&it| at_random.times(it) == 0);
    let missing: Vec<_> = missing.map(ToString::to_string).collect();
    if count < ENOUGH || missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{count} random worlds never provoked {}",
        missing.join(", ")
    ))
}

fn random(seed: u64, count: u64, tally: &mut Tally) -> Result<(), String> {
    let progress = bar(count);
    let next = AtomicU64::new(0);
    let failed = AtomicBool::new(false);
    let result = Mutex::new((Tally::default(), None::<Box<Failure>>));
    let work = || {
        let mut own = Tally::default();
        let mut first = None;
        while !failed.load(Ordering::Relaxed) {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= count {
                break;
            }
            progress.inc(1);
            if let Err(failure) = Case::random(seed.wrapping_add(i)).run(&mut own) {
                failed.store(true, Ordering::Relaxed);
                first = Some(failure);
            }
        }
        if let Ok(mut result) = result.lock() {
            result.0.add(&own);
            // Of several, the one with the smallest seed: the same each time.
            let others = result.1.take().into_iter().chain(first);
            result.1 = others.min_by_key(|failure| failure.case.seed);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(work);
        }
    });
    progress.finish_and_clear();
    let Ok((own, failure)) = result.into_inner() else {
        return Err("a world panicked".into());
    };
    tally.add(&own);
    failure.map_or(Ok(()), |failure| {
        let seed = failure.case.seed;
        eprintln!(
            "world {seed} breaks a promise ({}); it is made smaller",
            failure.breach
        );
        let folder = format!("world-{seed}");
        Err(tell(&shrink(failure), &folder))
    })
}

/// How far one is; nothing where nobody looks.
fn bar(count: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} worlds, {eta} to go");
    let bar = ProgressBar::new(count);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The story of a failure, also as files to be replayed.
fn tell(failure: &Failure, folder: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let story = failure.story();
    let write = || {
        fs::create_dir_all(&folder)?;
        for (name, text) in failure.case.files() {
            fs::write(folder.join(name), text)?;
        }
        fs::write(folder.join("world.story"), &story)
    };
    let place = match write() {
        Ok(()) => format!(
            "replay: sts simulate {}",
            folder.join("world.story").display()
        ),
        Err(error) => format!("it could not be written to {}: {error}", folder.display()),
    };
    format!(
        "{}\nin the world of seed {}:\n\n{story}\n{place}",
        failure.breach, failure.case.seed
    )
}
