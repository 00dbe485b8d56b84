//! SVG files: a [`Surface`] and a plotters backend that write one document from closed lists of elements and attributes.
//! Text is escaped; there is no script, no style sheet and no reference to anything outside the file.

use crate::matrix::Raster;
use crate::surface::{Anchor, Face, Label, Paint, Stroke, Surface, TextStyle};
use crate::theme::{Rgb, SANS, SERIF, Theme};
use core::fmt::Write as _;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

/// All elements that a document can hold.
pub const ELEMENTS: [&str; 8] = ["svg", "title", "desc", "g", "path", "circle", "rect", "text"];
/// All attributes that a document can hold.
pub const ATTRIBUTES: [&str; 25] = [
    "viewBox",
    "width",
    "height",
    "role",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "text-anchor",
    "shape-rendering",
    "paint-order",
];

/// Writes marks as SVG.
#[derive(Debug)]
pub struct SvgSurface {
    theme: Theme,
    body: String,
    width: f32,
    height: f32,
    offset: (f32, f32),
}

impl SvgSurface {
    /// An empty drawing of a size in CSS px, on the theme's paper.
    pub fn new(width: f32, height: f32, theme: Theme) -> Self {
        Self { theme, body: String::new(), width, height, offset: (0.0, 0.0) }
    }

    /// Moves the origin of all that is drawn from now on.
    pub fn set_origin(&mut self, x: f32, y: f32) {
        self.offset = (x, y);
    }

