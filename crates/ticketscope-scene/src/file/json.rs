//! JSON, a list per edge layer, a row per tail node.
//!
//! The reader is written by hand, for three reasons: what is wrong is said in words that a person who made the file understands,
//! with its place; every limit is checked before anything is kept; and the page need not load a general one. It takes the
//! grammar of RFC 8259 and nothing else, reads lists straight into one flat list, and never calls itself.

use super::{FileError, MOST_EDGES, NetworkFile, Rows, assembled};
use core::fmt;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::Shape;

/// The most lists and objects inside one another.
pub const MOST_DEPTH: usize = 32;

/// What is wrong at a place of a JSON file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonFault {
    /// Something else should stand there, or anything at all.
    Expected(Wanted),
    /// The file ends where something should stand.
    Ends(Wanted),
    /// A number beyond ±1.8 × 10³⁰⁸.
    LargeNumber,
    /// A key that may come once comes again.
    Twice(&'static str),
    /// More than [`MOST_DEPTH`] lists and objects inside one another.
    Depth,
    /// A control character or a wrong escape in a text.
    Text,
    /// Something behind the end.
    Behind,
}

/// What should stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// `{`.
    Object,
    /// A key, in double quotes.
    Key,
    /// `:`.
    Colon,
    /// `,` or `}`.
    MoreKeys,
    /// `,` or `]`.
    MoreEntries,
    /// Any value.
    Value,
    /// A list of edge layers.
    Layers,
    /// A list of rows.
    RowList,
    /// A list of numbers.
    Numbers,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// The `"` at a text's end.
    Quote,
    /// All of `sources`, `hidden_layers`, `width` and `sinks`.
    Counts,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "{",
            Self::Key => "a key in double quotes",
            Self::Colon => "a colon",
            Self::MoreKeys => "a comma or }",
            Self::MoreEntries => "a comma or ]",
            Self::Value => "a value",
            Self::Layers => "a list of edge layers",
            Self::RowList => "a list of rows, one for each tail node,",
            Self::Numbers => "a list of numbers, one for each head node,",
            Self::Number => "a number",
            Self::Whole => "a whole number",
            Self::Quote => "the closing double quote",
            Self::Counts => "sources, hidden_layers, width and sinks, all four,",
        })
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(wanted) => write!(f, "{wanted} was expected"),
            Self::Ends(wanted) => write!(f, "the file ends here, where {wanted} was expected"),
            Self::LargeNumber => f.write_str("this number is too large"),
            Self::Twice(key) => write!(f, "{key} comes a second time"),
            Self::Depth => write!(f, "more than {MOST_DEPTH} lists are inside one another"),
            Self::Text => f.write_str("this character cannot stand in a text"),
            Self::Behind => f.write_str("nothing more was expected"),
        }
    }
}

/// What the reader stops with.
enum Stop {
    /// At the reader's place.
    Fault(JsonFault),
    /// Somewhere in lists that are too long.
    TooManyEdges,
}

impl From<JsonFault> for Stop {
    fn from(fault: JsonFault) -> Self {
        Self::Fault(fault)
    }
}

#[derive(Default)]
struct Document {
    counts: Option<[Option<u32>; 4]>,
    weights: Option<Rows>,
    mask: Option<Rows>,
}

pub(super) fn read(text: &str) -> Result<NetworkFile, FileError> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    let document = reader.document().map_err(|stop| match stop {
        Stop::TooManyEdges => FileError::TooManyEdges,
        Stop::Fault(fault) => {
            let (line, column) = place(text, reader.at);
            FileError::Json { line, column, fault }
        }
    })?;
    let shape_of = |rows: &Option<Rows>, list| rows.as_ref().map(|rows| rows.shape(list)).transpose();
    let counts = document.counts.map(|counts| counts.map(Option::unwrap_or_default));
    let shapes = [
        counts.map(|[s, n, w, t]| Shape::new(s, n, w, t)).transpose().map_err(FileError::Shape)?,
        shape_of(&document.weights, "weights")?,
        shape_of(&document.mask, "mask")?,
    ];
    let [_, weights_shape, mask_shape] = shapes;
    let shape = weights_shape.or(mask_shape).ok_or(FileError::Nothing)?;
    if shapes.into_iter().flatten().any(|other| other != shape) {
        return Err(FileError::Disagreement);
    }
    assembled(shape, document.weights.map(|rows| rows.values), document.mask.map(|rows| rows.values))
}

