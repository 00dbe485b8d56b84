//! From a request to its answer.

use crate::Streams;
use crate::args::Request;
use crate::error::Error;
use crate::figure::{self, Around};
use crate::output::Target;
use crate::progress::Progress;
use crate::{Verdict, load, luck, say, work};
use serde::Serialize;
use std::fmt::Display;
use ticketscope_core::prune::{Fates, Moment, Run, script};
use ticketscope_scene::number::{count, figure_to, grouped};
use ticketscope_scene::products::Gathering;
use ticketscope_scene::report::{
    BrushReport, Files, FindReport, Head, NetworkReport, OwnPaths, ProductsReport, PruneReport, Pruned, TicketReport,
};
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::{Method, Of, View};
use ticketscope_scene::{Note, file, find, ticket};

/// Everything that a request rests on.
struct Question {
    request: Request,
    own: Own,
    files: Option<Files>,
}

/// Answers a request.
pub fn answer(mut request: Request, streams: &mut Streams) -> Result<Verdict, Error> {
    let (own, files) = load::own(&mut request, streams.input)?;
    let question = Question { request, own, files };
    match question.request.scene.view {
        _ if question.request.is_network => network(&question, streams)?,
        View::Prune => prune(&question, streams)?,
        View::Products => products(&question, streams)?,
        View::Find => return find(&question, streams),
        view @ (View::Build | View::Bounds) => return Err(Error::AbsentView { word: view.word().to_owned() }),
    }
    Ok(Verdict::Answered)
}

impl Question {
    fn notes(&self) -> &[Note] {
        self.request.opened.as_ref().map_or(&[], |(notes, _)| notes)
    }

    /// Puts into a report what only this program knows: the files' digests, and that the link is damaged.
    fn complete(&self, head: &mut Head) {
        head.files.clone_from(&self.files);
        if let Some((_, Some(damage))) = &self.request.opened {
            head.notes.insert(0, damage.to_string());
        }
    }
}

fn network(question: &Question, streams: &mut Streams) -> Result<(), Error> {
    let Question { request, own, .. } = question;
    let network = run::network(&request.scene, own)?;
    let mut report = NetworkReport::new(&request.scene, own, &network, question.notes());
    question.complete(&mut report.head);
    report.head.view = "network";
    let picture = || {
        let start = Run::new(&network, &request.scene.pruning()).into_timeline();
        let moment = Moment::at(&Fates::of(network.mask(), &start), 0);
        let kept = grouped(network.mask().kept_count().into());
        let title = format!("A layered network of {} paths", count(&report.head.network.paths.0));
        let subtitle = format!("{kept} of {} edges kept", grouped(network.shape().edge_count().into()));
        figure::network(&Around { title, subtitle, head: &report.head, theme: request.theme }, &network, &moment, None)
    };
    let table = || file::write_csv(&network, network.mask());
    deliver(request, streams, (&report, &report.head), picture, table)
}

fn prune(question: &Question, streams: &mut Streams) -> Result<(), Error> {
    let Question { request, own, .. } = question;
    let scene = &request.scene;
    let network = run::network(scene, own)?;
    let timeline = work::timeline(scene, &network, &mut Progress::new(streams.error, streams.is_terminal));
    let survival = if scene.trials > 0 {
        Some(work::survival(scene, own, &mut Progress::new(streams.error, streams.is_terminal))?)
    } else {
        None
    };
    let mut pruned = Pruned::from_run(scene, network, timeline);
    if scene.trials > 0 {
        let mut progress = Progress::new(streams.error, streams.is_terminal);
        pruned.bounds.exact = work::exact_curve(scene, &pruned.network, &mut progress);
    }
    let mut report = PruneReport::new(scene, own, &pruned, survival.as_ref(), question.notes());
    question.complete(&mut report.head);
    let picture = || {
        let (moment, _) = pruned.moment(scene);
        let (title, subtitle) = sentences(&report, &pruned);
        let around = Around { title, subtitle, head: &report.head, theme: request.theme };
        figure::network(&around, &pruned.network, &moment, pruned.timeline.event(moment.step()))
    };
    let table = || file::write_csv(&pruned.network, pruned.moment(scene).0.mask());
    deliver(request, streams, (&report, &report.head), picture, table)
}

