//! The link: a scene as a URL fragment, and back.
//!
//! `#v1.CCCC&key=value&…`: the version, four check digits, then the keys in the table's order, defaults left out. A link typed
//! by hand may leave the check digits out: `#v1&width=12`.
//!
//! **Check digits** are the upper 20 bits of the CRC-32 of zlib and PNG (polynomial 0x04c11db7, reflected) over all the bytes
//! that follow them, as four base-32 digits of Crockford's alphabet (0–9 A–Z without I L O U), most significant first.
//!
//! **Reading is total.** Whatever the text, the answer is a scene with notes, or that it is [no link](NotALink). A link that
//! mail or chat programs have mangled (lines wrapped, `&amp;`, percent-encoding, punctuation or `utm_` keys at the end) is mended;
//! the check digits tell whether the mending was right. A link that ends right behind `#v1` counts as cut short.

mod mend;
mod v1;

use crate::field::FIELDS;
use crate::note::{Damage, Note, Notes};
use crate::scene::Scene;
use core::fmt;

/// The longest text that is read, in bytes.
pub const MOST_CHARACTERS: usize = 8192;

/// The longest link that is shared, in bytes: mail and chat programs split longer ones. A scene whose link is longer is handed on as a
/// file.
pub const MOST_SHARED: usize = 2000;

/// One reader a version, oldest first: what follows the check digits → scene. A link version fixes every number that its
/// scenes show; a new version appends a reader here, which upgrades by construction, for all readers yield today's [`Scene`].
const READERS: [fn(&str, &mut Notes) -> Scene; 1] = [v1::read];

/// The version that is written.
pub const LATEST: u32 = READERS.len() as u32;

/// A link, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What it shows.
    pub scene: Scene,
    /// Each way in which the link was not taken as it stands.
    pub notes: Vec<Note>,
    /// Set where the scene may not be what was sent.
    pub damaged: Option<Damage>,
}

/// Why a text is no link at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALink {
    /// It is longer than [`MOST_CHARACTERS`].
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// It has no `#v` with a version number behind it.
    NoVersion,
}

impl fmt::Display for NotALink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { length } => {
                write!(f, "this is no link: it has {length} characters and a link has at most {MOST_CHARACTERS}")
            }
            Self::NoVersion => f.write_str("this is no link: a link has #v1 in it"),
        }
    }
}

impl core::error::Error for NotALink {}

/// Opens a link: a fragment, a whole address, or a line of text with one in it.
///
/// ```
/// let opened = ticketscope_scene::link::read("https://example.org/#v1&width=900").unwrap();
/// assert_eq!(opened.scene.width, 512);
/// assert_eq!(opened.notes[0].to_string(), "width 900 → 512 (allowed 1–512)");
/// assert_eq!(opened.damaged, None);
/// ```
pub fn read(text: &str) -> Result<Opened, NotALink> {
    if text.len() > MOST_CHARACTERS {
        return Err(NotALink::TooLong { length: text.len() });
    }
    let raw = mend::fragment(text).ok_or(NotALink::NoVersion)?;
    if let Some(header) = Header::of(&raw)
        && header.is_sound()
    {
        return Ok(header.open(Notes::default(), None));
    }
    let mut notes = Notes::default();
    for mended in mend::guesses(&raw) {
        if let Some(header) = Header::of(&mended)
            && header.is_sound()
        {
            notes.add(|| Note::Mended);
            return Ok(header.open(notes, None));
        }
    }
    // No check digits to decide, or none that fit: undo what no link of ours contains, and say so.
    let mended = mend::tidied(&raw);
    let header = Header::of(&mended).ok_or(NotALink::NoVersion)?;
    let damaged = match header.check {
        Check::None if !mend::ends_in_ellipsis(&raw) => None,
        Check::None | Check::CutShort => Some(Damage::CutShort),
        Check::Digits(_) => Some(Damage::Check),
    };
    if mended != raw {
        notes.add(|| Note::Mended);
    }
    Ok(header.open(notes, damaged))
}

