//! Open Badge Factory and CanCred Factory: issuers' side of the passports.

use url::Url;

use crate::link::Platform;
use crate::share_page::{Known, beside, is_at, is_identifier, parts};

pub(super) fn of(page: &Url) -> Option<Known> {
    if !["openbadgefactory.com", "factory.cancred.ca"].iter().any(|name| is_at(page, name)) {
        return None;
    }
    let ["v1" | "v2", "assertion", file] = parts(page)[..] else { return None };
    let id = file.split('.').next().filter(|id| is_identifier(id))?;
    let version = parts(page)[0];
    let data = [format!("/{version}/assertion/{id}.json"), format!("/{version}/assertion/{id}")];
    Some(Known::Data(Platform::OpenBadgeFactory, data.iter().filter_map(|path| beside(page, path)).collect()))
}

#[cfg(test)]
mod tests {
    use crate::link::Platform;
    use crate::share_page::{check_page, check_unknown};

    #[test]
    fn a_page_leads_to_its_assertion() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        for host in ["openbadgefactory.com", "factory.cancred.ca"] {
            let base = format!("https://{host}/v1/assertion/{id}");
            let expected = [format!("{base}.json"), base.clone()];
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            for page in [base.clone(), format!("{base}.html"), format!("{base}.json"), format!("{base}.html?x=1")] {
                check_page(&page, Platform::OpenBadgeFactory, &expected);
            }
        }
        check_unknown("https://openbadgefactory.com/v1/badge/x");
    }
}
