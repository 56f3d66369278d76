//! Attacks on what a signature over an RDF graph covers. In each, the signature holds over the graph that a careless
//! reader makes of the document: the term is dropped, or the document's own context gives it its meaning.

use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::case::{Case, pretty};
use crate::document::{
    OPEN_BADGES_EXTENSIONS, UNDEFINED_TERMS, edited, open_badge, vc2, with_context, with_status, without,
};
use crate::party::institute;
use crate::signing::{Proof, encode, secured, secured_as};
use crate::status_list::{INDEX, LIST, entry};

/// A badge whose signature holds, changed in a way that its graph does not show.
fn unseen(name: &str, story: &str, change: impl FnOnce(&mut Value)) -> Case {
    Case::json(name, story, &edited(secured(open_badge(&institute()), &institute()), change))
}

/// A badge that was signed with full IRIs as terms, and then given a context that shortens them.
fn shortened(name: &str, story: &str, iri: &str, context: impl Into<Value>, term: &str) -> Case {
    let text = json!("with distinction");
    let signed = edited(open_badge(&institute()), |badge| badge["credentialSubject"][iri] = text.clone());
    let badge = edited(with_context(secured(signed, &institute()), context), |badge| {
        let subject = badge["credentialSubject"].as_object_mut().expect("the badge has one subject");
        subject.remove(iri);
        subject.insert(term.to_owned(), text);
    });
    Case::json(name, story, &badge)
}

fn rejected(case: Case, problem: &str) -> Case {
    case.expect("invalid", &[("conformance", problem)])
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = dropped_terms();
    cases.extend(own_contexts());
    cases.extend(numbers_and_graphs());
    cases.extend(odd_spellings());
    cases
}

fn dropped_terms() -> Vec<Case> {
    vec![
        rejected(
            unseen(
                "terms_undefined_at_top",
                "Somebody added a term that no context defines, so it is not signed.",
                |badge| {
                    badge["honours"] = json!("with distinction");
                },
            ),
            "fail undefined_term",
        ),
        rejected(
            unseen("terms_undefined_deep", "The same, deep inside.", |badge| {
                let achievement = &mut badge["credentialSubject"]["achievement"];
                achievement["resultDescription"][0]["weighting"] = json!("0.9");
            }),
            "fail undefined_term",
        ),
        unseen("terms_undefined_in_proof", "Somebody added a term to the proof that no context defines.", |badge| {
            badge["proof"]["authority"] = json!("Ministry of Education");
        })
        .expect_somewhere("invalid", "fail undefined_term"),
        rejected(
            unseen(
                "terms_of_another_type",
                "A term that is defined for achievements stands in the evidence.",
                |badge| {
                    badge["evidence"][0]["humanCode"] = json!("ENV-900");
                },
            ),
            "fail undefined_term",
        ),
        rejected(
            unseen("terms_relative_id", "Evidence with a relative identifier disappears from the graph.", |badge| {
                let evidence = badge["evidence"].as_array_mut().expect("the badge has evidence");
                evidence.push(
                    json!({ "id": "evidence/18", "type": ["Evidence"], "name": "Award of the Governor General" }),
                );
            }),
            "fail relative_identifier",
        ),
        rejected(
            unseen("terms_relative_type", "Somebody added a type that no context defines.", |badge| {
                badge["type"].as_array_mut().expect("the badge has types").push(json!("HonoursDegree"));
            }),
            "fail relative_identifier",
        ),
        unseen(
            "terms_keyword_lookalike",
            "Somebody added a member that looks like a keyword; readers drop it.",
            |badge| {
                badge["credentialSubject"]["@honours"] = json!("with distinction");
            },
        )
        .expect("invalid", &[("issuer", "skipped conformance_failed")]),
    ]
}

