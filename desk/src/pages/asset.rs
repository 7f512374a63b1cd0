//! The stylesheet, the script and the icon: known by name, so that no name leads to a file.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::page::problem::Problem;

/// Name, kind and parts. The stylesheet is one for the browser; what is for paper comes last.
const ASSETS: [(&str, &str, &[&str]); 3] = [
    (
        "desk.css",
        "text/css; charset=utf-8",
        &[
            include_str!("../../assets/desk.css"),
            include_str!("../../assets/forms.css"),
            include_str!("../../assets/cards.css"),
            include_str!("../../assets/print.css"),
        ],
    ),
    ("desk.js", "text/javascript; charset=utf-8", &[include_str!("../../assets/desk.js")]),
    ("desk.svg", "image/svg+xml", &[include_str!("../../assets/desk.svg")]),
];

/// The asset of that name.
pub(crate) fn answer(name: &str) -> Result<Response, Problem> {
    let found = ASSETS.iter().find(|(known, _, _)| *known == name);
    let (_, kind, parts) = found.ok_or(Problem::NotFound)?;
    let kind = HeaderValue::from_static(kind);
    Ok(([(header::CONTENT_TYPE, kind)], parts.concat()).into_response())
}
