//! Own weights and masks, read from files.

use crate::args::Request;
use crate::error::Error;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use ticketscope_scene::file::{self, MOST_BYTES, NetworkFile};
use ticketscope_scene::report::Files;
use ticketscope_scene::run::Own;
use ticketscope_scene::{Field, Scene};

/// Reads the files that a request names, and gives its scene their shape.
pub fn own(request: &mut Request, input: &mut dyn Read) -> Result<(Own, Option<Files>), Error> {
    let mut own = Own::default();
    let mut files = Files::default();
    let mut standard = None;
    if let Some(path) = &request.weights {
        let bytes = bytes("weights", path, input, &mut standard)?;
        let file = parsed("weights", path, &bytes)?;
        if file.weights.is_none() {
            return Err(Error::NothingInFile { key: "weights", path: path.clone() });
        }
        take(&mut own, NetworkFile { mask: None, ..file }, path)?;
        files.weights = Some(hash(&bytes));
    }
    if let Some(path) = &request.mask {
        let bytes = bytes("mask", path, input, &mut standard)?;
        let file = parsed("mask", path, &bytes)?;
        if file.mask.is_none() {
            return Err(Error::NothingInFile { key: "mask", path: path.clone() });
        }
        take(&mut own, NetworkFile { weights: None, ..file }, path)?;
        files.mask = Some(hash(&bytes));
    }
    agree(request, &own)?;
    own.shape_into(&mut request.scene);
    let files = (!own.is_empty()).then_some(files);
    Ok((own, files))
}

/// The bytes of a file, or one more than may be read: what is too much is refused by its reader. Standard input is read once.
fn bytes(
    key: &'static str,
    path: &Path,
    input: &mut dyn Read,
    standard: &mut Option<Vec<u8>>,
) -> Result<Vec<u8>, Error> {
    fn read(from: impl Read) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
    let failed = |error| Error::Read { key, path: path.to_owned(), error };
    if path.as_os_str() != "-" {
        return File::open(path).and_then(read).map_err(failed);
    }
    match standard {
        Some(bytes) => Ok(bytes.clone()),
        None => Ok(standard.insert(read(input).map_err(failed)?).clone()),
    }
}

fn parsed(key: &'static str, path: &Path, bytes: &[u8]) -> Result<NetworkFile, Error> {
    file::read(bytes).map_err(|error| Error::File { key, path: path.to_owned(), error })
}

fn take(own: &mut Own, file: NetworkFile, path: &Path) -> Result<(), Error> {
    own.take(file).map_err(|_| Error::OtherShape { path: path.to_owned() })
}

/// The files decide the shape; a flag that says otherwise is a mistake.
fn agree(request: &Request, own: &Own) -> Result<(), Error> {
    let mut scene = Scene::default();
    own.shape_into(&mut scene);
    for key in ["sources", "hidden", "width", "sinks"].into_iter().filter(|key| request.given.contains(key)) {
        let field = Field::of(key)?;
        let (given, wanted) = (field.write(&request.scene), field.write(&scene));
        if !own.is_empty() && given != wanted {
            return Err(Error::ShapeOfFile { key, given, wanted });
        }
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
