//! Small PDF documents for the cases ([ISO 32000-1](https://opensource.adobe.com/dc-acrobat-sdk-docs/standards/pdfstandards/pdf/PDF32000_2008.pdf)).

use crate::deflate::zlib;

/// A document of one empty page with these entries in its information and these files attached.
pub fn document(information: &str, attached: &[(&str, &[u8])]) -> Vec<u8> {
    let names: String = (0..attached.len()).map(|index| format!("({index}) {} 0 R ", 5 + 2 * index)).collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[{names}]>>>>>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>".to_vec(),
        format!("<</Producer(tests){information}>>").into_bytes(),
    ];
    for (index, (name, data)) in attached.iter().enumerate() {
        let file = 6 + 2 * index;
        objects.push(format!("<</Type/Filespec/F({name})/UF({name})/EF<</F {file} 0 R>>>>").into_bytes());
        let packed = zlib(data);
        let head = format!("<</Type/EmbeddedFile/Filter/FlateDecode/Length {}>>\nstream\n", packed.len());
        objects.push([head.as_bytes(), &packed, b"\nendstream"].concat());
    }
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.bytes());
    file.extend(format!("trailer\n<</Size {}/Root 1 0 R/Info 4 0 R>>\n", objects.len() + 1).bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}
