//! The classes of differences that are explained, each by what tells them apart.

use attesta_mutation::json::Json;
use attesta_verify::Verdict;

use crate::ours::Judgement;
use crate::peculiar;

/// Which side takes the credential for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Only we do.
    Ours,
    /// Only they do.
    Theirs,
}

/// A difference and everything that is known about it.
pub(crate) struct Difference<'d> {
    /// Which side takes the credential for good.
    pub(crate) side: Side,
    /// What we say.
    pub(crate) ours: &'d Judgement,
    /// Why they do not take it, where they don't.
    pub(crate) theirs: &'d str,
    /// The credential as text.
    pub(crate) text: &'d str,
    /// The credential, where it is JSON without a repeated key.
    pub(crate) json: Option<&'d Json>,
}

/// A class of differences.
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: &'static str,
    /// Why it is so, and that it is right.
    pub(crate) why: &'static str,
    fits: fn(&Difference<'_>) -> bool,
}

/// The class of a difference; `None` where it is not explained.
pub(crate) fn of(difference: &Difference<'_>) -> Option<&'static Class> {
    ALL.iter().find(|class| (class.fits)(difference))
}

/// Every class. The first that fits counts, so that the narrow ones come first.
const ALL: &[Class] = &[
    Class {
        name: "they sort lines by UTF-16",
        why: "RDFC-1.0 sorts by code point; rdf-canonize sorts as JavaScript does, which puts U+E000 to U+FFFF behind \
              everything above. The signature holds over the lines in their order.",
        fits: |it| mismatched(it) && peculiar::holds_in_utf16_order(it.text),
    },
    Class {
        name: "they count an empty list twice",
        why: "One thing described in two places gives the same statement twice, and a dataset is a set; jsonld.js \
              leaves both in where the list is empty. The signature holds over the doubled line.",
        fits: |it| mismatched(it) && peculiar::holds_with_an_empty_list_twice(it.text),
    },
    Class {
        name: "they sort lines by UTF-16",
        why: "As above, for what we signed.",
        fits: |it| refused_signature(it) && peculiar::is_sorted_otherwise(it.text),
    },
    Class {
        name: "they write 1e-7 as 0",
        why: "JSON-LD writes it `1.0E-7`; jsonld.js takes a number without a decimal point for an integer and writes \
              `0`, so that any number below 10^-6 has the same signature. The signature holds over the zero.",
        fits: |it| mismatched(it) && peculiar::holds_with_small_numbers_as_zero(it.text),
    },
    Class {
        name: "they write 1e-7 as 0",
        why: "As above, for what we signed.",
        fits: |it| {
            let is_small = |number: &str| number.parse().is_ok_and(peculiar::is_small);
            let small = |_: &str, value: &Json| matches!(value, Json::Number(number) if is_small(number));
            refused_signature(it) && it.json.is_some_and(|json| !json.places(small).is_empty())
        },
    },
    Class {
        name: "a default direction",
        why: "A context may give every text a direction, which jsonld.js leaves out of the graph: added to a signed \
              document, it turns every text round and nothing is noticed. We say `invalid`.",
        fits: |it| {
            let defines = |_: &str, value: &Json| value.get("@direction").is_some() && value.get("@value").is_none();
            let contexts = it.json.and_then(|json| json.get("@context"));
            mismatched(it) && contexts.is_some_and(|contexts| !contexts.places(defines).is_empty())
        },
    },
    Class {
        name: "one of several proofs does not hold",
        why: "They take a document where one proof holds. We let each proof of a suite that we know count.",
        fits: |it| {
            let proofs = it.json.and_then(|json| json.get("proof")).map_or(0, |proof| proof.one_or_many().len());
            it.side == Side::Theirs && it.ours.verdict == Verdict::Invalid && proofs > 1
        },
    },
    Class {
        name: "a signature spelled otherwise",
        why: "White space around it, or another alphabet than the suite's, is let through by their decoders. We say \
              `invalid`: a proof has one spelling.",
        fits: |it| {
            only_theirs(it, Verdict::Invalid, "malformed_proof")
                && it.ours.problems.iter().any(|problem| problem.contains("proofValue"))
        },
    },
    Class {
        name: "a member of a proof in another form",
        why: "`created` in an array and the like: the same in the graph, not what the proof's data model says. We say \
              `invalid`.",
        fits: |it| only_theirs(it, Verdict::Invalid, "malformed_proof"),
    },
    Class {
        name: "a proof whose context is missing",
        why: "Where the document's contexts do not define the terms of its proof, their library adds the one that \
              does. We go by what is written and say `invalid`.",
        fits: |it| {
            only_theirs(it, Verdict::Invalid, "relative_identifier")
                && it.ours.problems.iter().any(|problem| problem.contains("/proof/type"))
        },
    },
    Class {
        name: "a repeated key",
        why: "Readers differ about which of the two counts, so we read neither; JavaScript takes the last.",
        fits: |it| only_theirs(it, Verdict::Rejected, "duplicate_key"),
    },
    Class {
        name: "a number that readers disagree about",
        why: "Beyond 2^53, below 10^-6 or not to be told apart from a neighbour: what is signed is not surely what is \
              written. jsonld.js even takes 1e-7 for the integer 0. We say `unverifiable`.",
        fits: |it| only_theirs(it, Verdict::Unverifiable, "number_not_exact"),
    },
    Class {
        name: "terms of the document's own",
        why: "A context in the document, or one that gives any word a meaning, lets anybody define what the signed \
              graph says. We say `unverifiable`.",
        fits: |it| {
            only_theirs(it, Verdict::Unverifiable, "own_vocabulary")
                && it.ours.problems.iter().any(|problem| problem.contains("own_vocabulary /@context"))
        },
    },
    Class {
        name: "a spelling that plain readers misread",
        why: "The graph is signed, and readers of the JSON see something else: a value twice in a set, a thing \
              described in two places, a blank node's label, a keyword. We say `unverifiable`.",
        fits: |it| only_theirs(it, Verdict::Unverifiable, "own_vocabulary"),
    },
    Class {
        name: "text that is not signed",
        why: "`@index` and the like are no part of the graph, so that anybody may write there. We say `invalid`; \
              jsonld.js's safe mode lets them through.",
        fits: |it| only_theirs(it, Verdict::Invalid, "undefined_term") && it.text.contains("\"@"),
    },
    Class {
        name: "not what the data model demands",
        why: "A member that must be there, or must be a URL, a date or an object, is not. Their library leaves these \
              to the caller's schema.",
        fits: |it| ["missing_member", "malformed_member"].iter().any(|code| only_theirs(it, Verdict::Invalid, code)),
    },
    Class {
        name: "a context object under JCS",
        why: "The suite compares the contexts of document and proof item by item; their library compares objects by \
              identity, so that it refuses every document that has one.",
        fits: |it| {
            it.side == Side::Ours
                && it.theirs.contains("document.@context does not start with proof.@context")
                && it.json.and_then(|json| json.get("@context")).is_some_and(|contexts| {
                    contexts.one_or_many().iter().any(|context| matches!(context, Json::Object(_)))
                })
        },
    },
    Class {
        name: "a context in the proof",
        why: "The suites give the proof's options the document's context, whatever stands in the proof; their library \
              leaves what stands there.",
        fits: |it| {
            let in_proof = |proof: &Json| proof.get("@context").is_some();
            let proof = it.json.and_then(|json| json.get("proof"));
            it.side == Side::Ours && it.theirs.contains("Safe mode") && proof.is_some_and(in_proof)
        },
    },
    Class {
        name: "things that are hard to tell apart",
        why: "Nameless things that are alike take more steps than their library is ready for; we count steps too, and \
              have more of them.",
        fits: |it| it.side == Side::Ours && it.theirs.contains("Maximum deep iterations"),
    },
    Class {
        name: "an array around the credential",
        why: "We read every credential in a file; their function takes one.",
        fits: |it| it.side == Side::Ours && matches!(it.json, Some(Json::Array(_))),
    },
    Class {
        name: "a context that they do not have",
        why: "We have it built in, their loader of this run has not.",
        fits: |it| it.side == Side::Ours && it.theirs.contains("loading remote context failed"),
    },
];

/// Whether only they take it, and to us the signature does not hold.
fn mismatched(it: &Difference<'_>) -> bool {
    only_theirs(it, Verdict::Invalid, "signature_mismatch")
}

/// Whether only we take it, and to them the signature does not hold.
fn refused_signature(it: &Difference<'_>) -> bool {
    it.side == Side::Ours && it.theirs.contains("Invalid signature")
}

/// Whether only they take it, for which we give this verdict and reason.
fn only_theirs(it: &Difference<'_>, verdict: Verdict, code: &str) -> bool {
    let named = |problem: &String| problem.split(' ').any(|word| word == code);
    it.side == Side::Theirs && it.ours.verdict == verdict && it.ours.problems.iter().any(named)
}
