//! What is under a point of a picture, and where a thing of the picture is.

use crate::camera::Camera;
use crate::layout::{Frame, Layout};
use crate::matrix::MatrixLayout;
use crate::picture::{View, resolved};
use ticketscope_core::shape::{Edge, EdgeId, Node, Shape};
use ticketscope_core::state::EdgeState;

/// A thing in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// A node.
    Node(Node),
    /// An edge.
    Edge(EdgeId),
}

/// Good reach of a mouse, CSS px.
pub const MOUSE: f32 = 8.0;
/// Good reach of a finger, CSS px.
pub const FINGER: f32 = 22.0;

/// A picture to point at: what [`Picture`](crate::picture::Picture) was made from, as far as places depend on it. Cheap to make
/// again for every movement of the pointer.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    shape: Shape,
    places: Places,
    states: &'a [EdgeState],
}

/// Where things are.
#[derive(Debug, Clone)]
pub(crate) enum Places {
    Lines(Layout),
    Matrices(MatrixLayout),
}

impl Places {
    /// The layout of a shape in a box, as a camera sees it.
    pub fn new(shape: &Shape, frame: Frame, view: View, camera: Camera) -> Self {
        let frame = Frame::new(frame.width, frame.height);
        let camera = camera.clamped(frame);
        match resolved(view, shape, frame) {
            View::Matrices => Self::Matrices(MatrixLayout::new(shape, frame).seen(camera)),
            View::Auto | View::Lines => Self::Lines(Layout::new(shape, frame).seen(camera)),
        }
    }
}

/// What is at a point: see [`Target::at`].
pub fn pick(shape: &Shape, frame: Frame, view: View, camera: Camera, x: f32, y: f32, reach: f32) -> Option<Pick> {
    Target::new(shape, frame, view, camera, &[]).at(x, y, reach)
}

impl<'a> Target<'a> {
    /// A picture of a shape in a box; `states` may be empty.
    pub fn new(shape: &Shape, frame: Frame, view: View, camera: Camera, states: &'a [EdgeState]) -> Self {
        Self { shape: *shape, places: Places::new(shape, frame, view, camera), states }
    }

    /// The node within `reach` CSS px, the nearest first, else the nearest edge within it; an edge that is gone counts as
    /// 0.4·`reach` further away. A node's reach ends before the middle of the edges about it. In matrices the edge whose cell it
    /// is, and nothing where a pixel stands for several edges.
    pub fn at(&self, x: f32, y: f32, reach: f32) -> Option<Pick> {
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        match &self.places {
            Places::Lines(layout) => {
                let node = self.node_at(layout, x, y, reach).map(Pick::Node);
                node.or_else(|| self.edge_at(layout, x, y, reach).map(Pick::Edge))
            }
            Places::Matrices(layout) => layout.edge_at(x, y).map(|edge| Pick::Edge(self.shape.edge_id(edge))),
        }
    }

    /// The middle of a thing: where its card points, and where the keyboard is. None for a node in matrices and for what the
    /// shape does not have.
    pub fn middle(&self, pick: Pick) -> Option<(f32, f32)> {
        match (pick, &self.places) {
            (Pick::Node(node), Places::Lines(layout)) => has_node(&self.shape, node).then(|| layout.node(node)),
            (Pick::Node(_), Places::Matrices(_)) => None,
            (Pick::Edge(id), _) if id >= self.shape.edge_count() => None,
            (Pick::Edge(id), Places::Lines(layout)) => {
                let [x0, y0, x1, y1] = layout.edge(self.shape.edge(id));
                Some(((x0 + x1) / 2.0, (y0 + y1) / 2.0))
            }
            (Pick::Edge(id), Places::Matrices(layout)) => {
                let [x, y, width, height] = layout.cell(self.shape.edge(id));
                Some((x + width / 2.0, y + height / 2.0))
            }
        }
    }

