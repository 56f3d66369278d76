//! The JSON Canonicalization Scheme, [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785).

use crate::number::jcs_text;
use crate::tree::{Value, write_string};

/// Writes a value in its canonical form: no white space, keys in the order of their UTF-16 code units, numbers as
/// ECMAScript writes them.
///
/// Numbers pass through a double; [`Number::survives_jcs`](crate::Number::survives_jcs) tells which ones lose digits.
pub fn canonicalize(value: &Value<'_>) -> Vec<u8> {
    let mut out = String::new();
    write_value(&mut out, value);
    out.into_bytes()
}

fn write_value(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&jcs_text(number.as_f64())),
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(out, index);
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                separate(out, index);
                write_text(out, key);
                out.push(':');
                write_value(out, value);
            }
            out.push('}');
        }
    }
}

fn separate(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

fn write_text(out: &mut String, text: &str) {
    write_string(out, text).expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = Document::parse(text.as_bytes().to_vec()).unwrap();
        assert_eq!(String::from_utf8(canonicalize(document.root())).unwrap(), expected);
    }

    #[test]
    fn white_space_goes_and_literals_stay() {
        check(" [ null , true,\tfalse ,\n[ ], { } ] ", "[null,true,false,[],{}]");
    }

    #[test]
    fn keys_are_sorted_at_every_level_and_arrays_are_not() {
        check(
            r#"{"b":[{"z":1,"y":2},3,1],"":0,"a":{"d":1,"c":2}}"#,
            r#"{"":0,"a":{"c":2,"d":1},"b":[{"y":2,"z":1},3,1]}"#,
        );
    }

    #[test]
    fn keys_are_sorted_by_utf16_code_units_not_by_code_points() {
        // U+1F600 begins with the code unit D83D, below U+FB33, although its code point is above.
        check(
            r#"{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"A":4,"\r":5}"#,
            "{\"\\r\":5,\"A\":4,\"€\":3,\"😀\":2,\"\u{fb33}\":1}",
        );
    }

    #[test]
    fn only_what_json_demands_is_escaped() {
        check(
            r#""\u0000\u001f\b\t\n\f\r\"\\\/\u007f\u00e9\u2028""#,
            "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u{7f}é\u{2028}\"",
        );
    }

    #[test]
    fn numbers_are_spelled_in_one_way_only() {
        for (written, expected) in [
            ("-0", "0"),
            ("1.0", "1"),
            ("1E2", "100"),
            ("4.50", "4.5"),
            ("1e21", "1e+21"),
            ("1e20", "100000000000000000000"),
            ("0.000001", "0.000001"),
            ("0.0000001", "1e-7"),
            ("333333333.33333329", "333333333.3333333"),
        ] {
            check(written, expected);
        }
    }

    /// The bit patterns and texts of RFC 8785 appendix B.
    #[test]
    fn doubles_are_written_as_appendix_b_says() {
        for (bits, expected) in [
            (0x0000000000000000, "0"),
            (0x8000000000000000, "0"),
            (0x0000000000000001, "5e-324"),
            (0x8000000000000001, "-5e-324"),
            (0x7fefffffffffffff, "1.7976931348623157e+308"),
            (0xffefffffffffffff, "-1.7976931348623157e+308"),
            (0x4340000000000000, "9007199254740992"),
            (0xc340000000000000, "-9007199254740992"),
            (0x4430000000000000, "295147905179352830000"),
            (0x44b52d02c7e14af5, "9.999999999999997e+22"),
            (0x44b52d02c7e14af6, "1e+23"),
            (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
            (0x444b1ae4d6e2ef4e, "999999999999999700000"),
            (0x444b1ae4d6e2ef4f, "999999999999999900000"),
            (0x444b1ae4d6e2ef50, "1e+21"),
            (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
            (0x3eb0c6f7a0b5ed8d, "0.000001"),
            (0x41b3de4355555553, "333333333.3333332"),
            (0x41b3de4355555554, "333333333.33333325"),
            (0x41b3de4355555555, "333333333.3333333"),
            (0x41b3de4355555556, "333333333.3333334"),
            (0x41b3de4355555557, "333333333.33333343"),
            (0xbecbf647612f3696, "-0.0000033333333333333333"),
            (0x43143ff3c1cb0959, "1424953923781206.2"),
        ] {
            assert_eq!(jcs_text(f64::from_bits(bits)), expected, "{bits:016x}");
        }
    }
}
