//! What mail, chat and word processors do to links, undone.
//!
//! None of the characters that are taken out or decoded here can stand in a link of ours, so mending never changes a sound one.

use std::borrow::Cow;

/// What follows the first `#` that has a `v` and a digit behind it, percent-decoded: browsers encode what is not ASCII, so an
/// encoded link is as good as a plain one.
pub(super) fn fragment(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return start_of(text).map(|start| Cow::Borrowed(&text[start..]));
    }
    let decoded = decoded(text);
    start_of(&decoded).map(|start| Cow::Owned(decoded[start..].to_owned()))
}

fn start_of(text: &str) -> Option<usize> {
    text.match_indices('#').map(|(at, _)| at + 1).find(|&start| {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        matches!(rest, [b'v' | b'V', digit, ..] if digit.is_ascii_digit())
    })
}

/// Ways to undo what may have happened, gentlest first; the check digits choose.
pub(super) fn guesses(raw: &str) -> Vec<String> {
    let first_word = raw.split_whitespace().next().unwrap_or_default();
    let without_soft_breaks = raw.replace("=\r\n", "").replace("=\n", "");
    let mut guesses = Vec::new();
    for text in [raw, first_word, &without_soft_breaks] {
        let clean = cleaned(text);
        let unquoted = clean.replace("=3D", "=");
        for guess in [trimmed(&clean), trimmed(&unquoted), clean, unquoted] {
            if guess != raw && !guesses.contains(&guess) {
                guesses.push(guess);
            }
        }
    }
    guesses
}

/// The mending for links without check digits.
pub(super) fn tidied(raw: &str) -> String {
    let clean = cleaned(raw);
    let pairs = clean.matches('=').count();
    let unquoted = if pairs > 0 && clean.matches("=3D").count() == pairs { clean.replace("=3D", "=") } else { clean };
    trimmed(&unquoted)
}

/// Whether someone shortened the link for show.
pub(super) fn ends_in_ellipsis(raw: &str) -> bool {
    let clean = cleaned(raw);
    clean.ends_with('…') || clean.ends_with("...")
}

/// Without character references, white space, unseen characters and angle brackets.
fn cleaned(text: &str) -> String {
    let mut clean = text.to_owned();
    for _ in 0..3 {
        if !clean.contains("&amp;") && !clean.contains("&#38;") {
            break;
        }
        clean = clean.replace("&amp;", "&").replace("&#38;", "&");
    }
    clean.retain(|c| !c.is_whitespace() && !crate::note::is_unseen(c) && c != '<' && c != '>');
    clean
}

/// Percent-decoded, up to three times over.
fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        if !text.contains('%') {
            break;
        }
        let next = decoded_once(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn decoded_once(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%'
            && let [high, low, tail @ ..] = tail
            && let (Some(high), Some(low)) = ((*high as char).to_digit(16), (*low as char).to_digit(16))
        {
            bytes.push((high * 16 + low) as u8);
            rest = tail;
        } else {
            bytes.push(byte);
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// Without the keys that trackers append, and without the punctuation of the sentence around the link.
fn trimmed(text: &str) -> String {
    let mut kept = text.trim_end_matches(is_closing);
    // Trackers that know no fragment append `?utm_source=…`.
    while let Some(at) = kept.rfind(['&', '?'])
        && is_tracking(&kept[at + 1..])
    {
        kept = kept[..at].trim_end_matches(is_closing);
    }
    kept.to_owned()
}

fn is_tracking(pair: &str) -> bool {
    const KEYS: [&str; 7] = ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"];
    let key = pair.split('=').next().unwrap_or_default();
    key.starts_with("utm_") || KEYS.contains(&key)
}

fn is_closing(c: char) -> bool {
    ".,;:!?)]}'\"*`|\\…»«”“’‘、。）".contains(c)
}
