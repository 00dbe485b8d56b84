//! A run of pruning as a list of events, from which any moment can be had, forwards and backwards.

use super::choose::Choose;
use super::edge::AnyEdge;
use super::graph::{Graph, Outcome};
use super::layer::{Layer, TwoChoices};
use super::magnitude::Magnitude;
use super::node::NodeFirst;
use super::synflow::Synflow;
use super::{Pruning, Rule};
use crate::network::Network;
use crate::seed::{Draws, Purpose, stream};
use crate::shape::{EdgeId, Shape};

/// One step: the edge cut, and the edges it orphaned in the order in which the loss spread back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// k, from 1.
    pub step: u32,
    /// The edge that was drawn.
    pub edge: EdgeId,
    /// The edge had been orphaned before: nothing was cut, yet the throw counts (only under `orphans=count`).
    pub wasted: bool,
    /// The edges orphaned by this cut.
    pub orphaned: &'a [EdgeId],
}

/// A whole run of pruning, to the step that destroys the network or to the last prunable edge.
///
/// ```
/// use ticketscope_core::{law::{Law, WeightLaw}, network::Network, prune::{Pruning, Timeline}, shape::Shape};
/// let shape = Shape::new(1, 2, 2, 1).unwrap();
/// let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, shape.path_length()).unwrap();
/// let network = Network::random(shape, &law, 1);
/// let run = Timeline::of(&network, &Pruning::default());
/// // One prunable layer of four edges: only the last cut can destroy it.
/// assert_eq!((run.len(), run.destroyed_at()), (4, Some(4)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    shape: Shape,
    /// Edges that the initial mask left without a path to a sink.
    orphaned_at_start: Vec<EdgeId>,
    edges: Vec<EdgeId>,
    /// Steps whose throw was wasted, ascending.
    wasted: Vec<u32>,
    orphans: Vec<EdgeId>,
    /// The steps that orphaned anything, ascending, and where in `orphans` theirs end. Few steps do.
    cascades: Vec<Cascade>,
    destroyed_at: Option<u32>,
}

/// A step that orphaned edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cascade {
    /// k, from 1.
    pub step: u32,
    /// One past the last of its edges in the list of all orphans.
    pub end: u32,
}

impl Timeline {
    /// Runs a pruning to its end. Cost: O(edges) and a draw or two a cut; O(edges) *a cut* under `synflow`.
    pub fn of(network: &Network, pruning: &Pruning) -> Self {
        let mut run = Run::new(network, pruning);
        while run.advance(u32::MAX) {}
        run.into_timeline()
    }

    /// A run put together from its parts, as [`Timeline::parts`] gave them: for carrying one between threads that share no memory.
    pub fn from_parts(shape: Shape, parts: Parts) -> Option<Self> {
        let edges = shape.edge_count();
        let steps = parts.edges.len() as u32;
        let ids = [&parts.orphaned_at_start, &parts.edges, &parts.orphans];
        let orphans = parts.cascades.last().map_or(0, |cascade| cascade.end as usize);
        let fits = ids.iter().all(|list| list.iter().all(|&id| id < edges))
            && parts.cascades.is_sorted_by(|a, b| a.step < b.step && a.end < b.end)
            && parts.cascades.iter().all(|cascade| (1..=steps).contains(&cascade.step))
            && orphans == parts.orphans.len()
            && parts.wasted.is_sorted_by(|a, b| a < b)
            && parts.wasted.iter().all(|step| (1..=steps).contains(step))
            && parts.destroyed_at.is_none_or(|step| step <= steps);
        fits.then_some(Self {
            shape,
            orphaned_at_start: parts.orphaned_at_start,
            edges: parts.edges,
            wasted: parts.wasted,
            orphans: parts.orphans,
            cascades: parts.cascades,
            destroyed_at: parts.destroyed_at,
        })
    }

    /// The parts of this run.
    pub fn into_parts(self) -> Parts {
        Parts {
            orphaned_at_start: self.orphaned_at_start,
            edges: self.edges,
            wasted: self.wasted,
            orphans: self.orphans,
            cascades: self.cascades,
            destroyed_at: self.destroyed_at,
        }
    }

