//! The gate: every request passes it, in one order, before a page is asked for anything.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use zeroize::Zeroizing;

use super::form::Form;
use super::session::Session;
use super::{headers, origin};
use crate::house::{Door, House};
use crate::page::form::CSRF;
use crate::page::problem::Problem;
use crate::pages::{asset, open, unlock};
use crate::visit::{Ours, Reply, Visit, local};

/// The longest form, in bytes.
pub(crate) const BODY_MOST: usize = 64 * 1_024;
/// How long a form may take to come in.
const BODY_TIME: Duration = Duration::from_secs(10);

/// On a draft that the script sends by itself: nobody pressed a button for it.
const DRAFT: &str = "x-attune-draft";

/// What came with a write.
struct Sent {
    form: Form,
    draft: bool,
}

/// The gate before the pages.
#[derive(Clone)]
pub(crate) struct Gate {
    house: Arc<House>,
    pages: Router,
    address: Arc<str>,
}

impl Gate {
    /// A gate that answers under `127.0.0.1:PORT` and no other name.
    pub(crate) fn new(house: Arc<House>, pages: Router) -> Self {
        // Browsers leave out the port that HTTP has by itself.
        let address = match house.port {
            80 => "127.0.0.1".into(),
            port => format!("127.0.0.1:{port}").into(),
        };
        Self { house, pages, address }
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let head = parts.method == Method::HEAD;
        let mut response =
            self.admit(&parts, body).await.unwrap_or_else(|problem| problem.page(None));
        headers::put(response.headers_mut());
        if head {
            *response.body_mut() = Body::empty();
        }
        response
    }

    async fn admit(&self, parts: &Parts, body: Body) -> Result<Response, Problem> {
        let (path, method) = (parts.uri.path(), &parts.method);
        if !origin::is_for(&parts.headers, &parts.uri, &self.address) {
            return Err(Problem::Elsewhere);
        }
        let writes = *method == Method::POST;
        if !writes && *method != Method::GET && *method != Method::HEAD {
            return Err(Problem::Method);
        }
        if !origin::may(&parts.headers, method, path, &self.address) {
            return Err(Problem::Elsewhere);
        }
        if let Some(name) = path.strip_prefix("/assets/") {
            return if writes { Err(Problem::Method) } else { asset::answer(name) };
        }
        let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let query = query.ok_or(Problem::NoForm)?;
        if path == "/open" {
            let form = if writes { read_form(&parts.headers, body).await? } else { query };
            return open::answer(&self.house, &form, writes);
        }
        let session = self.house.session(&parts.headers).ok_or(Problem::NoSession)?;
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let house = Arc::clone(&self.house);
        let visit = Visit { house, session: Arc::clone(&session), target, query };
        let draft = parts.headers.contains_key(DRAFT);
        let form = if writes {
            match self.own_form(&session, &parts.headers, body).await {
                Ok(form) => form,
                Err(problem) => return Ok(problem.page(Some(visit))),
            }
        } else {
            Form::default()
        };
        Ok(self.through_the_door(visit, path, method, Sent { form, draft }).await)
    }

