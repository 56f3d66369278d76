use super::world::*;
use crate::command::Nothing;
use crate::view::ArrivalView;

fn text(text: &str) -> ArrivalView {
    ArrivalView::Text { text: text.to_owned() }
}

#[test]
fn what_arrives_waits_until_it_is_taken_once_and_in_order() {
    let world = World::new();
    let files = ArrivalView::Files { paths: vec!["/home/amelie/badge.json".to_owned()] };
    for arrival in [text("dccrequest://request?1"), files.clone(), text("dccrequest://request?1")] {
        world.wallet.arrive(arrival);
    }
    assert_eq!(world.wallet.take_arrivals(&Nothing {}), [text("dccrequest://request?1"), files]);
    assert_eq!(world.wallet.take_arrivals(&Nothing {}), []);
    assert!(world.web.urls().is_empty());
}

#[test]
fn arrivals_are_bounded_in_number_and_size() {
    let world = World::new();
    for arrival in [
        text(" "),
        text(&"a".repeat(300 << 10)),
        ArrivalView::Files { paths: Vec::new() },
        ArrivalView::Files { paths: vec!["/a".to_owned(); 2_000] },
    ] {
        world.wallet.arrive(arrival);
    }
    assert_eq!(world.wallet.take_arrivals(&Nothing {}), []);
    (0..100).for_each(|number| world.wallet.arrive(text(&format!("https://college.example/{number}"))));
    let waiting = world.wallet.take_arrivals(&Nothing {});
    assert_eq!(waiting.len(), 32);
    assert_eq!(waiting.last(), Some(&text("https://college.example/99")), "the newest are kept");
}
