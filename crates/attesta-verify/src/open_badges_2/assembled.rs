//! A badge together with the documents that it only names, for showing it.

use std::borrow::Cow;

use attesta_credential::{HostedPart, VerifiableCredential};
use attesta_jsonld::{Document, Value};

use super::address::Address;
use super::copy::parse;
use super::linked::id_of;
use crate::policy::LoopbackAccess;

/// The badge with its badge class and its issuer's profile filled in, as far as `document` has the bytes that stood at
/// their addresses. Without them it says what it says itself; anything but an Open Badges 2.0 or 1.x assertion is given
/// back as it is. Nothing here is proof: what is filled in counts as far as the badge's report says.
pub fn assembled<'c>(
    credential: &'c VerifiableCredential,
    document: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Cow<'c, VerifiableCredential> {
    if !credential.data_model().is_assertion() {
        return Cow::Borrowed(credential);
    }
    let held = |reference: Option<&Value<'_>>| -> Option<(Address, Document)> {
        // Nothing is asked here, so loopback addresses are as good as any.
        let address = Address::read(id_of(reference?)?, LoopbackAccess::Allowed)?;
        let document = parse(&document(address.asked())?)?;
        document.root().as_object()?;
        Some((address, document))
    };
    let named = credential.root().get("badge");
    let badge = match named {
        Some(Value::Object(_)) => None,
        other => held(other),
    };
    let class = badge.as_ref().map(|(_, document)| document.root()).or(named);
    let issuer = held(class.and_then(|class| class.get("issuer")));
    if badge.is_none() && issuer.is_none() {
        return Cow::Borrowed(credential);
    }
    Cow::Owned(credential.completed_with(badge.as_ref().map(part), issuer.as_ref().map(part)))
}

fn part((address, document): &(Address, Document)) -> HostedPart<'_> {
    HostedPart { address: address.asked(), value: document.root() }
}
