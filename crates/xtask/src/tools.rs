//! The tools that build the page: each built once, in a cache folder of the user, by name and version.

use crate::{
    error::{Doing, Error, Result},
    shell::{self, command},
};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// What compiles to WebAssembly.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Packs the page.
pub const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    program: "bin/trunk",
    // Without its default features it does not ask for updates.
    from: Source::Cargo(&["--no-default-features", "--features", "rustls"]),
};

/// Writes the JavaScript side; its version is that of the crate `wasm-bindgen` in Cargo.toml.
pub const WASM_BINDGEN: Tool =
    Tool { name: "wasm-bindgen-cli", version: "0.2.128", program: "bin/wasm-bindgen", from: Source::Cargo(&[]) };

/// Makes the WebAssembly smaller (`wasm-opt`).
pub const BINARYEN: Tool =
    Tool { name: "binaryen", version: "132", program: "node_modules/.bin/wasm-opt", from: Source::Npm };

/// A tool in the user's cache.
pub struct Tool {
    name: &'static str,
    version: &'static str,
    /// Its program, below the tool's own folder.
    program: &'static str,
    from: Source,
}

enum Source {
    /// `cargo install` with these extra words.
    Cargo(&'static [&'static str]),
    Npm,
}

impl Tool {
    /// The tool's program, built first if this user has never had it.
    ///
    /// It is built beside its place and renamed at the end, so an interrupted build leaves no half tool; a lock
    /// makes a second task wait for the first.
    pub fn program(&self) -> Result<PathBuf> {
        let cache = cache()?;
        let id = format!("{}-{}", self.name, self.version);
        let home = cache.join(&id);
        let program = home.join(self.program);
        if program.is_file() {
            return Ok(program);
        }
        fs::create_dir_all(&cache).doing("make", &cache)?;
        let _held = hold(&cache.join(format!("{id}.lock")), self.name)?;
        if program.is_file() {
            return Ok(program);
        }
        println!("Building {} {} into {} (once)", self.name, self.version, cache.display());
        let partial = cache.join(format!("{id}.partial"));
        let objects = cache.join(format!("{id}.target"));
        shell::run(&mut self.install(&partial, &objects))?;
        remove(&home)?;
        fs::rename(&partial, &home).doing("fill", &home)?;
        remove(&objects)?;
        Ok(program)
    }

    /// The command that puts the tool into `into`.
    fn install(&self, into: &Path, objects: &Path) -> Command {
        match self.from {
            Source::Cargo(extra) => {
                let mut install = command("cargo", &["install", self.name, "--version", self.version]);
                install.arg("--locked").arg("--root").arg(into).args(extra);
                // Tools that run for a second need no optimising; this builds them in a third of the time.
                install.env("CARGO_PROFILE_RELEASE_LTO", "off");
                install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
                install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
                // Kept until the end, so that an interrupted build goes on where it stopped.
                install.env("CARGO_TARGET_DIR", objects);
                install
            }
            Source::Npm => {
                let package = format!("{}@{}", self.name, self.version);
                let mut install = command("npm", &["install", "--no-audit", "--no-fund", "--prefix"]);
                install.arg(into).arg(package);
                install
            }
        }
    }
}

/// Makes sure that Rust can compile to WebAssembly.
pub fn ensure_target() -> Result<()> {
    let mut library = command("rustc", &["--print", "target-libdir", "--target", WASM]);
    let there = shell::output(&mut library).is_some_and(|folder| Path::new(&folder).is_dir());
    if there { Ok(()) } else { shell::run(&mut command("rustup", &["target", "add", WASM])) }
}

/// Makes sure that Node is there.
pub fn ensure_node() -> Result<()> {
    let remedy = "install Node 20 or newer, with npm";
    for what in ["node", "npm"] {
        shell::which(what).ok_or(Error::Missing { what, remedy })?;
    }
    Ok(())
}

/// `PATH` with the tools' folders in front.
pub fn path_with(programs: &[PathBuf]) -> Result<std::ffi::OsString> {
    let folders = programs.iter().filter_map(|program| program.parent()).map(Path::to_path_buf);
    let rest = env::var_os("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = folders.chain(env::split_paths(&rest)).collect();
    env::join_paths(all).map_err(|_| Error::Usage("a folder in PATH holds a separator".to_owned()))
}

/// `~/.cache/ticketscope/tools`, or where `XDG_CACHE_HOME` says.
fn cache() -> Result<PathBuf> {
    let remedy = "set HOME, or XDG_CACHE_HOME to a folder for the tools that are built once";
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or(Error::Missing { what: "a home folder", remedy })?;
    Ok(base.join("ticketscope/tools"))
}

/// Holds a lock file until the value is dropped; waits while another task holds it to build `what`.
pub fn hold(file: &Path, what: &str) -> Result<File> {
    let held = File::create(file).doing("open", file)?;
    if held.try_lock().is_err() {
        println!("Waiting for another task that builds {what}");
        held.lock().doing("lock", file)?;
    }
    Ok(held)
}

/// Removes a folder and all in it, if it is there.
pub fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { fs::remove_dir_all(folder).doing("remove", folder) } else { Ok(()) }
}
