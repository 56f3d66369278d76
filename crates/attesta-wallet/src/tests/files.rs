//! Files that carry credentials, built for the tests.

/// The smallest PNG there is: one grey pixel.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(1, 1).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PDF document with these files attached, which is read without its tables.
pub(crate) fn document(attached: &[&[u8]]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n".to_vec();
    for (index, data) in attached.iter().enumerate() {
        let number = 2 + 2 * index;
        let specification = format!("{number} 0 obj<</Type/Filespec/EF<</F {} 0 R>>>>endobj\n", number + 1);
        let head = format!("{} 0 obj<</Length {}>>stream\n", number + 1, data.len());
        file.extend([specification.as_bytes(), head.as_bytes(), data, b"\nendstream endobj\n"].concat());
    }
    file.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    file
}

/// A ZIP archive with its files stored as they are.
pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let mut sum = flate2::Crc::new();
        sum.update(data);
        let size = u32::try_from(data.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let sum = sum.sum().to_le_bytes();
        let facts = [[20, 0, 0, 0, 0, 0, 0, 0, 0, 0].as_slice(), &sum, &size, &size, &length, &[0, 0]];
        let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &facts.concat(), &[0; 10], &at, name.as_bytes()].concat());
        bytes.extend([b"PK\x03\x04".as_slice(), &facts.concat(), name.as_bytes(), data].concat());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (at, size) = (u32::try_from(bytes.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    bytes.extend(&directory);
    bytes.extend(
        [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat(),
    );
    bytes
}
