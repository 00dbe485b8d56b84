//! The picture of a network and the charts, without a browser.
//!
//! ```
//! use ticketscope_core::{shape::Shape, state::{EdgeState, NodeState}};
//! use ticketscope_draw::{camera::Camera, layout::Frame, overlay::Overlay, picture::{Picture, PictureInput, View}, svg::SvgSurface, theme::Theme};
//!
//! let shape = Shape::new(1, 4, 5, 1).unwrap();
//! let weights = vec![0.5; shape.edge_count() as usize];
//! let edge_states = vec![EdgeState::OnTicket; shape.edge_count() as usize];
//! let node_states = vec![NodeState::OnTicket; shape.node_count() as usize];
//! let input = PictureInput {
//!     shape: &shape, weights: &weights, edge_states: &edge_states, node_states: &node_states,
//!     just_cut: None, just_orphaned: &[], overlay: &Overlay::NONE, camera: Camera::WHOLE,
//! };
//! let frame = Frame::new(900.0, 640.0);
//! let picture = Picture::new(&input, frame, View::Auto);
//! let mut surface = SvgSurface::new(frame.width, frame.height, Theme::LIGHT);
//! picture.paint(&mut surface);
//! assert!(surface.finish("A network", "").starts_with("<svg"));
//! ```
//!
//! **The network.** [`picture::Picture::new`] turns a [`picture::PictureInput`] and a box into [`surface::Mark`]s grouped by
//! style; [`picture::Picture::paint`] sends them to a [`surface::Surface`]: the page's canvas or [`svg::SvgSurface`]. Marks name
//! roles ([`theme::Role`]); the surface looks their colours up in its [`theme::Theme`]. [`picture::preferred_height`] tells the
//! page how high a box the picture would like.
//!
//! **Over the network.** An [`overlay::Overlay`] says what is looked at, pinned, lit, compared or carried through it; its marks are
//! ink and differ by shape. A [`camera::Camera`] moves the layout itself, so that text keeps its size; [`pick::Target`] tells what
//! is under a pointer. A picture that is [updated](picture::Picture::update) keeps each edge layer that looks the same, and a surface
//! may keep what it drew of it ([`surface::Surface::edges`]).
//!
//! **The histogram.** [`chart::HistogramChart::draw`] draws on a plotters `DrawingArea` of any backend, in units of
//! 1/[`chart::UNITS`] CSS px. On a canvas: size it to CSS px × ratio, `context.set_transform(r/UNITS, 0, 0, r/UNITS, 0, 0)` with
//! r the ratio, wrap plotters-canvas' backend in [`backend::UnitBackend`], fill or clear it yourself.
//! [`chart::HistogramChart::scale`] tells where bins and values are. Build [`chart::Theory::from_cdf`] once per law, not per
//! frame, and not for a law with atoms (`sign`).
//!
//! **Many networks.** [`chart::curves::CurvesChart`] draws lines over plain or logarithmic axes, [`chart::dots::DotStrip`] a dot for
//! each network; both the way the histogram is drawn, with a `scale` for pointers.
//!
//! **Beside them.** [`numberline::NumberLine`] shows a sum and its target; [`markup::svg`] writes pictures for the page's own HTML.
//!
//! **Files.** [`figure::Figure`] puts any of these under a title and over a caption, as SVG; with the feature `png` (native only)
//! `png::png` makes a PNG of it with the fonts that this crate carries, so that it is the same on every machine.

mod annotate;
pub mod backend;
pub mod camera;
pub mod chart;
pub mod figure;
pub mod layout;
mod lines;
pub mod markup;
pub mod matrix;
pub mod numberline;
pub mod overlay;
pub mod pick;
pub mod picture;
#[cfg(feature = "png")]
pub mod png;
mod progress;
pub mod range;
mod raster;
pub mod surface;
pub mod svg;
pub mod theme;
