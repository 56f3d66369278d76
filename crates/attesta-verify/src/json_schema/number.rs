//! Numbers as schemas compare them: by their value, exactly where they have a usual number of digits.

use std::cmp::Ordering;

use attesta_jsonld::Number;

/// A decimal number: `digits` times ten to the `exponent`, without zeros at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    exponent: i32,
}

/// Reads a JSON number; none where it has too many digits.
fn decimal(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let mut exponent = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    if digits == 0 {
        return Some(Decimal { digits, exponent: 0 });
    }
    while digits % 10 == 0 {
        (digits, exponent) = (digits / 10, exponent.checked_add(1)?);
    }
    Some(Decimal { digits, exponent })
}

/// The digits of both at the smaller of their exponents.
fn aligned(one: Number<'_>, other: Number<'_>) -> Option<(i128, i128)> {
    let (one, other) = (decimal(one.text())?, decimal(other.text())?);
    let smallest = one.exponent.min(other.exponent);
    let at = |number: Decimal| {
        let shift = u32::try_from(i64::from(number.exponent) - i64::from(smallest)).ok()?;
        number.digits.checked_mul(10i128.checked_pow(shift)?)
    };
    Some((at(one)?, at(other)?))
}

/// How two numbers compare.
pub(super) fn compare(one: Number<'_>, other: Number<'_>) -> Ordering {
    match aligned(one, other) {
        Some((one, other)) => one.cmp(&other),
        None => one.as_f64().total_cmp(&other.as_f64()),
    }
}

/// Whether a number is a whole multiple of another, which is above zero.
pub(super) fn is_multiple(number: Number<'_>, of: Number<'_>) -> bool {
    match aligned(number, of) {
        Some((number, of)) => number % of == 0,
        None => (number.as_f64() / of.as_f64()).fract() == 0.0,
    }
}

/// Whether a number is whole, however it is written.
pub(super) fn is_whole(number: Number<'_>) -> bool {
    match decimal(number.text()) {
        Some(decimal) => decimal.exponent >= 0,
        None => number.as_f64().fract() == 0.0,
    }
}

/// A count: a whole number that is not below zero.
pub(super) fn count(number: Number<'_>) -> Option<usize> {
    let value = number.as_f64();
    (value >= 0.0 && is_whole(number)).then_some(value as usize)
}