    /// The nearest node of the two node layers about a point.
    fn node_at(&self, layout: &Layout, x: f32, y: f32, reach: f32) -> Option<Node> {
        let last = self.shape.node_layers() - 1;
        let layer = layout.along(x, y).round().clamp(0.0, last as f32) as u32;
        let index = layout.across(x, y, layer).round().clamp(0.0, (self.shape.nodes_in(layer) - 1) as f32) as u32;
        let node = Node { layer, index };
        let (nx, ny) = layout.node(node);
        let within = layout.radius(layer).max(reach.min(0.4 * layout.spacing()));
        ((nx - x).powi(2) + (ny - y).powi(2) <= within * within).then_some(node)
    }

    /// The nearest edge of the edge layers about a point: all of one layer are tried, at most two layers near a node layer.
    fn edge_at(&self, layout: &Layout, x: f32, y: f32, reach: f32) -> Option<EdgeId> {
        let along = layout.along(x, y);
        let margin = reach / layout.spacing();
        let mut best: Option<(f32, EdgeId)> = None;
        for layer in 0..self.shape.edge_layers() {
            if along < layer as f32 - margin || along > (layer + 1) as f32 + margin {
                continue;
            }
            let mut id = self.shape.first_edge(layer);
            for from in 0..self.shape.tails(layer) {
                for to in 0..self.shape.heads(layer) {
                    let distance = to_segment(x, y, layout.edge(Edge { layer, from, to }));
                    if distance <= reach {
                        let gone = self.states.get(id as usize).is_some_and(|&state| !is_alive(state));
                        let rank = if gone { distance + 0.4 * reach } else { distance };
                        if best.is_none_or(|(least, _)| rank < least) {
                            best = Some((rank, id));
                        }
                    }
                    id += 1;
                }
            }
        }
        best.map(|(_, id)| id)
    }
}

/// Whether a shape has a node.
pub(crate) fn has_node(shape: &Shape, node: Node) -> bool {
    node.layer < shape.node_layers() && node.index < shape.nodes_in(node.layer)
}

/// On a ticket or idle.
pub(crate) fn is_alive(state: EdgeState) -> bool {
    matches!(state, EdgeState::OnTicket | EdgeState::Idle)
}

