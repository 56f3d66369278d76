use super::*;
use crate::{Carried, ShareLink, payload_text};

/// Numbers that look random and are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn percent(&mut self) -> u64 {
        (self.next() >> 11) % 100
    }
}

/// A presentation of so many bytes that compress badly.
fn presentation(length: usize) -> Vec<u8> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    (0..length).map(|_| b"0123456789abcdefghijklmnopqrstuvwxyz"[(chance.next() >> 20) as usize % 36]).collect()
}

fn texts(payload: &str) -> Parts {
    parts_of(&message_of_payload(payload).expect("a payload")).expect("short enough")
}

#[test]
fn a_payload_comes_through_a_sequence_unchanged() {
    for length in [60, 300, 1_000, 20_000] {
        let presentation = presentation(length);
        for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
            let parts = texts(&payload_text(&presentation, encoding));
            let mut reader = SequenceReader::new();
            let mut last = None;
            for text in &parts.texts[..parts.enough] {
                last = Some(reader.receive(text));
            }
            let progress = last.expect("there is a part");
            assert_eq!((progress.received, progress.enough), (parts.enough, parts.enough), "{length}");
            let text = progress.done.expect("all pieces came");
            assert_eq!(text, payload_text(&presentation, PayloadEncoding::Base64Url));
            assert_eq!(ShareLink::decode(&text), Ok(Carried::Plain(presentation.clone())));
        }
    }
}

#[test]
fn parts_may_come_in_any_order_twice_and_with_three_in_ten_missing() {
    for (length, seed) in [(1_500, 1), (5_000, 2), (20_000, 3), (60_000, 4)] {
        let payload = payload_text(&presentation(length), PayloadEncoding::Base64Url);
        let parts = texts(&payload);
        let mut chance = Chance(seed);
        let mut reader = SequenceReader::new();
        let mut shown = 0;
        let done = loop {
            let text = &parts.texts[(chance.next() >> 20) as usize % parts.texts.len()];
            shown += 1;
            assert!(shown < 40 * parts.texts.len(), "{length}: it never ends");
            if chance.percent() < 30 {
                continue;
            }
            if let Some(done) = reader.receive(text).done {
                break done;
            }
        };
        assert_eq!(done, payload, "{length}");
    }
}
