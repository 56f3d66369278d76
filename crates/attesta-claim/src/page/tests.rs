use super::*;

fn page(html: &str) -> Page {
    read(html.as_bytes(), Some("text/html; charset=utf-8"), &Url::parse("https://college.example/claim/7").unwrap())
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let found: Vec<String> = page(html).candidates.iter().map(Url::to_string).collect();
    assert_eq!(found, expected, "{html}");
}

#[track_caller]
fn check_claims(html: &str, expected: &[&str]) {
    let found: Vec<String> = page(html).claims.into_iter().map(|link| link.text).collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn a_page_names_its_credential_in_many_ways() {
    check(r#"<link rel="alternate" type="application/vc" href="/c/7">"#, &["https://college.example/c/7"]);
    check(
        r#"<link rel="Alternate home" type="application/ld+json; charset=utf-8" href="7.jsonld">"#,
        &["https://college.example/claim/7.jsonld"],
    );
    check(r#"<a download href="../c?id=7">Get it</a>"#, &["https://college.example/c?id=7"]);
    check(r#"<a href="https://files.example/7.json">JSON</a>"#, &["https://files.example/7.json"]);
    check(r#"<a href="/7.png">Picture</a>"#, &["https://college.example/7.png"]);
    check(r#"<a href="/7.vc#top">File</a>"#, &["https://college.example/7.vc"]);
    check(r#"<a type="application/json" href="/raw/7">Data</a>"#, &["https://college.example/raw/7"]);
    check(r#"<a href="/get/7">Download your <b>digital credential</b></a>"#, &["https://college.example/get/7"]);
    check(r#"<a href="/get/7">T&eacute;l&eacute;charger l’insigne</a>"#, &["https://college.example/get/7"]);
    check(r#"<a href="/get?a=1&amp;b=2" download>x</a>"#, &["https://college.example/get?a=1&b=2"]);
    check(r#"<img src="/baked/7.png" alt="Your badge">"#, &["https://college.example/baked/7.png"]);
    check(
        r#"<meta property="og:image" content="/assertions/7/image">"#,
        &["https://college.example/assertions/7/image"],
    );
    check(r#"<base href="https://cdn.example/x/"><a href="7.json">JSON</a>"#, &["https://cdn.example/x/7.json"]);
    check(r#"<button data-download-url="/x/7.json">Badge</button>"#, &["https://college.example/x/7.json"]);
    check(
        r#"<a href="https://badgr.com/public/assertions/x1?identity__email=a@b.example">View</a>"#,
        &["https://badgr.com/public/assertions/x1.json"],
    );
}

#[test]
fn the_likeliest_comes_first() {
    check(
        r#"<img src="/badge.png"><a href="/manifest.json">App</a><a href="/7.png">P</a><a href="/7.json">Credential</a>
           <link rel=alternate type=application/vc href=/c/7><link rel=alternate type=application/json+oembed href=/oembed>
           <meta name="twitter:image" content="/badges/7.png">"#,
        &[
            "https://college.example/c/7",
            "https://college.example/7.json",
            "https://college.example/manifest.json",
            "https://college.example/7.png",
            "https://college.example/badges/7.png",
            "https://college.example/badge.png",
        ],
    );
}

#[test]
fn what_leads_nowhere_is_no_candidate() {
    for html in [
        "<a href='/about'>About our badges</a>",
        "<a href='javascript:save()' download>Save</a>",
        "<a href='/claim/7' download>This page</a>",
        "<img src='/logo.png'>",
        "<meta property='og:image' content='/banner.jpg'>",
        "<!-- <a href='/7.json'>x</a> -->",
        "<script>document.write(\"<a href='/7.json'>\")</script>",
        "<textarea><a href='/7.json'></textarea>",
        "<div data-page='/7.html'>",
    ] {
        check(html, &[]);
    }
}

#[test]
fn links_that_call_a_wallet_are_found_wherever_they_stand() {
    let link = "dccrequest://request?issuer=x&vc_request_url=https://a.example/e";
    check_claims(&format!("<a href='{}'>Wallet</a>", link.replace('&', "&amp;")), &[link]);
    check_claims(&format!("<button onclick=\"location='{link}'\">Wallet</button>"), &[link]);
    check_claims(&format!("<div data-deeplink='{link}'>"), &[link]);
    check_claims(&format!("<p>Copy this: {}</p>", link.replace('&', "&amp;")), &[link]);
    check_claims(&format!("<script>open('{}')</script>", link.replace('/', "\\/")), &[link]);
    check_claims(&format!("<meta http-equiv=refresh content=\"0;url={}\">", link.replace('&', "&amp;")), &[link]);
    check_claims("<a href='https://a.example/i?iuv=1'>Wallet</a>", &["https://a.example/i?iuv=1"]);
    check_claims("<a href='/i?iuv=1'>Wallet</a>", &["https://college.example/i?iuv=1"]);
    check_claims(
        "<input value='openid-credential-offer://?credential_offer_uri=https://a.example/o'>",
        &["openid-credential-offer://?credential_offer_uri=https://a.example/o"],
    );
    check_claims("<a href='openid4vp://?client_id=x&request_uri=https://a.example/'>Show</a>", &[]);
    check_claims("<a href='dccrequest://request?issuer=x&vc_request_url=https://10.0.0.1/'>x</a>", &[]);
    let message = r#"{"protocols":{"vcapi":"https://a.example/e"}}"#;
    check_claims(&format!("<script type='application/json'>{message}</script>"), &[message]);
}

#[test]
fn a_credential_in_the_page_is_taken_out_byte_for_byte() {
    let json = r#"{"type":["VerifiableCredential"],  "name":"Attestation d’études 🎓 شهادة &amp;"}"#;
    let found = page(&format!("<script type=\"application/ld+json\">\n{json}\n</script>")).documents;
    assert_eq!(found, [json.as_bytes().to_vec()]);
    let other = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"Course"}</script>"#;
    assert!(page(other).documents.is_empty());
}

#[test]
fn a_page_says_where_it_sends_its_reader_and_whether_it_wants_a_password() {
    let refresh = |html: &str| page(html).refresh.map(|url| url.to_string());
    assert_eq!(refresh("<meta http-equiv=Refresh content='0; URL=/x'>").as_deref(), Some("https://college.example/x"));
    assert_eq!(
        refresh("<meta http-equiv=refresh content=\"5;url='https://b.example/'\">").as_deref(),
        Some("https://b.example/")
    );
    assert_eq!(refresh("<meta http-equiv=refresh content=30>"), None);
    assert!(page("<form><input type=PASSWORD></form>").asks_for_password);
    assert!(!page("<input type=text>").asks_for_password);
}

#[test]
fn a_page_is_told_from_a_document() {
    for (bytes, media_type, expected) in [
        (&b"<!DOCTYPE html><p>"[..], None, true),
        (b"\n<html>", Some("text/plain"), true),
        (b"<p>", Some("text/html"), true),
        (b"<p>", None, false),
        (b"{\"a\":1}", Some("text/html"), false),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", Some("text/html"), false),
        (b"\x89PNG\r\n\x1a\n", Some("text/html"), false),
        (b"eyJhbGciOiJFZERTQSJ9", Some("text/html"), false),
    ] {
        assert_eq!(is_page(bytes, media_type), expected, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_page_made_to_be_slow_ends() {
    for html in [
        "<a href=x ".repeat(20_000),
        "<div>".repeat(8_000),
        format!("<a {}>", (0..20_000).map(|n| format!("a{n} ")).collect::<String>()),
        "<script>".to_owned() + &"dccrequest:".repeat(20_000),
        "<a href='/7.json'>x</a>".repeat(8_000),
        "<p>openid-credential-offer:?".repeat(8_000),
        // Each element has as many addresses as a tag may have attributes.
        (0..1_000).map(|n| format!("<p{}>", data(100, &format!("/badge/{n}")))).collect(),
        // Each attribute is weighed with the words of its element.
        format!("<script{}>{}", data(2_000, "/badge"), "badge ".repeat(200_000)),
        format!("<a{}>{}</a>", data(2_000, "/badge"), "badge ".repeat(10_000)),
    ] {
        assert!(page(&html).candidates.len() <= CANDIDATES, "{}", &html[..60]);
    }
}

/// Attributes that lead to different addresses.
fn data(count: usize, address: &str) -> String {
    (0..count).map(|number| format!(" data-{number}={address}/{number}.json")).collect()
}
