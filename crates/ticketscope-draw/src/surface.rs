//! Marks, and the one trait through which they reach a canvas or a file.

use crate::matrix::Raster;
use crate::theme::Role;

/// A role and its opacity, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    /// What is painted.
    pub role: Role,
    /// Opacity, 0 to 1.
    pub alpha: f32,
}

impl From<Role> for Paint {
    fn from(role: Role) -> Self {
        Self { role, alpha: 1.0 }
    }
}

impl Role {
    /// The role at an opacity.
    pub fn at(self, alpha: f32) -> Paint {
        Paint { role: self, alpha }
    }
}

/// How a line is broken. Lengths in CSS px; line caps are round for [`Dash::Orphaned`], else butt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// A cut edge.
    Cut,
    /// An orphaned edge: single dots, further apart.
    Orphaned,
    /// The core of a negative edge: a row of minus signs.
    Minus,
    /// The edge cut by the present step.
    JustCut,
    /// The ring of a dead node.
    Dead,
    /// Where the keyboard is.
    Focus,
}

impl Dash {
    /// Dash and gap, or an empty slice for a solid line.
    pub fn pattern(self) -> &'static [f32] {
        match self {
            Self::Solid => &[],
            Self::Cut => &[2.0, 5.0],
            Self::Orphaned => &[0.1, 8.0],
            Self::Minus => &[6.0, 5.0],
            Self::JustCut => &[7.0, 5.0],
            Self::Dead => &[2.0, 2.0],
            Self::Focus => &[4.0, 3.0],
        }
    }

    /// Whether the line's ends are round.
    pub fn round(self) -> bool {
        self == Self::Orphaned
    }
}

/// A line style.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub paint: Paint,
    /// Its width in CSS px.
    pub width: f32,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub fn solid(paint: impl Into<Paint>, width: f32) -> Self {
        Self { paint: paint.into(), width, dash: Dash::Solid }
    }

    /// A broken line.
    pub fn dashed(paint: impl Into<Paint>, width: f32, dash: Dash) -> Self {
        Self { paint: paint.into(), width, dash }
    }
}

/// Which end of a text its x is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// x is the left end.
    Start,
    /// x is the middle.
    Middle,
    /// x is the right end.
    End,
}

/// Which family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// [`crate::theme::SANS`].
    Sans,
    /// [`crate::theme::SANS`], bold.
    SansBold,
    /// [`crate::theme::SERIF`].
    Serif,
    /// [`crate::theme::SERIF`], italic.
    SerifItalic,
}

/// A text style.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Its colour.
    pub paint: Paint,
    /// Its family.
    pub face: Face,
    /// Its size in CSS px, never below [`crate::theme::SMALL`].
    pub size: f32,
    /// Which end of the text x is.
    pub anchor: Anchor,
    /// On a halo of paper, for text over lines.
    pub halo: bool,
}

/// A text and its place: x as the style's anchor says, y is the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Horizontal place in CSS px.
    pub x: f32,
    /// Baseline in CSS px.
    pub y: f32,
    /// What it says.
    pub text: String,
}

/// Marks of one kind in one style, so that a canvas sets its style once for all of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Straight lines, four numbers each: x0, y0, x1, y1.
    Segments {
        /// Their style.
        stroke: Stroke,
        /// Four numbers a segment.
        points: Vec<f32>,
    },
    /// Circles, three numbers each: x, y, radius.
    Circles {
        /// The inside.
        fill: Option<Paint>,
        /// The outline.
        stroke: Option<Stroke>,
        /// Three numbers a circle.
        circles: Vec<f32>,
    },
    /// Rectangle outlines, four numbers each: x, y, width, height.
    Frames {
        /// Their style.
        stroke: Stroke,
        /// Four numbers a rectangle.
        frames: Vec<f32>,
    },
    /// A matrix of edges.
    Raster(Raster),
    /// Labels.
    Text {
        /// Their style.
        style: TextStyle,
        /// What and where.
        labels: Vec<Label>,
    },
}

/// What can be drawn on: the page's canvas, and [`crate::svg::SvgSurface`]. All lengths are CSS px, y downwards; numbers that
/// arrive are finite.
pub trait Surface {
    /// Straight lines (see [`Mark::Segments`]).
    fn segments(&mut self, stroke: &Stroke, points: &[f32]);
    /// Circles (see [`Mark::Circles`]): first the inside, then the outline.
    fn circles(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>, circles: &[f32]);
    /// Rectangle outlines (see [`Mark::Frames`]).
    fn frames(&mut self, stroke: &Stroke, frames: &[f32]);
    /// A matrix: [`Raster::rgba`] gives its pixels, [`Raster::rectangles`] its cells as rectangles.
    fn raster(&mut self, raster: &Raster);
    /// Labels in one style.
    fn text(&mut self, style: &TextStyle, labels: &[Label]);

    /// The edges of the next edge layer, which keep to a rectangle (x, y, width, height), follow; `fresh` unless the surface has
    /// them from before. Says whether it wants them.
    fn edges(&mut self, _clip: [f32; 4], _fresh: bool) -> bool {
        true
    }

    /// What goes over all edges follows.
    fn above(&mut self) {}
}

/// Draws marks in order.
pub fn paint(marks: &[Mark], surface: &mut impl Surface) {
    for mark in marks {
        match mark {
            Mark::Segments { stroke, points } => surface.segments(stroke, points),
            Mark::Circles { fill, stroke, circles } => surface.circles(*fill, stroke.as_ref(), circles),
            Mark::Frames { stroke, frames } => surface.frames(stroke, frames),
            Mark::Raster(raster) => surface.raster(raster),
            Mark::Text { style, labels } => surface.text(style, labels),
        }
    }
}
