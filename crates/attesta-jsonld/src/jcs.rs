//! The JSON Canonicalization Scheme, [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785).

use std::cmp::Ordering;

use crate::number::write_jcs;
use crate::scan::plain_in_json;
use crate::tree::{Number, Object, Value, write_string};

/// Writes a value in its canonical form: no white space, keys in the order of their UTF-16 code units, numbers as
/// ECMAScript writes them.
///
/// Numbers pass through a double; [`Number::survives_jcs`](crate::Number::survives_jcs) tells which ones lose digits,
/// and [`first_inexact`] finds them.
pub fn canonicalize(value: &Value<'_>) -> Vec<u8> {
    let mut writer = Writer { out: String::new(), members: Vec::new() };
    writer.value(value);
    writer.out.into_bytes()
}

/// As [`canonicalize`], for the object that has these members. Their keys must differ.
pub fn canonicalize_members<'v>(members: impl Iterator<Item = (&'v str, &'v Value<'v>)>) -> Vec<u8> {
    let mut writer = Writer { out: String::new(), members: members.collect() };
    writer.object_from(0);
    writer.out.into_bytes()
}

/// The first number in a value, in the order of the document, whose canonical form says something other than what is
/// written: its JSON pointer within the value, and the number.
pub fn first_inexact<'v>(value: &'v Value<'_>) -> Option<(String, Number<'v>)> {
    match value {
        Value::Number(number) => (!number.survives_jcs()).then(|| (String::new(), *number)),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
            let (below, number) = first_inexact(item)?;
            Some((format!("/{index}{below}"), number))
        }),
        Value::Object(object) => object.iter().find_map(|(key, member)| {
            let (below, number) = first_inexact(member)?;
            Some((format!("/{}{below}", crate::tree::escape_pointer_token(key)), number))
        }),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

struct Writer<'v> {
    out: String,
    /// The members still to be written of the objects under way, outer before inner.
    members: Vec<(&'v str, &'v Value<'v>)>,
}

impl<'v> Writer<'v> {
    fn value(&mut self, value: &'v Value<'v>) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(number) => write_jcs(&mut self.out, *number),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index);
                    self.value(item);
                }
                self.out.push(']');
            }
            Value::Object(object) => self.object(object),
        }
    }

    fn object(&mut self, object: &'v Object<'v>) {
        let first = self.members.len();
        self.members.extend(object.iter());
        self.object_from(first);
    }

    /// Writes the object whose members are the last ones, from `first` on, and takes them away.
    fn object_from(&mut self, first: usize) {
        self.members[first..].sort_unstable_by(|(one, _), (other, _)| in_utf16(one, other));
        self.out.push('{');
        for index in first..self.members.len() {
            let (key, value) = self.members[index];
            self.separate(index - first);
            self.text(key);
            self.out.push(':');
            self.value(value);
        }
        self.out.push('}');
        self.members.truncate(first);
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.out.push(',');
        }
    }

    fn text(&mut self, text: &str) {
        if plain_in_json(text.as_bytes()) == text.len() {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
        } else {
            write_string(&mut self.out, text).expect("writing to a string does not fail");
        }
    }
}

/// Compares by UTF-16 code units. UTF-8 has the same order, except that the characters from U+E000 to U+FFFF, whose
/// first byte is EE or EF, come before those above, and in UTF-16 after them.
fn in_utf16(one: &str, other: &str) -> Ordering {
    let differ = one.bytes().zip(other.bytes()).find(|(one, other)| one != other);
    match differ {
        None => one.len().cmp(&other.len()),
        Some((a, b)) if a < 0xee || b < 0xee => a.cmp(&b),
        Some(_) => one.encode_utf16().cmp(other.encode_utf16()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::number::jcs_text;

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
    fn keys_compare_as_their_utf16_code_units_do() {
        let letters =
            ["", "a", "é", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10000}", "\u{10ffff}"];
        let keys: Vec<String> = letters.iter().flat_map(|one| letters.map(|other| format!("{one}{other}"))).collect();
        for (one, other) in keys.iter().flat_map(|one| keys.iter().map(move |other| (one, other))) {
            assert_eq!(in_utf16(one, other), one.encode_utf16().cmp(other.encode_utf16()), "{one:?} {other:?}");
        }
    }

    #[test]
    fn an_object_may_be_given_by_its_members() {
        let document = Document::parse(br#"{"b":{"d":[{"f":1,"e":2}],"c":3},"proof":4,"a":5}"#.to_vec()).unwrap();
        let object = document.root().as_object().unwrap();
        let found = canonicalize_members(object.iter().filter(|(key, _)| *key != "proof"));
        assert_eq!(String::from_utf8(found).unwrap(), r#"{"a":5,"b":{"c":3,"d":[{"e":2,"f":1}]}}"#);
    }

    #[test]
    fn the_first_number_that_changes_is_found_with_its_place() {
        let found = |text: &str| {
            let document = Document::parse(text.as_bytes().to_vec()).unwrap();
            first_inexact(document.root()).map(|(pointer, number)| (pointer, number.text().to_owned()))
        };
        let expected = Some(("/a~1b/1/c".to_owned(), "9007199254740993".to_owned()));
        assert_eq!(found(r#"{"x":1.5,"a/b":[1,{"c":9007199254740993}],"y":9007199254740993}"#), expected);
        assert_eq!(found(r#"{"x":[1.5,"9007199254740993",null,true]}"#), None);
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
