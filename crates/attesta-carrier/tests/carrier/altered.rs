//! Whatever is done to a carrier, taking it apart ends, without a panic and within its bounds.

use std::time::Instant;

use attesta_carrier::{BackupContents, Content, limits, unpack, write_backup};

use crate::{CREDENTIAL, deflated, stored, zip};

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

fn altered(sample: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..1 + dice.below(6) {
        if bytes.is_empty() {
            break;
        }
        let (at, other) = (dice.below(bytes.len()), dice.below(bytes.len()));
        let (start, end) = (at.min(other), (at.max(other) + 1).min(at.min(other) + 200));
        let part: Vec<u8> = bytes[start..end.min(bytes.len())].to_vec();
        match dice.below(7) {
            0 => bytes[at] = dice.below(256) as u8,
            1 => bytes[at] ^= 1 << dice.below(8),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(start..start + part.len())),
            4 => drop(bytes.splice(other..other, part)),
            5 => bytes[at] = b"\r\n\0\xff<>\"=-:&{["[dice.below(13)],
            _ => drop(bytes.splice(at..at, [0xff; 4])),
        }
    }
    bytes
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let archive =
        zip(&[deflated("a.json", CREDENTIAL.as_bytes()), stored("b.html", b"<a href='https://a.example'>x</a>")]);
    let mail =
        "From: =?utf-8?B?w4k=?= <a@example.org>\r\nTo: b@example.org\r\nSubject: =?iso-8859-1?Q?=E9?=\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-16\r\n\r\nhttps://a.example\r\n\
         --c\r\nContent-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<a href=3D\"https://a.example/&amp;&#233;\">x</a><script>\r\n--c--\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nSubject: I\r\nTo: x\r\n\r\nhttps://b.example\r\n\
         --b\r\nContent-Type: application/json; name*0*=utf-8''%C3%A9; name*1=.json\r\nContent-Transfer-Encoding: base64\r\n\r\nW10=\r\n--b--\r\n"
        .to_owned();
    let mailbox = format!(
        "From a Thu Nov 19 10:00:00 2026\nSubject: x\nContent-Length: 30\n\nhttps://a.example\n>From x\n\n\nFrom b Thu Nov 19 10:00:00 2026\n{}",
        mail.replace("\r\n", "\n")
    );
    let backup = write_backup(&BackupContents {
        profile_name: "P",
        wallet_id: "w",
        metadata_id: "m",
        seed: &[1; 32],
        credentials: &[CREDENTIAL.as_bytes(), b"eyJ"],
    });
    let code =
        qrcode::QrCode::new("https://a.example").unwrap().render::<image::Luma<u8>>().module_dimensions(2, 2).build();
    let mut samples =
        vec![("m.eml", mail.into_bytes()), ("in.mbox", mailbox.into_bytes()), ("x.zip", archive), ("w.json", backup)];
    let rgb = image::DynamicImage::from(code).into_rgb8();
    let mut gif = std::io::Cursor::new(Vec::new());
    rgb.write_to(&mut gif, image::ImageFormat::Gif).unwrap();
    samples.push(("x.gif", gif.into_inner()));
    samples
}

#[test]
fn two_thousand_altered_carriers_are_taken_apart_without_a_panic_and_within_bounds() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    for (name, sample) in samples() {
        let begun = Instant::now();
        for _ in 0..400 {
            let bytes = altered(&sample, &mut dice);
            let Ok(unpacked) = unpack(name, &bytes) else { continue };
            let total: usize = unpacked
                .pieces
                .iter()
                .map(|piece| match &piece.content {
                    Content::Document { bytes, .. } => bytes.len(),
                    Content::Text(text) | Content::Code(text) => text.len(),
                })
                .sum();
            assert!(total <= limits::UNPACKED_BYTES + limits::DOCUMENT_BYTES && unpacked.pieces.len() <= limits::PARTS);
        }
        assert!(begun.elapsed().as_secs() < 120, "{name} took {:?}", begun.elapsed());
    }
}

#[test]
fn codes_that_are_scratched_anywhere_never_stop_the_search() {
    let code = qrcode::QrCode::new("https://a.example/claim/1")
        .unwrap()
        .render::<image::Luma<u8>>()
        .module_dimensions(3, 3)
        .build();
    let mut dice = Dice(77);
    for round in 0..150 {
        let mut scratched = code.clone();
        for _ in 0..dice.below(60) {
            let (x, y, size) = (dice.below(100), dice.below(100), 1 + dice.below(12));
            let shade = if dice.below(2) == 0 { 0 } else { 255 };
            for (dx, dy) in (0..size).flat_map(|dx| (0..size).map(move |dy| (dx, dy))) {
                let (x, y) = ((x + dx) as u32, (y + dy) as u32);
                if x < scratched.width() && y < scratched.height() {
                    scratched.put_pixel(x, y, image::Luma([shade]));
                }
            }
        }
        let mut bytes = std::io::Cursor::new(Vec::new());
        scratched.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let unpacked = unpack("x.png", bytes.get_ref()).unwrap();
        assert!(!unpacked.pieces.is_empty(), "round {round}");
    }
}
