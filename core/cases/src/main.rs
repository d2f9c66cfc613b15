//! Writes all cases to standard output.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/stories");
    let mut text = statefulset_cases::text();
    text += &statefulset_cases::stories(&stories)?;
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}
