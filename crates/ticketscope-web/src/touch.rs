//! What is pointed at, walked to, selected and pinned. Pure.

use crate::card;
use crate::hand;
use crate::keys::{Action, Way};
use crate::model::Model;
use crate::update::Effect;
use crate::walk::Place;
use ticketscope_core::path::Path;
use ticketscope_core::shape::{Edge, EdgeId, Node, Shape};
use ticketscope_draw::camera::Camera;
use ticketscope_draw::pick::Pick;
use ticketscope_scene::name;

/// Something of a network that can be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A node.
    Node(Node),
    /// An edge.
    Edge(Edge),
    /// A path from a source to a sink.
    Path(Path),
}

impl Thing {
    /// The thing under a point of the picture.
    pub fn picked(pick: Pick, shape: &Shape) -> Self {
        match pick {
            Pick::Node(node) => Self::Node(node),
            Pick::Edge(id) => Self::Edge(shape.edge(id)),
        }
    }

    /// Whether a shape has it.
    pub fn fits(&self, shape: &Shape) -> bool {
        match self {
            Self::Node(node) => Place::Node(*node).fits(shape),
            Self::Edge(edge) => Place::Out(*edge).fits(shape),
            Self::Path(path) => {
                path.nodes.len() == shape.node_layers() as usize
                    && (0..).zip(&path.nodes).all(|(layer, &index)| index < shape.nodes_in(layer))
            }
        }
    }

    /// What it is called.
    pub fn name(&self, shape: &Shape) -> String {
        match self {
            Self::Node(node) => name::node(shape, *node),
            Self::Edge(edge) => name::edge(shape, *edge),
            Self::Path(path) => path_name(shape, path),
        }
    }

    /// Where it is in the picture; a path is marked by its first hidden node.
    pub fn pick(&self, shape: &Shape) -> Pick {
        match self {
            Self::Node(node) => Pick::Node(*node),
            Self::Edge(edge) => Pick::Edge(shape.edge_id(*edge)),
            Self::Path(path) => Pick::Node(Node { layer: 1, index: path.nodes.get(1).copied().unwrap_or(0) }),
        }
    }
}

/// `x → h1.2 → h2.3 → y`.
pub fn path_name(shape: &Shape, path: &Path) -> String {
    let nodes = (0..).zip(&path.nodes).map(|(layer, &index)| name::node(shape, Node { layer, index }));
    nodes.collect::<Vec<_>>().join(" → ")
}

/// How something came to be looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum By {
    /// The pointer is over it, here in the picture.
    Pointer(f32, f32),
    /// The cursor has walked to it.
    Keys,
    /// It was tapped: its card stands in the sheet, with what can be done.
    Tap,
    /// A row of a table.
    Row,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct At {
    /// What.
    pub thing: Thing,
    /// How.
    pub by: By,
}

/// A pinned card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Its letter, A to F; it stands in the picture too.
    pub letter: char,
    /// What it is of.
    pub thing: Thing,
}

/// Letters of pins.
const LETTERS: [char; 6] = ['A', 'B', 'C', 'D', 'E', 'F'];

/// What only this tab knows about pointing.
#[derive(Debug, Default)]
pub struct Touch {
    /// What is looked at.
    pub at: Option<At>,
    /// Where the cursor of the keyboard is, while the picture has it.
    pub walk: Option<Place>,
    /// Pinned cards, by letter.
    pub pins: Vec<Pin>,
    /// What part of the picture is looked at.
    pub camera: Camera,
}

/// What happens by pointing.
#[derive(Debug)]
pub enum Message {
    /// The pointer came over something, or something was tapped, or a row of a table has the focus.
    Look(At),
    /// The pointer, or the focus, went away from everything.
    Away,
    /// Something is to be pinned, or unpinned if it is.
    Pin(Thing),
    /// A pinned card was closed.
    Unpin(char),
    /// The sheet with the selected thing was closed.
    Close,
    /// The picture was zoomed or moved.
    Camera(Camera),
    /// The picture lost the focus: the cursor's card goes, the cursor stays where it is.
    Blur,
}

impl Touch {
    /// The selected thing, if the sheet shows one.
    pub fn selected(&self) -> Option<&Thing> {
        self.at.as_ref().filter(|at| at.by == By::Tap).map(|at| &at.thing)
    }

    /// Forgets what a network of another shape does not have.
    pub fn fit(&mut self, shape: &Shape) {
        self.pins.retain(|pin| pin.thing.fits(shape));
        if self.at.as_ref().is_some_and(|at| !at.thing.fits(shape)) {
            self.at = None;
        }
        if self.walk.is_some_and(|place| !place.fits(shape)) {
            self.walk = None;
        }
    }
}

