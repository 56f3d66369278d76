//! Keys and signatures as OpenSSL writes them; Wycheproof's files are run by the conformance tests.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;

const RSA_2048: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwmhswgkbvzoUjfafbKj2
5Dn8pY4+cNd1xk2/ayHK6M7mMy3VS7zNQ8HAPvUSSO8XGvFQJGMTfOvMiL1UYP4G
gwnvRNiqUIsEh9ZwGgzrwzzjQmZHMgebf1iBN5E9CRkhhMq9upIJe5e5yHa5T9Is
uA/zFd94jU/R1Ah6C7ix2dBsrsKJRNNr1jXdD2YuNmKGX7Ylf4k6gQ7COs8LU/ot
RP/9FGoF4h+NkqLxX2CF3YUVHnMW27p9aGxshdUecd9bcg//5LhCcbymmQjlJVaD
nOiLbwvcPDJEOPnLq0qFwmoCx5AyoQvrpI5exXBV0BfMlaEZylPF0hk+DRPmtC4q
hQIDAQAB
-----END PUBLIC KEY-----";
const RSA_2048_PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAwmhswgkbvzoUjfafbKj25Dn8pY4+cNd1xk2/ayHK6M7mMy3VS7zN
Q8HAPvUSSO8XGvFQJGMTfOvMiL1UYP4GgwnvRNiqUIsEh9ZwGgzrwzzjQmZHMgeb
f1iBN5E9CRkhhMq9upIJe5e5yHa5T9IsuA/zFd94jU/R1Ah6C7ix2dBsrsKJRNNr
1jXdD2YuNmKGX7Ylf4k6gQ7COs8LU/otRP/9FGoF4h+NkqLxX2CF3YUVHnMW27p9
aGxshdUecd9bcg//5LhCcbymmQjlJVaDnOiLbwvcPDJEOPnLq0qFwmoCx5AyoQvr
pI5exXBV0BfMlaEZylPF0hk+DRPmtC4qhQIDAQAB
-----END RSA PUBLIC KEY-----";
const RSA_1024: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCppqFIcaVrUE4UOYvbMWv9nGut
eRojMLef9kyey9wwF/U3lgobRp72uf/HeveQtBZwyXyHl8Dge8gXigXGaon1DYIR
bVjmnXKkzDqM8FgMqLK6exyG+TkmmThikRnenSfycT4iedaBH4l/ya75yfvmARps
Bq/rl5qof2fpQRZ1SQIDAQAB
-----END PUBLIC KEY-----";
const P256: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJTL3HrQ/F0GvhzpzJ/zQNQgL+C9Q
rW/B0SK7rDi03ocaIV2fwhJq/lwfFc6XJJcPGm6vQgf5y6ehBgubaEwWdw==
-----END PUBLIC KEY-----";
const P384: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEjMlNUc9Z8PxSaYmI9iOV8qVVgSjK6Vcj
HEkAqNuImDmFIWyil8LIxh08Y++FN9yLPMrMVqH8hJw8LsFQ6O0nPnHqdWTOgN2m
8ScHiddzQ17PodNfXQcrbUGAkJvzh4Kg
-----END PUBLIC KEY-----";
const P521: &str = "-----BEGIN PUBLIC KEY-----
MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQB1yCs1/H7TWjKyc6dXenmqVZ+NlIU
rzJSGa6vxKYZ18NMOSlUrT/nImjQTwS37pQWFReDiNUB8s+BCNyhZsT/2VoAuIh1
Cmu0pWkHFXowIEhUGhCa8MlcGN65U9yqcibmtbK0z12FozL52E9MhyyrOv/7L4zp
MEnRiAGyQqLhDB86Ey8=
-----END PUBLIC KEY-----";
const KOBLITZ: &str = "-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEKzWSdlDwC/BW99Y/pHa5V4cEE0FWoFNJ
3WZGPHPk2waDfFb8LtFWnbYnFnvPAfblaZa8U48QHqBmK/5TGzYO2w==
-----END PUBLIC KEY-----";
const ED25519: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAaO9PeQk4fJ2tFzgaed4DUSJOl8PWgc0OLw8ue7QqX1U=
-----END PUBLIC KEY-----";

/// Signatures of `RSA_2048` over this.
const MESSAGE: &[u8] = b"Four joints, inspected.";
const RS256: &str = "\
    Q6eE9MEnIpXtDFYhBQnQSiXz/UxgWcKxJYgpZy9mlUmA+NkOe0TLh5rUSkHqOyI07UOSm5dwYRluDjr2IUpFPg5ITBoa4meppjRUURYyF9MqvL\
    sX170mE5uuzbb/g6KLYR2sZo2s39yyOfdt7hATr84rAebpNkAmpp17mdik41ydLhhZ+UhbPLtD/Sq3oZ9qO/GjDmpwvPFDrPBqUXVUo20aLoMA\
    lqZvxrsK4KzbJMTSQeuyK2KJf4ovdrx6m69qrQUWpmuQI1GJuHUA1+Olz75LjQFejSkrpfhX8kNaEwAJ+vle6uCZeXNV6ngus+eftGyMuRnIhy\
    /E2+UOFUShww==";