/// Writes a scene's link, canonically: equal scenes have equal links, and [`read`] gives the scene back without a note. The
/// default scene is `#v1.0000`.
///
/// ```
/// use ticketscope_scene::{Scene, link};
/// let scene = Scene { width: 12, ..Scene::default() };
/// assert_eq!(link::write(&scene), "#v1.XK2R&width=12");
/// assert_eq!(link::read(&link::write(&scene)).unwrap().scene, scene);
/// ```
pub fn write(scene: &Scene) -> String {
    let (mut pairs, default) = (String::new(), Scene::default());
    for field in FIELDS.iter().filter(|field| field.value(scene) != field.value(&default)) {
        pairs.push('&');
        pairs.push_str(field.key);
        pairs.push('=');
        field.write_to(scene, &mut pairs);
    }
    let mut link = format!("#v{LATEST}.");
    link.extend(check_digits(&pairs));
    link.push_str(&pairs);
    link
}

/// What stands before the pairs.
#[derive(Debug)]
struct Header<'a> {
    version: u32,
    check: Check,
    /// All that follows the check digits: `&key=value…`.
    pairs: &'a str,
}

#[derive(Debug)]
enum Check {
    /// None were given.
    None,
    /// Four digits.
    Digits([char; 4]),
    /// The link ends, or goes on strangely, where the check digits or the first key should stand.
    CutShort,
}

impl<'a> Header<'a> {
    /// Takes `v1.CCCC&…` apart; none if it does not begin with `v` and a digit.
    fn of(fragment: &'a str) -> Option<Self> {
        let rest = fragment.strip_prefix(['v', 'V'])?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (version, rest) = rest.split_at(digits);
        if version.is_empty() {
            return None;
        }
        let pairs = rest.find('&').map_or("", |at| &rest[at..]);
        let between = &rest[..rest.len() - pairs.len()];
        let check = if between.is_empty() && !pairs.is_empty() {
            Check::None
        } else {
            between.strip_prefix('.').and_then(digits_of).map_or(Check::CutShort, Check::Digits)
        };
        // A number too large for 32 bits is a version nobody has written.
        Some(Self { version: version.parse().unwrap_or(u32::MAX), check, pairs })
    }

    /// Whether check digits vouch for the text.
    fn is_sound(&self) -> bool {
        matches!(self.check, Check::Digits(digits) if digits == check_digits(self.pairs))
    }

    fn open(&self, mut notes: Notes, damaged: Option<Damage>) -> Opened {
        let known = self.version.clamp(1, LATEST);
        if known != self.version {
            notes.add(|| Note::Version { given: self.version, latest: LATEST });
        }
        let scene = READERS[known as usize - 1](self.pairs, &mut notes);
        Opened { scene, notes: notes.into_list(), damaged }
    }
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The four check digits of a text.
fn check_digits(text: &str) -> [char; 4] {
    let bits = crc32(text.as_bytes()) >> 12;
    [15, 10, 5, 0].map(|shift| char::from(CROCKFORD[(bits >> shift & 31) as usize]))
}

/// Reads four check digits; small letters, and the I, L, O that people read into 1 and 0, are welcome.
fn digits_of(text: &str) -> Option<[char; 4]> {
    let mut digits = ['0'; 4];
    let mut given = text.chars();
    for digit in &mut digits {
        *digit = match given.next()?.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            c if c.is_ascii() && CROCKFORD.contains(&(c as u8)) => c,
            _ => return None,
        };
    }
    given.next().is_none().then_some(digits)
}

/// CRC-32 of zlib and PNG. A bit at a time: links are short.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crc_is_zlibs() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn check_digits_are_read_kindly() {
        assert_eq!(digits_of("5n8d"), Some(['5', 'N', '8', 'D']));
        assert_eq!(digits_of("OIlo"), Some(['0', '1', '1', '0']));
        for wrong in ["", "5N8", "5N8DX", "5N8U", "5N8é"] {
            assert_eq!(digits_of(wrong), None, "{wrong}");
        }
    }
}
