//! Changes of inputs that are JSON. A byte that is changed at random mostly leaves no JSON behind, so that nothing but its
//! reader is tested. Here one value is changed instead, as often as not.

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzzer_mutate;
use serde_json::Value;

use crate::object;

/// Changes an input: `start` bytes of any kind, then JSON documents with a separator between them. Gives the new size.
pub fn documents(
    data: &mut [u8],
    size: usize,
    room: usize,
    seed: u32,
    start: usize,
    separator: &str,
) -> usize {
    let bytes = random(seed);
    if bytes[0] % 2 == 0 {
        return fuzzer_mutate(data, size, room);
    }
    let Some(changed) = changed(&data[..size], start, separator, &bytes[1..]) else {
        return fuzzer_mutate(data, size, room);
    };
    if changed.len() > room {
        return fuzzer_mutate(data, size, room);
    }
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
}

fn changed(data: &[u8], start: usize, separator: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let (kept, text) = data.split_at_checked(start)?;
    let text = str::from_utf8(text).ok()?;
    let mut documents: Vec<_> = text.split(separator).map(String::from).collect();
    let mut bytes = Unstructured::new(bytes);
    let index = bytes.choose_index(documents.len()).ok()?;
    let mut value: Value = serde_json::from_str(&documents[index]).ok()?;
    for _ in 0..bytes.int_in_range(1..=3).ok()? {
        object::bend(&mut value, &mut bytes).ok()?;
    }
    documents[index] = value.to_string();
    if bytes.ratio(1, 8).ok()? {
        // The same once more, or one less.
        if bytes.arbitrary().ok()? {
            documents.insert(index, documents[index].clone());
        } else {
            documents.remove(index);
        }
    }
    Some([kept, documents.join(separator).as_bytes()].concat())
}

/// Bytes from a seed (splitmix64).
fn random(seed: u32) -> Vec<u8> {
    let mut state = u64::from(seed);
    let words = (0..32).map(|_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    });
    words.flat_map(u64::to_le_bytes).collect()
}
