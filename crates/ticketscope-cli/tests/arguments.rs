//! What may be given, and what is said when something else is.

mod common;

use common::{folder, run, text};
use ticketscope_scene::FIELDS;

/// One sentence on standard error, nothing on standard output, status 2.
fn refused(args: &[&str]) -> String {
    let ran = run(args);
    assert_eq!(ran.status, 2, "{args:?}");
    assert!(ran.out.is_empty(), "{args:?}");
    let sentence = ran.err.strip_prefix("ticketscope: ").unwrap_or_else(|| panic!("{args:?}: {}", ran.err));
    let sentence = sentence.strip_suffix('\n').unwrap();
    assert!(!sentence.contains('\n') && sentence.ends_with(['.', '?']), "{args:?}: {sentence}");
    sentence.to_owned()
}

#[test]
fn each_fault_has_its_sentence() {
    for (args, sentence) in [
        (&[][..], "no command is given: give network, prune, products, find or open (--help explains them)."),
        (
            &["prnue"],
            "there is no command “prnue”: give network, prune, products, find or open (--help explains them).",
        ),
        (
            &["--json"],
            "there is no command “--json”: give network, prune, products, find or open (--help explains them).",
        ),
        (
            &["help", "x"],
            "there is no command “x”: give network, prune, products, find or open (--help explains them).",
        ),
        (&["#v1&width=3"], "a link is opened by `ticketscope open '<link>'`."),
        (&["prune", "--width", "900"], "width “900” is not allowed: give 1–512."),
        (&["prune", "--width=0"], "width “0” is not allowed: give 1–512."),
        (&["prune", "--width", "-3"], "width “-3” is not allowed: give 1–512."),
        (
            &["prune", "--rule", "edges"],
            "rule “edges” is not allowed: give layer, two-choices, edge, node, magnitude or synflow.",
        ),
        (&["products", "--alpha", "9"], "alpha “9” is not allowed: give above 0, at most 8, auto or flat."),
        (
            &["products", "--seed", "9007199254740992"],
            "seed “9007199254740992” is not allowed: give 0–9007199254740991.",
        ),
        (&["prune", "--wdth", "5"], "there is no key “wdth”: did you mean width?"),
        (&["prune", "--width"], "width is given without a value: give 1–512."),
        (&["prune", "--width", "--json"], "width is given without a value: give 1–512."),
        (&["prune", "--svg"], "svg is given without a value: give the name of a file."),
        (&["prune", "--svg="], "svg is given without a value: give the name of a file."),
        (&["prune", "--theme", "blue"], "theme “blue” is not allowed: give light or dark."),
        (&["prune", "--json=yes"], "json takes no value, and “yes” is given."),
        (&["prune", "--seed", "1", "--seed=2"], "seed is given more than once: give it once."),
        (
            &["prune", "--view", "products"],
            "view is not a flag: the command names the view, as in `ticketscope prune`.",
        ),
        (&["prune", "--lesson", "3"], "lesson is kept for a later version of the program and takes no value yet."),
        (&["prune", "5"], "“5” is not expected: values follow their key, as in `--width 5`."),
        (&["prune", "-w", "5"], "“-w” is not expected: values follow their key, as in `--width 5`."),
        (&["open"], "open is given no link: give one in single quotes, as in '#v1&width=12'."),
        (&["open", "hello"], "this is no link: a link has #v1 in it."),
        (&["open", "#v1", "#v1"], "“#v1” is not expected: values follow their key, as in `--width 5`."),
        (&["open", "#v1", "--width", "5"], "width is given beside a link: open takes its values from the link alone."),
        (&["prune", "--json", "--svg", "-"], "standard output takes one thing at a time: give a file for the others."),
        (
            &["prune", "--png", "-", "--svg", "-"],
            "standard output takes one thing at a time: give a file for the others.",
        ),
        (&["products", "--csv", "-"], "csv is for network and prune: products have no edges to list."),
    ] {
        assert_eq!(refused(args), sentence, "{args:?}");
    }
}

#[test]
fn views_of_later_versions_are_refused_by_name() {
    for view in ["build", "bounds"] {
        let sentence =
            format!("the view {view} is not in this version of the program: it has prune, products and find.");
        assert_eq!(refused(&[view]), sentence);
        assert_eq!(refused(&[view, "--width", "5", "--json"]), sentence);
        assert_eq!(refused(&["open", &format!("#v1&view={view}")]), sentence);
    }
}

#[test]
fn a_link_is_too_long_by_one_character() {
    let longest = format!("#v1&{}", "x".repeat(8192 - 4));
    assert_eq!(run(&["open", &longest, "--json"]).status, 0);
    assert_eq!(
        refused(&["open", &(longest + "x")]),
        "this is no link: it has 8193 characters and a link has at most 8192."
    );
}

