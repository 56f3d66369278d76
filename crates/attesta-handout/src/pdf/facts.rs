//! What a credential says beyond its head, as labels with what belongs to each.

use attesta_view::{AssessmentView, CredentialView, NestedView, PresentedCredentialView, SkillView};

use super::credential::{FACT, long_text};
use super::face::Face;
use super::layout::{Column, Layout, Marks, Node, Role};
use super::palette::{INK_2, INK_3};
use super::paragraph::Span;
use super::prose::{foreign, one_line};
use crate::words::Words;

const LABEL: f32 = 104.0;
const CRITERIA_CHARS: usize = 1500;
const LINE_CHARS: usize = 300;

/// The most entries of one list that stand on paper; the attached file holds all of them.
const MOST_IN_A_LIST: usize = 40;

/// The facts of a credential that its learner does not keep out of view.
pub(super) fn set_facts(
    layout: &mut Layout,
    section: Node,
    presented: &PresentedCredentialView,
    credential: &CredentialView,
    shows: &dyn Fn(&str) -> bool,
    column: Column,
    words: Words,
) {
    layout.space(8.0);
    let mut facts = Facts { layout, section, list: None, column, words };
    facts.contents(&presented.nested);
    if shows("criteria") {
        facts.criteria(credential);
    }
    if let Some(narrative) = &credential.narrative {
        facts.row("facts.narrative", |facts, body, column| {
            long_text(facts.layout, body, narrative, 1000, column, FACT, words);
        });
    }
    if shows("skills") {
        facts.lines("facts.skills", &credential.skills, |skill| skill_spans(skill, words));
    }
    if shows("results") {
        facts.lines("facts.assessment", &credential.assessments, |assessment| {
            vec![FACT.span(&assessment_text(assessment, words))]
        });
    }
    let plain = |text: &String| vec![FACT.span(&one_line(text, LINE_CHARS))];
    facts.lines("facts.credits", credential.credits.as_slice(), plain);
    facts.lines("facts.field", credential.field_of_study.as_slice(), plain);
    facts.lines("facts.related", &credential.related, plain);
    facts.lines("facts.claims", &credential.claims, |claim| {
        vec![
            Span::new(
                &format!("{}{}", one_line(&claim.path, 120), words.plain("mark.colon")),
                Face::Regular,
                9.5,
                INK_2,
            ),
            FACT.span(&one_line(&claim.value, LINE_CHARS)),
        ]
    });
    if shows("evidence") {
        facts.evidence(credential);
    }
    if shows("endorsements") {
        facts.lines("facts.endorsers", &credential.endorsers, plain);
    }
}

struct Facts<'l> {
    layout: &'l mut Layout,
    section: Node,
    list: Option<Node>,
    column: Column,
    words: Words,
}

