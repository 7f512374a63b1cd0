//! The desk's own data: as a file to keep, and as a page to print. Neither is encrypted, and both say so.

use attune_copy::option_ids;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use chrono::NaiveDate;
use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::page::layout::Tab;
use crate::page::problem::Problem;
use crate::page::words::{day, moment, say, say_with};
use crate::visit::{Answer, Ours, Visit};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/own-data", get(show))
        .route("/own-data/attune-desk.json", get(file))
        .route("/own-data/print", get(print))
}

const FILE: &str = "/own-data/attune-desk.json";

/// Where one is led after unlocking who asked for `target`: not to a file, which a browser would keep and
/// leave them standing at the door, but to the page that offers it.
pub(crate) fn page_for(target: &str) -> &str {
    if target == FILE { "/own-data" } else { target }
}

async fn show(visit: Visit) -> Answer {
    let content = html! {
        p { (say("own-line")) }
        p.alarm { (say("own-warning")) }
        ul.ways {
            // The answer says that it is a file: a `download` here would also keep the door of a locked desk as one.
            li { a href=(FILE) { (say("own-file")) } }
            li { a href="/own-data/print" { (say("own-print")) } }
        }
    };
    Ok(visit.page(say("own-title"), content).tab(Tab::Settings).into())
}

async fn file(visit: Visit) -> Result<Response, Problem> {
    let text = visit.ask(|desk, now| desk.readable(now)).await?;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    let saved = HeaderValue::from_static("attachment; filename=\"attune-desk.json\"");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, saved)];
    let mut response = (headers, text.as_bytes().to_vec()).into_response();
    response.extensions_mut().insert(Ours);
    Ok(response)
}

async fn print(visit: Visit) -> Answer {
    let (text, now) = visit.ask(|desk, now| Ok((desk.readable(now)?, now))).await?;
    let data: Value = serde_json::from_str(&text).map_err(|_| Problem::Internal)?;
    let made = say_with("own-made", &[("time", moment(now, NaiveDate::MIN).into())]);
    let content = html! {
        p { (made) }
        p.alarm { (say("own-warning")) }
        @for (key, title) in PARTS {
            section.part {
                h2 { (say(title)) }
                (part(key, data.get(key).unwrap_or(&Value::Null)))
            }
        }
    };
    Ok(visit.page(say("own-print-title"), content).tab(Tab::Settings).into())
}

/// The parts of the document, in the order in which they are printed.
const PARTS: [(&str, &str); 7] = [
    ("practice", "own-practice"),
    ("about", "own-about"),
    ("clients", "own-clients"),
    ("cases", "own-cases"),
    ("work_items", "own-items"),
    ("corrections", "own-corrections"),
    ("proposals", "own-proposals"),
];

/// What each key of the document is called.
const KEYS: [(&str, &str); 37] = [
    ("name", "own-key-name"),
    ("role", "own-key-role"),
    ("offered", "own-key-offered"),
    ("backup", "own-key-backup"),
    ("leaves_practice", "own-key-leaves"),
    ("relays", "own-key-relays"),
    ("next_session", "own-key-next-session"),
    ("about", "own-key-about"),
    ("client", "own-key-client"),
    ("option", "own-key-option"),
    ("pointer", "own-key-pointer"),
    ("words", "own-key-words"),
    ("until", "own-key-until"),
    ("due", "own-key-due"),
    ("state", "own-key-state"),
    ("worksheet", "own-key-worksheet"),
    ("draft", "own-key-draft"),
    ("note", "own-key-note"),
    ("said", "own-key-said"),
    ("effect", "own-key-effect"),
    ("mine", "own-key-mine"),
    ("change", "own-key-change"),
    ("consult", "own-key-consult"),
    ("consult_on", "own-key-consult-on"),
    ("impact", "own-key-impact"),
    ("apology", "own-key-apology"),
    ("correction", "own-key-correction"),
    ("step", "own-key-step"),
    ("kind", "own-key-kind"),
    ("what", "own-key-what"),
    ("done", "own-key-done"),
    ("from", "own-key-from"),
    ("text", "own-key-text"),
    ("answer", "own-key-answer"),
    ("closed", "own-key-closed"),
    ("true", "own-yes"),
    ("false", "own-no"),
];