fn own_contexts() -> Vec<Case> {
    let unverifiable = |case: Case| case.expect_somewhere("unverifiable", "inconclusive own_vocabulary");
    vec![
        unverifiable(shortened(
            "context_inline_term",
            "The document brings a definition of its own for a term.",
            "https://terms.example/honours",
            json!({ "honours": "https://terms.example/honours" }),
            "honours",
        )),
        unverifiable(shortened(
            "context_inline_vocabulary",
            "The document gives every word a meaning by a vocabulary of its own.",
            "https://terms.example/honours",
            json!({ "@vocab": "https://terms.example/" }),
            "honours",
        )),
        unverifiable(shortened(
            "context_undefined_terms",
            "The document uses the context that gives every word a meaning.",
            "https://www.w3.org/ns/credentials/undefined-term#honours",
            UNDEFINED_TERMS,
            "honours",
        )),
        unverifiable(unseen(
            "context_inline_empty",
            "The document brings a context of its own that defines nothing.",
            |badge| {
                badge["@context"].as_array_mut().expect("the badge has contexts").push(json!({}));
            },
        )),
        unverifiable(unseen("context_nested", "A context of its own stands inside the subject.", |badge| {
            badge["credentialSubject"]["@context"] = json!({ "honours": "https://terms.example/honours" });
        })),
        unverifiable(unseen(
            "context_index_alias",
            "A term is made an alias of a keyword whose text is never signed.",
            |badge| {
                badge["@context"].as_array_mut().expect("the badge has contexts").push(json!({ "honours": "@index" }));
                badge["credentialSubject"]["honours"] = json!("with distinction");
            },
        )),
        unseen("context_redefines_protected_term", "The document gives a protected term another meaning.", |badge| {
            badge["@context"].as_array_mut().expect("the badge has contexts").push(json!({
                "VerifiableCredential": "https://terms.example/Diploma",
            }));
        })
        .expect_somewhere("invalid", "fail linked_data_error"),
        unseen("context_unknown", "The document names a context that is not built in.", |badge| {
            let contexts = badge["@context"].as_array_mut().expect("the badge has contexts");
            contexts.push(json!("https://terms.example/context/v1"));
        })
        .expect_somewhere("unverifiable", "inconclusive unknown_context"),
        Case::json(
            "context_extension_good",
            "The document names the context of the Open Badges extensions as well.",
            &secured(with_context(open_badge(&institute()), OPEN_BADGES_EXTENSIONS), &institute()),
        )
        .expect("valid", &[("conformance", "pass conforms"), ("proof", "pass signature_holds")]),
        Case::json(
            "text_with_direction",
            "The name is in Arabic and says that it reads from right to left.",
            &secured(
                edited(vc2(&institute()), |credential| {
                    credential["name"] = json!({ "@value": "شهادة حضور", "@language": "ar", "@direction": "rtl" });
                }),
                &institute(),
            ),
        )
        .expect("valid", &[("conformance", "pass conforms"), ("proof", "pass signature_holds")]),
    ]
}

