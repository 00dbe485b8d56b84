//! The entry of the page's workers.

fn main() {
    ticketscope_web::start_worker();
}
