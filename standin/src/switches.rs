//! What can be changed while a stand-in runs: its faults, and which of its licenses count, and when.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::{
    Error,
    date::Date,
    fault::{self, Fault, Kind},
    licenses::Licenses,
};

/// The scene in which a stand-in starts: no change to what the command line says.
pub(crate) const AS_STARTED: &str = "as-started";

/// The switches as they are, and as they were at the start.
#[derive(Debug)]
pub(crate) struct Switches {
    started: State,
    current: Mutex<State>,
}

#[derive(Clone, Debug)]
struct State {
    faults: Vec<Fault>,
    licenses: Arc<Licenses>,
    /// The scene that was set last, unless a switch was changed since.
    scene: Option<&'static str>,
}

/// A position of all switches, as the stage's interface reads and writes it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Setting {
    pub(crate) faults: Vec<Fault>,
    /// Licenses that are not here are as in the file.
    pub(crate) licenses: Vec<LicenseSwitch>,
}

/// The switches of one license.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicenseSwitch {
    /// Its place in the file, from 0.
    pub(crate) license: usize,
    #[serde(default = "on")]
    pub(crate) on: bool,
    /// `None`: as in the file.
    #[serde(default)]
    pub(crate) valid_from: Option<Date>,
    #[serde(default)]
    pub(crate) valid_to: Option<Date>,
}

fn on() -> bool {
    true
}

impl Switches {
    pub(crate) fn new(faults: Vec<Fault>, licenses: Licenses) -> Self {
        let started = State { faults, licenses: Arc::new(licenses), scene: Some(AS_STARTED) };
        Self { current: Mutex::new(started.clone()), started }
    }

    /// What the next request meets, and whether the list of faults is another one now.
    pub(crate) fn strike(&self) -> (Vec<Kind>, bool) {
        self.with(|state| {
            let before = state.faults.clone();
            (fault::strike(&mut state.faults), state.faults != before)
        })
    }

    /// The licenses that count now.
    pub(crate) fn licenses(&self) -> Arc<Licenses> {
        self.with(|state| state.licenses.clone())
    }

    /// The licenses of the file.
    pub(crate) fn licenses_at_start(&self) -> &Licenses {
        &self.started.licenses
    }

    /// The faults that the stand-in was started with.
    pub(crate) fn faults_at_start(&self) -> &[Fault] {
        &self.started.faults
    }

    /// The position of all switches, every license included, and the scene that it is.
    pub(crate) fn setting(&self) -> (Setting, Option<&'static str>) {
        let State { faults, licenses, scene } = self.with(|state| state.clone());
        let switch = |(place, license): (usize, &crate::licenses::License)| LicenseSwitch {
            license: place,
            on: !license.off,
            valid_from: Some(license.valid_from),
            valid_to: Some(license.valid_to),
        };
        (Setting { faults, licenses: licenses.all().iter().enumerate().map(switch).collect() }, scene)
    }

    /// Puts all switches into a position; if it makes no sense, they stay as they are.
    pub(crate) fn set(&self, setting: Setting, scene: Option<&'static str>) -> Result<(), Error> {
        let mut licenses = Licenses::clone(&self.started.licenses);
        let count = licenses.all().len();
        for (place, switch) in setting.licenses.into_iter().enumerate() {
            let license = licenses.all_mut().get_mut(switch.license).ok_or_else(|| {
                Error::new(format!(
                    "licenses[{place}].license: there are {count}, counted from 0, and no {}",
                    switch.license
                ))
            })?;
            license.off = !switch.on;
            license.move_dates(
                switch.valid_from.unwrap_or(license.valid_from),
                switch.valid_to.unwrap_or(license.valid_to),
            );
        }
        self.with(|state| *state = State { faults: setting.faults, licenses: Arc::new(licenses), scene });
        Ok(())
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.current.lock().expect("no holder of this lock panics"))
    }
}