const RS384: &str = "\
    O8UYCvQY/qH50IN3ENVFb54jXaP9tCmSkt2XrFdiNOunL4Jp3WLRQ/kaMYp/++e5Pm64pbIci3oI6DXskl0CPWxCgi4Qc0HpuEcHU6IgijhOyq\
    nFYDHtmpFnTa/xlkCdKjjb77GbUoTq14AAcWMx7HDILRiD+EeQrgf10LrWJ16/Fk8s4kWRA5N6byDEXgTXwHrl4++QYo6uckShaA9z4+ftnP8+\
    /IoAw0wsqgp5frF5W+c7UQtMojufftWWrq1rJ1BYE4bHPtkkTt3WI6CFfVCDrtVU+Fh6iib8DyppRThR+fPu9nFqM/bD13u/IuYhc2DI13w17S\
    FRNnRkoYa2EA==";
const RS512: &str = "\
    UY1GLfk1qlunzTLR/3lK3soYGQMEyJo5pcz5/GmLnbUZYFFkcJZ+223sd2eoJHtPs0x4DIqoxUobBlDJShmNiqgg8mq1hkndjLytv6JZsGA9fg\
    l3ukvXdaakjWuClqPGB1Lhqa181kAkHdNuA0aVaZZ+QjV++ZvGDmuafLQEnYwQExPsNN2p1246hKQH+TSeAkx9Fa8LzrGeS5lpEFLodtfSxVjG\
    ae/Ykaw1Kqze9IMNmBLdUwmGE2dT0tGEJ7Ss9TV1U/ZVTJOwgEAuLKbobW7GcQy28onwMGGPxkzlsfnmyhsOQcvJ5Gs91Q0QOv10X9WNl5VX09\
    X/m4Lf7Fg4RA==";
const PS256: &str = "\
    TCDYSgkYDu+zkQVU9CzucvfKPjC7Ff244Kbk8rIog/7oPRgJmzFlmOr4QtBygFbTjm6EEhCieUjj5Qe4fKcs9IYGxD1snCkWXfplS/tNJuGoS7\
    QwR7aJ4JuVnyQ0g+a8tKcWJLGSMm0gPQ0uxrNQswgBZlbL48f7N64HyAUBuJq+44ci6SIU9G3LNpZH6u4iVDF15ahree6zsTgbIb84WT0xvvsT\
    rZzGGlSVvUmLY8riAEpC4WzDJ5JghOpthJse4kX6M/oE32zhOlK/zpweknt+nNl8TAcUsyfT/Q3CASc7fsOPdL0yyRO19TWELIBrmX2kpJIGwB\
    ZrTrCiSJjkpw==";
const PS256_SALT_OF_20: &str = "\
    EySxVBtHVjfPtlgumdMfcqjK6su2kjINTMLasPaYD4fpC1friIt15xNGMFA3TfP+2NKpb/Ei7f+I4/03ddUa3vbD/KWqfPEOXHEpQpY8ybFM0/\
    iKpHmTe0x99W9NF2fdws1kctinq5v9+cPrl5zWylHYcLG8T3j/JZw5rnHK2Q9U8BahOz20yZgYBKEvIrNw0/wBlmA8fx8FXafPYE+KmaXeBcFC\
    bc2CeP8RElMe2PTB8aX6gQW6Xnm7b4coKPiOHNdmqBbt27kc7GprBGG4aLmLELyQpn58B5NMbz91LwCD0iA57GQXgiqFmpqd0yWHeNEkc0pE7Y\
    E/hFG8LJCYAQ==";

fn rsa() -> PublicKey {
    PublicKey::from_pem(RSA_2048).unwrap()
}

#[track_caller]
fn check_pem(text: &str, expected: Result<KeyKind, KeyError>) {
    assert_eq!(PublicKey::from_pem(text).map(|key| key.kind()), expected, "{text}");
}

fn kind(kind: &str) -> String {
    kind.to_owned()
}

#[test]
fn pem_holds_a_key_of_each_kind() {
    check_pem(RSA_2048, Ok(KeyKind::Rsa));
    check_pem(P256, Ok(KeyKind::P256));
    check_pem(P384, Ok(KeyKind::P384));
    check_pem(ED25519, Ok(KeyKind::Ed25519));
    assert_eq!(PublicKey::from_pem(RSA_2048_PKCS1).unwrap(), rsa());
}

#[test]
fn line_ends_of_pem_mean_nothing() {
    check_pem(&format!("\n{}\r\n", RSA_2048.replace('\n', "\r\n")), Ok(KeyKind::Rsa));
    check_pem(&P256.replace('\n', ""), Ok(KeyKind::P256));
}

#[test]
fn keys_that_are_not_checked_with_are_named() {
    check_pem(P521, Err(KeyError::Unsupported { kind: kind("P-521") }));
    check_pem(KOBLITZ, Err(KeyError::Unsupported { kind: kind("secp256k1") }));
    check_pem(RSA_1024, Err(KeyError::Weak { kind: kind("RSA-1024") }));
    let certificate = P256.replace("PUBLIC KEY", "CERTIFICATE");
    check_pem(&certificate, Err(KeyError::Unsupported { kind: kind("CERTIFICATE") }));
}

