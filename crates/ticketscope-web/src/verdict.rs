//! What the Products view says in its one sentence: how far the products are from a normal and from the uniform law. Pure.
//!
//! Distances are Kolmogorov–Smirnov's; the one from uniform is taken within the window, as the numbers beside it are. The words
//! follow the distance alone: below [`NEAR`] a law looks like the other one, up to [`FAR`] it lies near it.

use crate::products::{Figures, Products};
use crate::words::{Say, figures_count};
use num_bigint::BigUint;
use ticketscope_core::law::Law;
use ticketscope_scene::number::{canonical, count, figure};
use ticketscope_scene::scene::{Of, Scene};

/// A distance that a histogram of usual size does not show.
const NEAR: f64 = 0.03;
/// A distance that nobody overlooks.
const FAR: f64 = 0.1;

/// The live sentence of the Products view.
pub fn say(scene: &Scene, products: &Products) -> Say {
    match scene.of {
        Of::Law => of_law(scene, &products.figures),
        Of::Network => of_network(&products.figures),
    }
}

fn sentence(before: &str, count: impl Into<String>, after: impl Into<String>) -> Say {
    Say { before: before.to_owned(), count: count.into(), after: after.into() }
}

fn of_law(scene: &Scene, figures: &Figures) -> Say {
    let products = format!("Products of {} weights ", figures.path_length);
    let ends = canonical(scene.scale);
    match scene.law {
        Law::Exact => {
            let after = format!(" between −{ends} and {ends}: no value is likelier than another.");
            sentence(&format!("{products}are "), "exactly uniform", after)
        }
        Law::Sign => sentence(&format!("{products}are "), format!("{ends} or −{ends}"), ", and nothing in between."),
        Law::Normal => {
            let after = format!(": their kurtosis is {}, and a normal law’s is 3.", figure(figures.kurtosis));
            sentence(&format!("{products}of a normal law are "), "not normal", after)
        }
        Law::Power | Law::Uniform => {
            let (normal, uniform) = (figures.ks_normal, figures.ks_uniform);
            let within = if figures.high < scene.scale { " in this window" } else { "" };
            let join = if (normal < FAR) == (uniform < FAR) { ", and" } else { ", but" };
            let after = format!(
                " ({} away){join} {} uniform{within} ({}).",
                figure(normal),
                nearness(uniform),
                figure(uniform)
            );
            sentence(&format!("{products}are "), format!("{} normal", nearness(normal)), after)
        }
    }
}

/// A distance in words, before the name of a law.
fn nearness(distance: f64) -> &'static str {
    match distance {
        d if d < NEAR => "almost",
        d if d < FAR => "not quite",
        _ => "far from",
    }
}

fn of_network(figures: &Figures) -> Say {
    let n = figures_count(figures.samples);
    let paths = match figures.samples {
        0.0 => return sentence("There is nothing left to multiply: ", "no path", " survives."),
        1.0 if figures.exact == 1.0 => {
            let after = format!(" survives, and its weights multiply to {}.", figure(figures.sample_mean));
            return sentence("Only ", "one path", after);
        }
        _ if figures.exact == 1.0 => format!("all {n} surviving paths"),
        _ => format!("{n} of the surviving paths"),
    };
    let (theory, uniform) = (figures.sample_ks_theory, figures.sample_ks_uniform);
    let mut after = String::from(if theory.is_finite() || uniform.is_finite() { " lie " } else { " are drawn here" });
    if theory.is_finite() {
        after += &format!("{} from their law", figure(theory));
    }
    if uniform.is_finite() {
        after += if theory.is_finite() { " and " } else { "" };
        after += &format!("{} from uniform", figure(uniform));
    }
    sentence("The products of ", paths, after + ".")
}

