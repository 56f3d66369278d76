//! Identifiers, keys and signatures as random as real ones, and the same in each run.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256, Sha512};

/// Draws from the hash of a name and a counter.
pub(crate) struct Chance {
    name: String,
    drawn: u64,
}

impl Chance {
    pub(crate) fn new(name: &str) -> Chance {
        Chance { name: name.to_owned(), drawn: 0 }
    }

    fn seed(&mut self) -> String {
        self.drawn += 1;
        format!("{}/{}", self.name, self.drawn)
    }

    pub(crate) fn bytes32(&mut self) -> [u8; 32] {
        Sha256::digest(self.seed()).into()
    }

    pub(crate) fn bytes64(&mut self) -> [u8; 64] {
        Sha512::digest(self.seed()).into()
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let bytes = self.bytes32();
        usize::from(u16::from_be_bytes([bytes[0], bytes[1]])) % limit
    }

    pub(crate) fn hex(&mut self, digits: usize) -> String {
        let bytes = self.bytes32();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()[..digits].to_owned()
    }

    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.hex(32);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
    }

    pub(crate) fn did_key(&mut self) -> String {
        format!("did:key:z{}", bs58::encode([&[0xed, 1][..], &self.bytes32()].concat()).into_string())
    }

    /// A signature in base58 with its multibase prefix.
    pub(crate) fn proof_value(&mut self) -> String {
        format!("z{}", bs58::encode(self.bytes64()).into_string())
    }

    /// 22 characters, as short identifiers of services are written.
    pub(crate) fn short_id(&mut self) -> String {
        URL_SAFE_NO_PAD.encode(&self.bytes32()[..16])
    }

    /// A time within the last three years.
    pub(crate) fn time(&mut self) -> String {
        let part = |chance: &mut Chance, most: usize| chance.below(most);
        let (year, month, day) = (2024 + part(self, 3), 1 + part(self, 12), 1 + part(self, 28));
        let (hour, minute, second) = (part(self, 24), part(self, 60), part(self, 60));
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}
