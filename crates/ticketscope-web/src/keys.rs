//! The one table of keys: it feeds the handler, the help dialog and the tests. No other place listens to a key.

/// Which way a cursor goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the sources; to the bar before.
    Left,
    /// Towards the sinks; to the next bar.
    Right,
    /// To the neighbour above.
    Up,
    /// To the neighbour below.
    Down,
    /// To the first of its kind here.
    First,
    /// To the last of its kind here.
    Last,
}

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
    /// Takes back what was last done by hand.
    Undo,
    /// Does it again.
    Redo,
    /// Pins what the pointer or the cursor is on.
    Pin,
    /// Puts away what is open: the card, the list of a control, the sheet; else leaves the picture.
    Leave,
    /// Moves the cursor in the picture.
    Walk(Way),
    /// Cuts or restores the edge under the cursor, pins the node.
    Press,
    /// Cuts the edge under the cursor.
    Cut,
    /// Walks the bars of the chart.
    Bar(Way),
    /// Keeps the bar lit, or no longer.
    Keep,
    /// Keeps nothing lit.
    Clear,
}

/// Where a row of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Everywhere on the page, unless what has the focus wants the key for itself.
    Page,
    /// While the picture of the network has the focus.
    Picture,
    /// While the chart has the focus.
    Chart,
}

impl Context {
    /// All, in the order of the dialog.
    pub const ALL: [Self; 3] = [Self::Page, Self::Picture, Self::Chart];
}

/// Which modifiers are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// None, or Shift where it makes the character.
    Plain,
    /// Ctrl, or ⌘.
    Ctrl,
    /// Ctrl and Shift, or ⌘ and Shift.
    CtrlShift,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Where it holds.
    pub context: Context,
    /// With which modifiers.
    pub held: Held,
    /// What the keyboard reports (`KeyboardEvent.key`), letters in lower case.
    pub key: &'static str,
    /// What is printed on it.
    pub cap: &'static str,
    /// What it does.
    pub action: Action,
    /// What it does, in words.
    pub words: &'static str,
}

const fn key(context: Context, key: &'static str, cap: &'static str, action: Action, words: &'static str) -> Key {
    Key { context, held: Held::Plain, key, cap, action, words }
}

/// A row with a modifier.
const fn held(held: Held, key: &'static str, cap: &'static str, action: Action, words: &'static str) -> Key {
    Key { context: Context::Page, held, key, cap, action, words }
}

use Context::{Chart, Page, Picture};

/// All keys. They do nothing while a text is typed or a list is open.
pub const KEYS: &[Key] = &[
    key(Page, " ", "Space", Action::PlayPause, "Play or pause"),
    key(Page, "ArrowLeft", "←", Action::Back, "One step back"),
    key(Page, "ArrowRight", "→", Action::Forward, "One step forward"),
    key(Page, "Home", "Home", Action::First, "To the start"),
    key(Page, "End", "End", Action::Last, "To the end of the run"),
    key(Page, "r", "R", Action::First, "Rewind"),
    key(Page, "n", "N", Action::NewWeights, "New weights"),
    key(Page, "c", "C", Action::CopyLink, "Copy the link of what you see"),
    key(Page, "p", "P", Action::Pin, "Pin what is under the pointer, or unpin it"),
    held(Held::Ctrl, "z", "Ctrl Z", Action::Undo, "Undo what was done by hand"),
    held(Held::CtrlShift, "z", "Ctrl Shift Z", Action::Redo, "Redo it"),
    held(Held::Ctrl, "y", "Ctrl Y", Action::Redo, "Redo it, too"),
    key(Page, "Escape", "Esc", Action::Leave, "Put away the card, the message or the sheet"),
    key(Page, "?", "?", Action::Help, "This list"),
    key(Picture, "ArrowLeft", "←", Action::Walk(Way::Left), "Along an edge, towards the input"),
    key(Picture, "ArrowRight", "→", Action::Walk(Way::Right), "Along an edge, towards the output"),
    key(Picture, "ArrowUp", "↑", Action::Walk(Way::Up), "The node, or the edge of this node, above"),
    key(Picture, "ArrowDown", "↓", Action::Walk(Way::Down), "The node, or the edge of this node, below"),
    key(Picture, "Home", "Home", Action::Walk(Way::First), "The first node, or the first edge of this node"),
    key(Picture, "End", "End", Action::Walk(Way::Last), "The last node, or the last edge of this node"),
    key(Picture, "Enter", "Enter", Action::Press, "Cut the edge, or bring it back; pin the node"),
    key(Picture, "p", "P", Action::Pin, "Pin the node or edge, or unpin it"),
    key(Picture, "Delete", "Del", Action::Cut, "Cut the edge"),
    key(Picture, "Escape", "Esc", Action::Leave, "Leave: put away the card, then forget the place"),
    key(Chart, "ArrowLeft", "←", Action::Bar(Way::Left), "The bar to the left, and its paths in the picture"),
    key(Chart, "ArrowRight", "→", Action::Bar(Way::Right), "The bar to the right, and its paths in the picture"),
    key(Chart, "Home", "Home", Action::Bar(Way::First), "The first bar"),
    key(Chart, "End", "End", Action::Bar(Way::Last), "The last bar"),
    key(Chart, "Enter", "Enter", Action::Keep, "Keep the paths of this bar lit, or no longer"),
    key(Chart, "Escape", "Esc", Action::Clear, "Light all paths again"),
];