fn numbers_and_graphs() -> Vec<Case> {
    let replaced = |document: &Value, from: &str, to: &str| {
        let text = String::from_utf8(pretty(document)).expect("JSON text is UTF-8");
        assert_eq!(text.matches(from).count(), 1, "{from} stands once in the document");
        text.replace(from, to)
    };
    let with_credits = |credits: f64| {
        edited(open_badge(&institute()), |badge| {
            badge["credentialSubject"]["achievement"]["creditsAvailable"] = json!(credits);
        })
    };
    vec![
        Case::text("number_small_exact", "Credits with many digits that every reader takes for the same number.", {
            replaced(&secured(with_credits(1.0625), &institute()), "1.0625", "1.06250")
        })
        .expect("valid", &[("proof", "pass signature_holds")]),
        Case::text(
            "number_not_exact_in_graph",
            "Credits with more digits than the graph keeps: the signature fits two different numbers.",
            replaced(
                &secured(with_credits(1.234567890123457), &institute()),
                "1.234567890123457",
                "1.2345678901234568",
            ),
        )
        .expect_somewhere("unverifiable", "inconclusive number_not_exact"),
        Case::text(
            "number_not_exact_in_jcs",
            "An integer too large for every reader: the signature fits two of them.",
            {
                let credential = edited(vc2(&institute()), |credential| {
                    credential["credentialSubject"]["score"] = json!(9_007_199_254_740_992_u64);
                });
                let signed = secured_as(Cryptosuite::EddsaJcs2022, credential, &institute());
                replaced(&signed, "9007199254740992", "9007199254740993")
            },
        )
        .expect_somewhere("unverifiable", "inconclusive number_not_exact"),
        Case::json(
            "graph_poison",
            "Twelve nameless things, all tied to each other, would take years to put in order.",
            &{
                let things: Vec<Value> = (0..12)
                    .map(|own| {
                        let others = (0..12).filter(|other| *other != own);
                        let ties: Vec<Value> = others.map(|other| json!({ "id": format!("_:t{other}") })).collect();
                        json!({ "id": format!("_:t{own}"), "https://terms.example/tie": ties })
                    })
                    .collect();
                let mut badge = edited(open_badge(&institute()), |badge| {
                    badge["credentialSubject"]["https://terms.example/thing"] = json!(things);
                });
                badge["proof"] =
                    Proof::new(Cryptosuite::EddsaRdfc2022, &institute()).of(&open_badge(&institute()), &institute());
                badge
            },
        )
        .expect_somewhere("invalid", "fail canonicalization_limit"),
        Case::json(
            "graph_repeated_objects_good",
            "Two skills stand there twice, word for word; their nameless nodes look alike.",
            &{
                secured(
                    edited(open_badge(&institute()), |badge| {
                        let skill = badge["credentialSubject"]["achievement"]["alignment"][0].clone();
                        badge["credentialSubject"]["achievement"]["alignment"] = json!([skill, skill, skill]);
                    }),
                    &institute(),
                )
            },
        )
        .expect("valid", &[("conformance", "pass conforms"), ("proof", "pass signature_holds")]),
        Case::json("proof_value_of_zeros", "The signature is 64 zero bytes.", &{
            edited(secured(open_badge(&institute()), &institute()), |badge| {
                badge["proof"]["proofValue"] = json!(encode(&[0; 64]));
            })
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        Case::json(
            "proof_context_of_its_own",
            "Somebody gave the proof a context of its own, and a term that it defines.",
            &{
                edited(secured(open_badge(&institute()), &institute()), |badge| {
                    badge["proof"]["@context"] = json!({ "authority": "https://terms.example/authority" });
                    badge["proof"]["authority"] = json!("Ministry of Education");
                })
            },
        )
        .expect_somewhere("invalid", "fail undefined_term"),
    ]
}

/// The same graph, spelled so that who reads the JSON overlooks a part of it. The signature holds each time.
fn odd_spellings() -> Vec<Case> {
    let unverifiable = |name: &str, story: &str, badge: &Value| {
        Case::json(name, story, badge).expect_somewhere("unverifiable", "inconclusive own_vocabulary")
    };
    let ended = edited(open_badge(&institute()), |badge| badge["validUntil"] = json!("2026-05-01T00:00:00Z"));
    let failed = || {
        let badge = edited(open_badge(&institute()), |badge| {
            badge["credentialSubject"]["result"][0]["status"] = json!("Failed");
        });
        secured(badge, &institute())
    };
    let revocable = with_status(open_badge(&institute()), entry(LIST, "revocation", INDEX.to_string()));
    vec![
        unverifiable(
            "spelling_end_under_full_iri",
            "It has ended; somebody hid the end under the term's full address.",
            &{
                edited(secured(ended, &institute()), |badge| {
                    let end =
                        json!({ "@value": badge["validUntil"], "@type": "http://www.w3.org/2001/XMLSchema#dateTime" });
                    *badge = without(badge.take(), "validUntil");
                    badge["https://www.w3.org/2018/credentials#validUntil"] = end;
                })
            },
        ),
        unverifiable(
            "spelling_status_in_included",
            "Somebody moved its status into a block that JSON readers overlook.",
            &{
                edited(secured(revocable, &institute()), |badge| {
                    let status = badge["credentialStatus"].take();
                    *badge = without(badge.take(), "credentialStatus");
                    let types = badge["type"].clone();
                    badge["@included"] = json!([{ "id": badge["id"], "type": types, "credentialStatus": status }]);
                })
            },
        ),
        unverifiable("spelling_value_object", "Somebody wrapped a failed result so that readers overlook it.", &{
            edited(failed(), |badge| {
                badge["credentialSubject"]["result"][0]["status"] = json!({ "@value": "Failed" });
            })
        }),
        unverifiable("spelling_value_twice", "Somebody wrote a failed result twice where readers expect one.", &{
            edited(failed(), |badge| {
                badge["credentialSubject"]["result"][0]["status"] = json!(["Failed", "Failed"]);
            })
        }),
        unverifiable("spelling_value_and_null", "Somebody put nothing beside a failed result.", &{
            edited(failed(), |badge| {
                badge["credentialSubject"]["result"][0]["status"] = json!(["Failed", null]);
            })
        }),
        unverifiable("spelling_array_in_array", "Somebody put the results one array deeper.", &{
            edited(failed(), |badge| {
                let results = badge["credentialSubject"]["result"].take();
                badge["credentialSubject"]["result"] = json!([results]);
            })
        }),
        unverifiable("spelling_split_in_array", "Somebody told the evidence in two parts.", &{
            edited(failed(), |badge| {
                let evidence = badge["evidence"][0].clone();
                let rest = json!({ "id": evidence["id"], "type": evidence["type"] });
                badge["evidence"] = json!([rest, evidence]);
            })
        }),
        unverifiable("spelling_split_over_places", "Somebody moved a part of the achievement into the evidence.", &{
            let signed = edited(open_badge(&institute()), |badge| {
                let achievement = badge["credentialSubject"]["achievement"].clone();
                let both = json!(["Evidence", "Achievement"]);
                badge["credentialSubject"]["achievement"]["type"] = both.clone();
                let mention = json!({ "id": achievement["id"], "type": both });
                badge["evidence"].as_array_mut().expect("the badge has evidence").push(mention);
            });
            edited(secured(signed, &institute()), |badge| {
                let achievement = badge["credentialSubject"]["achievement"].take();
                badge["evidence"][1]["description"] = achievement["description"].clone();
                badge["credentialSubject"]["achievement"] = without(achievement, "description");
            })
        }),
        unverifiable("spelling_hashed_as_text", "Somebody wrote true as a text, which readers take for false.", &{
            edited(failed(), |badge| {
                badge["credentialSubject"]["identifier"][0]["hashed"] = json!("true");
            })
        }),
        unverifiable(
            "spelling_blank_labels",
            "Objects that stand apart are joined by labels that no reader of JSON sees.",
            &{
                let ring: Vec<Value> = (0..4)
                .map(|own| {
                    json!({ "id": format!("_:t{own}"), "https://terms.example/tie": { "id": format!("_:t{}", (own + 1) % 4) } })
                })
                .collect();
                secured(
                    edited(open_badge(&institute()), |badge| {
                        badge["credentialSubject"]["https://terms.example/thing"] = json!(ring);
                    }),
                    &institute(),
                )
            },
        ),
    ]
}
