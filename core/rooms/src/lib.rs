//! Rooms: the modules right below a module, each with all that is in its folder, stand in an order, and each imports only
//! what is below it. A reader then knows from a folder's name what the folder cannot depend on.
//!
//! For tests: [`check`] reads the source text of a crate, and fails with the files and lines that break the order.

mod paths;
mod place;

use std::fs;
use std::path::{Path, PathBuf};

use place::Place;

/// Panics where a room imports what it may not, with a line for each such import.
///
/// `src` is the folder of the crate's `lib.rs`, `module` the path of the module whose rooms are meant (`kubernetes`,
/// `components`; empty for the crate itself). `order` begins with the lowest rooms; rooms of one rank do not import each
/// other. The module's own file, which hands names on, is not a room. It must know all its rooms: one that is there and
/// in no rank is an error, and so is one that is in a rank and not there.
pub fn check(src: impl AsRef<Path>, module: &str, order: &[&[&str]]) {
    let parts = module.split("::").filter(|part| !part.is_empty());
    let module: Vec<String> = parts.map(str::to_owned).collect();
    let folder = src.as_ref().join(module.iter().collect::<PathBuf>());
    let place = Place { module, order };
    let mut wrong = place.unplaced(&rooms_of(&folder));
    for room in order.iter().copied().flatten() {
        for (file, within) in files_of(&folder, room) {
            let text = read(&file);
            let shown = file.strip_prefix(src.as_ref()).unwrap_or(&file);
            wrong.extend(place.upward(&shown.display().to_string(), &within, &text));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The names of the modules right in `folder`.
fn rooms_of(folder: &Path) -> Vec<String> {
    entries(folder)
        .iter()
        .filter(|path| path.join("mod.rs").is_file() || is_rust(path))
        .map(|path| stem(path))
        .filter(|name| !matches!(name.as_str(), "lib" | "main" | "mod"))
        .collect()
}

/// The files of a room, each with its module path below the folder.
fn files_of(folder: &Path, room: &str) -> Vec<(PathBuf, Vec<String>)> {
    let mut files = Vec::new();
    let face = folder.join(room).with_extension("rs");
    if face.is_file() {
        files.push((face, vec![room.to_owned()]));
    }
    let inside = folder.join(room);
    if inside.is_dir() {
        collect(&inside, &[room.to_owned()], &mut files);
    }
    files
}

fn collect(folder: &Path, module: &[String], files: &mut Vec<(PathBuf, Vec<String>)>) {
    for path in entries(folder) {
        let name = stem(&path);
        let mut own = module.to_vec();
        if path.is_dir() {
            own.push(name);
            collect(&path, &own, files);
        } else if is_rust(&path) {
            if name != "mod" {
                own.push(name);
            }
            files.push((path, own));
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    paths
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "rs")
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
