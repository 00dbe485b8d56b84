//! SVG to PNG, with the fonts that this crate carries and no others, so that a figure is the same on every machine.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::Arc;

/// Why there is no PNG.
#[derive(Debug)]
pub enum PngError {
    /// The SVG could not be read; the reader's own words.
    Svg(resvg::usvg::Error),
    /// This many pixels (width, height) are too many, or none.
    Size(u32, u32),
    /// The encoder's own words.
    Encoding(Box<dyn std::error::Error + Send + Sync>),
}

impl core::fmt::Display for PngError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Svg(error) => write!(f, "the figure could not be read: {error}"),
            Self::Size(width, height) => write!(f, "a picture of {width} × {height} pixels cannot be made"),
            Self::Encoding(error) => write!(f, "the picture could not be written: {error}"),
        }
    }
}

impl core::error::Error for PngError {}

/// Most pixels on a side.
const LARGEST: u32 = 16_384;

const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/DejaVuSans.ttf"),
    include_bytes!("../fonts/DejaVuSans-Bold.ttf"),
    include_bytes!("../fonts/DejaVuSerif.ttf"),
    include_bytes!("../fonts/DejaVuSerif-Italic.ttf"),
];

fn fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts.set_serif_family("DejaVu Serif");
    fonts
}

/// The PNG of a figure made by this crate, `scale` pixels a CSS px (2 is good for print and slides).
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let options = Options { fontdb: Arc::new(fonts()), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(PngError::Svg)?;
    let size = tree.size();
    let side = |px: f32| (px * scale).ceil() as u32;
    let (width, height) = (side(size.width()), side(size.height()));
    let too_large = width > LARGEST || height > LARGEST;
    let canvas = if too_large { None } else { Pixmap::new(width, height) };
    let mut canvas = canvas.ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| PngError::Encoding(Box::new(error)))
}
