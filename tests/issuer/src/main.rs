//! `attesta-issuer [--port N] [--json]`: runs the demo issuer until it is stopped.

use std::io::Write;
use std::process::ExitCode;
use std::{env, io, thread};

use attesta_issuer::{Issuer, IssuerOptions, LEARNER_EMAIL, system_clock};
use serde_json::json;

/// A fixed key, as this issuer attests nothing to anybody.
const SEED: [u8; 32] = *b"the demo issuer attests nothing.";

struct Arguments {
    port: u16,
    form: Form,
}

enum Form {
    Text,
    Json,
}

fn main() -> ExitCode {
    let Some(Arguments { port, form }) = arguments() else {
        eprintln!("usage: attesta-issuer [--port N] [--json]");
        return ExitCode::from(2);
    };
    let issuer = match Issuer::start(IssuerOptions { port, seed: SEED, now: system_clock() }) {
        Ok(issuer) => issuer,
        Err(error) => {
            eprintln!("attesta-issuer: port {port} can't be used: {error}");
            return ExitCode::from(1);
        }
    };
    if print(&issuer, form).is_err() {
        return ExitCode::from(1);
    }
    loop {
        thread::park();
    }
}

fn arguments() -> Option<Arguments> {
    let mut arguments = Arguments { port: 0, form: Form::Text };
    let mut given = env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--port" => arguments.port = given.next()?.parse().ok()?,
            "--json" => arguments.form = Form::Json,
            _ => return None,
        }
    }
    Some(arguments)
}

fn print(issuer: &Issuer, form: Form) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match form {
        Form::Json => {
            let line = json!({
                "base_url": issuer.base_url,
                "learner_email": LEARNER_EMAIL,
                "claim_links": issuer.claim_links(),
                "hostile_links": issuer.hostile_links(),
            });
            writeln!(out, "{line}")?;
        }
        Form::Text => {
            writeln!(out, "Demo issuer at {}\n\nClaim links:", issuer.base_url)?;
            for link in issuer.claim_links() {
                let code = link.code.map(|code| format!(" (code {code})")).unwrap_or_default();
                writeln!(out, "  {:<16} {}  {}{code}", link.kind, link.url, link.title)?;
            }
            writeln!(out, "\nAnswers that no wallet may fall for:")?;
            for link in issuer.hostile_links() {
                writeln!(out, "  {}  {}", link.url, link.does)?;
            }
            writeln!(out, "\nThe learner's address in them is {LEARNER_EMAIL}.")?;
            writeln!(out, "Claim mails: {0}/mail/1.eml in English, {0}/mail/2.eml in French.", issuer.base_url)?;
            writeln!(out, "POST {}/admin/revoke/1, suspend/1 or unsuspend/1 changes a status.", issuer.base_url)?;
            writeln!(
                out,
                "POST {}/admin/expire/1 ends the claims of a credential, reopen/1 its links.",
                issuer.base_url
            )?;
        }
    }
    out.flush()
}