/// The line and the character in it, both from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let characters = before[line_start..].iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
    (before.iter().filter(|&&byte| byte == b'\n').count() + 1, characters + 1)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The next byte that is no white space; it is not passed.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    /// Something else than what is wanted stands here, or nothing.
    fn fault(&mut self, wanted: Wanted) -> Stop {
        Stop::Fault(if self.next().is_none() { JsonFault::Ends(wanted) } else { JsonFault::Expected(wanted) })
    }

    fn pass(&mut self, byte: u8, wanted: Wanted) -> Result<(), Stop> {
        if self.next() != Some(byte) {
            return Err(self.fault(wanted));
        }
        self.at += 1;
        Ok(())
    }

    /// Whether a list or an object goes on. `is_first`: nothing has stood in it yet.
    fn goes_on(&mut self, end: u8, is_first: bool, wanted: Wanted) -> Result<bool, Stop> {
        match self.next() {
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            None if is_first => Err(self.fault(if end == b'}' { Wanted::Key } else { Wanted::Value })),
            _ => Err(self.fault(wanted)),
        }
    }

    fn document(&mut self) -> Result<Document, Stop> {
        let mut document = Document::default();
        let mut seen = [false; 3];
        self.pass(b'{', Wanted::Object)?;
        let mut is_first = true;
        while self.goes_on(b'}', is_first, Wanted::MoreKeys)? {
            is_first = false;
            match self.key(&["network", "weights", "mask"], &mut seen)? {
                Some(_) if self.null() => {}
                Some("network") => document.counts = Some(self.counts()?),
                Some("weights") => document.weights = Some(self.rows()?),
                Some(_) => document.mask = Some(self.rows()?),
                None => self.skip(1)?,
            }
        }
        match self.next() {
            None => Ok(document),
            Some(_) => Err(JsonFault::Behind.into()),
        }
    }

    /// A key and its colon: which of the known ones it is, if any; each may come once.
    fn key(&mut self, known: &[&'static str], seen: &mut [bool]) -> Result<Option<&'static str>, Stop> {
        if self.next() != Some(b'"') {
            return Err(self.fault(Wanted::Key));
        }
        let start = self.at;
        let key = self.string()?;
        let place = known.iter().position(|one| one.as_bytes() == key);
        if let Some(place) = place
            && core::mem::replace(&mut seen[place], true)
        {
            self.at = start;
            return Err(JsonFault::Twice(known[place]).into());
        }
        self.pass(b':', Wanted::Colon)?;
        Ok(place.map(|place| known[place]))
    }

    /// Passes `null`, if it stands here.
    fn null(&mut self) -> bool {
        self.next();
        let is_null = self.bytes[self.at..].starts_with(b"null");
        self.at += if is_null { 4 } else { 0 };
        is_null
    }

    fn counts(&mut self) -> Result<[Option<u32>; 4], Stop> {
        const NAMES: [&str; 4] = ["sources", "hidden_layers", "width", "sinks"];
        let mut counts = [None; 4];
        let mut seen = [false; 4];
        self.pass(b'{', Wanted::Object)?;
        let mut is_first = true;
        while self.goes_on(b'}', is_first, Wanted::MoreKeys)? {
            is_first = false;
            match self.key(&NAMES, &mut seen)? {
                None => self.skip(2)?,
                Some(name) => {
                    let place = NAMES.iter().position(|one| *one == name).unwrap_or_default();
                    counts[place] = Some(self.whole()?);
                }
            }
        }
        if counts.contains(&None) {
            self.at -= 1;
            return Err(JsonFault::Expected(Wanted::Counts).into());
        }
        Ok(counts)
    }

    fn whole(&mut self) -> Result<u32, Stop> {
        self.next();
        let start = self.at;
        let x = self.number()?;
        // `as` is exact where the text is digits only and the number is no larger than u32.
        let is_digits = self.bytes[start..self.at].iter().all(u8::is_ascii_digit);
        if is_digits && x <= f64::from(u32::MAX) {
            return Ok(x as u32);
        }
        self.at = start;
        Err(JsonFault::Expected(Wanted::Whole).into())
    }

    /// Lists of lists of lists of numbers.
    fn rows(&mut self) -> Result<Rows, Stop> {
        let mut rows = Rows::default();
        self.pass(b'[', Wanted::Layers)?;
        while self.goes_on(b']', rows.layers.is_empty(), Wanted::MoreEntries)? {
            self.pass(b'[', Wanted::RowList)?;
            let mut row_count = 0;
            while self.goes_on(b']', row_count == 0, Wanted::MoreEntries)? {
                self.pass(b'[', Wanted::Numbers)?;
                let mut length = 0;
                while self.goes_on(b']', length == 0, Wanted::MoreEntries)? {
                    let value = self.number()?;
                    add(&mut rows.values, value)?;
                    length += 1;
                }
                add(&mut rows.lengths, length)?;
                row_count += 1;
            }
            add(&mut rows.layers, row_count)?;
        }
        Ok(rows)
    }

    /// A number as RFC 8259 spells one.
    fn number(&mut self) -> Result<f64, Stop> {
        self.next();
        let start = self.at;
        let mut end = start + usize::from(self.bytes.get(start) == Some(&b'-'));
        let digits = |from: usize| {
            let rest = self.bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let whole = digits(end);
        let leads_with_zero = whole > 1 && self.bytes.get(end) == Some(&b'0');
        let mut is_number = whole > 0 && !leads_with_zero;
        end += whole;
        if self.bytes.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            is_number &= fraction > 0;
            end += 1 + fraction;
        }
        if let Some(b'e' | b'E') = self.bytes.get(end) {
            let sign = usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            is_number &= exponent > 0;
            end += 1 + sign + exponent;
        }
        let text = core::str::from_utf8(self.bytes.get(start..end).unwrap_or_default()).unwrap_or_default();
        match text.parse::<f64>() {
            Ok(value) if is_number && value.is_finite() => {
                self.at = end;
                Ok(value)
            }
            Ok(_) if is_number => Err(JsonFault::LargeNumber.into()),
            // A number that the file's end cuts short, or none.
            _ if end >= self.bytes.len() => {
                self.at = self.bytes.len();
                Err(JsonFault::Ends(Wanted::Number).into())
            }
            _ => Err(JsonFault::Expected(Wanted::Number).into()),
        }
    }

    /// Passes a text, at its opening quote, and gives what stands in it as it stands.
    fn string(&mut self) -> Result<&[u8], Stop> {
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.bytes.get(self.at) {
                None => return Err(JsonFault::Ends(Wanted::Quote).into()),
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0..0x20) => return Err(JsonFault::Text.into()),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(&self.bytes[start..self.at - 1])
    }

    fn escape(&mut self) -> Result<(), Stop> {
        match self.bytes.get(self.at + 1) {
            None => {
                self.at += 1;
                Err(JsonFault::Ends(Wanted::Quote).into())
            }
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(())
            }
            Some(b'u') => {
                let digits = self.bytes.get(self.at + 2..self.at + 6);
                if digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    self.at += 6;
                    return Ok(());
                }
                Err(JsonFault::Text.into())
            }
            Some(_) => Err(JsonFault::Text.into()),
        }
    }

    /// Passes any value that stands inside `depth` lists and objects.
    fn skip(&mut self, depth: usize) -> Result<(), Stop> {
        // What each open list or object ends with.
        let mut open: Vec<u8> = Vec::new();
        loop {
            let opened = match self.next() {
                Some(b'{') => Some(b'}'),
                Some(b'[') => Some(b']'),
                _ => None,
            };
            if let Some(end) = opened {
                if depth + open.len() >= MOST_DEPTH {
                    return Err(JsonFault::Depth.into());
                }
                self.at += 1;
                open.push(end);
            } else {
                self.scalar()?;
            }
            // On to the next value, out of what has ended.
            let mut is_first = opened.is_some();
            loop {
                let Some(&end) = open.last() else { return Ok(()) };
                let wanted = if end == b'}' { Wanted::MoreKeys } else { Wanted::MoreEntries };
                if self.goes_on(end, is_first, wanted)? {
                    if end == b'}' {
                        self.key(&[], &mut [])?;
                    }
                    break;
                }
                open.pop();
                is_first = false;
            }
        }
    }

    /// Passes a text, a number, `true`, `false` or `null`.
    fn scalar(&mut self) -> Result<(), Stop> {
        match self.next() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            _ => {
                let rest = &self.bytes[self.at..];
                match [&b"true"[..], b"false", b"null"].into_iter().find(|word| rest.starts_with(word)) {
                    Some(word) => {
                        self.at += word.len();
                        Ok(())
                    }
                    None => Err(self.fault(Wanted::Value)),
                }
            }
        }
    }
}

