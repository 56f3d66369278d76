use super::read;
use crate::limits::LINKS;

#[track_caller]
fn check(markup: &str, text: &str, targets: &[&str]) {
    let page = read(markup);
    assert_eq!(page.text, text);
    assert_eq!(page.targets, targets);
}

#[test]
fn link_targets_stand_on_lines_of_their_own_where_the_links_are() {
    check(
        "<p>Hi</p><p>Take <a href=\"https://a.example/1\">your  badge</a> now.</p>",
        "Hi\nTake your badge\nhttps://a.example/1\nnow.",
        &["https://a.example/1"],
    );
    check("<A HREF='https://a.example/1'><img src=x></A>", "https://a.example/1", &["https://a.example/1"]);
    check("<a href=https://a.example/1/>x</a>", "x\nhttps://a.example/1/", &["https://a.example/1/"]);
    check("<a class=b\nhref = \"https://a.example/1\" >x", "x\nhttps://a.example/1", &["https://a.example/1"]);
    check("<map><area href='https://a.example/1'></map>b", "https://a.example/1\nb", &["https://a.example/1"]);
}

#[test]
fn a_link_that_shows_its_own_target_is_kept_once() {
    for shown in ["https://a.example/claim/1", "a.example/claim", "https://a.example/…", "https://a.example/cla..."] {
        check(
            &format!("<a href=\"https://a.example/claim/1\">{shown}</a>"),
            "https://a.example/claim/1",
            &["https://a.example/claim/1"],
        );
    }
    let other = "<a href=\"https://t.example/x\">https://a.example/claim/1</a>";
    check(other, "https://a.example/claim/1\nhttps://t.example/x", &["https://t.example/x"]);
}

#[test]
fn references_are_resolved_in_texts_and_targets() {
    check(
        "<a href=\"https://a.example/?a=1&amp;b=&#50;&copy=3\">R&eacute;ussite &lt;b&gt; &#x1F393;</a>",
        "Réussite <b> 🎓\nhttps://a.example/?a=1&b=2&copy=3",
        &["https://a.example/?a=1&b=2&copy=3"],
    );
    check("<a href=\"&#104;ttps://a.example\">x</a>", "x\nhttps://a.example", &["https://a.example"]);
    check("Tom & Jerry &unknown; &;", "Tom & Jerry &unknown; &;", &[]);
}

#[test]
fn every_scheme_that_leads_to_a_credential_is_kept_and_no_other() {
    for kept in [
        "dccrequest://request?issuer=x&vc_request_url=https://a.example/x",
        "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example",
        "interaction:https://a.example/?iuv=1",
        "http://a.example",
        "attesta:https://a.example",
    ] {
        check(&format!("<a href='{kept}'>x</a>"), &format!("x\n{kept}"), &[kept]);
    }
    for left in [
        "mailto:a@b.example",
        "tel:1",
        "cid:logo",
        "javascript:alert(1)",
        "data:text/html,x",
        "#top",
        "",
        "page.html",
        "https:",
    ] {
        check(&format!("<a href='{left}'>x</a>"), "x", &[]);
    }
}

#[test]
fn relative_targets_are_resolved_against_the_pages_own_base_alone() {
    check(
        "<base href=\"https://a.example/mail/\"><a href=\"../claim/1\">x</a>",
        "x\nhttps://a.example/claim/1",
        &["https://a.example/claim/1"],
    );
    check("<a href=\"//a.example/1\">x</a>", "x\nhttps://a.example/1", &["https://a.example/1"]);
}

#[test]
fn a_target_never_breaks_its_line() {
    check(
        "<a href=\"https://a.example/\n 1?q=&quot;a b&quot;\">x</a>",
        "x\nhttps://a.example/%201?q=%22a%20b%22",
        &["https://a.example/%201?q=%22a%20b%22"],
    );
}

#[test]
fn what_nobody_reads_is_left_out() {
    check(
        "<html><head><title>T</title><style>a{}</style><script>\"<a href='https://a.example'>\"</script></head>\
         <body><!-- <a href='https://b.example'>c</a> --><img src=\"https://t.example/pixel.gif\">Hi<br>you</body></html>",
        "Hi\nyou",
        &[],
    );
}

#[test]
fn broken_markup_is_read_as_far_as_it_goes() {
    check("a < b <c", "a < b", &[]);
    check("x<a href=\"https://a.example/1>y", "x", &[]);
    check("<!-- never closed <a href='https://a.example'>", "", &[]);
    check(
        "<a href=https://a.example/1>x<a href=https://a.example/2>y",
        "x\nhttps://a.example/1\ny\nhttps://a.example/2",
        &["https://a.example/1", "https://a.example/2"],
    );
    check("<script>never closed <a href='https://a.example'>", "", &[]);
    check("<", "<", &[]);
    check("", "", &[]);
}

#[test]
fn a_credential_in_the_markup_is_found_as_it_stands() {
    let credential = r#"{"@context":"https://www.w3.org/ns/credentials/v2",  "type":"VerifiableCredential"}"#;
    let page = read(&format!("<script type=\"application/ld+json\">\n{credential}\n</script>Hi"));
    assert_eq!(page.credentials, [credential]);
    let other = read(r#"<script type="application/ld+json">{"@type":"EmailMessage"}</script>"#);
    assert!(other.credentials.is_empty());
}

#[test]
fn hostile_markup_is_read_in_time_that_grows_with_its_length_alone() {
    let size = 400_000;
    for part in [
        "<a ",
        "<a href=",
        "</",
        "<!--",
        "<b a a a a a ",
        "&",
        "<a href='https://a.example'>",
        "<svg>",
        "<a b='",
        "\u{e9}<",
    ] {
        let markup = part.repeat(size / part.len());
        assert!(read(&markup).targets.len() <= LINKS);
    }
    let based = format!("<base href='https://a.example/{}/'>", "b".repeat(1_900));
    let page = read(&(based + &"<a href=x>y</a>".repeat(50_000)));
    assert_eq!(page.targets.len(), LINKS);
    let long = format!("<base href='https://a.example/{}/'><a href=x>y</a>", "b".repeat(9_000));
    assert!(read(&long).targets.is_empty());
}