/// What the codes of the document are called, in the fields that hold codes.
const CODES: [(&str, &str); 16] = [
    ("Said", "card-where-said"),
    ("LeftOut", "card-where-missed"),
    ("Plan", "card-where-plan"),
    ("Place", "card-where-place"),
    ("Received", "own-received"),
    ("Opened", "own-opened"),
    ("Answered", "own-answered"),
    ("Therapist", "own-therapist"),
    ("Coordinator", "own-coordinator"),
    ("Consultation", "work-consultation"),
    ("Learning", "work-learning"),
    ("PlanDraft", "proposal-plan"),
    ("FileLine", "proposal-file"),
    ("LooksRight", "own-looks-right"),
    ("ChangeIt", "own-change-it"),
    ("LeaveIt", "own-leave-it"),
];

/// The fields that hold codes; in any other, a word that looks like one is a person's own.
const CODED: [&str; 7] = ["role", "offered", "option", "pointer", "state", "kind", "answer"];

fn called(list: &[(&str, &'static str)], key: &str) -> Option<String> {
    list.iter().find(|(known, _)| *known == key).map(|(_, id)| say(id))
}

fn part(key: &str, value: &Value) -> Markup {
    match value {
        Value::Array(all) if all.is_empty() => html! { p { (say("own-nothing")) } },
        Value::Null => html! { p { (say("own-nothing")) } },
        Value::Array(all) => html! { @for one in all { (part(key, one)) } },
        Value::Object(fields) => list(fields),
        other => html! { blockquote.exact dir="auto" { (plain(key, other)) } },
    }
}

fn list(fields: &Map<String, Value>) -> Markup {
    html! {
        dl {
            @for (key, value) in in_order(fields) {
                @if !is_empty(value) {
                    dt { (called(&KEYS, key).unwrap_or_else(|| key.to_owned())) }
                    dd dir="auto" {
                        @match value {
                            Value::Object(inner) => (list(inner)),
                            Value::Array(all) => ul { @for one in all { li { (plain(key, one)) } } },
                            other => (plain(key, other)),
                        }
                    }
                }
            }
        }
    }
}

/// The fields as a person would tell them, and not by their letters.
fn in_order(fields: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let place = |key: &str| KEYS.iter().position(|(known, _)| *known == key).unwrap_or(KEYS.len());
    let mut all: Vec<_> = fields.iter().map(|(key, value)| (key.as_str(), value)).collect();
    all.sort_by_key(|(key, _)| place(key));
    all
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}

fn plain(key: &str, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => return called(&KEYS, &flag.to_string()).unwrap_or_default(),
        other => return other.to_string(),
    };
    if CODED.contains(&key) {
        let option = option_ids(&text).map(|ids| say(ids.card.unwrap_or(ids.title)));
        return option.or_else(|| called(&CODES, &text)).unwrap_or(text);
    }
    if DAYS.contains(&key)
        && let Ok(date) = text.parse()
    {
        return day(date);
    }
    text
}

/// The fields that hold days.
const DAYS: [&str; 6] = ["next_session", "until", "due", "consult_on", "done", "from"];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn codes_are_words_and_a_persons_words_stay_theirs() {
        assert_eq!(plain("option", &json!("Pause")), say("card-pause"));
        assert_eq!(plain("state", &json!("Answered")), say("own-answered"));
        assert_eq!(plain("words", &json!("Pause")), "Pause");
        assert_eq!(plain("due", &json!("2026-03-06")), "Friday, March 6");
        assert_eq!(plain("closed", &json!(true)), say("own-yes"));
    }

    #[test]
    fn nothing_written_is_taken_for_a_tag() {
        let page = part("cases", &json!([{ "words": "<script>", "draft": { "step": "\"><b>" } }]));
        let page = page.into_string();
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
        assert!(page.contains(&say("own-key-draft")), "{page}");
    }

    #[test]
    fn every_field_has_a_name_and_its_place() {
        let fields = json!({ "step": "c", "apology": "b", "impact": "a" });
        let page = part("draft", &fields).into_string();
        let places = ["a</dd>", "b</dd>", "c</dd>"].map(|text| page.find(text).unwrap());
        assert!(places.is_sorted(), "{page}");
    }
}
