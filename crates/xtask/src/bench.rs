//! How fast the core is, native and as the page runs it, in one table: `crates/ticketscope-bench`.

use crate::{
    browser,
    error::{Doing, Error, Result},
    shell::{self, command, root},
    site,
    tools::{self, BINARYEN, WASM, WASM_BINDGEN},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

const PACKAGE: &str = "ticketscope-bench";

/// Times every task natively, then in Node, and prints the table; then the page in Chromium, whose table is written into
/// docs/speed.md. Takes some five minutes after building.
pub fn bench() -> Result<()> {
    core()?;
    page()
}

/// The page's main thread, on a site built now.
pub fn page() -> Result<()> {
    site::build()?;
    shell::run(browser::script("bench.mjs")?.arg(root().join("docs/speed.md")))
}

fn core() -> Result<()> {
    tools::ensure_target()?;
    tools::ensure_node()?;
    let results = target().join("bench");
    tools::remove(&results)?;
    fs::create_dir_all(&results).doing("make", &results)?;
    let module = module(&results)?;
    let node = node()?;

    let criterion = results.join("criterion");
    let times = results.join("node.json");
    let native = ["bench", "--package", PACKAGE, "--bench", "native", "--", "--noplot"];
    shell::run(command("cargo", &native).env("CRITERION_HOME", &criterion))?;
    shell::run(command("node", &[]).arg(node.join("bench.mjs")).arg(module).arg(&times))?;
    let table = ["run", "--quiet", "--package", PACKAGE, "--"];
    shell::run(command("cargo", &table).arg(criterion).arg(times))
}

/// Builds the tasks just as the page is built, optimised by the words that index.html gives to Trunk.
fn module(results: &Path) -> Result<PathBuf> {
    let build = ["build", "--package", PACKAGE, "--lib", "--target", WASM, "--profile", "web"];
    shell::run(&mut command("cargo", &build))?;
    let compiled = target().join(WASM).join("web/ticketscope_bench.wasm");
    let mut bind = command(WASM_BINDGEN.program()?, &["--target", "nodejs", "--out-dir"]);
    shell::run(bind.arg(results).arg(compiled))?;

    let index = root().join("index.html");
    let html = fs::read_to_string(&index).doing("read", &index)?;
    let (Some(level), Some(features)) = (attribute(&html, "data-wasm-opt"), attribute(&html, "data-wasm-opt-params"))
    else {
        return Err(Error::Site("index.html does not say how its WebAssembly is optimised".to_owned()));
    };
    let code = results.join("ticketscope_bench_bg.wasm");
    let mut shrink = command(BINARYEN.program()?, &[]);
    shrink.arg(format!("-O{level}")).args(features.split_whitespace()).arg("-o").arg(&code).arg(&code);
    shell::run(&mut shrink)?;
    Ok(results.join("ticketscope_bench.js"))
}

/// The folder of the Node side, with what its lock file names installed.
fn node() -> Result<PathBuf> {
    let folder = root().join("crates").join(PACKAGE).join("node");
    shell::run(command("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    Ok(folder)
}

/// Where cargo puts what it builds: two folders above this very program.
fn target() -> PathBuf {
    let program = env::current_exe().ok();
    let folder = program.as_deref().and_then(|file| file.parent()?.parent());
    folder.map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// The value of the first attribute of this name.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let start = html.find(&format!(" {name}=\""))? + name.len() + 3;
    html[start..].split('"').next()
}
