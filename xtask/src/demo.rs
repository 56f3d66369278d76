//! `cargo xtask demo`: the main job end to end in the terminal, against the demo issuer, in a temporary wallet.
//!
//! Each step runs the real command line and checks what it answers, so a demo that ends well is a test too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::shell::{Done, Failure, cargo, run, step, target};

/// Builds what the demo needs and tells the story.
pub(crate) fn demo() -> Done {
    step("Building the command line and the demo issuer");
    run(cargo().args(["build", "--quiet", "--locked", "-p", "attesta-cli", "-p", "attesta-issuer"]))?;
    story()
}

/// Tells the story with the programs that are built.
pub(crate) fn story() -> Done {
    step("The whole story, in the terminal");
    let issuer = DemoIssuer::start()?;
    let wallet = Wallet::new()?;
    println!("\nA college has signed an Open Badge and mailed this link:\n    {}", issuer.claim_link);

    let imported = wallet.attesta(&["import", &issuer.claim_link])?;
    let id = text(&imported, "/results/0/id")?;
    println!("\nimported by link:             {}", expect(&imported, "/results/0/verdict", "valid")?);
    println!("                              {}", text(&imported, "/results/0/name")?);

    // Another badge in each way, since two of the same would be two in the wallet.
    let claimed = wallet.attesta(&["import", &issuer.link("request-two-step")?])?;
    println!("claimed with a proof of key:  {}", expect(&claimed, "/results/0/verdict", "valid")?);
    println!("                              {}", text(&claimed, "/results/0/name")?);
    let offered = wallet.attesta(&["import", "--tx-code", &issuer.code, &issuer.link("offer-code")?])?;
    println!("offered by OpenID, with code: {}", expect(&offered, "/results/0/verdict", "valid")?);
    println!("                              {}", text(&offered, "/results/0/name")?);
    let mail = wallet.folder.join("mail.eml");
    std::fs::write(&mail, issuer.mail()?).map_err(|error| Failure::new(format!("{}: {error}", mail.display())))?;
    let mail = mail.to_string_lossy();
    let inspected = wallet.attesta(&["inspect", &mail])?;
    println!("looked into a mail:           {}", text(&inspected, "/links/0/letter/subject")?);
    println!(
        "                              a page and a {}, nobody asked",
        expect(&inspected, "/links/1/kind", "request")?
    );
    let arrived = wallet.attesta(&["import", &mail])?;
    println!("imported from the mail:       {}", expect(&arrived, "/results/0/verdict", "valid")?);

    let bundle = wallet.attesta(&[
        "bundle",
        "create",
        "--title",
        "For Bluewater Health",
        "--note",
        "What I can take on from the first day.",
        &id,
    ])?;
    let bundle = text(&bundle, "/bundle/id")?;
    let shared = wallet.attesta(&["share", &bundle, "--as", "link"])?;
    let link = text(&shared, "/share/link")?;
    println!("shared:                       a link of {} characters", link.len());
    let picture = wallet.folder.join("share.png");
    wallet.attesta(&["share", &bundle, "--as", "qr", "--out", &picture.to_string_lossy()])?;
    let size = std::fs::metadata(&picture)
        .map_err(|error| Failure::new(format!("the QR code was not written: {error}")))?
        .len();
    println!("                              and a QR code of {size} bytes as PNG");

    let opened = wallet.attesta(&["open", &link])?;
    println!("opened as the employer:       {}", expect(&opened, "/verdict", "valid")?);

    issuer.revoke()?;
    println!("revoked at the issuer:        done");
    let refreshed = wallet.attesta(&["refresh", &id])?;
    println!("refreshed:                    {}", expect(&refreshed, "/results/0/verdict", "revoked")?);
    let opened = wallet.attesta(&["open", &link])?;
    println!("opened again as the employer: {}", expect(&opened, "/verdict", "revoked")?);
    println!("\nThe temporary wallet is gone again.");
    Ok(())
}