    /// The form of a write, which carries the token of this session.
    async fn own_form(
        &self,
        session: &Session,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Form, Problem> {
        let form = read_form(headers, body).await?;
        if session.csrf.is(form.raw(CSRF)) { Ok(form) } else { Err(Problem::Stale) }
    }

    /// Behind it is the vault, open or not.
    async fn through_the_door(
        &self,
        visit: Visit,
        path: &str,
        method: &Method,
        sent: Sent,
    ) -> Response {
        self.house.lock_if_idle().await;
        let writes = *method == Method::POST;
        let at_start = path == "/start" || path.starts_with("/start/");
        match self.house.door() {
            Door::Absent if !at_start => return Reply::Go("/start".into()).into_response(),
            Door::Locked | Door::Open { .. } if at_start => {
                return Reply::Go("/".into()).into_response();
            }
            Door::Locked if !matches!(path, "/unlock" | "/away") => {
                return self.to_the_door(visit, path, writes, sent);
            }
            // A page that puts itself away is no touch.
            Door::Open { .. } if path != "/away" => self.house.touch(),
            Door::Absent | Door::Locked | Door::Open { .. } => {}
        }
        let mut response = self.dispatch(visit.clone(), path, method, sent.form.clone()).await;
        if response.extensions().get::<Problem>() == Some(&Problem::Locked) {
            return self.to_the_door(visit, path, writes, sent);
        }
        match response.extensions().get::<unlock::Unlocked>() {
            // Kept since that page was made: nothing is done that the person was not told of.
            Some(unlock::Unlocked::Untold) if self.house.holds(&visit.session) => {
                return Reply::Go("/unlock".into()).into_response();
            }
            Some(unlock::Unlocked::Drop) => drop(self.house.take_held(&visit.session)),
            Some(unlock::Unlocked::GoOn) => {
                if let Some(held) = self.house.take_held(&visit.session) {
                    let visit =
                        Visit { target: held.path.clone(), query: Form::default(), ..visit };
                    response = self.dispatch(visit, &held.path, &Method::POST, held.form).await;
                }
            }
            Some(unlock::Unlocked::Untold) | None => {}
        }
        response
    }

    /// Locked: on to the door, and from there back. A write is kept meanwhile.
    fn to_the_door(&self, visit: Visit, path: &str, writes: bool, sent: Sent) -> Response {
        if sent.draft {
            // The text is on the page still, and the page says that it was not kept.
            return Problem::Locked.page(Some(visit));
        }
        let target = match (writes, path) {
            (true, "/lock" | "/sync") => "/unlock".to_owned(),
            (true, _) => {
                self.house.hold(&visit.session, path.to_owned(), sent.form);
                "/unlock".to_owned()
            }
            (false, _) => format!("/unlock?to={}", local(path).unwrap_or("/")),
        };
        Reply::Go(target).into_response()
    }

    /// Asks the page for its answer. What the router answers itself is dressed as a page, too.
    async fn dispatch(&self, visit: Visit, path: &str, method: &Method, form: Form) -> Response {
        let mut request = Request::new(Body::empty());
        let Ok(uri) = path.parse() else {
            return Problem::NotFound.page(Some(visit));
        };
        *request.uri_mut() = uri;
        *request.method_mut() = method.clone();
        request.extensions_mut().insert(visit.clone());
        request.extensions_mut().insert(form);
        let pages = TowerToHyperService::new(self.pages.clone());
        let response = pages.call(request).await.unwrap_or_else(|never| match never {});
        let problem = match response.extensions().get::<Problem>() {
            Some(Problem::Locked) => return response,
            Some(problem) => *problem,
            None if response.extensions().get::<Ours>().is_some() => return response,
            None if response.status() == StatusCode::METHOD_NOT_ALLOWED => Problem::Method,
            None => Problem::NotFound,
        };
        problem.page(Some(visit))
    }
}

/// Reads a form to its end, into memory that is wiped.
async fn read_form(headers: &HeaderMap, body: Body) -> Result<Form, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Problem::NoForm);
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|value| value.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY_MOST) {
        return Err(Problem::TooLarge);
    }
    let read = tokio::time::timeout(BODY_TIME, read(body));
    let bytes = read.await.map_err(|_| Problem::TooSlow)??;
    Form::parse(&bytes).ok_or(Problem::NoForm)
}

async fn read(mut body: Body) -> Result<Zeroizing<Vec<u8>>, Problem> {
    // As large as it will ever be: growing leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(BODY_MOST));
    loop {
        let frame = std::future::poll_fn(|context| match Pin::new(&mut body).poll_frame(context) {
            Poll::Ready(frame) => Poll::Ready(frame),
            Poll::Pending => Poll::Pending,
        });
        let Some(frame) = frame.await else { return Ok(bytes) };
        let frame = frame.map_err(|_| Problem::NoForm)?;
        if let Ok(data) = frame.into_data() {
            if bytes.len() + data.len() > BODY_MOST {
                return Err(Problem::TooLarge);
            }
            bytes.extend_from_slice(&data);
        }
    }
}

/// Cookies of a session that begins.
pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}
