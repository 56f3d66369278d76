//! From a payload with digests to what is disclosed: [RFC 9901 section 7.1](https://www.rfc-editor.org/rfc/rfc9901#section-7.1),
//! step 3.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use attesta_jsonld::{Object, Value, escape_pointer_token};

use super::disclosure::{DigestHash, Disclosure, SdJwtFlaw};

/// The name of the member that holds an object's digests.
const DIGESTS: &str = "_sd";
/// The name of the only member of an object that stands for an array's element.
const ELEMENT: &str = "...";
/// How deep the disclosed tree may be, disclosures within disclosures included.
const DEEPEST: usize = 128;

/// Where a disclosure turned out to stand.
pub(super) struct Place {
    pub(super) pointer: String,
    pub(super) within: Option<usize>,
}

/// What a payload and its disclosures say together.
pub(super) struct Disclosed<'a> {
    pub(super) root: Value<'a>,
    pub(super) places: Vec<Option<Place>>,
}

/// Puts each disclosure where its digest stands and takes every digest away.
pub(super) fn disclose<'a>(
    payload: &'a Value<'a>,
    disclosures: &'a [Disclosure],
    hash: DigestHash,
) -> Result<Disclosed<'a>, SdJwtFlaw> {
    let mut by_digest = HashMap::with_capacity(disclosures.len());
    for (index, disclosure) in disclosures.iter().enumerate() {
        if by_digest.insert(hash.digest(disclosure.encoded()), index).is_some() {
            return Err(SdJwtFlaw::UnusedDisclosure { index });
        }
    }
    let places = disclosures.iter().map(|_| None).collect();
    let mut walk = Walk { disclosures, by_digest, seen: HashSet::new(), places };
    let root = walk.value(payload, &Position { pointer: String::new(), within: None, depth: 0 })?;
    if let Some(index) = walk.places.iter().position(Option::is_none) {
        return Err(SdJwtFlaw::UnusedDisclosure { index });
    }
    let root = match root {
        Value::Object(object) => Value::Object(object.without(&["_sd_alg"])),
        other => other,
    };
    Ok(Disclosed { root, places: walk.places })
}

struct Walk<'a> {
    disclosures: &'a [Disclosure],
    by_digest: HashMap<String, usize>,
    seen: HashSet<&'a str>,
    places: Vec<Option<Place>>,
}

struct Position {
    pointer: String,
    /// The disclosure around it.
    within: Option<usize>,
    depth: usize,
}

impl Position {
    fn member(&self, name: &str) -> Position {
        self.step(&escape_pointer_token(name))
    }

    fn step(&self, token: &str) -> Position {
        Position { pointer: format!("{}/{token}", self.pointer), within: self.within, depth: self.depth + 1 }
    }

    fn inside(self, disclosure: usize) -> Position {
        Position { within: Some(disclosure), ..self }
    }
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &'a Value<'a>, at: &Position) -> Result<Value<'a>, SdJwtFlaw> {
        if at.depth > DEEPEST {
            return Err(SdJwtFlaw::TooMany);
        }
        match value {
            Value::Object(object) => self.object(object, at).map(Value::Object),
            Value::Array(items) => self.array(items, at).map(Value::Array),
            other => Ok(other.clone()),
        }
    }

    fn object(&mut self, object: &'a Object<'a>, at: &Position) -> Result<Object<'a>, SdJwtFlaw> {
        let malformed = || SdJwtFlaw::MalformedDigests { pointer: at.pointer.clone() };
        if object.get(ELEMENT).is_some() {
            return Err(malformed());
        }
        let mut members = Vec::with_capacity(object.len());
        for (name, value) in object.iter().filter(|(name, _)| *name != DIGESTS) {
            members.push((Cow::Borrowed(name), self.value(value, &at.member(name))?));
        }
        if let Some(digests) = object.get(DIGESTS) {
            let mut names: HashSet<&str> = object.iter().map(|(name, _)| name).collect();
            for digest in digests.as_array().ok_or_else(malformed)? {
                let digest = digest.as_str().ok_or_else(malformed)?;
                let Some(index) = self.find(digest)? else { continue };
                let disclosure = &self.disclosures[index];
                let name = disclosure.name().ok_or(SdJwtFlaw::MisplacedDisclosure { index })?;
                if matches!(name, DIGESTS | ELEMENT) {
                    return Err(SdJwtFlaw::ReservedName { index });
                }
                let place = at.member(name).inside(index);
                if !names.insert(name) {
                    return Err(SdJwtFlaw::Overwrites { pointer: place.pointer });
                }
                self.places[index] = Some(Place { pointer: place.pointer.clone(), within: at.within });
                members.push((Cow::Borrowed(name), self.value(disclosure.value(), &place)?));
            }
        }
        Ok(members.into_iter().collect())
    }

    fn array(&mut self, items: &'a [Value<'a>], at: &Position) -> Result<Vec<Value<'a>>, SdJwtFlaw> {
        let mut shown = Vec::with_capacity(items.len());
        for item in items {
            let place = at.step(&shown.len().to_string());
            match item.get(ELEMENT) {
                None => shown.push(self.value(item, &place)?),
                Some(digest) => {
                    let alone = item.as_object().is_some_and(|object| object.len() == 1);
                    let digest = digest.as_str().filter(|_| alone);
                    let malformed = || SdJwtFlaw::MalformedDigests { pointer: place.pointer.clone() };
                    let Some(index) = self.find(digest.ok_or_else(malformed)?)? else { continue };
                    let disclosure = &self.disclosures[index];
                    if disclosure.name().is_some() {
                        return Err(SdJwtFlaw::MisplacedDisclosure { index });
                    }
                    self.places[index] = Some(Place { pointer: place.pointer.clone(), within: at.within });
                    shown.push(self.value(disclosure.value(), &place.inside(index))?);
                }
            }
        }
        Ok(shown)
    }

    /// The disclosure with this digest; none for a decoy, or for what the holder keeps back.
    fn find(&mut self, digest: &'a str) -> Result<Option<usize>, SdJwtFlaw> {
        if !self.seen.insert(digest) {
            return Err(SdJwtFlaw::RepeatedDigest);
        }
        Ok(self.by_digest.get(digest).copied())
    }
}