    /// The shape of the network that was pruned.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The number of steps: the k of the last event.
    pub fn len(&self) -> u32 {
        self.edges.len() as u32
    }

    /// Whether nothing was there to prune.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// The k of the step that destroyed the network; 0 if it began destroyed; `None` if nothing prunable was left before.
    pub fn destroyed_at(&self) -> Option<u32> {
        self.destroyed_at
    }

    /// Edges of the initial mask that had no path to a sink from the start.
    pub fn orphaned_at_start(&self) -> &[EdgeId] {
        &self.orphaned_at_start
    }

    /// The event of a step, 1..=`len`.
    pub fn event(&self, step: u32) -> Option<Event<'_>> {
        let place = step.checked_sub(1)? as usize;
        let edge = *self.edges.get(place)?;
        let orphaned = match self.cascades.binary_search_by_key(&step, |cascade| cascade.step) {
            Err(_) => &[],
            Ok(cascade) => {
                let start = cascade.checked_sub(1).map_or(0, |before| self.cascades[before].end);
                &self.orphans[start as usize..self.cascades[cascade].end as usize]
            }
        };
        Some(Event { step, edge, wasted: self.wasted.binary_search(&step).is_ok(), orphaned })
    }

    /// All events in order. Cost: O(1) each.
    pub fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let mut cascades = self.cascades.iter().peekable();
        let mut wasted = self.wasted.iter().peekable();
        let mut start = 0;
        (1..).zip(&self.edges).map(move |(step, &edge)| {
            let end = cascades.next_if(|cascade| cascade.step == step).map_or(start, |cascade| cascade.end as usize);
            let orphaned = &self.orphans[start..end];
            start = end;
            Event { step, edge, wasted: wasted.next_if_eq(&&step).is_some(), orphaned }
        })
    }
}

/// The parts of a [`Timeline`] as plain lists; see its methods for what they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Edges of the initial mask without a path to a sink.
    pub orphaned_at_start: Vec<EdgeId>,
    /// The edge drawn at each step.
    pub edges: Vec<EdgeId>,
    /// Steps whose throw was wasted, ascending.
    pub wasted: Vec<u32>,
    /// Orphaned edges, step after step.
    pub orphans: Vec<EdgeId>,
    /// The steps that orphaned anything, ascending.
    pub cascades: Vec<Cascade>,
    /// See [`Timeline::destroyed_at`].
    pub destroyed_at: Option<u32>,
}

/// A run under way: for work that must report progress or be given up. [`Timeline::of`] is the same run without a pause.
#[derive(Debug)]
pub struct Run {
    graph: Graph,
    rule: Chooser,
    draws: Draws,
    /// Room for as many edges as are prunable, and how many steps have been taken.
    edges: Vec<EdgeId>,
    steps: u32,
    /// The rest of what has happened.
    record: Timeline,
}

#[derive(Debug)]
enum Chooser {
    Layer(Layer),
    TwoChoices(TwoChoices),
    Edge(AnyEdge),
    Node(NodeFirst),
    Magnitude(Magnitude),
    Synflow(Synflow),
}

impl Chooser {
    fn new(network: &Network, graph: &Graph, pruning: &Pruning) -> Self {
        let prunable = pruning.protect.prunable(network.shape());
        match pruning.rule {
            Rule::Layer => Self::Layer(Layer::new(graph, prunable, pruning.orphans)),
            Rule::TwoChoices => Self::TwoChoices(TwoChoices::new(graph, prunable)),
            Rule::Edge => Self::Edge(AnyEdge::new(graph, prunable)),
            Rule::Node => Self::Node(NodeFirst::new(prunable)),
            Rule::Magnitude => Self::Magnitude(Magnitude::new(network, prunable)),
            Rule::Synflow => Self::Synflow(Synflow::new(network, graph, prunable)),
        }
    }
}

impl Run {
    /// A run before its first step.
    pub fn new(network: &Network, pruning: &Pruning) -> Self {
        let (graph, record) = Timeline::begin(network);
        let rule = Chooser::new(network, &graph, pruning);
        let prunable = pruning.protect.prunable_edges(network.shape()) as usize;
        let draws = stream(pruning.seed, Purpose::Pruning);
        Self { graph, rule, draws, edges: vec![0; prunable], steps: 0, record }
    }

