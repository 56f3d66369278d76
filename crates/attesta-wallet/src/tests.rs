//! The use cases against an issuer, a clock and a web that live in memory.

mod accepting;
mod arriving;
mod curating;
mod disclosing;
mod files;
mod gathering;
mod giving;
mod importing;
mod inspecting;
mod ledger;
mod offering;
mod open_badges_2;
mod previewing;
mod publishing;
mod refreshing;
mod renewing;
mod reviewing;
mod shapes;
mod sharing;
mod suggesting;
mod versioning;
mod world;
