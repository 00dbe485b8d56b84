//! Every pinned case has its stored digests on this machine. `tests/wasm.rs` says the same of WebAssembly.

mod cases;

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_case_has_its_digests() {
    assert!(cases::check_all() >= 200);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn what_explains_numbers_has_its_digest() {
    assert_eq!(cases::explained(), cases::EXPLAINED);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn searches_have_their_digest() {
    assert_eq!(cases::searched(), cases::SEARCHED);
}
