//! Names of nodes, edges and layers, one way everywhere.

use ticketscope_core::shape::{Edge, Node, Shape};

/// A node's name: x and y where there is one source or sink, else numbered from 1; `h2.4` is the fourth node of hidden layer 2.
pub fn node(shape: &Shape, node: Node) -> String {
    let end = |letter: &str, many: u32| {
        if many == 1 { letter.to_owned() } else { format!("{letter}{}", node.index + 1) }
    };
    if node.layer == 0 {
        end("x", shape.sources())
    } else if node.layer > shape.hidden_layers() {
        end("y", shape.sinks())
    } else {
        format!("h{}.{}", node.layer, node.index + 1)
    }
}

/// An edge's name: `h2.4 → h3.1`.
pub fn edge(shape: &Shape, edge: Edge) -> String {
    let tail = Node { layer: edge.layer, index: edge.from };
    let head = Node { layer: edge.layer + 1, index: edge.to };
    format!("{} → {}", node(shape, tail), node(shape, head))
}

/// An edge layer's name: `sources → h1`, `h1 → h2`, `h4 → sinks`.
pub fn edge_layer(shape: &Shape, layer: u32) -> String {
    let name = |node_layer: u32| match node_layer {
        0 => "sources".to_owned(),
        n if n > shape.hidden_layers() => "sinks".to_owned(),
        n => format!("h{n}"),
    };
    format!("{} → {}", name(layer), name(layer + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let shape = Shape::new(2, 3, 5, 1).unwrap();
        assert_eq!(edge(&shape, Edge { layer: 0, from: 1, to: 4 }), "x2 → h1.5");
        assert_eq!(edge(&shape, Edge { layer: 3, from: 0, to: 0 }), "h3.1 → y");
        assert_eq!(edge_layer(&shape, 0), "sources → h1");
        assert_eq!(edge_layer(&shape, 3), "h3 → sinks");
    }
}
