//! A canvas with as many pixels as the screen has, drawn on in CSS px.

use super::dom::Dom;
use super::size::Sizes;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Document, HtmlCanvasElement, ImageData, Window};

/// A canvas and its drawing context.
#[derive(Debug, Clone)]
pub struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    scratch: (HtmlCanvasElement, CanvasRenderingContext2d),
    sizes: Sizes,
}

/// How a run of lines is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Pen<'a> {
    /// CSS colour.
    pub colour: &'a str,
    /// 0 to 1.
    pub alpha: f64,
    /// CSS px.
    pub width: f64,
    /// Dash and gap, or empty.
    pub dash: &'a [f32],
    /// Round ends.
    pub round: bool,
}

impl Canvas {
    /// The canvas of an id.
    pub fn find(dom: &Dom, id: &str) -> Option<Self> {
        Self::of(dom.find(id)?, dom.document(), dom.sizes().clone())
    }

    fn of(element: HtmlCanvasElement, document: &Document, sizes: Sizes) -> Option<Self> {
        let context = element.get_context("2d").ok()??.dyn_into().ok()?;
        let scratch: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let scratched = scratch.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { element, context, scratch: (scratch, scratched), sizes })
    }

    /// A canvas that is nowhere on the page, to keep what is drawn on it.
    pub fn unseen(&self) -> Option<Self> {
        let document = self.element.owner_document()?;
        Self::of(document.create_element("canvas").ok()?.dyn_into().ok()?, &document, Sizes::default())
    }

    /// Its size in pixels.
    pub fn pixels(&self) -> (u32, u32) {
        (self.element.width(), self.element.height())
    }

    /// Gives the canvas a size in pixels, in which so many make a unit of what follows; it is empty then.
    pub fn resize(&self, (width, height): (u32, u32), scale: f64) {
        // This also forgets all state.
        self.element.set_width(width);
        self.element.set_height(height);
        // A finite scale is always taken.
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    }

    /// Empties a rectangle, rounded to whole pixels of which `scale` make a unit; what follows keeps to it until [`Self::whole`].
    pub fn only(&self, place: [f32; 4], scale: f64) {
        let [x, y, width, height] = place.map(f64::from);
        let snap = |at: f64| (at * scale).round() / scale;
        let (left, top) = (snap(x), snap(y));
        let (width, height) = (snap(x + width) - left, snap(y + height) - top);
        self.context.save();
        self.context.begin_path();
        self.context.rect(left, top, width, height);
        self.context.clip();
        self.context.clear_rect(left, top, width, height);
    }

    /// Ends [`Self::only`].
    pub fn whole(&self) {
        self.context.restore();
    }

    /// Puts another canvas of the same size over this one, pixel by pixel.
    pub fn stamp(&self, other: &Self) {
        self.context.save();
        // A finite scale is always taken, and a canvas that has a size can be drawn.
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.context.set_global_alpha(1.0);
        let _ = self.context.draw_image_with_html_canvas_element(&other.element, 0.0, 0.0);
        self.context.restore();
    }

    /// Its size in CSS px.
    pub fn size(&self) -> (i32, i32) {
        self.sizes.of(&self.element)
    }

    /// The element.
    pub fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// Makes the canvas as sharp as the screen and empty; gives its size in units of `unit` CSS px, in which all that follows is
    /// drawn, or none while it is not laid out.
    pub fn begin(&self, window: &Window, unit: f64) -> Option<(f32, f32)> {
        let ratio = window.device_pixel_ratio().clamp(1.0, 4.0);
        let (width, height) = self.size();
        let (width, height) = (f64::from(width), f64::from(height));
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let pixels = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        if (self.element.width(), self.element.height()) != pixels {
            self.element.set_width(pixels.0);
            self.element.set_height(pixels.1);
        }
        let scale = ratio * unit;
        // A finite scale is always taken.
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        self.context.set_global_alpha(1.0);
        self.context.clear_rect(0.0, 0.0, width, height);
        Some(((width / unit) as f32, (height / unit) as f32))
    }

    /// From here on, numbers are in so many parts of a CSS px.
    pub fn divide_units(&self, parts: u32) {
        let part = 1.0 / f64::from(parts.max(1));
        // A finite scale is always taken.
        let _ = self.context.scale(part, part);
        self.context.set_global_alpha(1.0);
        let _ = self.context.set_line_dash(&js_sys::Array::new());
        self.context.set_line_cap("butt");
    }

    /// What a CSS colour, a system colour too, is in numbers.
    pub fn resolve(&self, colour: &str) -> Option<(u8, u8, u8)> {
        self.context.set_fill_style_str(colour);
        let text = self.context.fill_style().as_string()?;
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some((channel(0)?, channel(2)?, channel(4)?))
    }

    /// Chooses a pen for lines.
    pub fn pen(&self, pen: &Pen<'_>) {
        let context = &self.context;
        context.set_stroke_style_str(pen.colour);
        context.set_global_alpha(pen.alpha);
        context.set_line_width(pen.width);
        context.set_line_cap(if pen.round { "round" } else { "butt" });
        let dash: js_sys::Array = pen.dash.iter().map(|&length| JsValue::from_f64(f64::from(length))).collect();
        // Finite, positive lengths are always taken.
        let _ = context.set_line_dash(&dash);
    }

    /// Chooses a colour to fill with.
    pub fn ink(&self, colour: &str, alpha: f64) {
        self.context.set_fill_style_str(colour);
        self.context.set_global_alpha(alpha);
    }

    /// Straight lines, four numbers each.
    pub fn lines(&self, points: &[f32]) {
        self.context.begin_path();
        for line in points.chunks_exact(4) {
            self.context.move_to(f64::from(line[0]), f64::from(line[1]));
            self.context.line_to(f64::from(line[2]), f64::from(line[3]));
        }
        self.context.stroke();
    }

    /// One line through many points, two numbers each.
    pub fn polyline(&self, points: &[(f64, f64)]) {
        self.context.begin_path();
        for (place, &(x, y)) in points.iter().enumerate() {
            if place == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        self.context.stroke();
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[(f64, f64)]) {
        self.context.begin_path();
        for (place, &(x, y)) in points.iter().enumerate() {
            if place == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        self.context.fill();
    }

    /// The path of circles, three numbers each: fill or stroke it next.
    pub fn circle_path(&self, circles: &[f32]) {
        self.context.begin_path();
        for circle in circles.chunks_exact(3) {
            let (x, y, radius) = (f64::from(circle[0]), f64::from(circle[1]), f64::from(circle[2]).max(0.0));
            self.context.move_to(x + radius, y);
            // A radius of 0 or more is always taken.
            let _ = self.context.arc(x, y, radius, 0.0, core::f64::consts::TAU);
        }
    }

    /// Fills the path.
    pub fn fill(&self) {
        self.context.fill();
    }

    /// Strokes the path.
    pub fn stroke(&self) {
        self.context.stroke();
    }

    /// A filled rectangle.
    pub fn rectangle(&self, x: f64, y: f64, width: f64, height: f64) {
        self.context.fill_rect(x, y, width, height);
    }

    /// The outlines of rectangles, four numbers each: x, y, width, height.
    pub fn frames(&self, frames: &[f32]) {
        self.context.begin_path();
        for frame in frames.chunks_exact(4) {
            let [x, y, width, height] = [frame[0], frame[1], frame[2], frame[3]].map(f64::from);
            self.context.rect(x, y, width, height);
        }
        self.context.stroke();
    }

    /// Chooses a font by its CSS name, and which end of a text its x is.
    pub fn font(&self, font: &str, align: &str) {
        self.context.set_font(font);
        self.context.set_text_align(align);
    }

    /// A text; y is its baseline.
    pub fn text(&self, text: &str, x: f64, y: f64) {
        // Finite places are always taken.
        let _ = self.context.fill_text(text, x, y);
    }

    /// The outline of a text in the chosen pen, to stand behind it.
    pub fn text_halo(&self, text: &str, x: f64, y: f64) {
        self.context.set_line_join("round");
        // Finite places are always taken.
        let _ = self.context.stroke_text(text, x, y);
        self.context.set_line_join("miter");
    }

    /// The width of a text in the chosen font.
    pub fn text_width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    /// A picture of `columns` × `rows` cells, four bytes each, stretched over a rectangle without smoothing.
    pub fn cells(&self, rgba: &[u8], columns: u32, rows: u32, place: [f64; 4]) {
        let Ok(data) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), columns, rows) else { return };
        let (scratch, context) = &self.scratch;
        if (scratch.width(), scratch.height()) != (columns, rows) {
            scratch.set_width(columns);
            scratch.set_height(rows);
        }
        let [x, y, width, height] = place;
        self.context.set_global_alpha(1.0);
        self.context.set_image_smoothing_enabled(false);
        // The picture is there and the places finite: neither call can fail.
        let _ = context.put_image_data(&data, 0.0, 0.0);
        let _ = self.context.draw_image_with_html_canvas_element_and_dw_and_dh(scratch, x, y, width, height);
    }
}
