//! The browser that the page is tested in: the Chromium of this machine.

use crate::{
    error::{Error, Result},
    shell::{self, command, root},
    site,
};
use std::{env, fs, path::PathBuf, process::Command};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The command that runs the page's tests on `dist/`, in a browser that is installed first where that is possible.
pub fn page_tests() -> Result<Command> {
    // What the page says is held against the command line.
    shell::run(&mut command("cargo", &["build", "--package", "ticketscope-cli"]))?;
    let program = site::target().join("debug").join(format!("ticketscope{}", env::consts::EXE_SUFFIX));
    let mut tests = script("run.mjs")?;
    tests.env("TICKETSCOPE", program);
    Ok(tests)
}

/// A script of tests/page that drives a browser, as a command.
pub fn script(name: &str) -> Result<Command> {
    let chrome = chromium()?;
    install_packages()?;
    let mut script = command("node", &[&format!("tests/page/{name}")]);
    script.env("CHROME", chrome);
    Ok(script)
}

/// `CHROME`, or a Chromium or Chrome found here, or Debian's installed now.
fn chromium() -> Result<PathBuf> {
    if let Some(chrome) = env::var_os("CHROME") {
        return Ok(PathBuf::from(chrome));
    }
    if let Some(chrome) = installed() {
        return Ok(chrome);
    }
    let root = shell::output(&mut command("id", &["-u"])).as_deref() == Some("0");
    if root && shell::which("apt-get").is_some() {
        shell::run(&mut command("apt-get", &["update"]))?;
        // The browser alone has no letters to draw.
        let install = ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"];
        shell::run(command("apt-get", &install).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    let remedy = "install Chromium or Chrome, or set CHROME to its program";
    installed().ok_or(Error::Missing { what: "a browser for the page's tests", remedy })
}

fn installed() -> Option<PathBuf> {
    let mac = Some(PathBuf::from(MAC)).filter(|file| file.is_file());
    NAMES.iter().find_map(|name| shell::which(name)).or(mac)
}

/// Installs what tests/page/package-lock.json names, unless it is there already.
fn install_packages() -> Result<()> {
    let folder = root().join("tests/page");
    let changed = |file: &str| fs::metadata(folder.join(file)).and_then(|file| file.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    shell::run(command("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}
