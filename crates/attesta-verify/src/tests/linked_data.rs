use super::*;

/// Signed by the issuer with `more` merged into the badge.
fn with_context(contexts: &Value, change: impl Fn(&mut Value), suite: Cryptosuite) -> Value {
    let mut document = badge(&ISSUER.did());
    document["@context"] = contexts.clone();
    change(&mut document);
    secured(document, options(ISSUER, suite), ISSUER)
}

#[test]
fn a_term_that_the_signature_would_not_cover_is_a_forgery() {
    for at in ["", "/credentialSubject", "/credentialSubject/achievement", "/issuer"] {
        let mut credential = good();
        credential.pointer_mut(at).unwrap()["honours"] = json!("with distinction");
        check(&credential, Verdict::Invalid, &format!("conformance fail undefined_term {at}/honours"));
    }
}

#[test]
fn identifiers_that_are_not_absolute_are_a_forgery() {
    let mut credential = good();
    credential["credentialSubject"]["achievement"]["type"] = json!(["Achievement", "MasterOfTheGuild"]);
    let line = "conformance fail relative_identifier /credentialSubject/achievement/type/1";
    check(&credential, Verdict::Invalid, line);
    let mut credential = good();
    credential["credentialSubject"]["achievement"]["image"] = json!({ "id": "seal.png", "type": "Image" });
    let line = "conformance fail relative_identifier /credentialSubject/achievement/image/id";
    check(&credential, Verdict::Invalid, line);
}

#[test]
fn a_context_that_is_not_carried_leaves_it_open() {
    let mut credential = good();
    credential["@context"] = json!([V2, OB, "https://uni.example/context.json"]);
    check(&credential, Verdict::Unverifiable, "conformance inconclusive unknown_context /@context");
    let lines = lines(&report_with(&credential, &[], &Policy::default()));
    assert!(lines.contains(&"proof skipped ConformanceFailed".to_owned()), "{lines:#?}");
}

#[test]
fn own_vocabulary_is_never_enough_where_the_graph_is_signed() {
    let own = json!([V2, OB, { "honours": "https://uni.example/terms#honours" }]);
    let honours = |document: &mut Value| document["credentialSubject"]["honours"] = json!("yes");
    let graph = with_context(&own, honours, Cryptosuite::EddsaRdfc2022);
    check(&graph, Verdict::Unverifiable, "proof pass signature_holds");
    let line = lines(&report_with(&graph, &[], &Policy::default())).remove(0);
    assert!(line.starts_with("conformance inconclusive own_vocabulary /@context"), "{line}");

    let open = json!([V2, OB, { "@vocab": "https://uni.example/terms#" }]);
    let open = with_context(&open, honours, Cryptosuite::EddsaRdfc2022);
    check(&open, Verdict::Unverifiable, "proof pass signature_holds");
    let undefined = json!([V2, OB, "https://www.w3.org/ns/credentials/undefined-terms/v2"]);
    let undefined = with_context(&undefined, honours, Cryptosuite::EddsaRdfc2022);
    check(&undefined, Verdict::Unverifiable, "proof pass signature_holds");
}

#[test]
fn own_vocabulary_is_no_matter_where_the_bytes_are_signed() {
    let own = json!([V2, OB, { "@vocab": "https://uni.example/terms#" }]);
    let bytes = with_context(&own, |document| document["honours"] = json!("yes"), Cryptosuite::EddsaJcs2022);
    check(&bytes, Verdict::Valid, "proof pass signature_holds");
    let unknown = json!([V2, "https://uni.example/context.json"]);
    let bytes = with_context(&unknown, |document| document["honours"] = json!("yes"), Cryptosuite::EddsaJcs2022);
    check(&bytes, Verdict::Valid, "proof pass signature_holds");
}

#[test]
fn text_hidden_under_an_alias_of_index_is_found() {
    let mut credential = good();
    credential["@context"] = json!([V2, OB, { "honours": "@index" }]);
    credential["credentialSubject"]["achievement"]["honours"] = json!("with distinction");
    let report = report_with(&credential, &[], &Policy::default());
    assert_eq!(judge(&report), Verdict::Unverifiable, "{:#?}", lines(&report));
    assert!(lines(&report)[0].starts_with("conformance inconclusive own_vocabulary"), "{:#?}", lines(&report));
    credential["@context"] = json!([V2, OB]);
    credential["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("honours");
    credential["credentialSubject"]["achievement"]["@index"] = json!("with distinction");
    let report = report_with(&credential, &[], &Policy::default());
    assert_eq!(judge(&report), Verdict::Invalid, "{:#?}", lines(&report));
}

#[test]
fn a_number_that_readers_disagree_about_leaves_it_open() {
    let json = good().to_string().replace("4.5", "4.50000000000000000001");
    let credential = VerifiableCredential::from_json(json.into_bytes()).unwrap();
    let Turn::Done(report) = verify(&credential, &Resources::new(), &Policy::default(), now()) else { panic!() };
    let line = "conformance inconclusive number_not_exact /credentialSubject/creditsEarned";
    assert_eq!((judge(&report), lines(&report)[0].as_str()), (Verdict::Unverifiable, line));

    let jcs = secured(badge(&ISSUER.did()), options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
    let json = jcs.to_string().replace("4.5", "4.50000000000000000001");
    let credential = VerifiableCredential::from_json(json.into_bytes()).unwrap();
    let Turn::Done(report) = verify(&credential, &Resources::new(), &Policy::default(), now()) else { panic!() };
    let line = "proof inconclusive number_not_exact /credentialSubject/creditsEarned";
    assert_eq!(judge(&report), Verdict::Unverifiable);
    assert!(lines(&report).contains(&line.to_owned()), "{:#?}", lines(&report));
}

#[test]
fn a_poison_graph_is_refused_quickly() {
    let nodes: Vec<Value> = (0..12)
        .map(|node| {
            let others: Vec<String> = (0..12).filter(|other| *other != node).map(|to| format!("_:n{to}")).collect();
            json!({ "id": format!("_:n{node}"), "knows": others })
        })
        .collect();
    let mut credential = good();
    credential["@context"] = json!([V2, OB, { "knows": { "@id": "urn:x:knows", "@type": "@id" } }]);
    credential["evidence"] = json!([{ "type": ["Evidence"], "id": "urn:x:1", "knows": nodes }]);
    check(&credential, Verdict::Invalid, "conformance fail canonicalization_limit");
}

#[test]
fn the_edition_of_each_context_is_named() {
    let report = report_with(&good(), &[], &Policy::default());
    let named: Vec<&String> = report.contexts.iter().filter(|line| line.starts_with(OB)).collect();
    assert_eq!(named.len(), 1);
    assert!(named[0].len() > OB.len() + 1, "{named:?}");
}
