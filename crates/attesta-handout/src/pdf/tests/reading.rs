//! What a reader finds in a document.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A document that was read back.
pub(super) struct Read {
    pub(super) document: Document,
}

impl Read {
    #[track_caller]
    pub(super) fn of(bytes: &[u8]) -> Read {
        Read { document: Document::load_mem(bytes).expect("another reader opens it") }
    }

    pub(super) fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("there is a catalog")
    }

    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        self.document.dereference(object).expect("what is referred to is there").1
    }

    /// A member of a dictionary, whatever it is.
    pub(super) fn member<'o>(&'o self, dictionary: &'o Dictionary, key: &str) -> Option<&'o Object> {
        dictionary.get(key.as_bytes()).ok().map(|object| self.resolve(object))
    }

    /// A text as people read it.
    #[track_caller]
    pub(super) fn text(&self, object: &Object) -> String {
        let bytes = object.as_str().expect("a text");
        match bytes.strip_prefix(&[0xfe, 0xff]) {
            Some(wide) => {
                let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            None => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }

    /// The attached files by name: their bytes and their file specification.
    pub(super) fn attached(&self) -> BTreeMap<String, (Vec<u8>, Dictionary)> {
        let mut files = BTreeMap::new();
        let Some(names) = self.member(self.catalog(), "Names") else { return files };
        let Some(tree) = self.member(names.as_dict().unwrap(), "EmbeddedFiles") else { return files };
        let pairs = self.member(tree.as_dict().unwrap(), "Names").expect("a flat tree").as_array().unwrap();
        for pair in pairs.chunks(2) {
            let specification = self.resolve(&pair[1]).as_dict().unwrap();
            let file = self.member(specification, "EF").unwrap().as_dict().unwrap();
            let stream = self.member(file, "F").unwrap().as_stream().unwrap();
            let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            files.insert(self.text(self.member(specification, "UF").unwrap()), (bytes, specification.clone()));
        }
        files
    }

    /// Every element of the structure in the order of reading: its kind and its dictionary.
    pub(super) fn structure(&self) -> Vec<(String, Dictionary)> {
        let root = self.member(self.catalog(), "StructTreeRoot").expect("a structure").as_dict().unwrap();
        let mut found = Vec::new();
        self.walk(root, &mut found);
        found
    }

    fn walk(&self, element: &Dictionary, found: &mut Vec<(String, Dictionary)>) {
        let children = match self.member(element, "K") {
            Some(Object::Array(children)) => children.iter().map(|child| self.resolve(child)).collect(),
            Some(child) => vec![child],
            None => Vec::new(),
        };
        for child in children.into_iter().filter_map(|child| child.as_dict().ok()) {
            if let Ok(kind) = child.get(b"S") {
                let kind = String::from_utf8_lossy(kind.as_name().unwrap()).into_owned();
                found.push((kind, child.clone()));
                self.walk(child, found);
            }
        }
    }

    /// The operators of each page's content.
    pub(super) fn operators(&self) -> Vec<Vec<(String, Vec<Object>)>> {
        let operators = |page: ObjectId| {
            let content = self.document.get_page_content(page);
            let content = lopdf::content::Content::decode(&content).expect("the content can be read");
            content.operations.into_iter().map(|operation| (operation.operator, operation.operands)).collect()
        };
        self.document.page_iter().map(operators).collect()
    }

    /// The XMP packet.
    pub(super) fn metadata(&self) -> String {
        let stream = self.member(self.catalog(), "Metadata").unwrap().as_stream().unwrap();
        String::from_utf8(stream.content.clone()).unwrap()
    }
}
