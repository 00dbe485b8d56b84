//! How fast the core is, native and in Node.

use crate::{
    error::Result,
    shell::{self, command, root},
    site,
};

/// Runs the benches of the core, then those of the JavaScript module.
pub fn bench() -> Result<()> {
    shell::run(&mut command("cargo", &["bench", "--package", "ticketscope-core"]))?;
    let module = "crates/ticketscope-wasm/npm/bench.mjs";
    if root().join(module).is_file() {
        site::build()?;
        shell::run(&mut command("node", &[module]))?;
    }
    Ok(())
}
