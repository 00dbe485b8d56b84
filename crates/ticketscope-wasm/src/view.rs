//! Lists handed to JavaScript: views of the module's own memory, and whole numbers of any size.

use js_sys::{Array, BigInt, Float64Array, Object, Reflect, Uint8Array, Uint32Array, WebAssembly::Memory};
use num_bigint::BigUint;
use ticketscope_core::state::{EdgeState, NodeState};
use wasm_bindgen::{JsCast, JsValue};

/// A state that takes one byte.
pub trait Byte: Copy {}
impl Byte for EdgeState {}
impl Byte for NodeState {}

/// The buffer that every list of this module lies in. Another takes its place when the memory grows.
fn buffer() -> JsValue {
    wasm_bindgen::memory().unchecked_into::<Memory>().buffer()
}

/// A view of f64 numbers: nothing is copied.
pub fn floats(list: &[f64]) -> Float64Array {
    Float64Array::new_with_byte_offset_and_length(&buffer(), list.as_ptr() as u32, list.len() as u32)
}

/// A view of u32 numbers: nothing is copied.
pub fn words(list: &[u32]) -> Uint32Array {
    Uint32Array::new_with_byte_offset_and_length(&buffer(), list.as_ptr() as u32, list.len() as u32)
}

/// A view of states, one byte each: nothing is copied.
pub fn states<T: Byte>(list: &[T]) -> Uint8Array {
    const { assert!(size_of::<T>() == 1) };
    Uint8Array::new_with_byte_offset_and_length(&buffer(), list.as_ptr() as u32, list.len() as u32)
}

/// A whole number, however large.
pub fn bigint(number: &BigUint) -> BigInt {
    let text = JsValue::from_str(&format!("{number:#x}"));
    // A hexadecimal literal is always a BigInt.
    BigInt::new(&text).unwrap_or_default()
}

/// A list of whole numbers.
pub fn bigints(numbers: &[BigUint]) -> Array {
    numbers.iter().map(bigint).collect()
}

/// A plain object.
pub fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // A fresh object takes every property.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object
}
