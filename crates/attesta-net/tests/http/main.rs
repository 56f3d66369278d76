//! The fetcher against servers that behave and servers that don't, all on this machine.

mod addresses;
mod asks;
mod bodies;
mod budgets;
mod fetchers;
mod heads;
mod plain;
mod redirects;
mod server;
mod threads;
mod tls;
