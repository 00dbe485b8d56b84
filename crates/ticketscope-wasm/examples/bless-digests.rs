//! Writes the digests of `tests/digest/cases.csv` anew: `cargo run -p ticketscope-wasm --example bless-digests`.
//!
//! For new cases, or after a change of the link's version. Any other change of a digest is a broken promise: a link would show
//! other numbers than before.

#[path = "../tests/cases/mod.rs"]
mod cases;

fn main() -> std::io::Result<()> {
    let header = cases::CASES.lines().next().unwrap_or_default();
    let mut text = format!("{header}\n");
    let (mut new, mut changed) = (0, 0);
    for line in cases::lines() {
        let (asked, stored) = cases::split(line);
        let digests = cases::digests(&asked);
        new += usize::from(stored.is_empty());
        changed += usize::from(!stored.is_empty() && digests[..] != stored[..]);
        text += &format!("{},{}\n", asked.join(","), digests.join(","));
    }
    println!("{new} new, {changed} changed, {} in all", cases::lines().count());
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/digest/cases.csv"), text)
}
