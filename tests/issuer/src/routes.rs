//! Which address gives what.

use std::io;
use std::net::TcpStream;

use crate::catalogue::{BADGES, School};
use crate::http::{Request, Response, prefers_json};
use crate::mail::{MailLanguage, claim_mail};
use crate::office::{NoSuchCredential, Office};
use crate::page::{Pointer, claim_page, page, share_page};
use crate::status::Purpose;
use crate::{collect, exchange, hostile, openid};

/// The kinds of claim link under `/claim/`.
pub(crate) const CLAIM_KINDS: [&str; 6] = ["json", "jsonapp", "png", "page", "download", "negotiated"];

const CREDENTIAL: &str = "application/vc+ld+json";
const OPEN_IN_WALLET: &str = "<h1>Your credential is ready</h1><p>Open this address in your wallet.</p>";
const MAIL: &str = "message/rfc822";
const HTML: &str = "text/html; charset=utf-8";

/// Answers one request.
pub(crate) fn answer(office: &Office, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
    let hostile = request.path.strip_prefix("/bad/").and_then(|name| hostile::answer(office, name, stream));
    hostile.unwrap_or_else(|| respond(office, request).send(stream, &request.method))
}

fn respond(office: &Office, request: &Request) -> Response {
    let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method.as_str(), segments.as_slice()) {
        ("OPTIONS", _) => Response::plain(204, "")
            .with("access-control-allow-methods", "GET, HEAD, POST, OPTIONS")
            .with("access-control-allow-headers", "accept, content-type"),
        ("POST", ["admin", act, n]) => administer(office, request, act, n),
        ("POST", ["exchange", exchange]) => exchange::ask_for_presentation(office, request, exchange),
        ("POST", ["exchange", exchange, challenge]) => {
            exchange::take_presentation(office, request, exchange, challenge)
        }
        ("POST", ["vcapi", exchange]) => exchange::take_turn(office, request, exchange),
        ("POST", ["oid4vci", "token"]) => openid::token(office, request),
        ("POST", ["oid4vci", "nonce"]) => collect::nonce(office),
        ("POST", ["oid4vci", "credential"]) => collect::credential(office, request),
        ("POST", ["oid4vci", "deferred"]) => collect::deferred(office, request),
        ("POST", ["oid4vci", "notification"]) => collect::notification(office, request),
        ("GET" | "HEAD", segments) => get(office, request, segments),
        _ => Response::plain(405, "method not allowed"),
    }
}

fn get(office: &Office, request: &Request, segments: &[&str]) -> Response {
    match segments {
        [""] => Response::ok(HTML, front_page()),
        [".well-known", "did.json"] => did_document(office, School::WapitiLake),
        ["issuers", "nordique", "did.json"] => did_document(office, School::BaieNordique),
        ["status", purpose] => status_list(office, School::WapitiLake, purpose),
        ["issuers", "nordique", "status", purpose] => status_list(office, School::BaieNordique, purpose),
        ["claim", kind, n] => {
            n.parse().ok().and_then(|n| claim(office, request, kind, n).ok()).unwrap_or_else(not_found)
        }
        ["interactions", exchange] => exchange::interaction(office, request, exchange),
        [".well-known", "openid-credential-issuer", "oid4vci"] => openid::issuer_metadata(office),
        [".well-known", "oauth-authorization-server", "oid4vci"] => openid::server_metadata(office),
        ["wallet"] => Response::ok(HTML, page("en-CA", "Your credential is ready", "", OPEN_IN_WALLET)),
        ["oid4vci", "offers", name] => openid::offer_at(office, name),
        ["public", "assertions", name] => shared(office, request, name).unwrap_or_else(|_| not_found()),
        ["mail", "1.eml"] => Response::ok(MAIL, claim_mail(office, MailLanguage::English)),
        ["mail", "2.eml"] => Response::ok(MAIL, claim_mail(office, MailLanguage::French)),
        ["picture", n] => match n.parse().ok().and_then(|n| office.picture(n).ok()) {
            Some(picture) => Response::ok("image/png", picture.to_vec()),
            None => not_found(),
        },
        _ => not_found(),
    }
}

fn not_found() -> Response {
    Response::plain(404, "not found")
}

fn did_document(office: &Office, school: School) -> Response {
    Response::ok("application/did+json", office.identity(school).document().to_string())
}

fn status_list(office: &Office, school: School, purpose: &str) -> Response {
    match Purpose::ALL.into_iter().find(|known| known.as_str() == purpose) {
        Some(purpose) => Response::ok(CREDENTIAL, office.status_list(school, purpose)),
        None => not_found(),
    }
}

fn claim(office: &Office, request: &Request, kind: &str, n: usize) -> Result<Response, NoSuchCredential> {
    let json = || office.credential(n).map(|bytes| bytes.to_vec());
    let badge = n.checked_sub(1).and_then(|place| BADGES.get(place)).ok_or(NoSuchCredential(n))?;
    if office.is_closed(n) {
        return Ok(Response::plain(410, "this claim is over"));
    }
    let show = |pointer| Response::ok(HTML, claim_page(badge, n, pointer));
    Ok(match kind {
        "json" => Response::ok(CREDENTIAL, json()?),
        "jsonapp" => Response::ok("application/json", json()?),
        "png" => Response::ok("image/png", office.baked(n)?),
        "page" => show(Pointer::AlternateLink),
        "download" => show(Pointer::DownloadLink),
        "negotiated" => {
            let answer = if prefers_json(request.header("accept").unwrap_or_default()) {
                Response::ok(CREDENTIAL, json()?)
            } else {
                show(Pointer::Negotiated)
            };
            answer.with("vary", "accept")
        }
        _ => not_found(),
    })
}

/// A page that shows a badge to everybody: its data to who asks for anything but a page, or adds `.json`.
fn shared(office: &Office, request: &Request, name: &str) -> Result<Response, NoSuchCredential> {
    let (number, named) = name.strip_suffix(".json").map_or((name, false), |number| (number, true));
    let n = number.parse().unwrap_or(0);
    let bytes = office.credential(n)?;
    if office.is_closed(n) {
        return Ok(Response::plain(410, "this badge is no longer shown"));
    }
    let accept = request.header("accept").unwrap_or_default();
    Ok(match named || !accept.contains("text/html") {
        true => Response::ok("application/ld+json", bytes.to_vec()),
        false => Response::ok(HTML, share_page(&BADGES[n - 1], n)),
    }
    .with("vary", "accept"))
}

/// What the demo's operator does. A web page can't: browsers name the page they come from, and that is refused.
fn administer(office: &Office, request: &Request, act: &str, n: &str) -> Response {
    if request.header("origin").is_some() {
        return Response::plain(403, "not from a web page");
    }
    let Ok(n) = n.parse() else { return not_found() };
    let done = match act {
        "revoke" => office.mark(n, Purpose::Revocation),
        "suspend" => office.mark(n, Purpose::Suspension),
        "unsuspend" => office.unsuspend(n),
        "expire" => office.expire(n),
        "reopen" => office.reopen(n),
        _ => return not_found(),
    };
    match done {
        Ok(()) => Response::plain(200, "done"),
        Err(missing) => Response::plain(404, &missing.to_string()),
    }
}

fn front_page() -> String {
    let items: String = BADGES
        .iter()
        .enumerate()
        .map(|(place, badge)| {
            let n = place + 1;
            format!(r#"<li lang="{}"><a href="/claim/page/{n}">{}</a></li>"#, badge.school.language(), badge.name)
        })
        .collect();
    page("en-CA", "Demo issuer", "", &format!("<h1>Demo issuer</h1><ul>{items}</ul>"))
}