/// The sentence above a picture of pruning, and the line under it.
fn sentences(report: &PruneReport, pruned: &Pruned) -> (String, String) {
    let tickets = count(&report.surviving_tickets.0);
    let start = Moment::at(&pruned.fates, 0).path_counts().tickets();
    let title = match (report.step, report.destroyed_at) {
        (step, Some(at)) if at <= step => format!("No ticket of {} is left", count(&start)),
        (0, _) => format!("{tickets} tickets in one random network"),
        _ => format!("{tickets} of {} tickets survive", count(&start)),
    };
    let subtitle = format!(
        "Step {} of {}: {}. Of {} edges {} are on a ticket, {} idle, {} cut, {} orphaned.",
        grouped(report.step.into()),
        grouped(pruned.timeline.len().into()),
        report.event(),
        grouped(report.head.network.edges.into()),
        grouped(report.ticket_edges.into()),
        grouped(report.idle_edges.into()),
        grouped(report.cut_edges.into()),
        grouped(report.orphaned_edges.into()),
    );
    (title, subtitle)
}

fn products(question: &Question, streams: &mut Streams) -> Result<(), Error> {
    let Question { request, own, .. } = question;
    let scene = &request.scene;
    let mut notes = question.notes().to_vec();
    let (gathered, paths) = match scene.of {
        Of::Law => {
            let gathering = Gathering::of_law(scene)?;
            (work::gathered(gathering, &mut Progress::new(streams.error, streams.is_terminal)), None)
        }
        Of::Network => {
            let mut progress = Progress::new(streams.error, streams.is_terminal);
            let network = run::network(scene, own)?;
            let timeline = work::timeline(scene, &network, &mut progress);
            let (step, clamped) = run::step_in(scene, timeline.len());
            notes.extend(clamped);
            let moment = Moment::at(&Fates::of(network.mask(), &timeline), step);
            let gathering = Gathering::of_network(scene, &network, moment.mask(), own.has_weights())?;
            let surviving = moment.path_counts().per_source().iter().sum();
            let brush = BrushReport::of(scene, &network, moment.mask());
            (work::gathered(gathering, &mut progress), Some(OwnPaths { step, surviving, brush }))
        }
    };
    let mut report = ProductsReport::new(scene, own, &gathered, paths, &notes)?;
    question.complete(&mut report.head);
    let law = if report.law.is_some() { Some(run::product_law(scene)?) } else { None };
    let picture = || {
        let facts = report.facts();
        let title = match report.of {
            "law" => format!("Products of {} independent weights", report.head.network.path_length),
            _ => format!("Products along a network's own paths of {} edges", report.head.network.path_length),
        };
        let theory = if law.is_some_and(|law| law.cdf(0.5).is_some()) { "; dashed: the law" } else { "" };
        let [products, law_of] = [0, 1].map(|place| facts.get(place).map_or("", |fact| &fact.value));
        let exact = if report.exact { "exact" } else { "sampled" };
        let subtitle = format!("{products} ({exact}); law {law_of}{theory}.");
        figure::histogram(&Around { title, subtitle, head: &report.head, theme: request.theme }, &report.histogram, law)
    };
    // Arguments that ask for a table of products have been refused.
    deliver(request, streams, (&report, &report.head), picture, String::new)
}

