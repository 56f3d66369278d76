//! The demo issuer's protocols, spoken by hand as the specifications write them: an honest wallet is served once, and
//! anything less is refused.

mod exchanges;
mod offers;
mod plain;
mod wallet;
