//! The use cases against an issuer, a clock and a web that live in memory.

mod curating;
mod importing;
mod inspecting;
mod open_badges_2;
mod pages;
mod recognising;
mod refreshing;
mod renewing;
mod sharing;
mod world;
