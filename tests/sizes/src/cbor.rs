//! A badge as CBOR (RFC 8949), the binary form that others compress: every JSON value as its nearest item.

use serde_json::Value;

/// The JSON value as CBOR in its shortest form.
pub(crate) fn cbor(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(value) => out.push(if *value { 0xf5 } else { 0xf4 }),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => head(0, number, out),
            (None, Some(number)) => head(1, number.unsigned_abs() - 1, out),
            (None, None) => {
                out.push(0xfb);
                out.extend_from_slice(&number.as_f64().unwrap_or(f64::NAN).to_be_bytes());
            }
        },
        Value::String(text) => {
            head(3, text.len() as u64, out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            head(4, items.len() as u64, out);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Object(members) => {
            head(5, members.len() as u64, out);
            for (name, value) in members {
                head(3, name.len() as u64, out);
                out.extend_from_slice(name.as_bytes());
                write(value, out);
            }
        }
    }
}

fn head(major: u8, number: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    let bytes = number.to_be_bytes();
    match number {
        0..24 => out.push(major | bytes[7]),
        24..0x100 => out.extend([major | 24, bytes[7]]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend_from_slice(&bytes[6..]);
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_the_standard_says() {
        // RFC 8949, appendix A.
        assert_eq!(cbor(&json!([1, [2, 3], "a"])), [0x83, 0x01, 0x82, 0x02, 0x03, 0x61, 0x61]);
        assert_eq!(cbor(&json!({"a": -100})), [0xa1, 0x61, 0x61, 0x38, 0x63]);
        assert_eq!(cbor(&json!([true, null, 1_000_000])), [0x83, 0xf5, 0xf6, 0x1a, 0x00, 0x0f, 0x42, 0x40]);
        assert_eq!(cbor(&json!(1.1)), [0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a]);
    }
}
