//! Numbers on their way into canonical forms, and whether they arrive there as they were written.

use crate::tree::Number;

const XSD_INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";

impl Number<'_> {
    /// Whether the JCS form, [RFC 8785 section 3.2.2.3](https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3), has
    /// exactly the value that was written.
    ///
    /// JCS passes each number through a double, so that 9007199254740993 becomes 9007199254740992: a signature over
    /// the form says nothing of the digits lost. No two numbers of different value that survive share a form.
    pub fn survives_jcs(&self) -> bool {
        self.is_short() || self.has_value_of(&jcs_text(self.as_f64()))
    }

    /// Whether the literals that JSON-LD makes of this number have exactly the value that was written: the
    /// `xsd:double` (16 digits at most) and, of a whole number, the `xsd:integer`.
    pub fn survives_rdf(&self) -> bool {
        let value = self.as_f64();
        if is_whole(value) {
            // Fifteen digits are exact as an integer, as a double, and in sixteen digits.
            return self.is_short()
                || [None, Some(XSD_DOUBLE)]
                    .into_iter()
                    .all(|datatype| self.has_value_of(&rdf_literal(value, datatype).0));
        }
        self.has_value_of(&xsd_double(value))
    }

    /// As [`Number::survives_rdf`], where a literal of this number was made already.
    pub(crate) fn survives_rdf_as(&self, lexical: &str) -> bool {
        if is_whole(self.as_f64()) { self.survives_rdf() } else { self.has_value_of(lexical) }
    }

    /// Whether jsonld.js, the processor behind most signed credentials, makes another literal of this number than
    /// JSON-LD 1.1 demands, so that a signature over it may fail to verify here although nothing was altered.
    ///
    /// It takes a fraction for a whole number when ECMAScript writes it without a point (`1e-7`), and it drops the
    /// sign of a zero.
    pub fn jsonld_js_deviates(&self) -> bool {
        let value = self.as_f64();
        let text = jcs_text(value);
        (value == 0.0 && value.is_sign_negative()) || (text.contains("e-") && !text.contains('.'))
    }

    /// Whether it is written with fifteen digits at most and without an exponent. A double tells all such numbers
    /// apart, and the shortest text that gives the double back is then the number itself.
    fn is_short(&self) -> bool {
        const LONGEST: usize = "-0.12345678901234".len();
        self.text().len() <= LONGEST
            && self.text().bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'.'))
            && self.text().bytes().filter(u8::is_ascii_digit).count() <= 15
    }

    fn has_value_of(&self, form: &str) -> bool {
        let written = Decimal::of(self.text());
        written.is_some() && written == Decimal::of(form)
    }
}

/// Writes a number as ECMAScript does.
pub(crate) fn write_jcs(out: &mut String, number: Number<'_>) {
    if number.is_short() && number.is_integer_text() && number.text() != "-0" {
        out.push_str(number.text());
    } else {
        out.push_str(ryu_js::Buffer::new().format(number.as_f64()));
    }
}

/// A number as ECMAScript writes it.
pub(crate) fn jcs_text(value: f64) -> String {
    ryu_js::Buffer::new().format(value).to_owned()
}

/// Writes a number that counts something.
pub(crate) fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Whether JSON-LD takes it for an integer where no datatype says otherwise.
fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() < 1e21
}

/// The lexical form and datatype of a number,
/// [JSON-LD 1.1 API section 8.2.2](https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion) steps 10 and 11.
///
/// `coerced` is the datatype that the context gives, if any.
pub(crate) fn rdf_literal(value: f64, coerced: Option<&str>) -> (String, &str) {
    if is_whole(value) && coerced != Some(XSD_DOUBLE) {
        // Below 10^21 this conversion is exact.
        return ((value as i128).to_string(), coerced.unwrap_or(XSD_INTEGER));
    }
    (xsd_double(value), coerced.unwrap_or(XSD_DOUBLE))
}

/// The canonical lexical form that JSON-LD asks for: printf's `%1.15E` without the zeros that say nothing.
fn xsd_double(value: f64) -> String {
    let text = format!("{value:.15E}");
    let Some((mantissa, exponent)) = text.split_once('E') else { return text };
    let mantissa = mantissa.trim_end_matches('0');
    let zero = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{zero}E{exponent}")
}

