//! What the documentation shows can be done.

mod common;

/// The commands of the fenced blocks, without what a shell would do with their output.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```").skip(1).step_by(2);
    let lines = blocks.flat_map(str::lines).map(|line| line.trim_start_matches("$ "));
    let commands = lines.filter(|line| line.starts_with("ticketscope "));
    commands.map(|line| line.split(['|', '>']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_examples_of_the_command_line_work() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/command-line.md")).unwrap();
    let folder = common::folder("docs");
    let commands = commands(&text);
    assert!(commands.len() >= 8);
    for command in commands {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ticketscope"))
            .args(command.split_whitespace().skip(1))
            .current_dir(&folder)
            .output()
            .unwrap();
        // One example shows what is refused.
        let expected = if command.contains("900") { 2 } else { 0 };
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "{command}: {err}");
        if expected == 2 {
            assert!(text.contains(err.trim_end()), "{err}");
        }
    }
}
