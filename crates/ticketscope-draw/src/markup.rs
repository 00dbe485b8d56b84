//! Pictures as SVG markup for the page's own HTML: colours are class names, which the page's style sheet fills with the theme's, so
//! that there is no inline style and the picture follows the theme.
//!
//! A stroke in a role has the class `s-` and the role's name, a filling `f-`; small labels are left out, since the page scales
//! the picture and text would shrink with it.

use crate::layout::Frame;
use crate::matrix::Raster;
use crate::picture::Picture;
use crate::surface::{Face, Label, Paint, Stroke, Surface, TextStyle};
use crate::svg::escaped;
use crate::theme::Role;
use core::fmt::Write as _;

/// One `svg` element with a group for each picture, of the class that is named with it.
pub fn svg(class: &str, label: &str, frame: Frame, pictures: &[(&str, &Picture)]) -> String {
    let mut out = format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n",
        frame.width,
        frame.height,
        escaped(label)
    );
    for (name, picture) in pictures {
        let mut markup = Markup(String::new());
        picture.paint(&mut markup);
        let _ = writeln!(out, "<g class=\"{name}\">\n{}</g>", markup.0);
    }
    out.push_str("</svg>\n");
    out
}

struct Markup(String);

fn name(role: Role) -> &'static str {
    match role {
        Role::Paper => "paper",
        Role::Card => "card",
        Role::Ink => "ink",
        Role::Soft => "soft",
        Role::Line => "line",
        Role::Positive => "positive",
        Role::Negative => "negative",
        Role::Ghost => "ghost",
        Role::Bar => "bar",
    }
}

/// To a tenth of a px.
fn number(x: f32) -> f32 {
    (x * 10.0).round() / 10.0
}

impl Markup {
    fn paints(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>) {
        let class = match (fill, stroke) {
            (Some(fill), Some(stroke)) => format!("f-{} s-{}", name(fill.role), name(stroke.paint.role)),
            (Some(fill), None) => format!("f-{}", name(fill.role)),
            (None, Some(stroke)) => format!("s-{}", name(stroke.paint.role)),
            (None, None) => String::new(),
        };
        let _ = write!(self.0, " class=\"{class}\"");
        if let Some(paint) = fill.filter(|paint| paint.alpha < 1.0) {
            let _ = write!(self.0, " fill-opacity=\"{}\"", paint.alpha);
        }
        let Some(stroke) = stroke else { return };
        let _ = write!(self.0, " stroke-width=\"{}\"", number(stroke.width));
        if stroke.paint.alpha < 1.0 {
            let _ = write!(self.0, " stroke-opacity=\"{}\"", stroke.paint.alpha);
        }
        if let [dash, gap] = stroke.dash.pattern() {
            let _ = write!(self.0, " stroke-dasharray=\"{dash} {gap}\"");
        }
        if stroke.dash.round() {
            self.0.push_str(" stroke-linecap=\"round\"");
        }
    }
}

impl Surface for Markup {
    fn segments(&mut self, stroke: &Stroke, points: &[f32]) {
        self.0.push_str("<path");
        self.paints(None, Some(stroke));
        self.0.push_str(" d=\"");
        for p in points.chunks_exact(4) {
            let [x0, y0, x1, y1] = [p[0], p[1], p[2], p[3]].map(number);
            let _ = write!(self.0, "M{x0} {y0}L{x1} {y1}");
        }
        self.0.push_str("\"/>\n");
    }

    fn circles(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>, circles: &[f32]) {
        self.0.push_str("<g");
        self.paints(fill, stroke);
        self.0.push('>');
        for c in circles.chunks_exact(3) {
            let [x, y, r] = [c[0], c[1], c[2]].map(number);
            let _ = write!(self.0, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>");
        }
        self.0.push_str("</g>\n");
    }

    fn frames(&mut self, stroke: &Stroke, frames: &[f32]) {
        for f in frames.chunks_exact(4) {
            let [x, y, width, height] = [f[0], f[1], f[2], f[3]].map(number);
            let _ = write!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
            self.paints(None, Some(stroke));
            self.0.push_str("/>\n");
        }
    }

    fn raster(&mut self, raster: &Raster) {
        for group in raster.rectangles() {
            for r in group.rectangles.chunks_exact(4) {
                let [x, y, width, height] = [r[0], r[1], r[2], r[3]].map(number);
                let _ = write!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
                self.paints(Some(group.paint), None);
                self.0.push_str("/>\n");
            }
        }
    }

    fn text(&mut self, style: &TextStyle, labels: &[Label]) {
        if style.face != Face::SerifItalic {
            return;
        }
        for label in labels {
            let (x, y) = (number(label.x), number(label.y));
            let _ = write!(self.0, "<text x=\"{x}\" y=\"{y}\"");
            self.paints(Some(style.paint), None);
            let _ = writeln!(self.0, ">{}</text>", escaped(&label.text));
        }
    }
}