#[test]
fn what_is_no_pem_is_refused() {
    let one = P256;
    for text in [
        "",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
        &one[1..],
        &one[..one.len() - 1],
        &one.replacen("PUBLIC", "RSA PUBLIC", 1),
        &one.replace("PUBLIC KEY", "RSA PUBLIC KEY"),
        &RSA_2048_PKCS1.replace("RSA PUBLIC KEY", "PUBLIC KEY"),
        &format!("{one}\n{one}"),
        &format!("a{one}"),
        &one.replace("MF", "M!"),
        &one.replace("==", ""),
        &" ".repeat(10_000),
    ] {
        check_pem(text, Err(KeyError::Malformed));
    }
}

#[test]
fn der_with_anything_left_over_is_refused() {
    let body: String = P256.lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(body).unwrap();
    assert!(PublicKey::from_spki(&der).is_ok());
    assert_eq!(PublicKey::from_spki(&[der.as_slice(), &[0]].concat()), Err(KeyError::Malformed));
    for cut in 0..der.len() {
        assert_eq!(PublicKey::from_spki(&der[..cut]), Err(KeyError::Malformed), "{cut}");
    }
}

#[track_caller]
fn check(algorithm: SignatureAlgorithm, signature: &str, expected: Result<(), SignatureError>) {
    assert_eq!(rsa().verify(algorithm, MESSAGE, &STANDARD.decode(signature).unwrap()), expected);
}

#[test]
fn rsa_signatures_hold_under_their_own_algorithm_alone() {
    use SignatureAlgorithm::{Ps256, Rs256, Rs384, Rs512};
    let made = [(Rs256, RS256), (Rs384, RS384), (Rs512, RS512), (Ps256, PS256)];
    for (index, (_, signature)) in made.iter().enumerate() {
        for (other, (algorithm, _)) in made.iter().enumerate() {
            check(*algorithm, signature, if index == other { Ok(()) } else { Err(SignatureError) });
        }
        check(SignatureAlgorithm::EdDsa, signature, Err(SignatureError));
        check(SignatureAlgorithm::Es256, signature, Err(SignatureError));
    }
}

#[test]
fn a_salt_of_another_length_is_not_ps256() {
    check(SignatureAlgorithm::Ps256, PS256_SALT_OF_20, Err(SignatureError));
}

#[test]
fn every_bit_of_an_rsa_signature_counts() {
    for (algorithm, signature) in [(SignatureAlgorithm::Rs256, RS256), (SignatureAlgorithm::Ps256, PS256)] {
        let signature = STANDARD.decode(signature).unwrap();
        for bit in (0..signature.len() * 8).step_by(61) {
            let mut changed = signature.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(rsa().verify(algorithm, MESSAGE, &changed), Err(SignatureError), "{bit}");
        }
        for other in [vec![0; 256], vec![0xff; 256], [vec![0], signature.clone()].concat(), signature[1..].to_vec()] {
            assert_eq!(rsa().verify(algorithm, MESSAGE, &other), Err(SignatureError));
        }
        assert_eq!(rsa().verify(algorithm, b"Four joints", &signature), Err(SignatureError));
    }
}

#[test]
fn rsa_keys_are_bounded() {
    let of = |bytes: usize, exponent: &[u8]| PublicKey::from_rsa(&vec![0xff; bytes], exponent).map(|key| key.kind());
    assert_eq!(of(256, &[3]), Ok(KeyKind::Rsa));
    assert_eq!(of(1024, &[1, 0, 1]), Ok(KeyKind::Rsa));
    assert_eq!(of(256, &[1, 0xff, 0xff, 0xff, 0xff]), Ok(KeyKind::Rsa));
    assert_eq!(of(255, &[3]), Err(KeyError::Weak { kind: kind("RSA-2040") }));
    assert_eq!(of(1025, &[3]), Err(KeyError::Unsupported { kind: kind("RSA-8200") }));
    assert_eq!(of(256, &[3, 0, 0, 0, 1]), Err(KeyError::Unsupported { kind: kind("RSA-2048") }));
    for exponent in [&[][..], &[0, 3], &[1], &[2], &[4]] {
        assert_eq!(of(256, exponent), Err(KeyError::Malformed), "{exponent:?}");
    }
    assert_eq!(PublicKey::from_rsa(&[0xfe; 256], &[3]), Err(KeyError::Malformed));
}

#[test]
fn algorithms_go_by_their_names_and_shared_secrets_by_none() {
    for algorithm in SignatureAlgorithm::ALL {
        assert_eq!(SignatureAlgorithm::of(algorithm.as_str()), Some(algorithm));
    }
    assert_eq!(SignatureAlgorithm::of("Ed25519"), Some(SignatureAlgorithm::EdDsa));
    for other in ["none", "None", "HS256", "HS512", "ES256K", "ES512", "Ed448", "rs256", ""] {
        assert_eq!(SignatureAlgorithm::of(other), None, "{other}");
    }
}