impl Key {
    /// Whether the key is a single character that a speech program may type by accident (WCAG 2.1.4): it can be switched off.
    pub fn is_single_character(&self) -> bool {
        self.held == Held::Plain && self.key != " " && self.key.chars().count() == 1
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
    /// The picture of the network.
    Picture,
    /// The chart.
    Chart,
    /// Anything else.
    Elsewhere,
}

impl Focus {
    fn context(self) -> Context {
        match self {
            Self::Picture => Context::Picture,
            Self::Chart => Context::Chart,
            _ => Context::Page,
        }
    }
}

/// What a key press means, if anything: by the row of the context that has the focus, else by the page's.
pub fn action(pressed: &str, held: Held, focus: Focus, letters_on: bool) -> Option<Action> {
    let lower = pressed.to_ascii_lowercase();
    let row_in = |context| {
        let fits = |row: &&Key| row.context == context && row.held == held && (row.key == pressed || row.key == lower);
        KEYS.iter().find(fits)
    };
    let row = row_in(focus.context()).or_else(|| row_in(Context::Page))?;
    let own = match focus {
        Focus::Typing => row.action != Action::Leave,
        Focus::Slider => matches!(row.key, "ArrowLeft" | "ArrowRight" | "Home" | "End"),
        Focus::Pressable => row.key == " ",
        Focus::Picture | Focus::Chart | Focus::Elsewhere => false,
    };
    (!own && (letters_on || !row.is_single_character())).then_some(row.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(pressed: &str, focus: Focus, letters_on: bool) -> Option<Action> {
        action(pressed, Held::Plain, focus, letters_on)
    }

    #[test]
    fn no_key_stands_twice_in_a_context() {
        for (place, row) in KEYS.iter().enumerate() {
            let same = |other: &Key| (other.context, other.held, other.key) == (row.context, row.held, row.key);
            assert!(!KEYS[..place].iter().any(same), "{}", row.key);
        }
    }

    /// Every row of the dialog has words of its own, by which the tests of the page find it.
    #[test]
    fn no_words_stand_twice() {
        for (place, row) in KEYS.iter().enumerate() {
            assert!(KEYS[..place].iter().all(|other| other.words != row.words), "{}", row.words);
        }
    }

    #[test]
    fn keys_belong_to_what_has_the_focus() {
        assert_eq!(plain(" ", Focus::Elsewhere, true), Some(Action::PlayPause));
        assert_eq!(plain(" ", Focus::Pressable, true), None);
        assert_eq!(plain(" ", Focus::Slider, true), Some(Action::PlayPause));
        assert_eq!(plain("ArrowLeft", Focus::Slider, true), None);
        assert_eq!(plain("ArrowLeft", Focus::Pressable, true), Some(Action::Back));
        assert_eq!(plain("ArrowLeft", Focus::Picture, true), Some(Action::Walk(Way::Left)));
        assert_eq!(plain("ArrowUp", Focus::Elsewhere, true), None, "the page scrolls");
        assert_eq!(
            plain(" ", Focus::Picture, true),
            Some(Action::PlayPause),
            "the page's keys hold in the picture too"
        );
        assert_eq!(plain("N", Focus::Elsewhere, true), Some(Action::NewWeights));
        assert_eq!(plain("n", Focus::Typing, true), None);
        assert_eq!(plain("n", Focus::Elsewhere, false), None);
        assert_eq!(plain("p", Focus::Picture, false), None);
        assert_eq!(plain("Delete", Focus::Picture, false), Some(Action::Cut));
        assert_eq!(plain("Delete", Focus::Elsewhere, true), None);
        assert_eq!(plain("End", Focus::Elsewhere, false), Some(Action::Last));
        assert_eq!(plain("Escape", Focus::Typing, true), Some(Action::Leave));
        assert_eq!(plain("Escape", Focus::Slider, true), Some(Action::Leave));
        assert_eq!(plain("x", Focus::Elsewhere, true), None);
    }

    #[test]
    fn modifiers_are_part_of_the_key() {
        assert_eq!(action("z", Held::Ctrl, Focus::Elsewhere, false), Some(Action::Undo));
        assert_eq!(action("Z", Held::CtrlShift, Focus::Slider, false), Some(Action::Redo));
        assert_eq!(action("y", Held::Ctrl, Focus::Picture, true), Some(Action::Redo));
        assert_eq!(action("z", Held::Ctrl, Focus::Typing, true), None, "a text field has its own undo");
        assert_eq!(action("c", Held::Ctrl, Focus::Elsewhere, true), None, "copying stays the browser's");
        assert_eq!(plain("z", Focus::Elsewhere, true), None);
    }
}
