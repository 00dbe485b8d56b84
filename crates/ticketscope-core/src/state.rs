//! The states of edges and nodes at one moment of a pruning run.

/// What an edge is at step k. Edges that are [`EdgeState::OnTicket`] or [`EdgeState::Idle`] are *alive*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum EdgeState {
    /// Alive, and on at least one source–sink path of a network that still has a ticket.
    OnTicket = 0,
    /// Alive, but it carries no ticket: no source reaches it, or the network is destroyed.
    Idle = 1,
    /// Removed by a pruning step (or absent from the mask the run began with).
    Cut = 2,
    /// Removed because its head had no path to a sink any more.
    Orphaned = 3,
}

/// What a node is at step k.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum NodeState {
    /// Alive, and on at least one source–sink path of a network that still has a ticket.
    OnTicket = 0,
    /// Alive, but it carries no ticket.
    Idle = 1,
    /// No path leads from it to a sink.
    Dead = 2,
}
