//! What a face hands over, as it may stand in a log: whoever has a claim link or its code can make the claim.

use std::fmt;

use crate::command::{DroppedFile, GatherItem, OpenShare, PastedText, ShareBundle};
use crate::view::ArrivalView;

impl fmt::Debug for PastedText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PastedText({} bytes)", self.text.len())
    }
}

impl fmt::Debug for DroppedFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DroppedFile({:?}, {} characters of base64)", self.name, self.base64.len())
    }
}

impl fmt::Debug for GatherItem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = if self.code.is_some() { "with a code" } else { "without a code" };
        write!(out, "GatherItem({:?}, {code})", self.item)
    }
}

impl fmt::Debug for ShareBundle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sealed = if self.passphrase.is_some() { "sealed" } else { "open" };
        write!(out, "ShareBundle({:?}, {:?}, {sealed})", self.bundle, self.form)
    }
}

impl fmt::Debug for OpenShare {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let passphrase = if self.passphrase.is_some() { "with a passphrase" } else { "without a passphrase" };
        write!(out, "OpenShare({} bytes, {passphrase})", self.text.len())
    }
}

impl fmt::Debug for ArrivalView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArrivalView::Text { text } => write!(out, "Text({} bytes)", text.len()),
            ArrivalView::Files { paths } => write!(out, "Files({} paths)", paths.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_link_nor_a_code_stands_in_a_log() {
        let secret = || "SECRET".to_owned();
        for shown in [
            format!("{:?}", PastedText { text: secret() }),
            format!("{:?}", DroppedFile { name: "a.eml".to_owned(), base64: secret() }),
            format!("{:?}", GatherItem { item: "1".to_owned(), code: Some(secret()) }),
            format!("{:?}", ArrivalView::Text { text: secret() }),
        ] {
            assert!(!shown.contains("SECRET"), "{shown}");
        }
    }
}
