//! The entry of the charts of many networks.

fn main() {
    ticketscope_web::start_charts();
}
