//! The one table of keys: it feeds the handler, the help dialog and the tests.

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Plays, or pauses.
    PlayPause,
    /// One step back.
    Back,
    /// One step forward.
    Forward,
    /// To the start.
    First,
    /// To the end of the run.
    Last,
    /// Draws new weights, unless their seed is locked.
    NewWeights,
    /// Copies the link of this scene.
    CopyLink,
    /// Opens the list of keys.
    Help,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// What the keyboard reports (`KeyboardEvent.key`), letters in lower case.
    pub key: &'static str,
    /// What is printed on it.
    pub cap: &'static str,
    /// What it does.
    pub action: Action,
    /// What it does, in words.
    pub words: &'static str,
}

/// All keys. They do nothing while a text is typed, a list is open, or a modifier is held.
pub const KEYS: &[Key] = &[
    Key { key: " ", cap: "Space", action: Action::PlayPause, words: "Play or pause" },
    Key { key: "ArrowLeft", cap: "←", action: Action::Back, words: "One step back" },
    Key { key: "ArrowRight", cap: "→", action: Action::Forward, words: "One step forward" },
    Key { key: "Home", cap: "Home", action: Action::First, words: "To the start" },
    Key { key: "End", cap: "End", action: Action::Last, words: "To the end of the run" },
    Key { key: "r", cap: "R", action: Action::First, words: "Rewind" },
    Key { key: "n", cap: "N", action: Action::NewWeights, words: "New weights" },
    Key { key: "c", cap: "C", action: Action::CopyLink, words: "Copy the link of what you see" },
    Key { key: "?", cap: "?", action: Action::Help, words: "This list" },
];

impl Key {
    /// Whether the key is a single character that a speech program may type by accident (WCAG 2.1.4): it can be switched off.
    pub fn is_single_character(&self) -> bool {
        self.key != " " && self.key.chars().count() == 1
    }
}

/// Where the focus is, as far as keys care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// A text field, or an open list: every key is its own.
    Typing,
    /// A slider: arrows, Home and End are its own.
    Slider,
    /// A button, link or other thing that Space presses.
    Pressable,
    /// Anything else.
    Elsewhere,
}

/// What a key press means, if anything.
pub fn action(pressed: &str, focus: Focus, letters_on: bool) -> Option<Action> {
    let lower = pressed.to_ascii_lowercase();
    let row = KEYS.iter().find(|row| row.key == pressed || row.key == lower)?;
    let own = match focus {
        Focus::Typing => true,
        Focus::Slider => !row.is_single_character() && row.key != " ",
        Focus::Pressable => row.key == " ",
        Focus::Elsewhere => false,
    };
    (!own && (letters_on || !row.is_single_character())).then_some(row.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_stands_twice() {
        for (place, row) in KEYS.iter().enumerate() {
            assert!(KEYS[..place].iter().all(|other| other.key != row.key), "{}", row.key);
        }
    }

    #[test]
    fn keys_belong_to_what_has_the_focus() {
        assert_eq!(action(" ", Focus::Elsewhere, true), Some(Action::PlayPause));
        assert_eq!(action(" ", Focus::Pressable, true), None);
        assert_eq!(action(" ", Focus::Slider, true), Some(Action::PlayPause));
        assert_eq!(action("ArrowLeft", Focus::Slider, true), None);
        assert_eq!(action("ArrowLeft", Focus::Pressable, true), Some(Action::Back));
        assert_eq!(action("N", Focus::Elsewhere, true), Some(Action::NewWeights));
        assert_eq!(action("n", Focus::Typing, true), None);
        assert_eq!(action("n", Focus::Elsewhere, false), None);
        assert_eq!(action("End", Focus::Elsewhere, false), Some(Action::Last));
        assert_eq!(action("x", Focus::Elsewhere, true), None);
    }
}
