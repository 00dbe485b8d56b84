//! Colours by role. A mark says what it means ([`Role`]); a [`Theme`] says what that looks like.
//!
//! The values keep positive, negative, ghost and ink apart (ΔE ≥ 25, CIE 1976) under normal sight and three simulated colour
//! deficiencies, and every informative stroke at 3:1 or more against the paper; `tests/theme.rs` measures both.

/// What a mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// The page.
    Paper = 0,
    /// Inside of nodes and controls.
    Card = 1,
    /// Text, axes, outline of what is on a ticket.
    Ink = 2,
    /// Labels and secondary text.
    Soft = 3,
    /// Hairlines; never carries meaning.
    Line = 4,
    /// A positive weight.
    Positive = 5,
    /// A negative weight; always marked by a broken core too, never by hue alone.
    Negative = 6,
    /// Cut and orphaned edges, dead nodes.
    Ghost = 7,
    /// Bars of a histogram.
    Bar = 8,
}

impl Role {
    /// All roles, in the order of a theme's table.
    pub const ALL: [Self; 9] = [
        Self::Paper,
        Self::Card,
        Self::Ink,
        Self::Soft,
        Self::Line,
        Self::Positive,
        Self::Negative,
        Self::Ghost,
        Self::Bar,
    ];

    /// The CSS system colour that stands in for the role when the viewer forces colours. The page resolves these nine to
    /// numbers and builds a [`Theme`] from them; states and signs stay apart by dashes, outlines and marks.
    pub fn forced_keyword(self) -> &'static str {
        match self {
            Self::Paper | Self::Card => "Canvas",
            Self::Ink | Self::Soft | Self::Negative => "CanvasText",
            Self::Positive => "LinkText",
            Self::Line | Self::Ghost | Self::Bar => "GrayText",
        }
    }
}

/// An sRGB colour, 8 bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl core::fmt::Display for Rgb {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

const fn hex(rgb: u32) -> Rgb {
    Rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// A colour for each [`Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: [Rgb; 9],
    series: [Rgb; SERIES],
}

/// How many lines of a chart have a colour of their own.
pub const SERIES: usize = 8;

impl Theme {
    /// Dark ink on warm paper.
    pub const LIGHT: Self = Self::new([
        hex(0xfb_faf6),
        hex(0xff_fefb),
        hex(0x1d_1c1a),
        hex(0x5f_5b54),
        hex(0xe3_dfd6),
        hex(0x1b_64b0),
        hex(0xc9_540b),
        hex(0x8b_877f),
        hex(0xa9_b7c6),
    ])
    .with_series([0x1d_1c1a, 0x1b_64b0, 0xc9_540b, 0x5a_005a, 0x87_7896, 0x78_1e00, 0xc3_7869, 0xa5_00ff]);

    /// Light ink on near-black.
    pub const DARK: Self = Self::new([
        hex(0x15_161a),
        hex(0x1b_1d22),
        hex(0xf3_f1ec),
        hex(0xa9_a59d),
        hex(0x2e_3037),
        hex(0x6f_b4ff),
        hex(0xff_9a4d),
        hex(0x85_817a),
        hex(0x56_6577),
    ])
    .with_series([0xf3_f1ec, 0x6f_b4ff, 0xff_9a4d, 0xb4_9687, 0xb4_ffa5, 0xc3_0096, 0xd2_002d, 0x78_3cff]);

    /// A theme from nine colours in the order of [`Role::ALL`]. All lines of a chart are ink: dashes and markers tell them apart.
    pub const fn new(colours: [Rgb; 9]) -> Self {
        Self { colours, series: [colours[Role::Ink as usize]; SERIES] }
    }

    const fn with_series(mut self, colours: [u32; SERIES]) -> Self {
        let mut place = 0;
        while place < SERIES {
            self.series[place] = hex(colours[place]);
            place += 1;
        }
        self
    }

    /// The colour of a line of a chart: 0 is ink; from [`SERIES`] on they come again.
    pub fn series(&self, tone: usize) -> Rgb {
        self.series[tone % SERIES]
    }

    /// The colour of a role.
    pub fn colour(&self, role: Role) -> Rgb {
        self.colours[role as usize]
    }
}

/// Font families by name, for the page's canvas and for exports alike; nothing is loaded from elsewhere.
pub const SANS: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
/// See [`SANS`]; for sentences and for the names of sources and sinks.
pub const SERIF: &str = "Georgia, 'Source Serif 4', 'Noto Serif', 'DejaVu Serif', serif";

/// The size of labels and ticks, in CSS px: the smallest that any text here has.
pub const SMALL: f32 = 12.0;

/// A safe guess of a text's width in CSS px, for label rules that must hold before a font is known: no common sans is wider.
pub fn text_width(text: &str, size: f32) -> f32 {
    text.chars().count() as f32 * size * 0.61
}