    /// Takes at most `steps` steps; false once the run has come to its end.
    pub fn advance(&mut self, steps: u32) -> bool {
        if self.record.destroyed_at.is_some() {
            return false;
        }
        let first = self.steps as usize;
        let end = self.edges.len().min(first.saturating_add(steps as usize));
        let Self { graph, rule, draws, edges, steps, record } = self;
        let (room, here) = (&mut edges[first..end], (graph, draws, record));
        let (taken, goes_on) = match rule {
            Chooser::Layer(rule) => advance(rule, here, first, room),
            Chooser::TwoChoices(rule) => advance(rule, here, first, room),
            Chooser::Edge(rule) => advance(rule, here, first, room),
            Chooser::Node(rule) => advance(rule, here, first, room),
            Chooser::Magnitude(rule) => advance(rule, here, first, room),
            Chooser::Synflow(rule) => advance(rule, here, first, room),
        };
        *steps += taken as u32;
        goes_on && self.steps < self.edges.len() as u32
    }

    /// Steps taken so far.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// What has happened so far.
    pub fn into_timeline(self) -> Timeline {
        let mut edges = self.edges;
        edges.truncate(self.steps as usize);
        Timeline { edges, ..self.record }
    }
}

/// The loop of every run, compiled once a rule so that choosing and cutting become one piece of code: fills `room` with the
/// edges drawn after the first `before` steps. How many were drawn, and whether the run goes on.
fn advance<C: Choose>(
    rule: &mut C,
    (graph, draws, record): (&mut Graph, &mut Draws, &mut Timeline),
    before: usize,
    room: &mut [EdgeId],
) -> (usize, bool) {
    // A generator of its own stays in registers.
    let mut own_draws = draws.clone();
    let mut taken = 0;
    let mut goes_on = true;
    for slot in room {
        let Some(throw) = rule.throw(graph, &mut own_draws, &mut record.orphans) else {
            goes_on = false;
            break;
        };
        *slot = throw.edge;
        taken += 1;
        if throw.outcome != Outcome::Alone && !record.note((before + taken) as u32, throw.outcome, graph) {
            goes_on = false;
            break;
        }
    }
    *draws = own_draws;
    (taken, goes_on)
}

impl Timeline {
    /// A run before its first step, and what is alive then.
    pub(crate) fn begin(network: &Network) -> (Graph, Self) {
        let mut graph = Graph::new(network.mask());
        let mut orphaned_at_start = Vec::new();
        graph.settle(&mut orphaned_at_start);
        let run = Self {
            shape: *network.shape(),
            orphaned_at_start,
            edges: Vec::new(),
            wasted: Vec::new(),
            orphans: Vec::new(),
            cascades: Vec::new(),
            destroyed_at: graph.destroyed().then_some(0),
        };
        (graph, run)
    }

    /// Adds a step that cut an edge, and takes over what it orphaned.
    pub(crate) fn push(&mut self, edge: EdgeId, orphaned: &mut Vec<EdgeId>, graph: &Graph) {
        self.edges.push(edge);
        self.orphans.append(orphaned);
        self.note(self.len(), Outcome::Cascade, graph);
    }

    /// Notes what a step did beside cutting its edge; whether the run goes on.
    #[cold]
    #[inline(never)]
    fn note(&mut self, step: u32, outcome: Outcome, graph: &Graph) -> bool {
        if outcome == Outcome::Dead {
            self.wasted.push(step);
        }
        let end = self.orphans.len() as u32;
        if end > self.cascades.last().map_or(0, |cascade| cascade.end) {
            self.cascades.push(Cascade { step, end });
        }
        if graph.destroyed() {
            self.destroyed_at = Some(step);
        }
        !graph.destroyed()
    }
}

/// The k that destroys the network, which is all that an ensemble asks of a run. `None` as in [`Timeline::destroyed_at`].
pub fn destroyed_at(network: &Network, pruning: &Pruning) -> Option<u32> {
    Timeline::of(network, pruning).destroyed_at()
}