/// An exact decimal value: digits without zeros at either end, times a power of ten. Zero has no digits and no sign.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number or an `xsd:double`; `None` when the exponent passes all bounds.
    fn of(text: &str) -> Option<Decimal> {
        let (text, negative) = match text.strip_prefix('-') {
            Some(magnitude) => (magnitude, true),
            None => (text, false),
        };
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Decimal { negative: false, digits, exponent: 0 });
        }
        let shift = i64::try_from(all.len() - significant.len()).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Decimal { negative, digits, exponent: power.parse::<i64>().ok()?.checked_add(shift)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XSD_FLOAT: &str = "https://www.w3.org/2001/XMLSchema#float";

    #[track_caller]
    fn check_literal(value: f64, coerced: Option<&str>, lexical: &str, datatype: &str) {
        assert_eq!(rdf_literal(value, coerced), (lexical.to_owned(), datatype));
    }

    #[test]
    fn whole_numbers_become_integers_with_every_digit() {
        check_literal(5.0, None, "5", XSD_INTEGER);
        check_literal(-12.0, None, "-12", XSD_INTEGER);
        check_literal(-0.0, None, "0", XSD_INTEGER);
        check_literal(9007199254740991.0, None, "9007199254740991", XSD_INTEGER);
        check_literal(123456789012345680000.0, None, "123456789012345683968", XSD_INTEGER);
        check_literal(7.0, Some(XSD_FLOAT), "7", XSD_FLOAT);
    }

    #[test]
    fn fractions_and_huge_numbers_become_doubles_whatever_the_coercion() {
        check_literal(4.5, None, "4.5E0", XSD_DOUBLE);
        check_literal(4.5, Some(XSD_FLOAT), "4.5E0", XSD_FLOAT);
        check_literal(1e-7, None, "1.0E-7", XSD_DOUBLE);
        check_literal(1e21, None, "1.0E21", XSD_DOUBLE);
        check_literal(-1234.5678, None, "-1.2345678E3", XSD_DOUBLE);
        check_literal(0.1 + 0.2, None, "3.0E-1", XSD_DOUBLE);
        check_literal(f64::MAX, None, "1.797693134862316E308", XSD_DOUBLE);
    }

    #[test]
    fn coercion_to_double_makes_doubles_of_whole_numbers() {
        check_literal(5.0, Some(XSD_DOUBLE), "5.0E0", XSD_DOUBLE);
        check_literal(100.0, Some(XSD_DOUBLE), "1.0E2", XSD_DOUBLE);
        check_literal(0.0, Some(XSD_DOUBLE), "0.0E0", XSD_DOUBLE);
    }

    #[track_caller]
    fn check_survival(text: &str, jcs: bool, rdf: bool) {
        let number = Number::new(text);
        assert_eq!((number.survives_jcs(), number.survives_rdf()), (jcs, rdf), "{text}");
    }

    #[test]
    fn everyday_numbers_survive_however_they_are_spelled() {
        for text in ["0", "-0", "-0.0", "0e5", "1", "1.0", "1.50", "100", "1e2", "1E+2", "0.1", "4.5", "-3.75e-3"] {
            check_survival(text, true, true);
        }
        check_survival("9007199254740991", true, true);
        check_survival("3.14159265358979", true, true);
        check_survival("1e-7", true, true);
        check_survival("1e300", true, true);
    }

    #[test]
    fn a_number_that_a_double_changes_does_not_survive() {
        check_survival("9007199254740993", false, false);
        check_survival("9007199254740993.0", false, false);
        check_survival("0.1000000000000000000001", false, false);
        check_survival("0.10000000000000001", false, false);
        check_survival("123456789012345678901234567890", false, false);
        check_survival("1e-400", false, false);
        check_survival("1e-99999999999999999999", false, false);
        check_survival("0e99999999999999999999", true, true);
    }

    #[test]
    fn a_number_may_survive_one_form_and_not_the_other() {
        // Seventeen digits: an xsd:double keeps sixteen.
        check_survival("0.30000000000000004", true, false);
        // ECMAScript writes 123456789012345680000; the integer is ...683968.
        check_survival("123456789012345680000", true, false);
    }

    #[test]
    fn counts_are_written_in_decimal() {
        for number in [0, 7, 10, 99, 100, 1_234_567_890, usize::MAX] {
            let mut out = "b".to_owned();
            push_number(&mut out, number);
            assert_eq!(out, format!("b{number}"));
        }
    }

    #[test]
    fn a_number_of_few_digits_is_written_and_judged_as_any_other() {
        let digits = "987654321098765";
        for length in 1..=digits.len() {
            for point in 0..=length {
                for sign in ["", "-"] {
                    let (whole, fraction) = digits[..length].split_at(point);
                    let whole = if whole.is_empty() { "0" } else { whole };
                    let text = match fraction {
                        "" => format!("{sign}{whole}"),
                        _ => format!("{sign}{whole}.{fraction}"),
                    };
                    let number = Number::new(&text);
                    let slow = |form: &str| number.has_value_of(form);
                    let mut written = String::new();
                    write_jcs(&mut written, number);
                    assert_eq!(written, jcs_text(number.as_f64()));
                    assert_eq!(number.survives_jcs(), slow(&written), "{text}");
                    let forms = [None, Some(XSD_DOUBLE)].map(|datatype| rdf_literal(number.as_f64(), datatype).0);
                    assert_eq!(number.survives_rdf(), forms.iter().all(|form| slow(form)), "{text}");
                    assert_eq!(number.survives_rdf_as(&forms[0]), number.survives_rdf(), "{text}");
                }
            }
        }
    }

    #[test]
    fn no_two_surviving_numbers_share_a_form() {
        let near = ["9007199254740992", "9007199254740993", "0.3", "0.30000000000000004", "0.30000000000000001"];
        let mut forms: Vec<String> = near
            .iter()
            .map(|text| Number::new(text))
            .filter(Number::survives_jcs)
            .map(|number| jcs_text(number.as_f64()))
            .collect();
        let count = forms.len();
        forms.dedup();
        assert_eq!((forms.len(), count), (3, 3));
    }

    #[test]
    fn the_numbers_that_jsonld_js_writes_in_its_own_way_are_known() {
        for (text, deviates) in [("1e-7", true), ("-0", true), ("1.5e-7", false), ("0.001", false), ("0", false)] {
            assert_eq!(Number::new(text).jsonld_js_deviates(), deviates, "{text}");
        }
    }
}
