//! What may be printed of a link: its kind and its hosts. Its path and parameters may be worth the credential.

use std::fmt;

use crate::link::{Link, LinkKind, RequestLink};

impl LinkKind {
    /// The kind's stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            LinkKind::Request(_) => "request",
            LinkKind::Interaction(_) => "interaction",
            LinkKind::Message(_) => "message",
            LinkKind::Offer(_) => "offer",
            LinkKind::OfferAt(_) => "offer_at",
            LinkKind::SharePage { .. } => "share_page",
            LinkKind::DocumentPage { .. } => "document_page",
            LinkKind::Web(_) => "web",
            LinkKind::Inline(_) => "inline",
            LinkKind::Share => "share",
            LinkKind::AsksForCredentials { .. } => "asks_for_credentials",
            LinkKind::Refused(_) => "refused",
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Link({}, {:?})", self.kind.as_str(), self.hosts())
    }
}

impl fmt::Debug for LinkKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkKind::Refused(refused) => write!(out, "LinkKind(refused, {refused:?})"),
            other => write!(out, "LinkKind({})", other.as_str()),
        }
    }
}

impl fmt::Debug for RequestLink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RequestLink({})", crate::link::host_of(&self.endpoint))
    }
}

#[cfg(test)]
mod tests {
    use attesta_verify::LoopbackAccess;

    use crate::link::recognise;

    #[test]
    fn a_link_that_is_printed_says_nothing_of_its_code() {
        let text = "https://college.example/claim?code=s3cret dccrequest://request?issuer=x&vc_request_url=https://a.example/s3cret&challenge=s3cret";
        let printed = format!("{:?}", recognise(text, LoopbackAccess::Refused));
        assert!(!printed.contains("s3cret"), "{printed}");
        assert!(printed.contains("college.example") && printed.contains("a.example"), "{printed}");
    }
}
