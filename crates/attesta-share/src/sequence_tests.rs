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

#[test]
fn a_reader_that_misses_three_codes_in_ten_is_done_within_two_loops() {
    const READERS: usize = 60;
    for pieces in [2, 8, 24] {
        let parts = parts_of(&presentation(pieces * FRAGMENT_BYTES - 5)).expect("short enough");
        assert_eq!(parts.enough, pieces);
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ pieces as u64);
        let is_done_in_two_loops = |chance: &mut Chance| {
            let start = (chance.next() >> 20) as usize % parts.texts.len();
            let shown = parts.texts.iter().cycle().skip(start).take(2 * parts.texts.len());
            let mut reader = SequenceReader::new();
            shown.into_iter().any(|text| chance.percent() >= 30 && reader.receive(text).done.is_some())
        };
        let done = (0..READERS).filter(|_| is_done_in_two_loops(&mut chance)).count();
        assert!(done * 100 >= READERS * 95, "{done} of {READERS} readers of {pieces} pieces");
    }
}

#[test]
fn codes_of_a_sequence_have_one_size_that_a_telephone_reads() {
    for length in [1_000, 4_000] {
        let sequence = Sequence::of(&payload_text(&presentation(length), PayloadEncoding::Base64Url)).expect("short");
        assert!(sequence.version <= 15, "version {}", sequence.version);
        assert!(sequence.codes.iter().all(|code| code.version() == sequence.version));
        assert!(sequence.codes.len() > sequence.enough);
    }
    let one = Sequence::of(&payload_text(b"{\"type\":[\"VerifiablePresentation\"]}", PayloadEncoding::Digits));
    assert_eq!(one.map(|sequence| (sequence.codes.len(), sequence.enough)), Ok((1, 1)));
    assert_eq!(Sequence::of("https://verify.example/"), Err(SequenceError::NotAPayload));
    let long = payload_text(&presentation(300_000), PayloadEncoding::Base64Url);
    assert!(matches!(Sequence::of(&long), Err(SequenceError::TooLong { limit: 400, .. })));
}

#[test]
fn parts_of_another_sequence_are_passed_over_until_three_came_in_a_row() {
    let [ours, other] =
        [3_000, 3_500].map(|length| texts(&payload_text(&presentation(length), PayloadEncoding::Base64Url)));
    let mut reader = SequenceReader::new();
    reader.receive(&ours.texts[0]);
    for text in [&other.texts[0], &other.texts[1], &ours.texts[1], &other.texts[0], &other.texts[1]] {
        let progress = reader.receive(text);
        assert_eq!(progress.enough, ours.enough);
    }
    let progress = reader.receive(&other.texts[2]);
    assert_eq!((progress.received, progress.enough), (1, other.enough));
    for text in &other.texts {
        reader.receive(text);
    }
    assert!(reader.receive("anything").done.is_some(), "what came whole stays");
}

#[test]
fn parts_that_were_forged_lead_nowhere_and_the_reader_starts_anew() {
    let parts = texts(&payload_text(&presentation(1_500), PayloadEncoding::Base64Url));
    let read = |text: &String| match Received::read(text) {
        Some(Received::Part(part)) => part,
        _ => panic!("a part"),
    };
    let mut forged = read(&parts.texts[0]);
    forged.data[3] ^= 1;
    let mut reader = SequenceReader::new();
    reader.receive(&forged.to_text());
    for text in &parts.texts[1..parts.enough] {
        reader.receive(text);
    }
    let progress = reader.receive("");
    assert_eq!((progress.received, progress.enough, progress.done), (0, 0, None));
    let last = parts.texts[..parts.enough].iter().map(|text| reader.receive(text)).last();
    assert!(last.expect("there are parts").done.is_some());
}

#[test]
fn hostile_codes_change_nothing_and_reserve_nothing() {
    let part = |number: u32, fragments: u32, message: u32, data: &[u8]| {
        let mut body = Vec::new();
        cbor::write_array(&mut body, 5);
        [number, fragments, message, 7].iter().for_each(|value| cbor::write_unsigned(&mut body, *value));
        cbor::write_bytes(&mut body, data);
        format!("ur:bytes/{number}-{fragments}/{}", bytewords::encode(&body))
    };
    let mut reader = SequenceReader::new();
    for text in [
        String::new(),
        "ur:".to_owned(),
        "ur:bytes/".to_owned(),
        "ur:bytes/1-2/".to_owned(),
        "ur:bytes/1-2/3-4/aeadaolazmjendeoti".to_owned(),
        "ur:bytes/1/aeadaolazmjendeoti".to_owned(),
        "ur:crypto-seed/oeadgdstaslplabghydrpfmkbggufgludprfgmaotpiecffltnlpqdenos".to_owned(),
        "ur:bytes/\u{1F393}\u{1F393}".to_owned(),
        format!("ur:bytes/{}", "ae".repeat(3_000)),
        part(1, u32::MAX, u32::MAX, &[0; 8]),
        part(u32::MAX, 100_000, 800_000, &[0; 8]),
        part(1, 1_001, 8_008, &[0; 8]),
        part(0, 2, 16, &[0; 8]),
        part(1, 0, 0, &[]),
        part(1, 2, 0, &[]),
        part(1, 2, 17, &[0; 8]),
        part(1, 2, 8, &[0; 8]),
    ] {
        let progress = reader.receive(&text);
        assert_eq!((progress.received, progress.enough, progress.done), (0, 0, None), "{text:.60}");
    }
    // The same number in the code and before it, and an end within the last piece: so much is believed.
    assert_eq!(reader.receive(&part(1, 2, 16, &[1; 8])).enough, 2);
    assert_eq!(reader.receive(&part(u32::MAX, 2, 16, &[1; 8])).enough, 2);
}

#[test]
fn a_code_that_spells_a_text_gives_that_text() {
    let link = "https://verify.example/#2uzAx1ma8BL7wxvyN0mjQiT1UuJhgGWpYPMwR0yx7GCF1Ulu7tHw";
    let parts = parts_of(link.as_bytes()).expect("short");
    let progress = SequenceReader::new().receive(&parts.texts[0]);
    assert_eq!((progress.received, progress.enough, progress.done.as_deref()), (1, 1, Some(link)));
    let printed =
        format!("{:?} {:?}", SequenceReader::new().receive(&parts.texts[0]), Sequence::of(&link[24..]).is_ok());
    assert!(!printed.contains("zAx1"), "{printed}");
}
