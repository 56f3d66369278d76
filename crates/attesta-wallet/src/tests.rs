//! The use cases against an issuer, a clock and a web that live in memory.

mod accepting;
mod arriving;
mod curating;
mod files;
mod gathering;
mod giving;
mod importing;
mod inspecting;
mod ledger;
mod offering;
mod open_badges_2;
mod publishing;
mod refreshing;
mod renewing;
mod shapes;
mod sharing;
mod world;
