//! The stage: a page on a listener of its own, which shows every request and works the switches while installers
//! are rehearsed.
//!
//! `rows` keeps what is shown, `scenes` has ready positions of the switches, `web` speaks HTTP and keeps strangers
//! out, `page/` is what the browser gets. The endpoint reports each request through [`Watched`].

mod rows;
mod scenes;
mod web;

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::http::{StatusCode, request::Parts};
use rustls::crypto::ring;
use serde::Serialize;
use tokio::sync::broadcast;

use crate::{
    Error,
    date::Date,
    fault::Kind,
    licenses::Licenses,
    request::Consumer,
    switches::{Setting, Switches},
};
use rows::{Progress, Row, Rows, Verdicts};
use scenes::{SCENES, Scene};

pub(crate) use web::router;

/// So many changes wait for a slow page; then it loses its connection and begins anew.
const CHANGES: usize = 256;

/// What the stage knows.
pub(crate) struct Stage {
    /// The stage's own socket address, the only `Host` that is served.
    authority: String,
    /// The first part of every path: who does not know it gets nothing.
    secret: String,
    /// The address of the server on the stage.
    server: String,
    switches: Arc<Switches>,
    today: Option<Date>,
    rows: Mutex<Rows>,
    changes: broadcast::Sender<Change>,
}

/// What has changed; what it is like now is looked up when a page is told.
#[derive(Clone, Copy, Debug)]
enum Change {
    All,
    Switches,
    Row(u64),
}

/// Everything that a page shows.
#[derive(Serialize)]
struct View<'a> {
    server: &'a str,
    scenes: &'static [Scene],
    licenses: Vec<LicenseView<'a>>,
    #[serde(flatten)]
    switched: Switched,
    requests: Vec<&'a Row>,
}

/// What a license is called and what it is for; its dates are among the switches.
#[derive(Serialize)]
struct LicenseView<'a> {
    name: &'a str,
    about: &'a str,
}

#[derive(Serialize)]
struct Switched {
    scene: Option<&'static str>,
    switches: Setting,
}

impl fmt::Debug for Stage {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stage").field("authority", &self.authority).finish_non_exhaustive()
    }
}

impl Stage {
    pub(crate) fn new(
        addr: SocketAddr,
        server: String,
        switches: Arc<Switches>,
        today: Option<Date>,
    ) -> Result<Self, Error> {
        let mut secret = [0; 16];
        ring::default_provider()
            .secure_random
            .fill(&mut secret)
            .map_err(|_| Error::new("the system gives no random numbers for the stage's secret"))?;
        Ok(Self {
            authority: addr.to_string(),
            secret: secret.iter().map(|byte| format!("{byte:02x}")).collect(),
            server,
            switches,
            today,
            rows: Mutex::default(),
            changes: broadcast::Sender::new(CHANGES),
        })
    }

    /// Its page's address, secret included.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/{}/", self.authority, self.secret)
    }

    /// Takes up a request; its row follows what is reported of it.
    pub(crate) fn watch(self: &Arc<Self>, parts: &Parts, body: &[u8]) -> Arc<Watched> {
        let row = Row::new(parts, body);
        let id = self.with_rows(|rows| rows.push(row));
        self.tell(Change::Row(id));
        Arc::new(Watched { stage: self.clone(), id })
    }

    /// Tells the pages that the switches have other positions.
    pub(crate) fn switched(&self) {
        self.tell(Change::Switches);
    }

    fn set(&self, setting: Setting, scene: Option<&'static str>) -> Result<(), Error> {
        self.switches.set(setting, scene)?;
        self.switched();
        Ok(())
    }

    /// Puts the switches as a scene has them; false if there is no such scene.
    fn play(&self, name: &str) -> Result<bool, Error> {
        let Some(scene) = SCENES.iter().find(|scene| scene.name == name) else { return Ok(false) };
        let today = self.today.unwrap_or_else(Date::today);
        self.set(scene.setting(&self.switches, today), Some(scene.name)).map(|()| true)
    }

    fn clear(&self) {
        self.with_rows(Rows::clear);
        self.tell(Change::All);
    }

    fn switch_positions(&self) -> Switched {
        let (switches, scene) = self.switches.setting();
        Switched { scene, switches }
    }

    /// Everything, as JSON.
    fn view(&self) -> String {
        let licenses = self.switches.licenses_at_start().all().iter();
        let licenses = licenses.map(|license| LicenseView { name: &license.name, about: &license.about }).collect();
        self.with_rows(|rows| {
            text(&View {
                server: &self.server,
                scenes: SCENES,
                licenses,
                switched: self.switch_positions(),
                requests: rows.all().iter().collect(),
            })
        })
    }

    fn row(&self, id: u64) -> Option<String> {
        self.with_rows(|rows| rows.get(id).map(text))
    }

    fn with_rows<T>(&self, act: impl FnOnce(&mut Rows) -> T) -> T {
        act(&mut self.rows.lock().expect("no holder of this lock panics"))
    }

    fn tell(&self, change: Change) {
        // Nobody may be looking.
        let _ = self.changes.send(change);
    }
}

/// As JSON.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("structs with text keys always serialize")
}

/// A request on its way through the stand-in. The last one who drops it ends the row, for without an answer the
/// client must have gone.
#[derive(Debug)]
pub(crate) struct Watched {
    stage: Arc<Stage>,
    id: u64,
}

impl Watched {
    pub(crate) fn struck(&self, faults: &[Kind]) {
        self.update(|row| {
            row.struck(faults);
            !faults.is_empty()
        });
    }

    /// The licenses and verdicts of an answer.
    pub(crate) fn judged(&self, licenses: &Licenses, consumers: &[Consumer<'_>], today: Date) {
        let verdicts = Verdicts::new(licenses, consumers, today);
        self.update(|row| {
            row.judged(verdicts);
            true
        });
    }

    pub(crate) fn answered(&self, status: StatusCode, body: &[u8]) {
        self.update(|row| row.ended(Progress::Answered, Some((status, body))));
    }

    pub(crate) fn broken(&self) {
        self.update(|row| row.ended(Progress::Broken, None));
    }

    /// Changes the row, unless it is kept no longer, and tells the pages if `act` says that it has changed.
    fn update(&self, act: impl FnOnce(&mut Row) -> bool) {
        if self.stage.with_rows(|rows| rows.get_mut(self.id).is_some_and(act)) {
            self.stage.tell(Change::Row(self.id));
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.update(|row| row.ended(Progress::Gone, None));
    }
}
