//! Writes the golden answers that `tests/cli/commands.txt` names and that do not exist yet. Those that exist are a promise:
//! they are left as they are. `cargo run -p ticketscope-cli --example bless-answers`

use std::ffi::OsString;
use std::path::Path;
use ticketscope_cli::{Streams, run};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli");
    for line in std::fs::read_to_string(folder.join("commands.txt"))?.lines() {
        let mut words = line.split_whitespace();
        let Some(name) = words.next() else { continue };
        let path = folder.join(format!("{name}.json"));
        if path.exists() {
            continue;
        }
        let (mut output, mut error) = (Vec::new(), Vec::new());
        let mut streams =
            Streams { input: &mut std::io::empty(), output: &mut output, error: &mut error, is_terminal: false };
        let status = run(words.chain(["--json"]).map(OsString::from), &mut streams);
        println!("{name}: status {status}, {} bytes {}", output.len(), String::from_utf8_lossy(&error));
        // 3: a search that proved that there is no ticket has answered.
        if status == 0 || status == 3 {
            std::fs::write(path, output)?;
        }
    }
    Ok(())
}