/// The demo issuer in a process of its own; it ends with this value.
struct DemoIssuer {
    process: Child,
    base: String,
    claim_link: String,
    credential: String,
    links: Value,
    code: String,
}

impl DemoIssuer {
    fn start() -> Done<DemoIssuer> {
        let mut process = Command::new(target().join("debug/attesta-issuer"))
            .args(["--json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("the demo issuer did not start: {error}")))?;
        let mut line = String::new();
        let heard = process.stdout.take().map(|printed| BufReader::new(printed).read_line(&mut line));
        let announced: Value = match heard {
            Some(Ok(_)) => serde_json::from_str(&line)
                .map_err(|error| Failure::new(format!("the demo issuer said {line:?}: {error}")))?,
            _ => return Err(Failure::new("the demo issuer did not say where it is")),
        };
        let claim_link = text(&announced, "/claim_links/0/url")?;
        let credential = claim_link.rsplit('/').next().unwrap_or_default().to_owned();
        let links = announced["claim_links"].clone();
        let code = links.as_array().into_iter().flatten().find_map(|link| link["code"].as_str());
        let code = code.ok_or_else(|| Failure::new("the demo issuer names no code"))?.to_owned();
        Ok(DemoIssuer { process, base: text(&announced, "/base_url")?, claim_link, credential, links, code })
    }

    /// Its link of this kind.
    fn link(&self, kind: &str) -> Done<String> {
        let link = self.links.as_array().into_iter().flatten().find(|link| link["kind"] == kind);
        text(link.unwrap_or(&Value::Null), "/url")
    }

    /// The mail that it sends in French.
    fn mail(&self) -> Done<String> {
        let answer = self.ask("GET", "/mail/2.eml")?;
        match answer.split_once("\r\n\r\n") {
            Some((head, mail)) if head.split_whitespace().nth(1) == Some("200") => Ok(mail.to_owned()),
            _ => Err(Failure::new("the demo issuer gave no mail")),
        }
    }

    fn revoke(&self) -> Done {
        let answer = self.ask("POST", &format!("/admin/revoke/{}", self.credential))?;
        match answer.split_whitespace().nth(1) {
            Some("200" | "204") => Ok(()),
            _ => Err(Failure::new(format!("the demo issuer refused to revoke: {answer}"))),
        }
    }

    /// Its whole answer to a request without a body.
    fn ask(&self, method: &str, path: &str) -> Done<String> {
        let host = self.base.strip_prefix("http://").unwrap_or(&self.base);
        let mut answer = String::new();
        TcpStream::connect(host)
            .and_then(|mut stream| {
                write!(
                    stream,
                    "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )?;
                stream.read_to_string(&mut answer)
            })
            .map_err(|error| Failure::new(format!("the demo issuer could not be asked for {path}: {error}")))?;
        Ok(answer)
    }
}

impl Drop for DemoIssuer {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A wallet in a temporary folder, removed with this value.
struct Wallet {
    folder: PathBuf,
}

impl Wallet {
    fn new() -> Done<Wallet> {
        let folder = std::env::temp_dir().join(format!("attesta-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
        Ok(Wallet { folder })
    }

    /// Runs the command line; an answer is JSON whether or not everything is well.
    fn attesta(&self, arguments: &[&str]) -> Done<Value> {
        let output = Command::new(target().join("debug/attesta"))
            .arg("--data-dir")
            .arg(&self.folder)
            .args(["--json", "--allow-loopback", "--yes"])
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| Failure::new(format!("attesta could not be started: {error}")))?;
        serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::new(format!("attesta {} printed no JSON: {error}", arguments.join(" "))))
    }
}

impl Drop for Wallet {
    fn drop(&mut self) {
        // A leftover in the system's temporary folder does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn text(value: &Value, pointer: &str) -> Done<String> {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("there is no {pointer} in {value}")))
}

fn expect(value: &Value, pointer: &str, expected: &str) -> Done<String> {
    let found = text(value, pointer)?;
    if found == expected {
        Ok(found)
    } else {
        Err(Failure::new(format!("{pointer} is {found}, not {expected}: {value}")))
    }
}
