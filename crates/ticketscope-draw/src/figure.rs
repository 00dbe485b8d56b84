//! A figure for export: a title, the picture or the chart, and a caption with what is needed to make it again.

use crate::chart::HistogramChart;
use crate::chart::curves::CurvesChart;
use crate::chart::dots::DotStrip;
use crate::layout::Frame;
use crate::numberline::NumberLine;
use crate::picture::{Picture, PictureInput, View, preferred_height};
use crate::surface::{Anchor, Face, Label, Surface, TextStyle};
use crate::svg::{SvgBackend, SvgSurface};
use crate::theme::{Role, SMALL, Theme, text_width};
use plotters::prelude::IntoDrawingArea;

/// What a figure shows.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// The network at one moment.
    Network(&'a PictureInput<'a>, View),
    /// The network, and under it how the products of its paths sum.
    Search(&'a PictureInput<'a>, View, &'a NumberLine<'a>),
    /// The histogram of path products.
    Histogram(&'a HistogramChart),
    /// Lines over two axes.
    Curves(&'a CurvesChart),
    /// A dot for each of many networks.
    Dots(&'a DotStrip),
}

/// A figure.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'a> {
    /// The sentence above: what is so.
    pub title: &'a str,
    /// One line under it: how many, exact or sampled, what is dashed.
    pub subtitle: &'a str,
    /// The picture.
    pub body: Body<'a>,
    /// Lines below: link, seeds, version. Long ones are broken.
    pub caption: &'a [String],
    /// Its colours.
    pub theme: Theme,
    /// Its width in CSS px; its height follows.
    pub width: f32,
}

/// Width of a figure unless said otherwise, CSS px.
pub const WIDTH: f32 = 900.0;
const MARGIN: f32 = 24.0;
const TITLE: f32 = 24.0;
const NOTE: f32 = 13.0;
/// Between a picture and the line of numbers under it.
const GAP: f32 = 16.0;

impl Figure<'_> {
    /// The figure as one SVG document.
    pub fn svg(&self) -> String {
        let frame = Frame::new(self.width - 2.0 * MARGIN, 1000.0);
        let width = frame.width;
        let title = wrapped(self.title, width, TITLE);
        let subtitle = wrapped(self.subtitle, width, NOTE);
        let caption: Vec<String> = self.caption.iter().flat_map(|line| wrapped(line, width, SMALL)).collect();
        let body_height = match self.body {
            Body::Network(input, view) => preferred_height(input.shape, width, view),
            Body::Search(input, view, line) => preferred_height(input.shape, width, view) + GAP + line.height(),
            Body::Histogram(_) | Body::Curves(_) => (0.5 * width).clamp(240.0, 420.0),
            Body::Dots(_) => (0.25 * width).clamp(160.0, 280.0),
        };
        let body_top = MARGIN + 31.0 * title.len() as f32 + 20.0 * subtitle.len() as f32 + 8.0;
        let caption_top = body_top + body_height + 16.0;
        let height = caption_top + 18.0 * caption.len() as f32 + MARGIN - 6.0;

        let mut surface = SvgSurface::new(width + 2.0 * MARGIN, height, self.theme);
        surface.set_origin(MARGIN, MARGIN);
        write_lines(&mut surface, &title, (Role::Ink, Face::Serif, TITLE), 22.0, 31.0);
        write_lines(&mut surface, &subtitle, (Role::Soft, Face::Sans, NOTE), 31.0 * title.len() as f32 + 13.0, 20.0);
        surface.set_origin(MARGIN, body_top);
        match self.body {
            Body::Network(input, view) => Picture::new(input, Frame::new(width, body_height), view).paint(&mut surface),
            Body::Search(input, view, line) => {
                let height = body_height - GAP - line.height();
                Picture::new(input, Frame::new(width, height), view).paint(&mut surface);
                surface.set_origin(MARGIN, body_top + height + GAP);
                line.paint(width, line.height(), &mut surface);
            }
            Body::Histogram(chart) => {
                let area = SvgBackend::new(&mut surface, width, body_height).into_drawing_area();
                // Writing into a string cannot fail.
                let _ = chart.draw(&area, &self.theme);
            }
            Body::Curves(chart) => {
                let _ = chart.draw(&SvgBackend::new(&mut surface, width, body_height).into_drawing_area(), &self.theme);
            }
            Body::Dots(strip) => {
                let _ = strip.draw(&SvgBackend::new(&mut surface, width, body_height).into_drawing_area(), &self.theme);
            }
        }
        surface.set_origin(MARGIN, caption_top);
        write_lines(&mut surface, &caption, (Role::Soft, Face::Sans, SMALL), 12.0, 18.0);
        let description: Vec<&str> = core::iter::once(self.subtitle)
            .chain(self.caption.iter().map(String::as_str))
            .filter(|s| !s.is_empty())
            .collect();
        surface.finish(self.title, &description.join("\n"))
    }
}

fn write_lines(
    surface: &mut SvgSurface,
    lines: &[String],
    (role, face, size): (Role, Face, f32),
    first: f32,
    step: f32,
) {
    let style = TextStyle { paint: role.into(), face, size, anchor: Anchor::Start, halo: false };
    let labels: Vec<Label> = lines
        .iter()
        .enumerate()
        .map(|(i, text)| Label { x: 0.0, y: first + step * i as f32, text: text.clone() })
        .collect();
    surface.text(&style, &labels);
}

/// Lines of at most a width: broken at spaces, and inside a word only when it fills a line alone (a long link).
fn wrapped(text: &str, width: f32, size: f32) -> Vec<String> {
    let most = ((width / text_width("x", size)) as usize).max(8);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + letters.len() > most {
            lines.push(core::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for letter in letters {
            if length == most {
                lines.push(core::mem::take(&mut line));
                length = 0;
            }
            line.push(letter);
            length += 1;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_inside_long_words_only() {
        let lines = wrapped("a bb ccc dddd eeeee ffffff", 100.0, 12.0);
        assert!(lines.iter().all(|line| line.chars().count() <= 13), "{lines:?}");
        assert_eq!(lines.join(" "), "a bb ccc dddd eeeee ffffff");
        let link = format!("https://example.org/{}", "x".repeat(100));
        let lines = wrapped(&link, 300.0, 12.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.concat(), link);
        assert!(wrapped("  ", 300.0, 12.0).is_empty());
    }
}
