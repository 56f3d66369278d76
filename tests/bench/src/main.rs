//! Verification speed as ratios in one run: the same Open Badge verified by us from its bytes, by the npm peer, and
//! by the bare signature check alone. `attesta-bench PEER.mjs [FILE...]`, where PEER.mjs verifies one file, and each
//! FILE is timed beside the badge and the worst cases.
//!
//! Rates are per second of processor time, so that a busy machine does not change the ratios.

mod clock;
mod entry;
mod peer;
mod worst;

use std::path::PathBuf;
use std::process::ExitCode;

use attesta_credential::VerifiableCredential;
use attesta_verify::{Policy, Resources, Turn, Verdict, judge, verify};
use jiff::Timestamp;

use entry::{Entry, PeerReads};
use peer::Peer;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let peer = arguments.next();
    match against_others(peer.as_deref().map(Peer::new)).and_then(|()| worst::print(&arguments.collect::<Vec<_>>())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// The table of suites, one row each.
fn against_others(peer: Option<Peer>) -> Result<(), String> {
    println!(
        "| secured with | bytes | ours, per s | bare signature check, per s | ours / bare | npm peer, per s | ours / peer |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Entry { name, received, bare, peer: reads } in entry::all() {
        let ours = || assert_eq!(verdict(&received), Ok(Verdict::Valid), "{name}");
        let (ours, bare, of_bare) = clock::in_turn(ours, bare);
        let (peer_rate, of_peer) = match &peer {
            Some(peer) if reads == PeerReads::Yes => {
                let rate =
                    peer.rate(&received).map_err(|reason| format!("the npm peer did not measure {name}: {reason}"))?;
                (format!("{rate:.0}"), format!("{:.0}", ours / rate))
            }
            _ => ("-".to_owned(), "-".to_owned()),
        };
        println!("| {name} | {} | {ours:.0} | {bare:.0} | {of_bare:.2} | {peer_rate} | {of_peer} |", received.len());
    }
    Ok(())
}

/// From bytes to verdict, as a program does it that has nothing but the bytes. What is not a credential has none.
fn verdict(received: &[u8]) -> Result<Verdict, String> {
    let credential = VerifiableCredential::from_bytes(received.to_vec()).map_err(|error| error.to_string())?;
    match verify(&credential, &Resources::new(), &Policy::default(), now()) {
        Turn::Done(report) => Ok(judge(&report)),
        Turn::Need(_) => Ok(Verdict::StatusUnknown),
    }
}

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().expect("a time")
}
