//! A plotters backend around another one, for a canvas whose context the page has scaled by its device pixel ratio over
//! [`UNITS`]: the chart sees the size in units, and texts are measured by the given function instead of by plotters (which, in
//! a browser, would write inline styles and break a strict content-security policy).

use crate::chart::UNITS;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

/// See the module.
pub struct UnitBackend<B, M> {
    inner: B,
    size: (u32, u32),
    measure: M,
}

impl<B: DrawingBackend, M: Fn(&str, f64) -> f64> UnitBackend<B, M> {
    /// Wraps a backend of a size in CSS px. `measure` gives the width of a text in a font size, both in CSS px.
    pub fn new(inner: B, width: f32, height: f32, measure: M) -> Self {
        let units = |px: f32| (px.max(0.0) * UNITS as f32) as u32;
        Self { inner, size: (units(width), units(height)), measure }
    }
}

type Drawn<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

impl<B: DrawingBackend, M: Fn(&str, f64) -> f64> DrawingBackend for UnitBackend<B, M> {
    type ErrorType = B::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn<B> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<B> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn<B> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn<B> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn<B> {
        self.inner.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn<B> {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn<B> {
        self.inner.draw_circle(centre, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn<B> {
        self.inner.fill_polygon(corners, style)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn<B> {
        self.inner.draw_text(text, style, at)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let width = (self.measure)(text, style.size() / f64::from(UNITS)) * f64::from(UNITS);
        Ok((width.max(0.0) as u32, style.size() as u32))
    }
}
