//! VerifierPlus: presentations that learners published there, and credentials that it is pointed to.

use url::Url;

use crate::link::{Platform, unescaped_address};
use crate::share_page::{Known, beside, is_at, is_uuid, parts};

pub(super) fn of(page: &Url) -> Option<Known> {
    // Operators run it under their own names, and the form of this link is its own everywhere.
    if let Some(credential) = page.fragment().and_then(|fragment| fragment.strip_prefix("verify?vc=")) {
        let credential = Url::parse(&unescaped_address(credential)).ok()?;
        return Some(Known::Data(Platform::VerifierPlus, vec![credential]));
    }
    if !is_at(page, "verifierplus.org") {
        return None;
    }
    match parts(page)[..] {
        ["credentials", id] | ["api", "credentials", id] if is_uuid(id) => {
            let data = beside(page, &format!("/api/credentials/{id}"));
            Some(Known::Data(Platform::VerifierPlus, data.into_iter().collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::link::Platform;
    use crate::share_page::{check_page, check_unknown};

    #[test]
    fn a_published_presentation_is_read_where_its_page_reads_it() {
        let id = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";
        let data = format!("https://verifierplus.org/api/credentials/{id}");
        check_page(&format!("https://verifierplus.org/credentials/{id}"), Platform::VerifierPlus, &[&data]);
        check_page(&data, Platform::VerifierPlus, &[&data]);
        check_unknown("https://verifierplus.org/credentials/7");
        check_unknown("https://verifierplus.org/#verify/results");
    }

    #[test]
    fn a_credential_that_it_is_pointed_to_is_read_where_it_lies() {
        let stored = "https://storage.dcc.did.coop/space/x/y?z=1";
        for link in [
            format!("https://verifierplus.org/#verify?vc={stored}"),
            "https://verifierplus.org/#verify?vc=https%3A%2F%2Fstorage.dcc.did.coop%2Fspace%2Fx%2Fy%3Fz%3D1".to_owned(),
            format!("https://verify.college.example/#verify?vc={stored}"),
        ] {
            check_page(&link, Platform::VerifierPlus, &[stored]);
        }
        check_unknown("https://verifierplus.org/#verify?vc=http://a.example/");
        check_unknown("https://verifierplus.org/#verify?vc=");
    }
}
