//! Every pinned case has its stored digests in WebAssembly, to the last bit as on the machine that stored them.
#![cfg(target_arch = "wasm32")]

mod cases;

#[wasm_bindgen_test::wasm_bindgen_test]
fn every_case_has_its_digests() {
    assert!(cases::check_all() >= 200);
}

#[wasm_bindgen_test::wasm_bindgen_test]
fn what_explains_numbers_has_its_digest() {
    assert_eq!(cases::explained(), cases::EXPLAINED);
}

#[wasm_bindgen_test::wasm_bindgen_test]
fn searches_have_their_digest() {
    assert_eq!(cases::searched(), cases::SEARCHED);
}