fn find(question: &Question, streams: &mut Streams) -> Result<Verdict, Error> {
    let Question { request, own, .. } = question;
    if request.scene.method == Method::Path {
        return find_path(question, streams);
    }
    let found = find::find(&request.scene, own)?;
    let mut report = FindReport::new(&request.scene, own, &found, question.notes());
    report.luck = luck::report(&request.scene, own, streams)?;
    question.complete(&mut report.head);
    // The picture and the table are those of the ticket, the end of the timeline, wherever the scene stands.
    let ticket = Moment::at(&found.fates, found.fates.len());
    let picture = || {
        let subtitle = format!(
            "{} of {} paths sum to {} (target {}); {} of {} edges kept.",
            grouped(found.kept().count() as u64),
            grouped(found.terms.len() as u64),
            figure_to(found.sum, 5),
            figure_to(found.target, 5),
            grouped(report.edges_kept.into()),
            grouped(report.head.network.edges.into()),
        );
        let around = Around { title: found.sentence(), subtitle, head: &report.head, theme: request.theme };
        figure::search(&around, &found)
    };
    let table = || file::write_csv(&found.network, ticket.mask());
    deliver(request, streams, (&report, &report.head), picture, table)?;
    // With trials it is the share that was asked for.
    Ok(if found.is_won() || report.luck.is_some() { Verdict::Answered } else { Verdict::Impossible })
}

fn find_path(question: &Question, streams: &mut Streams) -> Result<Verdict, Error> {
    let Question { request, own, .. } = question;
    let ticket = ticket::ticket(&request.scene, own)?;
    let luck = luck::report(&request.scene, own, streams)?;
    let mut report = TicketReport::new(&request.scene, own, &ticket, luck, question.notes());
    question.complete(&mut report.head);
    let picture = || {
        let kept = grouped(report.edges_kept.into());
        let subtitle = format!(
            "Target {}, tolerance {}; {kept} of {} edges kept.",
            figure_to(ticket.target, 5),
            figure_to(ticket.epsilon, 5),
            grouped(report.head.network.edges.into()),
        );
        // The network as it is when all but the ticket has been masked out.
        let moment = Moment::at(&Fates::of(&ticket.mask, &script(&ticket.network, &[])), 0);
        let around = Around { title: ticket.sentence(), subtitle, head: &report.head, theme: request.theme };
        figure::network(&around, &ticket.network, &moment, None)
    };
    let table = || file::write_csv(&ticket.network, &ticket.mask);
    deliver(request, streams, (&report, &report.head), picture, table)?;
    Ok(match ticket.verdict {
        _ if report.luck.is_some() => Verdict::Answered,
        ticket::Verdict::Found => Verdict::Answered,
        ticket::Verdict::Impossible => Verdict::Impossible,
        ticket::Verdict::Budget => Verdict::Budget,
    })
}

/// Writes what was asked for: files first, so that where one fails nothing is on standard output.
fn deliver<R: Serialize + Display>(
    request: &Request,
    streams: &mut Streams,
    (report, head): (&R, &Head),
    picture: impl FnOnce() -> String,
    table: impl FnOnce() -> String,
) -> Result<(), Error> {
    if request.svg.is_some() || request.png.is_some() {
        let svg = picture();
        if let Some(target) = &request.svg {
            target.write(streams.output, |to| to.write_all(svg.as_bytes()))?;
        }
        if let Some(target) = &request.png {
            let png = ticketscope_draw::png::png(&svg, 2.0).map_err(Error::Picture)?;
            target.write(streams.output, |to| to.write_all(&png))?;
        }
    }
    if let Some(target) = &request.csv {
        let table = table();
        target.write(streams.output, |to| to.write_all(table.as_bytes()))?;
    }
    if request.json {
        return Target::Standard.write(streams.output, |to| {
            serde_json::to_writer(&mut *to, report)?;
            to.write_all(b"\n")
        });
    }
    if request.svg.is_none() && request.png.is_none() && request.csv.is_none() {
        return Target::Standard.write(streams.output, |to| write!(to, "{report}"));
    }
    // No report, so nobody would hear of these.
    head.notes.iter().for_each(|note| say(streams.error, note));
    Ok(())
}
