//! RSA signing for tests: keys that are public, made once for these tests and good for nothing else.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// An RSA key pair with the exponent 65537.
#[derive(Debug, Clone, Copy)]
pub struct RsaKey {
    modulus: &'static str,
    secret: &'static str,
}

/// A key of 2048 bits.
pub const RSA_2048: RsaKey = RsaKey { modulus: MODULUS_2048, secret: SECRET_2048 };
/// A key of 1024 bits, too short to prove anything.
pub const RSA_1024: RsaKey = RsaKey { modulus: MODULUS_1024, secret: SECRET_1024 };

const MODULUS_2048: &str = "\
    c2686cc2091bbf3a148df69f6ca8f6e439fca58e3e70d775c64dbf6b21cae8cee6332dd54bbccd43c1c03ef51248ef171af1\
    502463137cebcc88bd5460fe068309ef44d8aa508b0487d6701a0cebc33ce342664732079b7f588137913d09192184cabdba\
    92097b97b9c876b94fd22cb80ff315df788d4fd1d4087a0bb8b1d9d06caec28944d36bd635dd0f662e3662865fb6257f893a\
    810ec23acf0b53fa2d44fffd146a05e21f8d92a2f15f6085dd85151e7316dbba7d686c6c85d51e71df5b720fffe4b84271bc\
    a69908e52556839ce88b6f0bdc3c324438f9cbab4a85c26a02c79032a10beba48e5ec57055d017cc95a119ca53c5d2193e0d\
    13e6b42e2a85";
const SECRET_2048: &str = "\
    5052e10cd2c29a221f3800bc222335cf5a7e1ed144cf4ed6a4969f0e5ea9fdc2eeae1ab3d4552fe25cfd5785de862ff335f8\
    9a8a4e3d511204324337c7d36d515b1b7730a63e1d124425bfafa3c30da9eca414aa39eb96bde90d8aae01afeea840bb9be4\
    a84e2eb8a3d445e98f2761beb32856d33c75f692d5aea2ee90e33b01003a24a2f52b3e6e3889439979c2ac664e3c56cfb963\
    34b78565a7a12ac867542bfb0ef0b3189688d7abeb2c0eebaa96daae1aee84dcde0ee276f075fe4acd43171ea95a5aaee4d6\
    bcc65dce6c86c5884e79146b9437d6860dd3e0606f1543648b48f73402ae23d63060d6075bedebb91f0de29ca9875df9c805\
    c834c9f98c49";
const MODULUS_1024: &str = "\
    a9a6a14871a56b504e14398bdb316bfd9c6bad791a2330b79ff64c9ecbdc3017f537960a1b469ef6b9ffc77af790b41670c9\
    7c8797c0e07bc8178a05c66a89f50d82116d58e69d72a4cc3a8cf0580ca8b2ba7b1c86f939269938629119de9d27f2713e22\
    79d6811f897fc9aef9c9fbe6011a6c06afeb979aa87f67e941167549";
const SECRET_1024: &str = "\
    972f023d8fe14d4fe434cbcfa1875a68489400a492315801db905f5987ec720377a89091f31aad20cc426f5f5aed5e3f3d45\
    a12f28825eca9056c1ce41b2c1bae6965acc6786419ec3720e5034c912bd97281096247783919f2c0fdca10b4603c2a723ed\
    84c264601db66d36a7d3ad0fe1f76a7eadff3ca01ce73fb79f75860d";

impl RsaKey {
    /// The modulus, big-endian.
    pub fn modulus(&self) -> Vec<u8> {
        bytes(self.modulus)
    }

    /// RSASSA-PKCS1-v1_5 over SHA-256, SHA-384 or SHA-512, by the hash's bits.
    ///
    /// # Panics
    /// For any other hash.
    pub fn sign_pkcs1(&self, hash: usize, message: &[u8]) -> Vec<u8> {
        let (name, digest) = match hash {
            256 => (1, Sha256::digest(message).to_vec()),
            384 => (2, Sha384::digest(message).to_vec()),
            512 => (3, Sha512::digest(message).to_vec()),
            other => panic!("no SHA-{other}"),
        };
        let length = digest.len() as u8;
        let info = [0x30, length + 17, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, name, 5, 0, 4, length];
        let padding = self.modulus().len() - 3 - info.len() - digest.len();
        self.raise(&[&[0, 1], vec![0xff; padding].as_slice(), &[0], &info, &digest].concat())
    }

    /// RSASSA-PSS over SHA-256 with a salt of 32 bytes, always the same one so that the files come out the same.
    pub fn sign_pss(&self, message: &[u8]) -> Vec<u8> {
        const SALT: [u8; 32] = [0x5a; 32];
        let hash = Sha256::digest([&[0; 8], Sha256::digest(message).as_slice(), &SALT].concat());
        let length = self.modulus().len();
        let mut block = [vec![0; length - 66].as_slice(), &[1], &SALT].concat();
        let stream = (0_u32..).flat_map(|counter| Sha256::digest([hash.as_slice(), &counter.to_be_bytes()].concat()));
        block.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
        block[0] &= 0x7f;
        self.raise(&[block.as_slice(), &hash, &[0xbc]].concat())
    }

    fn raise(&self, encoded: &[u8]) -> Vec<u8> {
        let modulus = Odd::new(BoxedUint::from_be_slice_vartime(&self.modulus())).expect("a modulus is odd");
        let parameters = BoxedMontyParams::new_vartime(modulus);
        let secret = BoxedUint::from_be_slice_vartime(&bytes(self.secret));
        let encoded = BoxedUint::from_be_slice_vartime(encoded);
        BoxedMontyForm::new(encoded, &parameters).pow(&secret).retrieve().to_be_bytes().to_vec()
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16).expect("the keys are written in hex") as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}
