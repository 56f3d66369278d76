//! Credentials inside a credential, each verified as if it stood alone. What comes of them never changes the verdict of
//! the one around them.

use attesta_credential::{EnclosedCredential, VerifiableCredential};

use crate::inquiry::{Inquiry, Pending};
use crate::report::{NestedReport, NestedRole};
use crate::verify::{Nesting, report_on};

/// The most credentials inside one that are verified, all levels together: a learner's whole record, and a bound on the
/// work.
pub(crate) const MOST_NESTED: usize = 200;

/// What came of one credential inside another.
pub(crate) enum Nested {
    /// It is verified.
    Report(NestedReport),
    /// It is not a credential that can be read.
    Unread,
    /// It stands too deep, or there are too many.
    NotChecked,
}

/// Verifies the credentials that `enclosed` names. All are looked at before any is given up, so that everything needed
/// is asked for at once.
pub(crate) fn verify_each(
    inquiry: &mut Inquiry<'_>,
    enclosed: &[EnclosedCredential<'_>],
    nesting: Nesting,
    role: impl Fn(&VerifiableCredential, &EnclosedCredential<'_>) -> NestedRole,
) -> Result<Vec<Nested>, Pending> {
    let mut pending = None;
    let mut found = Vec::with_capacity(enclosed.len().min(MOST_NESTED));
    for one in enclosed {
        let (Some(deeper), true) = (nesting.deeper(), inquiry.may_nest(MOST_NESTED)) else {
            found.push(Nested::NotChecked);
            continue;
        };
        let read = one.bytes.as_ref().map(|bytes| VerifiableCredential::from_bytes(bytes.to_vec()));
        let Some(Ok(credential)) = read else {
            found.push(Nested::Unread);
            continue;
        };
        match inquiry.within(|inquiry| report_on(inquiry, &credential, deeper)) {
            Ok(report) => {
                let role = role(&credential, one);
                found.push(Nested::Report(NestedReport { path: one.pointer.clone(), role, report }));
            }
            Err(Pending) => pending = Some(Pending),
        }
    }
    pending.map_or(Ok(found), Err)
}