/// Takes a message.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Look(at) => {
            if matches!(at.by, By::Tap | By::Pointer(..)) {
                model.touch.walk = None;
            }
            model.touch.at = Some(at);
        }
        // What was tapped stays selected, and the cursor's card open, whatever the pointer does.
        Message::Away => {
            if model.touch.at.as_ref().is_some_and(|at| matches!(at.by, By::Pointer(..) | By::Row)) {
                model.touch.at = None;
            }
        }
        Message::Pin(thing) => pin(model, thing, effects),
        Message::Unpin(letter) => {
            model.touch.pins.retain(|pin| pin.letter != letter);
            effects.push(Effect::Say(format!("{letter} unpinned.")));
            effects.push(Effect::Focus("network-box"));
        }
        Message::Close => {
            model.touch.at = None;
            effects.push(Effect::Focus("network-box"));
        }
        Message::Camera(camera) => model.touch.camera = camera,
        Message::Blur => {
            if model.touch.at.as_ref().is_some_and(|at| at.by == By::Keys) {
                model.touch.at = None;
            }
        }
    }
}

fn pin(model: &mut Model, thing: Thing, effects: &mut Vec<Effect>) {
    let Some(run) = &model.run else { return };
    let name = thing.name(run.timeline.shape());
    let pins = &mut model.touch.pins;
    if let Some(place) = pins.iter().position(|pin| pin.thing == thing) {
        let letter = pins.remove(place).letter;
        effects.push(Effect::Say(format!("{letter} unpinned: {name}.")));
        return;
    }
    let free = LETTERS.into_iter().find(|&letter| pins.iter().all(|pin| pin.letter != letter));
    let Some(letter) = free else {
        hand::tell(model, "Six cards are pinned: unpin one to make room.".to_owned(), effects);
        return;
    };
    let place = pins.iter().take_while(|pin| pin.letter < letter).count();
    pins.insert(place, Pin { letter, thing });
    effects.push(Effect::Say(format!("Pinned as {letter}: {name}.")));
}

/// A key of the picture.
pub fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Walk(way) => walk(model, way, effects),
        Action::Press => match model.touch.walk {
            Some(Place::Node(node)) => pin(model, Thing::Node(node), effects),
            Some(Place::Out(edge) | Place::Into(edge)) => hand::press(model, edge, effects),
            None => walk(model, Way::First, effects),
        },
        Action::Cut => {
            if let Some(Place::Out(edge) | Place::Into(edge)) = model.touch.walk {
                hand::cut(model, edge, effects);
            }
        }
        Action::Pin => {
            if let Some(at) = &model.touch.at {
                let thing = at.thing.clone();
                pin(model, thing, effects);
            }
        }
        Action::Leave => leave(model, effects),
        _ => {}
    }
}

/// Puts away what is open, one thing a press.
fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.sheet {
        model.sheet = false;
        effects.push(Effect::Focus("sheet"));
    } else if model.touch.at.take().is_none() && model.hand.told.take().is_none() {
        model.touch.walk = None;
    }
}

/// Moves the cursor; the first key only shows where it is.
fn walk(model: &mut Model, way: Way, effects: &mut Vec<Effect>) {
    let Some(run) = &model.run else { return };
    let shape = run.timeline.shape();
    let place = match model.touch.walk {
        None => match model.touch.at.as_ref().map(|at| &at.thing) {
            Some(Thing::Node(node)) => Place::Node(*node),
            Some(Thing::Edge(edge)) => Place::Out(*edge),
            _ => Place::START,
        },
        Some(place) => place.step(way, shape),
    };
    model.touch.walk = Some(place);
    let thing = thing_at(place);
    if let Some(said) = card::say(model, &thing) {
        effects.push(Effect::Say(said));
    }
    model.touch.at = Some(At { thing, by: By::Keys });
}

/// What stands at a place of the walk.
pub fn thing_at(place: Place) -> Thing {
    match place {
        Place::Node(node) => Thing::Node(node),
        Place::Out(edge) | Place::Into(edge) => Thing::Edge(edge),
    }
}

/// The edges that are lit because something is looked at.
pub fn lit(model: &Model) -> Option<Vec<EdgeId>> {
    let (run, now) = (model.run.as_deref()?, model.now.as_ref()?);
    card::lit(run, now, &model.touch.at.as_ref()?.thing)
}