    /// The document, with a title and a description for those who do not see it.
    pub fn finish(self, title: &str, description: &str) -> String {
        let mut out = String::with_capacity(self.body.len() + 512);
        let (w, h) = (number(self.width), number(self.height));
        let _ = write!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img">"#
        );
        for (element, text) in [("title", title), ("desc", description)] {
            if !text.is_empty() {
                let _ = write!(out, "\n<{element}>{}</{element}>", escaped(text));
            }
        }
        let paper = self.theme.colour(crate::theme::Role::Paper);
        let _ = writeln!(out, "\n<rect width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>");
        out.push_str(&self.body);
        out.push_str("</svg>\n");
        out
    }

    fn x(&self, x: f32) -> String {
        number(x + self.offset.0)
    }

    fn y(&self, y: f32) -> String {
        number(y + self.offset.1)
    }

    fn fill(&self, paint: Option<Paint>) -> String {
        match paint {
            None => r#" fill="none""#.to_owned(),
            Some(paint) => fill_attributes(self.theme.colour(paint.role), paint.alpha),
        }
    }

    fn stroke(&self, stroke: &Stroke) -> String {
        let mut text = stroke_attributes(self.theme.colour(stroke.paint.role), stroke.paint.alpha, stroke.width);
        let dash = stroke.dash.pattern();
        if !dash.is_empty() {
            let dash: Vec<String> = dash.iter().map(|&length| number(length)).collect();
            let _ = write!(text, r#" stroke-dasharray="{}""#, dash.join(" "));
        }
        if stroke.dash.round() {
            text.push_str(r#" stroke-linecap="round""#);
        }
        text
    }

    fn text_at(&mut self, attributes: &str, x: f32, y: f32, text: &str) {
        let (x, y) = (self.x(x), self.y(y));
        let _ = writeln!(self.body, r#"<text x="{x}" y="{y}"{attributes}>{}</text>"#, escaped(text));
    }
}

fn fill_attributes(colour: Rgb, alpha: f32) -> String {
    let opacity = if alpha < 1.0 { format!(r#" fill-opacity="{}""#, number(alpha)) } else { String::new() };
    format!(r#" fill="{colour}"{opacity}"#)
}

fn stroke_attributes(colour: Rgb, alpha: f32, width: f32) -> String {
    let opacity = if alpha < 1.0 { format!(r#" stroke-opacity="{}""#, number(alpha)) } else { String::new() };
    format!(r#" fill="none" stroke="{colour}"{opacity} stroke-width="{}""#, number(width))
}

fn font_attributes(face: Face, size: f32, anchor: Anchor) -> String {
    let (family, more) = match face {
        Face::Sans => (SANS, ""),
        Face::SansBold => (SANS, r#" font-weight="bold""#),
        Face::Serif => (SERIF, ""),
        Face::SerifItalic => (SERIF, r#" font-style="italic""#),
    };
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
        Anchor::End => r#" text-anchor="end""#,
    };
    format!(r#" font-family="{family}" font-size="{}"{more}{anchor}"#, number(size))
}

impl Surface for SvgSurface {
    fn segments(&mut self, stroke: &Stroke, points: &[f32]) {
        let attributes = self.stroke(stroke);
        let mut d = String::with_capacity(points.len() * 7);
        for p in points.chunks_exact(4) {
            let _ = write!(d, "M{} {}L{} {}", self.x(p[0]), self.y(p[1]), self.x(p[2]), self.y(p[3]));
        }
        let _ = writeln!(self.body, r#"<path{attributes} d="{d}"/>"#);
    }

    fn circles(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>, circles: &[f32]) {
        // A stroke's attributes begin with an empty fill, which the circle's own one replaces.
        let outline = stroke.map(|stroke| self.stroke(stroke).replacen(r#" fill="none""#, "", 1)).unwrap_or_default();
        let _ = writeln!(self.body, "<g{}{outline}>", self.fill(fill));
        for c in circles.chunks_exact(3) {
            let (x, y) = (self.x(c[0]), self.y(c[1]));
            let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{}"/>"#, number(c[2]));
        }
        self.body.push_str("\n</g>\n");
    }

    fn frames(&mut self, stroke: &Stroke, frames: &[f32]) {
        let d = boxes(frames, self.offset);
        let _ = writeln!(self.body, r#"<path{} d="{d}"/>"#, self.stroke(stroke));
    }

    fn raster(&mut self, raster: &Raster) {
        for group in raster.rectangles() {
            let d = boxes(&group.rectangles, self.offset);
            let fill = self.fill(Some(group.paint));
            let _ = writeln!(self.body, r#"<path{fill} shape-rendering="crispEdges" d="{d}"/>"#);
        }
    }

    fn text(&mut self, style: &TextStyle, labels: &[Label]) {
        let mut attributes = self.fill(Some(style.paint)) + &font_attributes(style.face, style.size, style.anchor);
        if style.halo {
            let paper = self.theme.colour(crate::theme::Role::Paper);
            let _ = write!(
                attributes,
                r#" stroke="{paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke""#
            );
        }
        for label in labels {
            self.text_at(&attributes, label.x, label.y, &label.text);
        }
    }
}

/// Rectangles as path data.
fn boxes(rectangles: &[f32], offset: (f32, f32)) -> String {
    let mut d = String::with_capacity(rectangles.len() * 6);
    for r in rectangles.chunks_exact(4) {
        let (x, y) = (number(r[0] + offset.0), number(r[1] + offset.1));
        let _ = write!(d, "M{x} {y}h{}v{}h{}z", number(r[2]), number(r[3]), number(-r[2]));
    }
    d
}

/// A number with at most two decimals; 0 for what is not finite.
fn number(x: f32) -> String {
    let rounded = if x.is_finite() { (f64::from(x) * 100.0).round() / 100.0 } else { 0.0 };
    // + 0.0 turns −0 into 0.
    (rounded + 0.0).to_string()
}

/// Text for XML: the five characters that mean something are written as entities; control characters, which XML 1.0 cannot
/// hold, become U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// A plotters backend that writes into an [`SvgSurface`]. One of its units is 1/[`Self::UNITS`] CSS px, since plotters knows
/// whole numbers only.
#[derive(Debug)]
pub struct SvgBackend<'a> {
    surface: &'a mut SvgSurface,
    width: f32,
    height: f32,
}

/// Writing into a string does not fail.
type Drawn = Result<(), DrawingErrorKind<core::convert::Infallible>>;

fn px(units: i32) -> f32 {
    units as f32 / SvgBackend::UNITS as f32
}

fn rgb(colour: &BackendColor) -> Rgb {
    Rgb(colour.rgb.0, colour.rgb.1, colour.rgb.2)
}

impl<'a> SvgBackend<'a> {
    /// Units in a CSS px.
    pub const UNITS: u32 = crate::chart::UNITS;

    /// A backend of a size in CSS px, at the surface's present origin.
    pub fn new(surface: &'a mut SvgSurface, width: f32, height: f32) -> Self {
        Self { surface, width, height }
    }

    fn polyline(&self, points: impl IntoIterator<Item = BackendCoord>) -> String {
        let mut d = String::new();
        for (i, (x, y)) in points.into_iter().enumerate() {
            let letter = if i == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{letter}{} {}", self.surface.x(px(x)), self.surface.y(px(y)));
        }
        d
    }

    fn path<S: BackendStyle>(&mut self, d: &str, style: &S, filled: bool) {
        let colour = style.color();
        let attributes = if filled {
            fill_attributes(rgb(&colour), colour.alpha as f32)
        } else {
            stroke_attributes(rgb(&colour), colour.alpha as f32, px(style.stroke_width() as i32))
                + r#" stroke-linejoin="round""#
        };
        if colour.alpha > 0.0 && !d.is_empty() {
            let _ = writeln!(self.surface.body, r#"<path{attributes} d="{d}"/>"#);
        }
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = core::convert::Infallible;

    fn get_size(&self) -> (u32, u32) {
        ((self.width * Self::UNITS as f32) as u32, (self.height * Self::UNITS as f32) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let corners = [px(from.0), px(from.1), px(to.0 - from.0), px(to.1 - from.1)];
        let d = boxes(&corners, self.surface.offset);
        self.path(&d, style, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let d = self.polyline(path);
        self.path(&d, style, false);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let colour = style.color();
        let attributes = if fill {
            fill_attributes(rgb(&colour), colour.alpha as f32)
        } else {
            stroke_attributes(rgb(&colour), colour.alpha as f32, px(style.stroke_width() as i32))
        };
        let (x, y, r) = (self.surface.x(px(centre.0)), self.surface.y(px(centre.1)), number(px(radius as i32)));
        let _ = writeln!(self.surface.body, r#"<circle cx="{x}" cy="{y}" r="{r}"{attributes}/>"#);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        let d = self.polyline(corners);
        self.path(&d, style, true);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let colour = style.color();
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let size = style.size() as f32 / Self::UNITS as f32;
        let attributes =
            fill_attributes(rgb(&colour), colour.alpha as f32) + &font_attributes(Face::Sans, size, anchor);
        // Down to the baseline: capitals are about 0.72 of the size high.
        let down = match style.anchor().v_pos {
            VPos::Top => 0.72,
            VPos::Center => 0.36,
            VPos::Bottom => 0.0,
        };
        self.surface.text_at(&attributes, px(x), px(y) + down * size, text);
        Ok(())
    }
}
