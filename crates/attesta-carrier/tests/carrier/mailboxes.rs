//! Mailboxes: several mails in one file.

use attesta_carrier::{limits, unpack};

use crate::{CREDENTIAL, check, told};

fn mail(subject: &str, body: &str) -> String {
    format!("From z@example.org Thu Nov 19 10:00:00 2026\nFrom: z@example.org\nSubject: {subject}\n\n{body}\n\n")
}

#[test]
fn each_mail_of_a_mailbox_gives_what_it_holds() {
    let mailbox = [
        mail("One", "https://a.example/1"),
        mail("Nothing", "Lunch at twelve?"),
        mail("Two", ">From https://a.example/2"),
    ]
    .concat();
    let expected =
        ["in.mbox > One > One: text https://a.example/1", "in.mbox > Two > Two: text From https://a.example/2"];
    check("in.mbox", &mailbox, &expected);
    check("in.mbox", mailbox.replace('\n', "\r\n"), &expected);
}

#[test]
fn attachments_in_a_mailbox_are_had_back_byte_for_byte() {
    let text = format!(
        "From z@example.org Thu Nov 19 10:00:00 2026\nSubject: One\nContent-Type: application/json; name=b.json\n\n{CREDENTIAL}"
    );
    check("in.mbox", text, &["in.mbox > One > b.json: the credential"]);
}

#[test]
fn a_mailbox_is_read_up_to_its_bound() {
    let few: String = (0..limits::MAILS).map(|_| mail("Nothing", "Lunch?")).collect();
    check("in.mbox", &few, &[]);
    check("in.mbox", few + &mail("One", "https://a.example/1"), &["skipped in.mbox: more than 5000 parts"]);
    let many: String = (0..limits::PARTS + 1).map(|n| mail(&format!("S{n}"), "https://a.example/1")).collect();
    let unpacked = unpack("in.mbox", many.as_bytes()).unwrap();
    assert_eq!(unpacked.pieces.len(), limits::PARTS);
    assert_eq!(told(&unpacked).last().unwrap(), "skipped S1000: more than 1000 parts");
}

#[test]
fn one_broken_mail_takes_nothing_from_the_others() {
    let broken = mail("Broken", &"x".repeat(10))
        .replace("Subject: Broken", &format!("Subject: Broken\nX: {}", "y".repeat(limits::HEADER_BYTES)));
    let mailbox = [mail("One", "https://a.example/1"), broken, mail("Two", "https://a.example/2")].concat();
    let told = told(&unpack("in.mbox", mailbox.as_bytes()).unwrap());
    assert_eq!(told.len(), 3);
    assert!(told[1].starts_with("in.mbox > Two"), "{told:?}");
}
