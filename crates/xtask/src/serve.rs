//! Building and showing the page.

use crate::{
    error::{Error, Result},
    shell::{self, command},
    site,
};

/// Builds the page and serves it on this machine until it is stopped.
///
/// The server is the one that the tests use (tests/page/server.mjs): same headers, same behaviour.
pub fn serve(words: &[String]) -> Result<()> {
    let mut server = command("node", &["tests/page/server.mjs"]);
    server.arg(site::dist());
    match words {
        [] => {}
        [option, port] if option == "--port" && port.parse::<u16>().is_ok() => {
            server.arg(port);
        }
        _ => return Err(Error::Usage("usage: cargo xtask serve [--port NUMBER]".to_owned())),
    }
    site::build()?;
    shell::run(&mut server)
}
