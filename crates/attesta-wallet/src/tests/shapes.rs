//! The shapes of links, files and mails that learners get, each the whole way: what it is taken for before anybody is
//! asked, exactly what is then asked and in which order, and what is in the wallet afterwards, byte for byte.

mod claims;
mod files;
mod mails;
mod misses;
mod openid;
mod pages;
mod pictures;
mod platforms;

use std::collections::BTreeSet;

use attesta_net::Method;

use super::world::*;
use crate::command::{PastedText, Paths};
use crate::view::{OfferView, OfferedKind};

/// What checks every credential of the issuer's.
const KEY: &str = "GET https://college.example/.well-known/did.json";
/// What becomes of a badge that is good in every way.
const GOOD: &str = "imported valid Caring for Wound Infections";
const AGAIN: &str = "duplicate valid Caring for Wound Infections";

/// What the learner has.
enum Given {
    Text(String),
    File(&'static str, Vec<u8>),
    Folder(Vec<(&'static str, Vec<u8>)>),
}

/// One answer of the web, given once.
struct Reply {
    method: Method,
    url: String,
    status: u16,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// One shape and what is made of it.
struct Shape {
    name: &'static str,
    given: Given,
    web: Vec<Reply>,
    hosted: Vec<(&'static str, String)>,
    codes: Vec<&'static str>,
    recognised: String,
    asked: Vec<String>,
    results: Vec<String>,
    kept: Vec<Vec<u8>>,
    received: Option<Vec<u8>>,
    then: Vec<String>,
}

impl Shape {
    fn of(name: &'static str, given: Given) -> Shape {
        Shape {
            name,
            given,
            web: Vec::new(),
            hosted: Vec::new(),
            codes: Vec::new(),
            recognised: String::new(),
            asked: Vec::new(),
            results: Vec::new(),
            kept: Vec::new(),
            received: None,
            then: Vec::new(),
        }
    }

    fn text(name: &'static str, text: impl Into<String>) -> Shape {
        Shape::of(name, Given::Text(text.into()))
    }

    fn file(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>) -> Shape {
        Shape::of(name, Given::File(file, bytes.into()))
    }

    /// The web answers this address so, once.
    fn get(self, url: &str, media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Shape {
        self.reply(Method::Get, url, 200, media_type, bytes)
    }

    fn post(self, url: &str, bytes: impl Into<Vec<u8>>) -> Shape {
        self.reply(Method::Post, url, 200, "application/json", bytes)
    }

    fn reply(
        mut self,
        method: Method,
        url: &str,
        status: u16,
        media_type: &'static str,
        bytes: impl Into<Vec<u8>>,
    ) -> Shape {
        self.web.push(Reply { method, url: url.to_owned(), status, media_type, bytes: bytes.into() });
        self
    }

    /// The web answers this address so whenever a check asks it.
    fn hosted(mut self, url: &'static str, document: &serde_json::Value) -> Shape {
        self.hosted.push((url, document.to_string()));
        self
    }

    /// Codes that the learner gives, one after the other.
    fn codes(mut self, codes: &[&'static str]) -> Shape {
        self.codes = codes.to_vec();
        self
    }

    /// What it is taken for: each thing's kind and hosts, with a question mark where it is not suggested.
    fn taken_for(mut self, recognised: &str) -> Shape {
        self.recognised = recognised.to_owned();
        self
    }

    /// Every request, in order.
    fn asks(mut self, asked: &[&str]) -> Shape {
        self.asked = asked.iter().map(|line| (*line).to_owned()).collect();
        self
    }

    /// What an import in one go tells, in order.
    fn gives(mut self, results: &[&str]) -> Shape {
        self.results = results.iter().map(|line| (*line).to_owned()).collect();
        self
    }

    /// The exact bytes of each credential that is in the wallet afterwards.
    fn keeps<B: AsRef<[u8]>>(mut self, kept: &[B]) -> Shape {
        self.kept = kept.iter().map(|bytes| bytes.as_ref().to_vec()).collect();
        self
    }

    /// The exact bytes of the file that is kept with them.
    fn in_file(mut self, received: &[u8]) -> Shape {
        self.received = Some(received.to_vec());
        self
    }

    /// A page that the issuer wants opened next.
    fn then(mut self, page: &str) -> Shape {
        self.then = vec![page.to_owned()];
        self
    }

    /// What is not as the shape says, told line by line.
    fn wrong(&self) -> Vec<String> {
        let world = World::new();
        for Reply { method, url, status, media_type, bytes } in &self.web {
            world.web.reply(*method, url, *status, media_type, bytes.clone());
        }
        self.hosted.iter().for_each(|(url, document)| world.web.answer(url, "application/json", document.clone()));
        let (source, offer) = self.offer(&world);
        let mut wrong = Vec::new();
        let mut differs = |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
            let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
            if found != expected {
                wrong.push(format!("{}: {what} {found}\ninstead of {expected}", self.name));
            }
        };
        differs("is taken for", &recognised(&offer), &self.recognised);
        differs("asked beforehand", &world.web.urls(), &Vec::<String>::new());
        let mut codes = self.codes.iter();
        let report = world
            .wallet
            .import_offer(&source, &offer, &mut |_| codes.next().map(|code| (*code).to_owned()), &|_| {})
            .unwrap();
        world.wallet.telling().finish();
        let results: Vec<String> = report
            .results
            .iter()
            .map(|entry| match &entry.result.error {
                Some(error) => format!("failed {}", error.code),
                None => format!(
                    "{} {} {}",
                    format!("{:?}", entry.result.outcome).to_lowercase(),
                    entry.result.verdict.as_deref().unwrap_or("?"),
                    entry.result.name.as_deref().unwrap_or("?")
                ),
            })
            .collect();
        differs("gives", &results, &self.results);
        differs("asked", &asked(&world), &self.asked);
        differs("leads to", &report.then, &self.then);
        let rows = world.list();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let kept: BTreeSet<String> =
            rows.iter().map(|row| world.wallet.raw_credential(&by_id(&row.id)).unwrap().json).collect();
        differs("keeps", &kept, &self.kept.iter().map(|bytes| text(bytes)).collect::<BTreeSet<_>>());
        if let Some(file) = &self.received {
            let same = rows
                .iter()
                .all(|row| world.wallet.store().credentials().get(&row.id).unwrap().unwrap().received == *file);
            differs("keeps the file as it came", &(same && !rows.is_empty()), &true);
        }
        wrong
    }

    fn offer(&self, world: &World) -> (String, OfferView) {
        match &self.given {
            Given::Text(text) => ("-".to_owned(), world.wallet.offer_text(&PastedText { text: text.clone() }).unwrap()),
            Given::File(name, bytes) => ((*name).to_owned(), world.wallet.offer_bytes(name, bytes).unwrap()),
            Given::Folder(files) => {
                let folder = world.folder().join("given");
                for (name, bytes) in files {
                    let path = folder.join(name);
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, bytes).unwrap();
                }
                let paths = Paths { paths: vec![folder.display().to_string()] };
                ("given".to_owned(), world.wallet.offer_paths(&paths).unwrap())
            }
        }
    }
}

/// What an offer says before anybody is asked.
fn recognised(offer: &OfferView) -> String {
    let items = offer.items.iter().map(|item| {
        let kind = serde_json::to_value(item.kind).unwrap();
        let doubt = if item.suggested { "" } else { "?" };
        let count = match (item.kind, item.count) {
            (OfferedKind::Document, Some(count)) if count != 1 => format!(" x{count}"),
            _ => String::new(),
        };
        let hosts: String = item.hosts.iter().map(|host| format!(" {host}")).collect();
        let refused = item.error.as_ref().map(|error| format!(" ({})", error.code)).unwrap_or_default();
        format!("{}{doubt}{count}{hosts}{refused}", kind.as_str().unwrap())
    });
    let skipped = offer.skipped.iter().map(|part| format!("skipped {} ({})", part.name, part.error.code));
    let nothing = offer.error.iter().map(|error| format!("nothing ({})", error.code));
    items.chain(skipped).chain(nothing).collect::<Vec<_>>().join("; ")
}

/// Every request with its method, in order.
fn asked(world: &World) -> Vec<String> {
    let asks = world.web.asks();
    let mut asks = asks.iter().peekable();
    let line = |url: String| match asks.next_if(|ask| ask.url == url).map(|ask| ask.method) {
        Some(Method::Post) => format!("POST {url}"),
        Some(Method::Delete) => format!("DELETE {url}"),
        _ => format!("GET {url}"),
    };
    world.web.urls().into_iter().map(line).collect()
}

/// Every shape is as it says; all that is not is told at once.
#[track_caller]
fn check(shapes: &[Shape]) {
    let wrong: Vec<String> = shapes.iter().flat_map(Shape::wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn all() -> Vec<Shape> {
    [
        claims::shapes(),
        openid::shapes(),
        platforms::shapes(),
        pages::shapes(),
        files::shapes(),
        pictures::shapes(),
        mails::shapes(),
        misses::shapes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn more_than_a_hundred_shapes_are_taken_the_whole_way() {
    let shapes = all();
    let names: BTreeSet<&str> = shapes.iter().map(|shape| shape.name).collect();
    assert_eq!(names.len(), shapes.len(), "a name stands twice");
    assert!(shapes.len() >= 100, "{} shapes", shapes.len());
    let kept = shapes.iter().filter(|shape| !shape.kept.is_empty()).count();
    assert!(kept >= 75, "{kept} end with a credential in the wallet");
}
