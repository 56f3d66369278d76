//! What a mail says of itself.

use mail_parser::{Address, HeaderValue, Message};

use super::entity::Entity;
use crate::limits::ADDRESSES;
use crate::piece::Letter;
use crate::unpacking::line;

/// The fields under which a mail names whom it came to, the surest first: the first two are written where it arrives.
const ARRIVALS: [&str; 3] = ["Delivered-To", "X-Original-To", "To"];

pub(super) fn of(mail: &Entity<'_>) -> Letter {
    let Some(header) = mail.header() else { return Letter::default() };
    Letter {
        from: header.from().and_then(Address::first).and_then(|from| {
            let shown = |text: &str| Some(line(text)).filter(|text| !text.is_empty());
            from.name().and_then(shown).or_else(|| from.address().and_then(shown))
        }),
        subject: header.subject().map(line).filter(|subject| !subject.is_empty()),
        to: addresses(header),
        date: header.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339),
    }
}

fn addresses(header: &Message<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in ARRIVALS {
        for value in header.header_values(field) {
            let named: Vec<&str> = match value {
                HeaderValue::Address(list) => list.iter().filter_map(|to| to.address()).collect(),
                HeaderValue::Text(text) => vec![text.as_ref()],
                HeaderValue::TextList(texts) => texts.iter().map(AsRef::as_ref).collect(),
                _ => Vec::new(),
            };
            for address in named.into_iter().flat_map(|text| text.split(',')).map(bare) {
                let is_known = found.iter().any(|known| known.eq_ignore_ascii_case(&address));
                if found.len() < ADDRESSES && address.contains('@') && !is_known {
                    found.push(address);
                }
            }
        }
    }
    found
}

fn bare(text: &str) -> String {
    let text = text.rsplit_once('<').map_or(text, |(_, rest)| rest);
    line(text.split('>').next().unwrap_or_default())
}
