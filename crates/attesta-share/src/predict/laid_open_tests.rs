use super::*;

const KEY: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
const UUID: &str = "4ca4a241-fc3b-4d92-978e-f56fa96ae795";
const DIGEST: &str = "EiBkX0nnIyZVb3ZbAe4MVRPJVAc8vq0kZLp0rY7ZKcV1zg";

fn encoded(text: &str) -> String {
    Base64Url.write(text.as_bytes())
}

/// Bytes that are spelled so, behind their mark and their number.
fn opened(spelling: Spelling, text: &str) -> Vec<u8> {
    let Some(Piece::Bytes { bytes, .. }) = pieces(text).into_iter().find(|piece| piece.text() == text) else {
        panic!("{text} stands for no bytes");
    };
    let mut out = vec![mark(spelling)];
    if spelling.bytes().is_none() {
        write_number(&mut out, bytes.len());
    }
    [out, bytes].concat()
}

#[track_caller]
fn check(text: &str, open: &[u8]) {
    assert_eq!(lay_open(text), open);
    assert_eq!(close(open, 1_000).as_deref(), Some(text.as_bytes()));
}

#[test]
fn tokens_are_laid_open_and_closed_again() {
    let header = r#"{"alg":"EdDSA","typ":"JWT"}"#;
    let token = format!("{}.{}.c2lnbmF0dXJl", encoded(header), encoded("{\"name\":\"Attestation d’été\"}"));
    let open = format!("<{header}>.<{{\"name\":\"Attestation d’été\"}}>.c2lnbmF0dXJl");
    let open: Vec<u8> = open
        .bytes()
        .map(|byte| match byte {
            b'<' => BEGIN,
            b'>' => END,
            other => other,
        })
        .collect();
    check(&token, &open);
    let nested = encoded(&format!("{{\"vc\":\"{token}\"}}"));
    check(&nested, &[&[BEGIN][..], b"{\"vc\":\"", &open, b"\"}", &[END]].concat());
}

#[test]
fn keys_and_identifiers_become_bytes_once() {
    let (key, uuid) = (opened(Spelling::Ed25519Key, KEY), opened(Spelling::Uuid, UUID));
    let text = format!("did:key:{KEY}#{KEY} urn:uuid:{UUID} {KEY} {UUID}");
    let parts: [&[u8]; 10] =
        [b"did:key:", &key, b"#", &[AGAIN, 0], b" urn:uuid:", &uuid, b" ", &[AGAIN, 1], b" ", &[AGAIN, 0]];
    check(&text, &parts.concat());
    let digest = opened(Spelling::Base64Url, DIGEST);
    assert_eq!(digest.len(), 36);
    check(&format!("u{DIGEST},{DIGEST}"), &[b"u", &digest[..], b",", &[AGAIN, 0]].concat());
}

#[test]
fn what_was_met_within_a_token_is_known_behind_it() {
    let token = encoded(&format!("{{\"sub\":\"did:key:{KEY}\"}}"));
    let key = opened(Spelling::Ed25519Key, KEY);
    let parts: [&[u8]; 8] = [&[BEGIN], b"{\"sub\":\"did:key:", &key, b"\"}", &[END], b".kid#", &[AGAIN, 0], b"!"];
    check(&format!("{token}.kid#{KEY}!"), &parts.concat());
}

#[test]
fn other_text_stays_as_it_is() {
    for text in
        ["", "eyJ", "{\"a\":1}", "https://verify.example/e/W", "eeeeeeeeeeeeeeeeeeeeeeee", "Wwwwwwwwwwwwwwwwwwwww"]
    {
        check(text, text.as_bytes());
    }
    // Left-over bits that are not zero do not come back, so such a run is no base64url.
    let odd = format!("{}x", &encoded("{\"left\":\"over bits\"}")[..25]);
    check(&odd, odd.as_bytes());
}

#[test]
fn marks_that_lead_nowhere_are_refused() {
    for open in [
        &[END][..],
        &[BEGIN],
        &[BEGIN, END, END],
        &[BEGIN, BEGIN, END],
        &[BEGIN; 40],
        &[AGAIN],
        &[AGAIN, 0],
        &[mark(Spelling::Uuid), 1, 2, 3],
        &[mark(Spelling::Hex)],
        &[mark(Spelling::Hex), 2, 1],
        &[mark(Spelling::Hex), 0xff, 0xff, 0xff, 0xff, 0],
        &[&[mark(Spelling::Base58), 0xff, 0x7f][..], &[1; 0x3fff]].concat(),
    ] {
        assert_eq!(close(open, 1_000_000), None, "{open:?}");
    }
    assert_eq!(close(b"too long", 7), None);
    let uuid = opened(Spelling::Uuid, UUID);
    let often = [&uuid[..], &[AGAIN, 0].repeat(20_000)].concat();
    assert_eq!(close(&often, 700_000), None, "what is met again counts anew");
}

#[test]
fn which_bytes_nobody_can_foresee_is_told_as_they_come() {
    let given = |open: &[u8]| {
        let mut given = Given::default();
        open.iter()
            .map(|byte| {
                let is_next = given.is_next();
                given.append(*byte);
                is_next
            })
            .collect::<Vec<bool>>()
    };
    let told = |open: &[u8]| given(open).into_iter().filter(|is_given| *is_given).count();
    assert_eq!(told(&[b"a\xf8", &[0xf7; 16][..], b"b"].concat()), 16, "a mark among such bytes is none");
    assert_eq!(told(&[&[0xfb, 2][..], b"ab", b"c"].concat()), 2);
    assert_eq!(told(&[&[0xf9, 0x81, 1][..], &[7; 200]].concat()), 129);
    assert_eq!(told(&[AGAIN, 0xfa, 1, b'a', b'b']), 0, "a byte of a number is no mark");
    assert_eq!(told(&[0xfa, 0]), 0);
}