/// The line under the sentence: what is drawn. `tickets` are those that survive at this step.
pub fn explain(scene: &Scene, products: &Products, step: u32, tickets: &BigUint) -> String {
    let n = figures_count(products.figures.samples);
    if scene.of == Of::Law {
        let dashed = if products.curve.is_empty() { "" } else { "; dashed, their law" };
        return format!("A path multiplies its input by such a product. Here are {n}, drawn independently{dashed}.");
    }
    let dashed = if products.curve.is_empty() { "" } else { " Dashed: independent products." };
    let cuts = match step {
        0 => "before the first cut".to_owned(),
        1 => "after 1 cut".to_owned(),
        k => format!("after {} cuts", figures_count(f64::from(k))),
    };
    match products.figures.samples {
        0.0 => format!("The network {cuts}: no path leads from input to output.{dashed}"),
        _ if products.figures.exact == 1.0 => format!(
            "Every path through this network {cuts}. Paths share edges, so their products are not independent.{dashed}"
        ),
        // With one source, and only then, a ticket is a path.
        _ if scene.sources == 1 => {
            format!("Drawn at random from the {} paths through this network {cuts}.{dashed}", count(tickets))
        }
        _ => format!("Drawn at random from the paths through this network {cuts}.{dashed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products(changes: impl Fn(&mut Figures)) -> Products {
        let mut figures = Figures::from_list(&[]);
        (figures.path_length, figures.low, figures.high) = (6.0, -1.0, 1.0);
        changes(&mut figures);
        Products {
            key: String::new(),
            step: 0,
            counts: vec![],
            theory: vec![],
            curve: vec![0.0, 0.0],
            modes: vec![],
            figures,
        }
    }

    #[test]
    fn each_law_is_said_as_it_is() {
        let said = |law, scale, changes: &dyn Fn(&mut Figures)| {
            say(&Scene { law, scale, ..Scene::default() }, &products(changes)).to_string()
        };
        let two =
            |normal, uniform| move |figures: &mut Figures| (figures.ks_normal, figures.ks_uniform) = (normal, uniform);
        assert_eq!(
            said(Law::Power, 1.0, &two(0.0192, 0.325)),
            "Products of 6 weights are almost normal (0.0192 away), but far from uniform (0.325)."
        );
        assert_eq!(
            said(Law::Uniform, 1.0, &two(0.172, 0.411)),
            "Products of 6 weights are far from normal (0.172 away), and far from uniform (0.411)."
        );
        assert_eq!(
            said(Law::Power, 2.0, &two(0.05, 0.02)),
            "Products of 6 weights are not quite normal (0.0500 away), and almost uniform in this window (0.0200)."
        );
        assert_eq!(
            said(Law::Exact, 2.0, &|_| {}),
            "Products of 6 weights are exactly uniform between −2 and 2: no value is likelier than another."
        );
        assert_eq!(said(Law::Sign, 1.0, &|_| {}), "Products of 6 weights are 1 or −1, and nothing in between.");
        assert!(
            said(Law::Normal, 1.0, &|figures| figures.kurtosis = 243.0).ends_with("is 243, and a normal law’s is 3.")
        );
    }

    #[test]
    fn a_network_s_own_paths_are_counted_exactly_or_said_to_be_sampled() {
        let scene = Scene { of: Of::Network, ..Scene::default() };
        let said = |samples, exact, step: u32| {
            let products = products(|figures| {
                (figures.samples, figures.exact, figures.sample_mean) = (samples, exact, -0.0123);
                (figures.sample_ks_theory, figures.sample_ks_uniform) = (0.0412, 0.3);
            });
            let explained = explain(&scene, &products, step, &BigUint::from(656_100_000_000_u64));
            (say(&scene, &products).to_string(), explained)
        };
        let (sentence, line) = said(0.0, 1.0, 60);
        assert_eq!(sentence, "There is nothing left to multiply: no path survives.");
        assert!(line.starts_with("The network after 60 cuts: no path"));
        assert_eq!(said(1.0, 1.0, 9).0, "Only one path survives, and its weights multiply to −0.0123.");
        assert_eq!(
            said(312.0, 1.0, 1).0,
            "The products of all 312 surviving paths lie 0.0412 from their law and 0.300 from uniform."
        );
        let (sentence, line) = said(100_000.0, 0.0, 0);
        assert!(sentence.starts_with("The products of 100,000 of the surviving paths lie "));
        assert!(
            line.starts_with(
                "Drawn at random from the 656,100,000,000 paths through this network before the first cut."
            )
        );
    }
}
