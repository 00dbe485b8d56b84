//! Prints the table from what criterion and tinybench have written: `ticketscope-bench CRITERION-FOLDER NODE-FILE`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::{env, path::PathBuf, process::ExitCode};
    let words: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [criterion, node] = words.as_slice() else {
        eprintln!("usage: ticketscope-bench CRITERION-FOLDER NODE-FILE");
        return ExitCode::FAILURE;
    };
    match ticketscope_bench::table::table(criterion, node) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
