//! Scenes worth a link of their own.

use crate::{Scene, link};

/// A named scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name on the command line and in the page's markup.
    pub name: &'static str,
    /// What there is to see, in one sentence.
    pub title: &'static str,
    /// Its link, typed by hand, at most 120 characters.
    pub link: &'static str,
}

/// The scene of a visit without a link: the first preset, its weight seed chosen by eye so that the ticket makes a picture.
pub fn opening() -> Scene {
    PRESETS[0].scene()
}

/// The preset of this name.
pub fn named(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

impl Preset {
    /// What its link holds.
    pub fn scene(&self) -> Scene {
        // A preset is a link that opens, as the test below says.
        link::read(self.link).map(|opened| opened.scene).unwrap_or_default()
    }
}

/// All presets; the first one opens the page.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "opening",
        title: "Of 12 random paths some set nearly always sums to 0.5; the weights' seed was chosen by eye.",
        link: "#v1&view=find&hidden=1&width=12&law=uniform&seed=157&activation=linear&method=subset",
    },
    Preset {
        name: "survivors",
        title: "24 tickets of 16,807 are left after 148 cuts; 14 cuts more leave none.",
        link: "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148",
    },
    Preset {
        name: "two-sources",
        title: "With two sources a ticket is a path from each, and both must survive.",
        link: "#v1&sources=2&hidden=4&width=4&seed=3",
    },
    Preset {
        name: "deep-narrow",
        title: "Twelve layers of three nodes: the first empty layer comes soon.",
        link: "#v1&hidden=12&width=3",
    },
    Preset {
        name: "unsafe-bound",
        title: "When source edges may be cut, the paper's k is no longer safe.",
        link: "#v1&hidden=3&width=10&protect=last&step=end&trials=1000",
    },
    Preset {
        name: "two-choices",
        title: "Two layers drawn, the fuller one cut: destruction comes later.",
        link: "#v1&hidden=12&width=4&rule=two-choices&step=end&trials=1000",
    },
    Preset {
        name: "magnitude",
        title: "The smallest weights go first, whatever hangs on them.",
        link: "#v1&width=6&rule=magnitude&step=end",
    },
    Preset { name: "wide", title: "Layers too wide for lines, drawn as matrices.", link: "#v1&hidden=6&width=100" },
    Preset {
        name: "products",
        title: "Products of five weights of the paper's law, against their density.",
        link: "#v1&view=products",
    },
    Preset {
        name: "exact-uniform",
        title: "The one law whose products are exactly uniform.",
        link: "#v1&view=products&law=exact",
    },
    Preset {
        name: "own-paths",
        title: "A network's own path products share edges, so they are not independent.",
        link: "#v1&view=products&hidden=6&width=4&of=network&law=exact",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_open_without_a_note_and_are_short() {
        for preset in PRESETS {
            let opened = link::read(preset.link).unwrap();
            assert!(opened.notes.is_empty() && opened.damaged.is_none(), "{}", preset.name);
            assert!(preset.link.len() <= 120 && link::write(&opened.scene).len() <= 120, "{}", preset.name);
            assert_eq!(opened.scene.page_limit(), Ok(()));
            assert!(preset.title.ends_with('.'));
        }
        assert_eq!(link::write(&opening()).split_once('&').unwrap().1, PRESETS[0].link.split_once('&').unwrap().1);
    }
}
