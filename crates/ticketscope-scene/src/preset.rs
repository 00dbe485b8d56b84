//! Scenes worth a link of their own.

use crate::{Scene, link};

/// A named scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name on the command line and in the page's markup.
    pub name: &'static str,
    /// A few words to choose it by.
    pub heading: &'static str,
    /// What there is to see, in one sentence that is true: `tests/presets.rs` computes what it says.
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
        heading: "Subset sum wins",
        title: "Some set of 12 random paths sums to within 0.01 of 0.5 in 94 % of networks; this one's seed was chosen by eye.",
        link: "#v1&view=find&hidden=1&width=12&law=uniform&seed=157&activation=linear&method=subset",
    },
    Preset {
        name: "usually-fails",
        heading: "Six paths usually fail",
        title: "Of 6 random paths some set comes within 0.01 of 0.5 in a third of networks only; here the best misses by 0.0131.",
        link: "#v1&view=find&hidden=1&width=6&law=uniform&seed=8&activation=linear&method=subset",
    },
    Preset {
        name: "survivors",
        heading: "The last survivors",
        title: "24 tickets of 16,807 are left after 148 cuts; 14 cuts more leave none.",
        link: "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148",
    },
    Preset {
        name: "random-control",
        heading: "A random mask beside it",
        title: "After 148 cuts 24 tickets survive; a random mask of as many edges has had none since step 140.",
        link: "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148&compare=mask:random",
    },
    Preset {
        name: "two-against-one",
        heading: "Two choices against one",
        title: "One layer drawn, destroyed at cut 105; two drawn and the fuller one cut, at 124. Medians of 1,000 such pairs: 100 and 121.",
        link: "#v1&hidden=12&width=4&prune-seed=2&step=105&compare=rule:two-choices",
    },
    Preset {
        name: "layer-collapse",
        heading: "Layer collapse",
        title: "The smallest weights go first and at cut 59 the layer h2 → h3 is empty; under synflow, beside it, that takes 88 cuts.",
        link: "#v1&hidden=12&width=3&rule=magnitude&step=59&compare=rule:synflow",
    },
    Preset {
        name: "junk",
        heading: "Junk is left in place",
        title: "46 of 59 alive edges are idle: no source reaches them any more, and the algorithm leaves them in place.",
        link: "#v1&hidden=8&width=6&prune-seed=63&step=172",
    },
    Preset {
        name: "relu",
        heading: "ReLU kills paths",
        title: "At the input 1 ReLU silences 11 of 20 hidden nodes, so 12 of 1,024 paths carry something.",
        link: "#v1&hidden=5&width=4&law=uniform&input=1",
    },
    Preset {
        name: "unsafe-bound",
        heading: "The bound fails",
        title: "When source edges may be cut, the paper's k is no longer safe: after its 72 cuts all of 1,000 networks are destroyed.",
        link: "#v1&hidden=3&width=10&protect=last&step=end&trials=1000",
    },
    Preset {
        name: "many-sources",
        heading: "Many sources",
        title: "Each of 8 sources has 216 paths, and a ticket takes one from every source: there are 216⁸ tickets.",
        link: "#v1&sources=8&hidden=3&width=6",
    },
    Preset {
        name: "two-sources",
        heading: "Two sources",
        title: "With two sources a ticket is a path from each, and both must survive.",
        link: "#v1&sources=2&hidden=4&width=4&seed=3",
    },
    Preset {
        name: "one-node",
        heading: "One node a layer",
        title: "With one node a layer there is one path, and the first cut destroys the network.",
        link: "#v1&width=1",
    },
    Preset {
        name: "deep-narrow",
        heading: "Deep and narrow",
        title: "Twelve layers of three nodes last 51 of 99 possible cuts.",
        link: "#v1&hidden=12&width=3",
    },
    Preset {
        name: "two-choices",
        heading: "Two choices",
        title: "Two layers drawn, the fuller one cut: half of 1,000 networks outlast 120 cuts, against 99 with one layer drawn.",
        link: "#v1&hidden=12&width=4&rule=two-choices&step=end&trials=1000",
    },
    Preset {
        name: "magnitude",
        heading: "Smallest weights first",
        title: "The smallest weights go first, whatever hangs on them.",
        link: "#v1&width=6&rule=magnitude&step=end",
    },
    Preset {
        name: "wide",
        heading: "Layers as matrices",
        title: "Layers too wide for lines, drawn as matrices.",
        link: "#v1&hidden=6&width=100",
    },
    Preset {
        name: "hundred-thousand",
        heading: "100,200 edges",
        title: "100,200 edges and 10²² paths, a cell an edge: pruned, counted and drawn like the small ones.",
        link: "#v1&hidden=11&width=100",
    },
    Preset {
        name: "products",
        heading: "The paper's law",
        title: "Products of five weights of the paper's law, against their density.",
        link: "#v1&view=products",
    },
    Preset {
        name: "two-humps",
        heading: "Two humps",
        title: "With α = 0.2 products of four weights have two modes, at ±0.472: far from normal, and from uniform.",
        link: "#v1&view=products&hidden=3&alpha=0.2",
    },
    Preset {
        name: "exact-uniform",
        heading: "Exactly uniform",
        title: "The one law whose products are exactly uniform.",
        link: "#v1&view=products&law=exact",
    },
    Preset {
        name: "crowded-weights",
        heading: "Weights crowd at ±1",
        title: "For products of 12 weights to be uniform the weights must crowd at ±1: 149 of these 168 lie beyond ±0.9.",
        link: "#v1&hidden=11&width=4&law=exact",
    },
    Preset {
        name: "own-paths",
        heading: "Own paths",
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
            assert!(preset.title.ends_with('.') && !preset.heading.ends_with('.') && preset.heading.len() <= 24);
        }
        assert_eq!(link::write(&opening()).split_once('&').unwrap().1, PRESETS[0].link.split_once('&').unwrap().1);
    }
}
