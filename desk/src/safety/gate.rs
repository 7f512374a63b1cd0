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
use crate::house::{Door, House, Waits};
use crate::page::form::{CSRF, DRAFT, TYPED};
use crate::page::problem::Problem;
use crate::pages::own_data::page_for;
use crate::pages::{asset, gone, open, unlock};
use crate::visit::{Ours, Reply, Visit, local};

/// The longest form, in bytes.
pub(crate) const BODY_MOST: usize = 64 * 1_024;
/// How long a form may take to come in.
const BODY_TIME: Duration = Duration::from_secs(10);

/// On a draft that the script sends by itself: nobody pressed a button for it.
const BY_ITSELF: &str = "x-attune-draft";

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
        let typed = Form::default();
        let visit =
            Visit { house, session: Arc::clone(&session), target, query, looks: !writes, typed };
        let draft = parts.headers.contains_key(BY_ITSELF);
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
        if writes && is_everywhere(path) && sent.form.has(TYPED) {
            return self.take_along(visit, path, sent.form).await;
        }
        let mut response = if writes && !is_everywhere(path) && path != "/unlock" {
            self.write(visit.clone(), path, sent.form.clone()).await
        } else {
            self.dispatch(visit.clone(), path, method, sent.form.clone()).await
        };
        if response.extensions().get::<Problem>() == Some(&Problem::Locked) {
            return self.to_the_door(visit, path, writes, sent);
        }
        match response.extensions().get::<unlock::Unlocked>() {
            // Kept since that page was made: nothing is done that the person was not told of.
            Some(unlock::Unlocked::Untold) if self.house.holds(&visit.session).is_some() => {
                return Reply::Go("/unlock".into()).into_response();
            }
            Some(unlock::Unlocked::Drop) => drop(self.house.take_held(&visit.session)),
            Some(unlock::Unlocked::GoOn) => match self.house.take_held(&visit.session) {
                Some(held) if held.waits == Waits::Text => {
                    let typed = held.form.clone();
                    return self.show_typed(visit, &held.path, typed, held.form).await;
                }
                Some(held) => {
                    let visit =
                        Visit { target: held.path.clone(), query: Form::default(), ..visit };
                    response = self.dispatch(visit, &held.path, &Method::POST, held.form).await;
                }
                None => self.house.notice(&visit.session, "door-held-over"),
            },
            Some(unlock::Unlocked::Untold) | None => {}
        }
        response
    }

    /// A write, once: the second press of a button waits for the first, and leads where that led.
    async fn write(&self, visit: Visit, path: &str, form: Form) -> Response {
        let Some(led) = self.house.press(path, &form) else {
            return self.dispatch(visit, path, &Method::POST, form).await;
        };
        // Spawned: a browser that goes away, as it does for a second press, does not leave it half done.
        let (gate, path) = (self.clone(), path.to_owned());
        let done = tokio::spawn(async move {
            let mut led = led.lock().await;
            if let Some(target) = led.as_ref() {
                return Reply::Go(target.clone()).into_response();
            }
            let response = gate.dispatch(visit, &path, &Method::POST, form).await;
            let target = response.headers().get(header::LOCATION);
            *led = target.and_then(|target| target.to_str().ok()).map(ToOwned::to_owned);
            response
        });
        done.await.unwrap_or_else(|_| Problem::Internal.into_response())
    }

    /// Locked: on to the door, and from there back. A write is kept meanwhile.
    fn to_the_door(&self, visit: Visit, path: &str, writes: bool, sent: Sent) -> Response {
        if sent.draft {
            // The text is on the page still, and the page says that it was not kept.
            return Problem::Locked.page(Some(visit));
        }
        let target = match (writes, path) {
            (true, path) if is_everywhere(path) => {
                if sent.form.has(TYPED) {
                    let page = page_of(&sent.form);
                    self.house.hold(&visit.session, Waits::Text, page, sent.form);
                }
                "/unlock".to_owned()
            }
            (true, _) => {
                self.house.hold(&visit.session, Waits::Write, path.to_owned(), sent.form);
                "/unlock".to_owned()
            }
            (false, _) => format!("/unlock?to={}", page_for(local(path).unwrap_or("/"))),
        };
        Reply::Go(target).into_response()
    }

    /// *Lock now* or *Sync now* on a page on which somebody types. The text is kept as a draft, if it has
    /// a place; else it is on its page again, after the sync or after unlocking.
    async fn take_along(&self, visit: Visit, path: &str, form: Form) -> Response {
        let mut kept = false;
        if let Some(draft) = local(form.raw(DRAFT)) {
            let answer = self.dispatch(visit.clone(), draft, &Method::POST, form.clone()).await;
            kept = answer.status() == StatusCode::NO_CONTENT;
        }
        let page = page_of(&form);
        if path == "/lock" && !kept {
            self.house.hold(&visit.session, Waits::Text, page.clone(), form.clone());
        }
        let answer = self.dispatch(visit.clone(), path, &Method::POST, form.clone()).await;
        if path == "/lock" {
            return answer;
        }
        let typed = if kept { Form::default() } else { form.clone() };
        self.show_typed(visit, &page, typed, form).await
    }

    /// That page, with what was typed on it. If it is there no more, what was sent is given back.
    async fn show_typed(&self, visit: Visit, page: &str, typed: Form, sent: Form) -> Response {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let query = Form::parse(query.as_bytes()).unwrap_or_default();
        let visit = Visit { target: page.to_owned(), query, looks: true, typed, ..visit };
        let shown = self.dispatch(visit.clone(), path, &Method::GET, Form::default()).await;
        if shown.extensions().get::<Problem>() == Some(&Problem::Locked) {
            self.house.hold(&visit.session, Waits::Text, page.to_owned(), sent);
            return Reply::Go("/unlock".into()).into_response();
        }
        if shown.status() == StatusCode::OK {
            return shown;
        }
        gone::whole(&visit, &sent).into_response()
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

/// The two buttons that stand on every page.
fn is_everywhere(path: &str) -> bool {
    matches!(path, "/lock" | "/sync")
}

/// The page that a form was on.
fn page_of(form: &Form) -> String {
    local(form.raw("to")).unwrap_or("/").to_owned()
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
