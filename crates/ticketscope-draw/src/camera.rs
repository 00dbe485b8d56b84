//! What part of the picture is looked at: a zoom and a shift. Nodes move apart and grow to a limit; text keeps its size.

use crate::layout::Frame;

/// A place p of the picture is seen at `zoom`·p + (`x`, `y`), all in CSS px of the box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// How much larger, 1 to [`Camera::MOST`].
    pub zoom: f32,
    /// Shift to the right.
    pub x: f32,
    /// Shift downwards.
    pub y: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self::WHOLE
    }
}

impl Camera {
    /// The whole picture.
    pub const WHOLE: Self = Self { zoom: 1.0, x: 0.0, y: 0.0 };
    /// Largest zoom.
    pub const MOST: f32 = 16.0;

    /// The nearest camera that keeps the picture over the whole of its box, so that it cannot be lost; NaN counts as the whole.
    pub fn clamped(self, frame: Frame) -> Self {
        if !(self.zoom.is_finite() && self.x.is_finite() && self.y.is_finite()) {
            return Self::WHOLE;
        }
        let zoom = self.zoom.clamp(1.0, Self::MOST);
        let shift = |shift: f32, side: f32| shift.clamp(side * (1.0 - zoom), 0.0);
        Self { zoom, x: shift(self.x, frame.width), y: shift(self.y, frame.height) }
    }

    /// Larger by a factor, with what is seen at (x, y) staying there as far as the box allows.
    pub fn zoomed(self, factor: f32, (x, y): (f32, f32), frame: Frame) -> Self {
        let zoom = (self.zoom * factor).clamp(1.0, Self::MOST);
        let (px, py) = self.unseen(x, y);
        Self { zoom, x: x - zoom * px, y: y - zoom * py }.clamped(frame)
    }

    /// Moved by so many px.
    pub fn moved(self, dx: f32, dy: f32, frame: Frame) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }.clamped(frame)
    }

    /// Where a place of the picture is seen.
    pub fn seen(&self, x: f32, y: f32) -> (f32, f32) {
        (self.zoom * x + self.x, self.zoom * y + self.y)
    }

    /// The place of the picture that is seen at a point.
    pub fn unseen(&self, x: f32, y: f32) -> (f32, f32) {
        ((x - self.x) / self.zoom, (y - self.y) / self.zoom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 640.0, height: 480.0 };

    #[test]
    fn zooming_keeps_the_point_under_the_finger() {
        let camera = Camera::WHOLE.zoomed(3.0, (200.0, 300.0), FRAME);
        let (x, y) = camera.seen(200.0, 300.0);
        assert!((x - 200.0).abs() < 1e-3 && (y - 300.0).abs() < 1e-3);
        let back = camera.zoomed(1.0 / 3.0, (0.0, 0.0), FRAME);
        assert!((back.zoom - 1.0).abs() < 1e-5 && back.x.abs() < 1e-3 && back.y.abs() < 1e-3, "{back:?}");
    }

    #[test]
    fn the_picture_covers_its_box_whatever_is_asked() {
        for strange in [f32::NAN, f32::INFINITY, -1e30, 0.0, 1e30, 5.0] {
            for camera in [
                Camera { zoom: strange, x: 3.0, y: -4.0 }.clamped(FRAME),
                Camera { zoom: 2.0, x: strange, y: strange }.clamped(FRAME),
                Camera::WHOLE.zoomed(strange, (strange, 10.0), FRAME),
                Camera { zoom: 2.0, x: 0.0, y: 0.0 }.moved(strange, -strange, FRAME),
            ] {
                let (left, top) = camera.seen(0.0, 0.0);
                let (right, bottom) = camera.seen(FRAME.width, FRAME.height);
                assert!(left <= 0.0 && top <= 0.0, "{strange} {camera:?}");
                assert!(right >= FRAME.width * 0.999 && bottom >= FRAME.height * 0.999, "{strange} {camera:?}");
            }
        }
    }
}
