//! Open Badge Passport and the passports that run its [program](https://github.com/openbadgefactory/salava): CanCred,
//! eCampusOntario.

use url::Url;

use crate::link::Platform;
use crate::share_page::{Known, beside, is_at, parts};

const HOSTS: [&str; 4] =
    ["openbadgepassport.com", "passport.cancred.ca", "badges.ecampusontario.ca", "passport.ecampusontario.ca"];

pub(super) fn of(page: &Url) -> Option<Known> {
    if !HOSTS.iter().any(|name| is_at(page, name)) {
        return None;
    }
    let id = match parts(page)[..] {
        ["app", "badge", "info", id, ..]
        | ["obpv1", "p", "badge", "info", id]
        | ["obpv1", "badge", "info", id]
        | ["obpv1", "badge", "info-embed", id]
        | ["obpv1", "selfie", "_", "assertion", id] => id,
        _ => return None,
    };
    if id.is_empty() || id.len() > 20 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // What the platform itself knows of the badge; it names where the issuer keeps the badge.
    let mut data: Vec<Url> = [format!("/obpv1/p/badge/info/{id}"), format!("/obpv1/badge/info/{id}")]
        .iter()
        .filter_map(|path| beside(page, path))
        .collect();
    if page.path().contains("/assertion/") {
        data.splice(.., [page.clone()]);
    }
    Some(Known::Data(Platform::OpenBadgePassport, data))
}

#[cfg(test)]
mod tests {
    use crate::link::Platform;
    use crate::share_page::{check_page, check_unknown};

    #[test]
    fn a_page_leads_to_what_the_passport_knows() {
        for host in ["openbadgepassport.com", "passport.cancred.ca", "badges.ecampusontario.ca"] {
            let expected =
                [format!("https://{host}/obpv1/p/badge/info/12345"), format!("https://{host}/obpv1/badge/info/12345")];
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            for path in ["app/badge/info/12345", "app/badge/info/12345/embed", "app/badge/info/12345?lang=fr#x"] {
                check_page(&format!("https://{host}/{path}"), Platform::OpenBadgePassport, &expected);
            }
        }
        let own = "https://passport.cancred.ca/obpv1/selfie/_/assertion/7";
        check_page(own, Platform::OpenBadgePassport, &[own]);
    }

    #[test]
    fn a_profile_or_a_page_of_several_is_none() {
        check_unknown("https://passport.cancred.ca/app/profile/12");
        check_unknown("https://passport.cancred.ca/app/page/view/12");
        check_unknown("https://passport.cancred.ca/app/badge/info/abc");
    }
}