/// Takes one more, unless there are as many as there may be.
fn add<T>(list: &mut Vec<T>, one: T) -> Result<(), Stop> {
    if list.len() == MOST_EDGES {
        return Err(Stop::TooManyEdges);
    }
    list.push(one);
    Ok(())
}

/// Writes the shape, every weight and the mask, as [`super::read`] takes them.
pub fn write(network: &Network, mask: &Mask) -> String {
    let shape = network.shape();
    let mut text = format!(
        "{{\"network\": {{\"sources\": {}, \"hidden_layers\": {}, \"width\": {}, \"sinks\": {}}}",
        shape.sources(),
        shape.hidden_layers(),
        shape.width(),
        shape.sinks()
    );
    let weights = |text: &mut String, id: u32| crate::number::push_canonical(text, network.weights()[id as usize]);
    push_lists(&mut text, shape, "weights", weights);
    push_lists(&mut text, shape, "mask", |text, id| text.push(if mask.keeps(shape.edge(id)) { '1' } else { '0' }));
    text.push_str("}\n");
    text
}

fn push_lists(text: &mut String, shape: &Shape, name: &str, entry: impl Fn(&mut String, u32)) {
    text.push_str(",\n\"");
    text.push_str(name);
    text.push_str("\": [");
    let mut id = 0;
    for layer in 0..shape.edge_layers() {
        text.push_str(if layer > 0 { ",\n[" } else { "\n[" });
        for from in 0..shape.tails(layer) {
            text.push_str(if from > 0 { ",\n[" } else { "[" });
            for to in 0..shape.heads(layer) {
                if to > 0 {
                    text.push_str(", ");
                }
                entry(text, id);
                id += 1;
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push(']');
}
