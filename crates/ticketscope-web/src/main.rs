//! The entry of the page; its workers run `bin/ticketscope-worker.rs`.

fn main() {
    ticketscope_web::start_page();
}
