//! Redirects that mail programs and networks put around links. The link inside is taken out without asking anybody: who
//! is behind the redirect need not learn of the claim.

use url::Url;

use crate::link::parameters::{Parameters, decode, unescaped_address};

/// How often a link is taken out of another.
const NESTED: usize = 5;

/// The link inside of all redirects that are known; the link itself where there is none.
pub(crate) fn unwrapped(link: &str) -> String {
    let mut link = link.to_owned();
    for _ in 0..NESTED {
        match inner(&link) {
            Some(inner) => link = inner,
            None => break,
        }
    }
    link
}

fn inner(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let host = url.host_str()?;
    let within = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    let parameters = Parameters::of(link);
    let inner = match url.path() {
        // Microsoft 365 and Teams
        _ if within("safelinks.protection.outlook.com") || within("safelinks.protection.office365.us") => {
            parameters.redirect("url")
        }
        path if within("teams.cdn.office.net") && path.contains("safelinks") => parameters.redirect("url"),
        // Proofpoint
        "/v2/url" if within("urldefense.proofpoint.com") || within("urldefense.com") => {
            proofpoint_2(parameters.raw("u")?)
        }
        "/v1/url" if within("urldefense.proofpoint.com") => parameters.redirect("u"),
        path if path.starts_with("/v3/__") && (within("urldefense.com") || within("urldefense.us")) => {
            proofpoint_3(link)
        }
        // Cisco, whose address ends with the encoded link
        path if within("secure-web.cisco.com") => path.rsplit('/').next().map(|last| decode(last).into_owned()),
        // Barracuda
        "/url" if within("linkprotect.cudasvc.com") => parameters.redirect("a"),
        // Google and Gmail; each country has a domain of its own
        "/url" if host.split('.').any(|label| label == "google") => {
            parameters.redirect("q").or_else(|| parameters.redirect("url"))
        }
        // Networks and chats
        "/l.php" if within("facebook.com") || within("instagram.com") => parameters.redirect("u"),
        "/redir/redirect" | "/safety/go" if within("linkedin.com") => parameters.redirect("url"),
        "/redirect" if within("youtube.com") => parameters.redirect("q"),
        "/link" if within("slack-redir.net") => parameters.redirect("url"),
        _ => None,
    }?;
    let scheme = inner.split(':').next()?;
    let usable = inner.contains(':') && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    (usable && !scheme.is_empty()).then_some(inner)
}

/// `https-3A__host_path-3Fa-3Db`: a hyphen for each percent sign and an underscore for each slash.
fn proofpoint_2(written: &str) -> Option<String> {
    Some(decode(&written.replace('-', "%").replace('_', "/")).into_owned())
}

/// `/v3/__https://host/a*b__;Iw!!…`: an asterisk for each character that stands encoded behind the semicolon, two and a
/// letter for a run of them.
fn proofpoint_3(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/v3/__")?;
    let (written, rest) = rest.rsplit_once("__;")?;
    let (encoded, _) = rest.split_once('!')?;
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, encoded.trim_end_matches('='));
    let replaced = String::from_utf8(bytes.ok()?).ok()?;
    let mut replaced = replaced.chars();
    let mut link = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '*' {
            link.push(character);
        } else if characters.peek() == Some(&'*') {
            characters.next();
            let length = run_length(characters.next()?)?;
            link.extend(replaced.by_ref().take(length));
        } else {
            link.push(replaced.next()?);
        }
    }
    // One of the two slashes is lost where a server on the way cleans paths.
    let scheme_end = link.find(":/")?;
    if !link[scheme_end..].starts_with("://") {
        link.insert(scheme_end + 1, '/');
    }
    Some(unescaped_address(&link).into_owned())
}

/// The length that a letter stands for: `A` is two.
fn run_length(letter: char) -> Option<usize> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    LETTERS.find(letter).map(|at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: &str) {
        assert_eq!(unwrapped(link), expected);
    }

    #[test]
    fn a_link_comes_out_of_its_redirect() {
        let inner = "https://college.example/claim?a=b&c=d";
        let encoded = "https%3A%2F%2Fcollege.example%2Fclaim%3Fa%3Db%26c%3Dd";
        for redirect in [
            format!(
                "https://nam02.safelinks.protection.outlook.com/?url={encoded}&data=05%7C01%7C&sdata=x%3D&reserved=0"
            ),
            format!("https://can01.safelinks.protection.outlook.com/ap/t-59584e83/?url={encoded}&data=1"),
            format!(
                "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={encoded}&locale=fr-ca"
            ),
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__college.example_claim-3Fa-3Db-26c-3Dd&d=DwMF&c=x"
                .to_owned(),
            "https://urldefense.com/v3/__https://college.example/claim?a=b&c=d__;!!Abc!xyz$".to_owned(),
            "https://urldefense.com/v3/__https:/college.example/claim?a=b&c=d__;!!Abc!xyz$".to_owned(),
            format!("https://www.google.com/url?q={encoded}&source=gmail&ust=1"),
            format!("https://www.google.ca/url?sa=t&url={encoded}&usg=x"),
            format!("https://secure-web.cisco.com/1x_y-z/{encoded}"),
            format!("https://linkprotect.cudasvc.com/url?a={encoded}&c=E,1"),
            format!("https://l.facebook.com/l.php?u={encoded}&h=x"),
            format!("https://slack-redir.net/link?url={encoded}"),
        ] {
            check(&redirect, inner);
        }
    }

    #[test]
    fn what_proofpoint_took_out_is_put_back() {
        // `#` and `éà` were taken out: one asterisk each, and two for a run.
        check("https://urldefense.com/v3/__https://a.example/*x__;Iw!!A!b$", "https://a.example/#x");
        check("https://urldefense.com/v3/__https://a.example/**Ax__;w6nDoA!!A!b$", "https://a.example/éàx");
        let missing = "https://urldefense.com/v3/__https://a.example/*x__;!!A!b$";
        check(missing, missing);
    }

    #[test]
    fn a_redirect_in_a_redirect_is_opened_too_and_ends() {
        check(
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Ddccrequest%253A%252F%252Frequest%253Fissuer%253Dx",
            "dccrequest://request?issuer=x",
        );
    }

    #[test]
    fn other_links_stay_as_they_are() {
        for link in [
            "https://college.example/?url=https://evil.example/",
            "https://safelinks.protection.outlook.com.evil.example/?url=https://college.example/",
            "https://www.google.com/search?q=https://college.example/",
            "https://nam02.safelinks.protection.outlook.com/?url=",
            "dccrequest://request?url=https://college.example",
        ] {
            check(link, link);
        }
    }
}
