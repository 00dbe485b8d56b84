//! The entry of the page and of its workers.

fn main() {
    ticketscope_web::start();
}