impl Facts<'_> {
    /// A label with what `fill` sets beside it.
    fn row(&mut self, label: &str, fill: impl FnOnce(&mut Facts<'_>, Node, Column)) {
        let list = match self.list {
            Some(list) => list,
            None => {
                let list = self.layout.child(self.section, Role::List(Marks::Labels));
                self.list = Some(list);
                list
            }
        };
        let item = self.layout.child(list, Role::Item);
        let name = Span::new(self.words.plain(label), Face::Regular, 9.0, INK_3);
        let narrow = Column { x: self.column.x, width: LABEL - 12.0 };
        let label_height = self.layout.height(std::slice::from_ref(&name), narrow.width, FACT.leading);
        self.layout.reserve(label_height.max(2.0 * FACT.leading));
        let (page, top) = (self.layout.page(), self.layout.y);
        self.layout.text(item, Role::Label, &[name], narrow, FACT.leading);
        self.layout.y = top;
        let body = self.layout.child(item, Role::Body);
        let beside = Column { x: self.column.x + LABEL, width: self.column.width - LABEL };
        fill(self, body, beside);
        if self.layout.page() == page {
            self.layout.y = self.layout.y.max(top + label_height);
        }
        self.layout.space(4.5);
    }

    /// A label with one line of text, or several, for each entry; nothing where there is no entry.
    fn lines<T>(&mut self, label: &str, entries: &[T], spans: impl Fn(&T) -> Vec<Span>) {
        if entries.is_empty() {
            return;
        }
        let words = self.words;
        self.row(label, |facts, body, column| {
            for entry in entries.iter().take(MOST_IN_A_LIST) {
                facts.layout.text(body, Role::Paragraph, &spans(entry), column, FACT.leading);
            }
            if let Some(more) = entries.len().checked_sub(MOST_IN_A_LIST).filter(|more| *more > 0) {
                let told = words.with("pdf.more", &[("count", &more.to_string())]);
                let told = Span::new(&told, Face::Italic, 8.5, INK_2);
                facts.layout.text(body, Role::Paragraph, &[told], column, FACT.leading);
            }
        });
    }

    fn criteria(&mut self, credential: &CredentialView) {
        let words = self.words;
        if credential.criteria.is_none() && credential.criteria_url.is_none() {
            return;
        }
        self.row("facts.criteria", |facts, body, column| {
            if let Some(criteria) = &credential.criteria {
                long_text(facts.layout, body, criteria, CRITERIA_CHARS, column, FACT, words);
            }
            if let Some(url) = &credential.criteria_url {
                let link = FACT.link(words.plain("facts.criteria_page"), url);
                if link.link.is_some() {
                    facts.layout.text(body, Role::Paragraph, &[link], column, FACT.leading);
                }
            }
        });
    }

    fn evidence(&mut self, credential: &CredentialView) {
        let language = self.words.language();
        self.lines("facts.evidence", &credential.evidence, |evidence| {
            let name = evidence.name.as_ref().or(evidence.description.as_ref()).or(evidence.narrative.as_ref());
            let text = name.map(|name| one_line(&name.text, LINE_CHARS)).filter(|text| !text.is_empty());
            match (text, &evidence.url) {
                (Some(text), Some(url)) => vec![FACT.link(&text, url)],
                (Some(text), None) => vec![FACT.span(&text).in_language(name.and_then(|name| foreign(name, language)))],
                (None, Some(url)) => vec![FACT.link(&one_line(url, 120), url)],
                (None, None) => vec![FACT.span("–")],
            }
        });
    }

    /// The credentials inside, like a table of contents.
    fn contents(&mut self, nested: &[NestedView]) {
        let words = self.words;
        self.lines("facts.inside", nested, |inside| {
            let title = match &inside.credential {
                Some(credential) => one_line(&credential.title.text, LINE_CHARS),
                None => words.plain("pdf.unreadable").to_owned(),
            };
            let verdict = words.plain(&format!("verdict.{}", inside.report.verdict)).to_owned();
            vec![FACT.span(&title), Span::new(&format!("  ·  {verdict}"), Face::Regular, 9.0, INK_2)]
        });
    }
}

fn skill_spans(skill: &SkillView, words: Words) -> Vec<Span> {
    let name = one_line(&skill.name.text, LINE_CHARS);
    let name = match &skill.url {
        Some(url) => FACT.link(&name, url),
        None => FACT.span(&name),
    };
    let mut spans = vec![name.in_language(foreign(&skill.name, words.language()))];
    let of: Vec<&str> = [&skill.framework, &skill.code].into_iter().flatten().map(String::as_str).collect();
    if !of.is_empty() {
        spans.push(Span::new(&format!("  ·  {}", one_line(&of.join(" "), 120)), Face::Regular, 9.0, INK_2));
    }
    spans
}

fn assessment_text(assessment: &AssessmentView, words: Words) -> String {
    let mut parts: Vec<String> = assessment.name.iter().map(|name| name.text.clone()).collect();
    match (&assessment.reached, &assessment.required) {
        (Some(reached), Some(required)) => {
            parts.push(words.with("facts.reached_of", &[("reached", reached), ("required", required)]));
        }
        (Some(reached), None) => parts.push(reached.clone()),
        (None, Some(required)) => parts.push(words.with("facts.required", &[("required", required)])),
        (None, None) => {}
    }
    if assessment.reached.is_none() {
        parts.extend(assessment.status.clone());
    }
    let parts: Vec<String> = parts.iter().map(|part| one_line(part, LINE_CHARS)).collect();
    if parts.is_empty() { "–".to_owned() } else { parts.join(" · ") }
}