#[test]
fn files_that_cannot_be_written_are_named() {
    let folder = folder("unwritable");
    let name = folder.join("no/such/folder.svg");
    let sentence = refused(&["prune", "--svg", text(&name)]);
    assert!(sentence.contains("folder.svg” cannot be written: "), "{sentence}");
    // A folder is no file.
    assert!(refused(&["network", "--csv", text(&folder)]).contains(" cannot be written: "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for options in [&["--json"][..], &[], &["--csv", "-"], &["--svg", "/dev/full"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ticketscope"))
            .arg("prune")
            .args(options)
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("cannot be written: "), "{err}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for options in [&["--json"][..], &["--csv", "-"], &["--svg", "-"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_ticketscope"))
            .args(["network", "--hidden", "8", "--width", "60"])
            .args(options)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{options:?}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let odd = OsStr::from_bytes(b"\xff\xfe");
    for args in [&[odd][..], &[OsStr::new("open"), odd], &[OsStr::new("prune"), OsStr::new("--width"), odd]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ticketscope")).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
    }
    // A file's name need not be text.
    let folder = folder("odd-names");
    for joined in [false, true] {
        let path = folder.join(OsStr::from_bytes(if joined { b"a=\xff.svg" } else { b"b\xff.svg" }));
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ticketscope"));
        command.arg("prune");
        if joined {
            command.arg([b"--svg=", path.as_os_str().as_bytes()].map(OsStr::from_bytes).join(OsStr::new("")));
        } else {
            command.arg("--svg").arg(&path);
        }
        assert_eq!(command.output().unwrap().status.code(), Some(0));
        assert!(path.is_file());
    }
}

#[test]
fn help_lists_every_key_that_matters_and_the_version_is_known() {
    let general = run(&["--help"]).text();
    for args in [&["-h"][..], &["help"]] {
        assert_eq!(run(args).text(), general);
    }
    for command in ["network", "prune", "products", "find", "open"] {
        assert!(general.contains(&format!("\n  {command} ")));
        let help = run(&[command, "--width", "nonsense", "--help"]).text();
        assert_eq!(run(&["help", command]).text(), help);
        assert!(help.lines().all(|line| line.chars().count() <= 100));
    }
    let prune = run(&["prune", "--help"]).text();
    let products = run(&["products", "--help"]).text();
    let find = run(&["find", "--help"]).text();
    for field in FIELDS.iter().filter(|field| field.is_flag()) {
        let line = format!("\n  --{} ", field.key);
        use ticketscope_scene::scene::View;
        assert_eq!(prune.contains(&line), field.is_in(View::Prune), "{}", field.key);
        assert_eq!(products.contains(&line), field.is_in(View::Products), "{}", field.key);
        assert_eq!(find.contains(&line), field.is_in(View::Find), "{}", field.key);
    }
    for flag in ["--version", "-V"] {
        assert_eq!(run(&[flag]).text(), format!("ticketscope {}\n", env!("CARGO_PKG_VERSION")));
    }
}

#[test]
fn files_that_do_not_fit_are_refused() {
    let folder = folder("misfits");
    let write = |name: &str, content: &[u8]| {
        std::fs::write(folder.join(name), content).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let weights = write("weights.json", br#"{"weights": [[[1, 2]], [[3], [4]]]}"#);
    let mask = write("mask.csv", b"layer,from,to,kept\n0,0,0,1\n0,0,1,0\n1,0,0,1\n1,1,0,1\n");
    let wider = write("wider.json", br#"{"mask": [[[1, 1, 1]], [[1], [1], [1]]]}"#);
    let nothing = write("nothing.json", b"");
    let bytes = write("bytes.json", b"\xff\xfe\0\0");
    for (args, end) in [
        (&["--weights", &mask][..], "mask.csv”: there is no list of that name in it."),
        (&["--mask", &weights], "weights.json”: there is no list of that name in it."),
        (&["--weights", &nothing], "nothing.json”: the file is empty."),
        (&["--mask", &bytes], "bytes.json”: the file is text in UTF-16; save it as UTF-8."),
        (&["--weights", &weights, "--mask", &wider], "wider.json” is for a network of another shape than weights."),
        (&["--weights", &weights, "--width", "3"], "width “3” does not fit the file: leave it out or give 2."),
        (&["--mask", &wider, "--hidden", "2"], "hidden “2” does not fit the file: leave it out or give 1."),
    ] {
        for command in ["network", "prune", "products"] {
            let sentence = refused(&[&[command], args].concat());
            assert!(sentence.ends_with(end), "{args:?}: {sentence}");
        }
    }
    let sentence = refused(&["prune", "--mask", text(&folder.join("none.csv"))]);
    assert!(sentence.contains("none.csv” cannot be read: "), "{sentence}");
    // What fits is taken: of four edges three are kept, and one path.
    let both = ["--weights", &weights, "--mask", &mask, "--width", "2"];
    let report = run(&[&["prune"], &both[..]].concat()).text();
    assert!(
        report.contains("1 source, 1 hidden layer of width 2") && report.contains("surviving paths    1 "),
        "{report}"
    );
}