/// Distance of a point from a segment.
fn to_segment(x: f32, y: f32, [x0, y0, x1, y1]: [f32; 4]) -> f32 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 { (((x - x0) * dx + (y - y0) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    let (ex, ey) = (x - x0 - t * dx, y - y0 - t * dy);
    (ex * ex + ey * ey).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Direction;

    const FRAMES: [Frame; 3] = [
        Frame { width: 900.0, height: 640.0 },
        Frame { width: 328.0, height: 300.0 },
        Frame { width: 328.0, height: 560.0 },
    ];

    fn cases() -> impl Iterator<Item = (Shape, Frame, Camera)> {
        let shapes =
            [(1, 1, 1, 1), (1, 1, 12, 1), (1, 4, 5, 1), (3, 2, 7, 2), (1, 12, 4, 1), (2, 5, 12, 3), (5, 3, 20, 4)];
        shapes.into_iter().flat_map(|(s, n, w, t)| {
            FRAMES.into_iter().flat_map(move |frame| {
                let near = Camera::WHOLE.zoomed(3.0, (frame.width * 0.3, frame.height * 0.6), frame);
                [Camera::WHOLE, near].map(|camera| (Shape::new(s, n, w, t).unwrap(), frame, camera))
            })
        })
    }

    #[test]
    fn the_middle_of_every_edge_picks_an_edge_through_it_and_every_nodes_centre_the_node() {
        let mut turned = false;
        for (shape, frame, camera) in cases() {
            let target = Target::new(&shape, frame, View::Lines, camera, &[]);
            let Places::Lines(layout) = &target.places else { panic!("lines were asked for") };
            turned |= layout.direction() == Direction::Down;
            for id in 0..shape.edge_count() {
                let (x, y) = target.middle(Pick::Edge(id)).unwrap();
                for reach in [MOUSE, FINGER] {
                    let Some(Pick::Edge(found)) = target.at(x, y, reach) else {
                        panic!("{shape:?} {frame:?} {camera:?}: no edge at the middle of {id}")
                    };
                    let distance = to_segment(x, y, layout.edge(shape.edge(found)));
                    assert!(distance < 0.05, "{shape:?} {frame:?} {id} {found} {distance}");
                }
            }
            for layer in 0..shape.node_layers() {
                for index in 0..shape.nodes_in(layer) {
                    let node = Pick::Node(Node { layer, index });
                    let (x, y) = target.middle(node).unwrap();
                    assert_eq!(target.at(x, y, MOUSE), Some(node), "{shape:?} {frame:?}");
                    assert_eq!(target.at(x, y, FINGER), Some(node), "{shape:?} {frame:?}");
                }
            }
        }
        assert!(turned, "no picture ran downwards");
    }

    #[test]
    fn an_alive_edge_is_preferred_and_a_gone_one_can_still_be_had() {
        let shape = Shape::new(1, 2, 6, 1).unwrap();
        let frame = FRAMES[0];
        let states: Vec<EdgeState> =
            (0..shape.edge_count()).map(|id| if id % 2 == 0 { EdgeState::Idle } else { EdgeState::Cut }).collect();
        let target = Target::new(&shape, frame, View::Lines, Camera::WHOLE, &states);
        let mut gone = 0;
        for id in 0..shape.edge_count() {
            let (x, y) = target.middle(Pick::Edge(id)).unwrap();
            let Some(Pick::Edge(found)) = target.at(x, y, MOUSE) else { panic!("nothing at {id}") };
            if id % 2 == 0 {
                assert_eq!(found % 2, 0, "a gone edge at the middle of the alive {id}");
            }
            gone += u32::from(found % 2 == 1);
        }
        assert!(gone > 0);
    }

    #[test]
    fn the_centre_of_every_cell_picks_its_edge_and_a_block_none() {
        for (w, frame) in [(12, FRAMES[1]), (40, FRAMES[0]), (100, FRAMES[0])] {
            let shape = Shape::new(2, 4, w, 3).unwrap();
            for camera in [Camera::WHOLE, Camera::WHOLE.zoomed(4.0, (100.0, 100.0), frame)] {
                let target = Target::new(&shape, frame, View::Matrices, camera, &[]);
                for id in 0..shape.edge_count() {
                    let (x, y) = target.middle(Pick::Edge(id)).unwrap();
                    assert_eq!(target.at(x, y, MOUSE), Some(Pick::Edge(id)), "{w} {camera:?}");
                }
            }
        }
        let huge = Shape::new(1, 32, 512, 1).unwrap();
        let target = Target::new(&huge, FRAMES[1], View::Auto, Camera::WHOLE, &[]);
        let (x, y) = target.middle(Pick::Edge(huge.first_edge(3))).unwrap();
        assert_eq!(target.at(x, y, MOUSE), None);
    }

    #[test]
    fn nothing_far_away_and_nothing_strange() {
        let shape = Shape::new(1, 2, 3, 1).unwrap();
        for view in [View::Lines, View::Matrices] {
            for (x, y) in [(-400.0, 10.0), (1.0, 5000.0), (f32::NAN, 1.0), (f32::INFINITY, 1.0)] {
                assert_eq!(pick(&shape, FRAMES[0], view, Camera::WHOLE, x, y, MOUSE), None);
            }
            let target = Target::new(&shape, FRAMES[0], view, Camera::WHOLE, &[]);
            assert_eq!(target.middle(Pick::Edge(u32::MAX)), None);
            assert_eq!(target.middle(Pick::Node(Node { layer: 9, index: 0 })), None);
        }
    }
}
