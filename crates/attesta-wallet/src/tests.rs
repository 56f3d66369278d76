//! The use cases against an issuer, a clock and a web that live in memory.

mod curating;
mod importing;
mod inspecting;
mod pages;
mod recognising;
mod refreshing;
mod renewing;
mod sharing;
mod world;
