//! Pictures with their title and caption.

use crate::args::Theme;
use ticketscope_core::law::ProductLaw;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Event, Moment};
use ticketscope_draw::chart::{HistogramChart, Theory};
use ticketscope_draw::figure::{Body, Figure, WIDTH};
use ticketscope_draw::numberline::NumberLine;
use ticketscope_draw::picture::{PictureInput, View};
use ticketscope_draw::theme;
use ticketscope_scene::find::Found;
use ticketscope_scene::number::{canonical, figure};
use ticketscope_scene::report::{Head, HistogramReport};

/// What stands around a picture.
pub struct Around<'a> {
    /// The sentence above.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// What the picture is of.
    pub head: &'a Head,
    /// Its colours.
    pub theme: Theme,
}

impl Around<'_> {
    /// The picture as SVG.
    pub fn svg(&self, body: Body) -> String {
        let caption = self.caption();
        let theme = match self.theme {
            Theme::Light => theme::Theme::LIGHT,
            Theme::Dark => theme::Theme::DARK,
        };
        let (title, subtitle) = (&self.title, &self.subtitle);
        Figure { title, subtitle, body, caption: &caption, theme, width: WIDTH }.svg()
    }

    /// What is needed to make the picture again.
    fn caption(&self) -> Vec<String> {
        let mut lines = vec![self.head.network.sentence()];
        lines.extend(self.head.notes.iter().map(|note| format!("Note: {note}")));
        if let Some(files) = &self.head.files {
            let named = [("weights", &files.weights), ("mask", &files.mask)];
            lines.extend(named.iter().filter_map(|(name, hash)| Some(format!("{name}: SHA-256 {}", hash.as_ref()?))));
        }
        lines.push(format!(
            "ticketscope {} {}",
            env!("CARGO_PKG_VERSION"),
            self.head.link.as_deref().unwrap_or_default()
        ));
        lines
    }
}

/// The network that a search leaves, and under it how the products of its paths sum to the target.
pub fn search(around: &Around, found: &Found) -> String {
    let moment = Moment::at(&found.fates, found.fates.len());
    let terms: Vec<f64> = found.kept().map(|term| term.product).collect();
    let [target, epsilon] = [found.target, found.epsilon].map(|x| canonical(x).replace('-', "−"));
    let label = format!("sum {} · target {target} ± {epsilon}", figure(found.sum));
    let line = NumberLine { target: found.target, epsilon: found.epsilon, terms: &terms, all: &[], label: &label };
    let input = PictureInput::of(&found.network, &moment, None);
    around.svg(Body::Search(&input, View::Auto, &line))
}

/// The picture of a network at a moment, with the step that led to it.
pub fn network(around: &Around, network: &Network, moment: &Moment, event: Option<Event>) -> String {
    let input = PictureInput::of(network, moment, event);
    around.svg(Body::Network(&input, View::Auto))
}

/// The histogram of products, and the law's own shares as a curve where it has a closed form.
pub fn histogram(around: &Around, histogram: &HistogramReport, law: Option<ProductLaw>) -> String {
    let HistogramReport { low, high, counts, below, above } = histogram;
    let law = law.filter(|law| law.cdf(0.5).is_some());
    let theory = law.map(|law| Theory::from_cdf(*low, *high, counts.len(), |z| law.cdf(z).unwrap_or(f64::NAN)));
    let chart = HistogramChart {
        low: *low,
        high: *high,
        counts: counts.clone(),
        total: counts.iter().sum::<u64>() + below + above,
        theory,
        x_title: "product of the weights along a path".to_owned(),
        y_title: "share of products per bin".to_owned(),
        ..HistogramChart::default()
    };
    around.svg(Body::Histogram(&chart))
}
