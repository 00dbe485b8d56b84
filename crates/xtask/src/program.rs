//! The program in WebAssembly: how it is compiled, what tells one build from another, and the modules beside the page's: what workers
//! run, and the charts of many networks.
//!
//! Trunk compiles the page's module. The worker's is compiled here with the same flags, so that cargo compiles what both
//! hold only once; its glue and `www/worker.js` become one file, which a worker loads at once. So are the charts.

use crate::{
    error::{Doing, Result},
    shell::{self, command, root},
    site,
    tools::{BINARYEN, WASM, WASM_BINDGEN},
};
use sha2::{Digest, Sha384};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The most memory that the page or one of its workers may take, 256 MiB: a problem too large for it ends with a sentence,
/// not with the reader's machine at a stand.
const MEMORY: &str = "-Clink-arg=--max-memory=268435456";

/// Vectors, as `.cargo/config.toml` has them for every other build for this target: the flags set below replace those.
const VECTORS: &str = "-Ctarget-feature=+simd128";

/// What is compiled into the three modules of the page.
const SOURCES: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    "crates/ticketscope-core",
    "crates/ticketscope-scene",
    "crates/ticketscope-draw",
    "crates/ticketscope-web",
];

/// Gives a build of the page's modules its flags, and the name of the build, which all hold and compare.
pub fn compiling_page(cargo: &mut Command) -> Result<&mut Command> {
    cargo.env("TICKETSCOPE_BUILD", build_id()?);
    Ok(compiling(cargo, &[MEMORY]))
}

/// Gives a build for WebAssembly its flags: vectors, `extra` ones, and no folder of this machine in what is compiled (messages
/// of panics name their source files): the site tells nothing about who built it, and is the same wherever it is built.
pub fn compiling<'a>(cargo: &'a mut Command, extra: &[&str]) -> &'a mut Command {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.and_then(|home| site::entries(&home.join("registry/src")).ok()).unwrap_or_default();
    let folders = sources.iter().map(PathBuf::as_path).chain([root()]);
    let folders = folders.map(|folder| format!("--remap-path-prefix={}=.", folder.display()));
    let fixed = [VECTORS].iter().chain(extra).map(|&flag| flag.to_owned());
    let flags: Vec<String> = fixed.chain(folders).collect();
    // Between flags stands the one character that no path holds: cargo's CARGO_ENCODED_RUSTFLAGS.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
}

/// Names a build by its version and by what was compiled: `0.1.0-` and sixteen digits.
pub fn build_id() -> Result<String> {
    let mut digest = Sha384::new();
    for name in SOURCES {
        let path = root().join(name);
        let files = if path.is_dir() { site::files(&path)? } else { vec![path] };
        for file in files {
            let place = file.strip_prefix(root()).unwrap_or(&file);
            digest.update(place.to_string_lossy().replace('\\', "/"));
            digest.update(fs::read(&file).doing("read", &file)?);
        }
    }
    Ok(format!("{}-{}", env!("CARGO_PKG_VERSION"), site::hexadecimal(&digest.finalize())))
}

/// Compiles the worker's module with these features of its crate and writes `worker.js` and `worker.wasm` into `to`.
pub fn worker(to: &Path, features: &str) -> Result<()> {
    module("ticketscope-worker", "worker", to, features)?;
    let file = to.join("worker.js");
    let mut script = site::read(&file)?;
    script.extend(site::read(&root().join("www/worker.js"))?);
    fs::write(&file, script).doing("write", &file)
}

/// Compiles the module of the charts of many networks and writes `charts.js`, `charts.wasm` and `charts.css` into `to`.
pub fn charts(to: &Path, features: &str) -> Result<()> {
    module("ticketscope-charts", "charts", to, features)?;
    let style = root().join("www/charts.css");
    fs::copy(&style, to.join("charts.css")).doing("copy", &style).map(|_| ())
}

/// Compiles one binary of the page's crate and writes its glue and its module into `to`, as `short.js` and `short.wasm`.
fn module(name: &str, short: &str, to: &Path, features: &str) -> Result<()> {
    let build = ["build", "--package", "ticketscope-web", "--target", WASM, "--profile", "web", "--bin", name];
    let mut cargo = command("cargo", &build);
    shell::run(compiling_page(cargo.args(["--features", features]))?)?;

    let bound = site::target().join(short);
    let compiled = site::target().join(WASM).join("web").join(format!("{name}.wasm"));
    // The page hands the module over compiled: nothing here has an address to load it from.
    let mut bind =
        command(WASM_BINDGEN.program()?, &["--target", "web", "--no-typescript", "--omit-default-module-path"]);
    shell::run(bind.arg("--out-dir").arg(&bound).arg(compiled))?;

    let optimised = site::optimisation()?;
    let mut shrink = command(BINARYEN.program()?, &[]);
    shrink
        .arg(optimised.level)
        .args(optimised.uses)
        .arg("-o")
        .arg(to.join(format!("{short}.wasm")))
        .arg(bound.join(format!("{name}_bg.wasm")));
    shell::run(&mut shrink)?;
    let glue = bound.join(format!("{name}.js"));
    fs::copy(&glue, to.join(format!("{short}.js"))).doing("copy", &glue).map(|_| ())
}
