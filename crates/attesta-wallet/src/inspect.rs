//! What a text or file holds and who would be contacted for it. Makes no request.

use attesta_credential::{ReadError, VerifiableCredential, read_each};
use attesta_jsonld::Value;
use attesta_view::host_of;

use crate::import::router::{check_link, host_of as host_of_link, links, trim};
use crate::wallet::Wallet;

/// What was recognised in a text or file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspected {
    /// The links in it.
    pub links: Vec<InspectedLink>,
    /// Credentials in it, and files that can't be read.
    pub attachments: Vec<InspectedAttachment>,
}

/// A link that was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedLink {
    /// The address.
    pub url: String,
    /// What it is.
    pub kind: LinkKind,
    /// The hosts that would be contacted for it.
    pub hosts: Vec<String>,
}

/// The kinds of link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// An import would fetch it.
    Claim,
    /// It carries a bundle that somebody shares.
    Share,
    /// It is not asked: not https, or an address in a private network.
    Refused,
}

/// Something that carries credentials itself, or a file of a form that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedAttachment {
    /// The file's name.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// The hosts that would be contacted to check it.
    pub hosts: Vec<String>,
}

/// The kinds of attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    /// One or several credentials.
    Credential,
    /// A mail file, which can't be taken apart yet.
    Mail,
    /// A form that is recognised but not read.
    Unsupported,
}

impl LinkKind {
    /// The name that stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::Claim => "claim",
            LinkKind::Share => "share",
            LinkKind::Refused => "refused",
        }
    }
}

impl AttachmentKind {
    /// The name that stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            AttachmentKind::Credential => "credential",
            AttachmentKind::Mail => "mail",
            AttachmentKind::Unsupported => "unsupported",
        }
    }
}

impl Wallet {
    /// What a pasted text or a link holds.
    pub fn inspect_text(&self, name: &str, text: &str) -> Inspected {
        let text = trim(text);
        if text.starts_with(['{', '[']) {
            return self.inspect_bytes(name, text.as_bytes());
        }
        if attesta_share::is_share_link(text) {
            let link = InspectedLink { url: text.to_owned(), kind: LinkKind::Share, hosts: Vec::new() };
            return Inspected { links: vec![link], attachments: Vec::new() };
        }
        let inspected = |link: &url::Url| match check_link(link, self.loopback()) {
            Ok(()) => InspectedLink { url: link.to_string(), kind: LinkKind::Claim, hosts: vec![host_of_link(link)] },
            Err(_) => InspectedLink { url: link.to_string(), kind: LinkKind::Refused, hosts: Vec::new() },
        };
        Inspected { links: links(text).iter().map(inspected).collect(), attachments: Vec::new() }
    }

    /// What a file holds.
    pub fn inspect_bytes(&self, name: &str, bytes: &[u8]) -> Inspected {
        let attachment = |kind, hosts| Inspected {
            links: Vec::new(),
            attachments: vec![InspectedAttachment { name: name.to_owned(), kind, hosts }],
        };
        if is_mail(name, bytes) {
            return attachment(AttachmentKind::Mail, Vec::new());
        }
        match (read_each(bytes), std::str::from_utf8(bytes)) {
            (Ok(entries), _) => {
                let mut hosts: Vec<String> = Vec::new();
                for host in entries.iter().flatten().flat_map(|found| hosts_asked(&found.credential)) {
                    if !hosts.contains(&host) {
                        hosts.push(host);
                    }
                }
                attachment(AttachmentKind::Credential, hosts)
            }
            (Err(ReadError::UnsupportedFormat { .. } | ReadError::PdfEncrypted), _) => {
                attachment(AttachmentKind::Unsupported, Vec::new())
            }
            (Err(ReadError::OnlyALink { url }), _) => self.inspect_text(name, &url),
            (Err(_), Ok(text)) if !trim(text).starts_with(['{', '[']) => self.inspect_text(name, text),
            (Err(_), _) => Inspected::default(),
        }
    }
}

/// The hosts that checking a credential would ask: of the key's document and of the status lists.
fn hosts_asked(credential: &VerifiableCredential) -> Vec<String> {
    let methods = credential
        .proofs()
        .into_iter()
        .filter_map(|proof| proof.value.get("verificationMethod").and_then(Value::as_str).and_then(host_of));
    let lists = credential.statuses().iter().filter_map(|status| host_of(status.list.as_deref()?));
    methods.chain(lists).collect()
}

/// Whether a file is a mail: by its name, or by beginning with a mail's header fields (RFC 5322).
fn is_mail(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64)]).to_ascii_lowercase();
    let fields = ["return-path:", "received:", "delivered-to:", "mime-version:", "message-id:", "from:"];
    name.ends_with(".eml") || name.ends_with(".msg") || fields.iter().any(|field| head.starts_with(field))
}
